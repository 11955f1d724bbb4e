import type { AsyncLocalStorage } from 'node:async_hooks';
import { readJson, request, type HttpHandler } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Condition, Row } from '../query/index.ts';
import type { Database } from '../storage/database.ts';
import type { Companies, Company } from './companies.ts';
import { createLookups } from './lookups.ts';
import { companiesOf } from './plan-initial-write.ts';
import type { Side } from './queue.ts';
import { keyOfEntityRow, keyOfRow } from './row-key.ts';
import type { Run, RunCounts, RunPosition, Runs } from './runs.ts';
import type { TableMap } from './table-map.ts';
import { findRows, prepareLookups, refusal, takeRow, writeRow } from './to-dataverse.ts';
import {
  keyText,
  outgoingOf,
  prepareBehind,
  sendRow,
  type Body,
  type ToFinanceOperations,
} from './to-finance-operations.ts';

export interface InitialWriteParts {
  readonly database: Database;
  readonly dataverse: Dataverse;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly runs: Runs;
  readonly origin: AsyncLocalStorage<Side>;
}

/** Rows of one transaction: what is lost, and done again, when the process is killed. */
const chunkSize = 200;
const user = { authorization: 'Bearer dual-write' };

/** Rows of a side after a position, in the order of their keys, and where the next ones begin; null at the end. */
interface Chunk<T> {
  readonly rows: readonly T[];
  readonly last: RunPosition['last'];
}

/**
 * Writes the next rows of an initial write, in one transaction with the position that is reached: whenever the process ends,
 * the run goes on where its rows are.
 *
 * Part 0 writes all rows of the master to the other side, so that the master's values stand where both have a row. Part 1
 * writes what only the other side has to the master.
 *
 * @returns false when the run is at its end
 */
export async function writeNext(legs: readonly TableMap[], run: Run, parts: InitialWriteParts): Promise<boolean> {
  const { plan } = run;
  const position = written(run.position, legs, plan);
  const map = legs[position.leg];
  if (map === undefined) return false;
  const legalEntities = companiesOf(map, plan.companies);
  const isFromMaster = position.part === 0;
  const from: Side = isFromMaster ? plan.master : other(plan.master);
  const code = legalEntities[position.company]!;
  const company = code === '' ? undefined : await parts.companies.byCode(code);
  // Decided: a legal entity that is gone, or no longer enabled, is passed over.
  const isOver = code !== '' && company?.isEnabled !== true;
  const around: ChunkParts = { map, run, company, parts, isFromMaster };
  await parts.database.transaction(async () => {
    const counts: RunCounts = {
      ...{ created: 0, updated: 0, skipped: 0, failed: 0 },
      ...run.counts[from]?.[code],
    };
    const last = isOver
      ? null
      : from === 'finance-operations'
        ? await writeToDataverse(around, counts)
        : await writeToFinanceOperations(around, counts);
    const next: RunPosition = last === null ? following(position, legalEntities.length) : { ...position, last };
    parts.runs.move(run.id, next, { ...run.counts, [from]: { ...run.counts[from], [code]: counts } });
  });
  return true;
}

const other = (side: Side): Side => (side === 'dataverse' ? 'finance-operations' : 'dataverse');

function following({ leg, part, company }: RunPosition, companies: number): RunPosition {
  if (company + 1 < companies) return { leg, part, company: company + 1, last: null };
  return part === 0 ? { leg, part: 1, company: 0, last: null } : { leg: leg + 1, part: 0, company: 0, last: null };
}

/** Past legs of which no legal entity is enabled: there is nothing to write. */
function written(position: RunPosition, legs: readonly TableMap[], plan: Run['plan']): RunPosition {
  const map = legs[position.leg];
  if (map === undefined || companiesOf(map, plan.companies).length > 0) return position;
  return written({ leg: position.leg + 1, part: 0, company: 0, last: null }, legs, plan);
}

interface ChunkParts {
  readonly map: TableMap;
  readonly run: Run;
  readonly company: Company | undefined;
  readonly parts: InitialWriteParts;
  readonly isFromMaster: boolean;
}

async function writeToDataverse(around: ChunkParts, counts: RunCounts): Promise<RunPosition['last']> {
  const { map, run, company, parts, isFromMaster } = around;
  const { dataverse, companies } = parts;
  const { rows, last } = await entityRows(map, company?.code, run.position.last, parts.handle);
  const taken: EntityRow[] = [];
  for (const row of rows) {
    if ('skipped' in (await takeRow(map, row, companies))) counts.skipped += 1;
    else taken.push(row);
  }
  const lookups = createLookups(dataverse);
  await prepareLookups(map, taken, company, lookups);
  const found = await findRows(map, taken, company, { dataverse, lookups });
  for (const row of taken) {
    const id = found.get(row)?.id;
    if (!isFromMaster && id !== undefined) continue;
    await one(around, 'finance-operations', keyOfEntityRow(map, row), counts, async () => {
      try {
        return await writeRow(map, row, { id, company, lookups, dataverse });
      } catch (error) {
        throw refusal(map, error as Error);
      }
    });
  }
  return last;
}

