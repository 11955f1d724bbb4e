import { readJson, request, type HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Condition, Row } from '../query/index.ts';
import type { Company } from './companies.ts';
import type { RunPosition } from './runs.ts';
import { fieldNamed, type TableMap } from './table-map.ts';
import { keyFields } from './to-finance-operations.ts';

/** Rows of one transaction of an initial write: what is lost, and done again, when the process is killed. */
const chunkSize = 200;
/** Who reads. */
export const user = { authorization: 'Bearer dual-write' };

/** Rows of a side after a position, in the order of their keys, and where the next ones begin; null at the end. */
export interface Chunk<T> {
  readonly rows: readonly T[];
  readonly last: RunPosition['last'];
}

/** The next rows of a data entity of one legal entity, by its key: the fields a map needs of them. */
export async function entityRows(
  map: TableMap,
  legalEntity: string | undefined,
  last: RunPosition['last'],
  handle: HttpHandler,
  size = chunkSize,
): Promise<Chunk<EntityRow>> {
  const { entity } = map;
  const names = entity.key.filter((name) => name !== 'dataAreaId');
  const value = await readEntity(map, handle, {
    select: fieldsToRead(map),
    filters: [
      ...(legalEntity === undefined || !entity.isCompanyBound ? [] : [`dataAreaId eq '${legalEntity}'`]),
      ...(last === null ? [] : [afterKey(map, names, last)]),
    ],
    top: size,
  });
  const end = value.at(-1);
  return { rows: value, last: value.length < size ? null : names.map((name) => end![name] ?? null) };
}

interface Reading {
  readonly select: readonly string[];
  readonly filters: readonly string[];
  readonly top?: number;
}

/** Rows in the order of their whole key, which an index has. */
export async function readEntity(
  { entity }: TableMap,
  handle: HttpHandler,
  { select, filters, top }: Reading,
): Promise<EntityRow[]> {
  const query = [
    'cross-company=true',
    `$select=${select.join(',')}`,
    `$orderby=${entity.key.join(',')}`,
    ...(top === undefined ? [] : [`$top=${top}`]),
    ...(filters.length === 0 ? [] : [`$filter=${encodeURIComponent(filters.join(' and '))}`]),
  ].join('&');
  const answer = await handle(request('GET', `/data/${entity.set}?${query}`, user));
  if (answer.status >= 400) throw new Error(`'${entity.set}' could not be read: ${answer.body.toString()}`);
  return (readJson(answer) as { value: EntityRow[] }).value;
}

/** Every field a map needs of a row: what is mapped, what its range names, and its key. */
const fieldsToRead = ({ entity, fields, range }: TableMap): string[] => [
  ...new Set([
    ...entity.key,
    ...fields.flatMap(({ field }) => field?.name ?? []),
    ...range.names.flatMap((name) => fieldNamed(entity, name)?.name ?? []),
  ]),
];

/** After the last key: its first part is greater, or that is equal and the second is greater, and so on. */
function afterKey(map: TableMap, names: readonly string[], last: NonNullable<RunPosition['last']>): string {
  const ways = names.map((name, index) => {
    const equal = names.slice(0, index).map((before, place) => `${before} eq ${literal(map, before, last[place]!)}`);
    return `(${[...equal, `${name} gt ${literal(map, name, last[index]!)}`].join(' and ')})`;
  });
  return `(${ways.join(' or ')})`;
}

/** A value of a key field as a filter writes it. */
export function literal({ entity }: TableMap, name: string, value: EntityRow[string]): string {
  const { type } = entity.fields.get(name)!;
  const text = String(value ?? '');
  return type === 'string' || type === 'enum' ? `'${text.replaceAll("'", "''")}'` : text;
}

/** The next rows of the table of one company, by id. */
export async function tableRows(
  map: TableMap,
  company: Company | undefined,
  last: RunPosition['last'],
  dataverse: Dataverse,
  {
    size = chunkSize,
    columns = columnsToRead(map),
  }: { readonly size?: number; readonly columns?: readonly string[] } = {},
): Promise<Chunk<Row>> {
  const { table, companyColumn } = map;
  const of: Condition[] = [];
  if (last !== null)
    of.push({ kind: 'compare', left: { column: table.primaryId }, operator: 'gt', right: last[0] ?? null });
  if (company !== undefined && companyColumn !== undefined)
    of.push({ kind: 'compare', left: { column: companyColumn }, operator: 'eq', right: company.id });
  const rows = await dataverse.organization.retrieveMultiple({
    table: table.logicalName,
    columns,
    joins: [],
    order: [{ column: table.primaryId, descending: false }],
    filter: { kind: 'all', of },
    top: size,
  });
  return { rows, last: rows.length < size ? null : [String(rows.at(-1)![table.primaryId])] };
}

/** Every column a map needs of a row: what is mapped, what its filter names, its id and its company. */
export const columnsToRead = ({ table, fields, filter, companyColumn }: TableMap): string[] => [
  ...new Set([
    table.primaryId,
    ...fields.flatMap(({ column }) => column ?? []),
    ...filter.names,
    ...(companyColumn === undefined ? [] : [companyColumn]),
  ]),
];

/** What tells which row of finance and operations a row is, and whether the map takes it. */
export const columnsOfKey = (map: TableMap): string[] => [
  ...new Set([
    map.table.primaryId,
    ...keyFields(map).flatMap(({ column }) => column ?? []),
    ...map.filter.names,
    ...(map.companyColumn === undefined ? [] : [map.companyColumn]),
  ]),
];