async function writeToFinanceOperations(around: ChunkParts, counts: RunCounts): Promise<RunPosition['last']> {
  const { map, run, company, parts, isFromMaster } = around;
  const { dataverse, companies, handle } = parts;
  const { rows, last } = await tableRows(map, company, run.position.last, dataverse);
  const lookups = createLookups(dataverse);
  await prepareBehind(map, rows, lookups);
  const bundle: ToFinanceOperations = { dataverse, companies, handle, origin: parts.origin, lookups };
  for (const row of rows) {
    const outgoing = await outgoingOf(map, row, bundle);
    if ('skipped' in outgoing) {
      counts.skipped += 1;
      continue;
    }
    if (!isFromMaster && (await isInFinanceOperations(map, outgoing.key, handle))) continue;
    await one(around, 'dataverse', await keyOfRow(map, row, companies), counts, () => sendRow(map, row, bundle));
  }
  return last;
}

/** Writes one row in a savepoint: what fails is undone by itself and noted. */
async function one(
  { run, company, parts }: ChunkParts,
  from: Side,
  key: string,
  counts: RunCounts,
  write: () => Promise<keyof RunCounts>,
): Promise<void> {
  if (run.plan.without.includes(`${from}:${key}`)) return;
  try {
    counts[await parts.database.transaction(() => parts.origin.run(from, write))] += 1;
  } catch (error) {
    counts.failed += 1;
    const { message } = error as Error;
    parts.runs.addError(run.id, { from, legalEntity: company?.code ?? '', key, message });
  }
}

/** The next rows of a data entity of one legal entity, by its key. */
export async function entityRows(
  map: TableMap,
  legalEntity: string | undefined,
  last: RunPosition['last'],
  handle: HttpHandler,
  size = chunkSize,
): Promise<Chunk<EntityRow>> {
  const { entity } = map;
  const names = entity.key.filter((name) => name !== 'dataAreaId');
  const filters = [
    ...(legalEntity === undefined || !entity.isCompanyBound ? [] : [`dataAreaId eq '${legalEntity}'`]),
    ...(last === null ? [] : [afterKey(map, names, last)]),
  ];
  const query = [
    'cross-company=true',
    `$top=${size}`,
    `$orderby=${names.join(',')}`,
    ...(filters.length === 0 ? [] : [`$filter=${encodeURIComponent(filters.join(' and '))}`]),
  ].join('&');
  const answer = await handle(request('GET', `/data/${entity.set}?${query}`, user));
  if (answer.status >= 400) throw new Error(`'${entity.set}' could not be read: ${answer.body.toString()}`);
  const { value } = readJson(answer) as { value: EntityRow[] };
  const end = value.at(-1);
  return { rows: value, last: value.length < size ? null : names.map((name) => end![name] ?? null) };
}

/** After the last key: its first part is greater, or that is equal and the second is greater, and so on. */
function afterKey(map: TableMap, names: readonly string[], last: NonNullable<RunPosition['last']>): string {
  const ways = names.map((name, index) => {
    const equal = names.slice(0, index).map((before, place) => `${before} eq ${literal(map, before, last[place]!)}`);
    return `(${[...equal, `${name} gt ${literal(map, name, last[index]!)}`].join(' and ')})`;
  });
  return `(${ways.join(' or ')})`;
}

/** A value of a key field as a filter writes it. */
function literal({ entity }: TableMap, name: string, value: EntityRow[string]): string {
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
  size = chunkSize,
): Promise<Chunk<Row>> {
  const { table, companyColumn } = map;
  const of: Condition[] = [];
  if (last !== null)
    of.push({ kind: 'compare', left: { column: table.primaryId }, operator: 'gt', right: last[0] ?? null });
  if (company !== undefined && companyColumn !== undefined)
    of.push({ kind: 'compare', left: { column: companyColumn }, operator: 'eq', right: company.id });
  const rows = await dataverse.organization.retrieveMultiple({
    table: table.logicalName,
    columns: columnsToRead(map),
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

/** One read by key for each row: a filter of many keys would read the whole entity. */
async function isInFinanceOperations(map: TableMap, key: Body, handle: HttpHandler): Promise<boolean> {
  const url = `/data/${map.entity.set}(${keyText(map, key)})?cross-company=true&$select=${map.entity.key[0]}`;
  return (await handle(request('GET', url, user))).status === 200;
}
