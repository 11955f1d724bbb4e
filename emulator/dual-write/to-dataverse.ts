import { Fault } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityChange, EntityRow } from '../finance-operations/contract.ts';
import type { ColumnValue, Condition, Lookup, Row } from '../query/index.ts';
import type { Companies, Company } from './companies.ts';
import { faults } from './faults.ts';
import { createLookups, type Lookups, type Wanted } from './lookups.ts';
import { reader, type MappedField, type TableMap } from './table-map.ts';
import { defaultOf, toColumn } from './values.ts';

export interface ToDataverse {
  readonly dataverse: Dataverse;
  readonly companies: Companies;
}

/** Mapped fields of the row that have changed. */
export const changedFields = (map: TableMap, { before, after }: EntityChange): string[] =>
  [...map.fieldNames].filter((name) => (before?.[name] ?? null) !== (after?.[name] ?? null));

/** Why a map does not take a row, or the company it is taken in; global maps have none. */
export async function takeRow(
  map: TableMap,
  row: EntityRow,
  companies: Companies,
): Promise<{ readonly skipped: 'filter' | 'company' } | { readonly company: Company | undefined }> {
  if (!map.range.test(reader(row, map.entity))) return { skipped: 'filter' };
  if (!map.isCompanyBound) return { company: undefined };
  const company = await companies.byCode(String(row['dataAreaId']));
  return company?.isEnabled === true ? { company } : { skipped: 'company' };
}

/** Writes a changed row of finance and operations to Dataverse. @throws Fault that rolls finance and operations back */
export async function receiveChange(map: TableMap, change: EntityChange, around: ToDataverse): Promise<void> {
  try {
    if (change.after === undefined) await removeRow(map, change.before!, around);
    else await receiveRow(map, change.after, around);
  } catch (error) {
    throw refusal(map, error as Error);
  }
}

/** What finance and operations shows of a row Dataverse did not take, in the documented words. */
export function refusal(map: TableMap, error: Error): Fault {
  const { code, status } = error instanceof Fault ? error.wire : { code: '', status: 500 };
  const reason =
    status === 500 ? 'InternalServerError' : status === 403 ? 'Forbidden' : status === 404 ? 'NotFound' : 'BadRequest';
  const message =
    error instanceof LookupFailed
      ? `${error.message} Exception message: The remote server returned an error: (400) Bad Request.`
      : error.name === 'applicationUserMissing'
        ? `[${JSON.stringify({ error: { code, message: error.message } })}], The remote server returned an error: (403) Forbidden.`
        : `Request failed with status code ${reason} and CDS error code : ${code} response message: ${error.message}`;
  return faults.refusedByDataverse(map.leg.destinationSchema, map.entity.name, message);
}

/** Creates or updates the row of Dataverse with the same key. */
export async function receiveRow(
  map: TableMap,
  row: EntityRow,
  around: ToDataverse,
): Promise<'created' | 'updated' | 'skipped'> {
  const taken = await takeRow(map, row, around.companies);
  if ('skipped' in taken) return 'skipped';
  const lookups = createLookups(around.dataverse);
  const found = await findRows(map, [row], taken.company, { ...around, lookups });
  return writeRow(map, row, { id: found.get(row)?.id, company: taken.company, lookups, dataverse: around.dataverse });
}

export interface Place {
  /** Of the row that is there; undefined makes one. */
  readonly id: string | undefined;
  readonly company: Company | undefined;
  readonly lookups: Lookups;
  readonly dataverse: Dataverse;
}

export async function writeRow(map: TableMap, row: EntityRow, place: Place): Promise<'created' | 'updated'> {
  const { id, company, lookups, dataverse } = place;
  const columns = await columnsOf(map, row, { company, lookups, isNew: id === undefined });
  if (id !== undefined) {
    await dataverse.organization.update(map.table.logicalName, id, columns);
    return 'updated';
  }
  const owned = companyColumns(map, company);
  requireOwnable(map, owned, dataverse);
  await dataverse.organization.create(map.table.logicalName, { ...columns, ...owned });
  return 'created';
}

async function removeRow(map: TableMap, row: EntityRow, around: ToDataverse): Promise<void> {
  const taken = await takeRow(map, row, around.companies);
  if ('skipped' in taken) return;
  const lookups = createLookups(around.dataverse);
  const found = (await findRows(map, [row], taken.company, { ...around, lookups })).get(row);
  if (found !== undefined) await around.dataverse.organization.delete(map.table.logicalName, found.id);
}

/** The company, and the team rows from finance and operations belong to. */
function companyColumns(map: TableMap, company: Company | undefined): Row {
  if (company === undefined || map.companyColumn === undefined) return {};
  const owner: Row =
    company.defaultOwningTeam !== null && map.table.columns.has('ownerid')
      ? { ownerid: company.defaultOwningTeam }
      : {};
  return { [map.companyColumn]: { table: 'cdm_company', id: company.id }, ...owner };
}

/** @throws Fault when the team may not have rows of the table */
function requireOwnable(map: TableMap, owned: Row, dataverse: Dataverse): void {
  const owner = owned['ownerid'] as Lookup | undefined;
  const lacking = owner?.table === 'team' ? dataverse.privilegeTeamLacks(owner.id, map.table.logicalName) : undefined;
  if (lacking !== undefined) throw faults.owningTeamLacks(owner!.id, lacking);
}

/** A row of Dataverse that was found by its integration key. */
export interface FoundRow {
  readonly id: string;
  readonly row: Row;
}

const mostAtOnce = 400;

/** The part of an integration key a row has, as text, so that rows of both sides meet by it. */
const keyPart = (value: ColumnValue | undefined): string =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : String(value ?? '').toLowerCase();

/**
 * The rows of Dataverse with the integration keys of these rows of one company: every key column, and the company. One
 * question for each few hundred of them.
 *
 * @param columns of Dataverse to read beside the key; none unless said
 */
export async function findRows(
  map: TableMap,
  rows: readonly EntityRow[],
  company: Company | undefined,
  around: { readonly dataverse: Dataverse; readonly lookups: Lookups; readonly columns?: readonly string[] },
): Promise<Map<EntityRow, FoundRow>> {
  const { dataverse, lookups } = around;
  const wanted = new Map<string, EntityRow[]>();
  const values = new Map<string, ColumnValue>();
  if (rows.length > 1) await prepareLookups({ fields: map.integrationKey }, rows, company, lookups);
  for (const row of rows) {
    const parts: string[] = [];
    for (const [index, pair] of map.integrationKey.entries()) {
      const value = await keyValue(map, pair, row, { company, lookups });
      if (index === 0 && value !== undefined && value !== null) values.set(keyPart(value), value);
      parts.push(keyPart(value));
    }
    if (parts[0] === '') continue;
    const key = parts.join('\n');
    wanted.set(key, [...(wanted.get(key) ?? []), row]);
  }
  const columns = map.integrationKey.map(({ column }) => column!);
  const found = new Map<EntityRow, FoundRow>();
  const all = [...values.values()].map((value) =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : value,
  );
  for (let at = 0; at < all.length; at += mostAtOnce) {
    const of: Condition[] = [{ kind: 'in', left: { column: columns[0]! }, values: all.slice(at, at + mostAtOnce) }];
    if (company !== undefined && map.companyColumn !== undefined)
      of.push({ kind: 'compare', left: { column: map.companyColumn }, operator: 'eq', right: company.id });
    const there = await dataverse.organization.retrieveMultiple({
      table: map.table.logicalName,
      columns: [...new Set([map.table.primaryId, ...columns, ...(around.columns ?? [])])],
      joins: [],
      order: [],
      filter: { kind: 'all', of },
    });
    for (const row of there) {
      const key = columns.map((column) => keyPart(row[column])).join('\n');
      for (const asked of wanted.get(key) ?? [])
        if (!found.has(asked)) found.set(asked, { id: String(row[map.table.primaryId]), row });
    }
  }
  return found;
}

/** A key value; undefined when the row it leads to is not there, so that no row can have this key. */
async function keyValue(
  map: TableMap,
  pair: MappedField,
  row: EntityRow,
  { company, lookups }: { company: Company | undefined; lookups: Lookups },
): Promise<ColumnValue | undefined> {
  const { mapping, field, column, lookup } = pair;
  if (lookup === undefined) return toColumn(row[field!.name], map.table.columns.get(column!)!, mapping);
  const wanted = wantedOf(pairsBehind(map.fields, column!), row);
  return wanted === undefined ? null : findFirst(wanted, company, lookups);
}

/** The pairs of a map that together name the row behind a lookup: `MODELID` and `PRODUCTID` the model of a manufacturer. */
const pairsBehind = (fields: readonly MappedField[], column: string): readonly MappedField[] =>
  fields.filter((one) => one.column === column && one.lookup !== undefined && one.mapping.syncDirection !== 2);

/** What a lookup may lead to, by the values of a row: one way for each table of the path; undefined when all are empty. */
function wantedOf(pairs: readonly MappedField[], row: EntityRow): readonly Wanted[] | undefined {
  const given = pairs.filter(({ field }) => !isNothing(row[field!.name]));
  const [first] = given;
  if (first === undefined) return undefined;
  return first.lookup!.map((target) => [
    { target, value: row[first.field!.name] ?? null },
    ...given.slice(1).map(({ field, lookup }) => ({ target: lookup![0]!, value: row[field!.name] ?? null })),
  ]);
}

const isNothing = (value: EntityRow[string] | undefined) => value === null || value === undefined || value === '';

async function findFirst(
  ways: readonly Wanted[],
  company: Company | undefined,
  lookups: Lookups,
): Promise<Lookup | undefined> {
  for (const wanted of ways) {
    const found = await lookups.find(wanted, company);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads at once the rows the values of many rows lead to. */
export async function prepareLookups(
  { fields }: Pick<TableMap, 'fields'>,
  rows: readonly EntityRow[],
  company: Company | undefined,
  lookups: Lookups,
): Promise<void> {
  for (const column of lookupColumns(fields)) {
    const pairs = pairsBehind(fields, column);
    const bySteps = new Map<string, Wanted[]>();
    for (const wanted of rows.flatMap((row) => wantedOf(pairs, row) ?? [])) {
      const steps = JSON.stringify(wanted.map(({ target }) => target));
      const some = bySteps.get(steps) ?? [];
      some.push(wanted);
      bySteps.set(steps, some);
    }
    for (const some of bySteps.values()) await lookups.prepareFind(some, company);
  }
}

const lookupColumns = (fields: readonly MappedField[]): ReadonlySet<string> =>
  new Set(fields.flatMap(({ column, lookup }) => (column === undefined || lookup === undefined ? [] : [column])));

interface Reading {
  readonly company: Company | undefined;
  readonly lookups: Lookups;
  readonly isNew: boolean;
}

export async function columnsOf(map: TableMap, row: EntityRow, reading: Reading): Promise<Row> {
  const columns: Row = {};
  for (const mapped of map.fields) {
    const { mapping, column, field } = mapped;
    if (column === undefined || mapping.syncDirection === 2) continue;
    if (field === undefined) {
      const fallback = defaultOf(mapping);
      // Decided: a default fills a new row; it does not overwrite what a row has.
      if (fallback !== undefined && reading.isNew)
        columns[column] = toColumn(fallback, map.table.columns.get(column)!, mapping);
      continue;
    }
    if (mapped.lookup === undefined) columns[column] = columnValue(map, mapped, row);
    else if (!(column in columns)) columns[column] = await lookupValue(map, column, row, reading);
  }
  return columns;
}

/** The row a mapped value should lead to is not there. */
export class LookupFailed extends Error {}

function columnValue(map: TableMap, { mapping, field, column }: MappedField, row: EntityRow): Row[string] {
  const shown = toColumn(row[field!.name], map.table.columns.get(column!)!, mapping);
  // A default stands in where there is nothing to carry.
  const fallback = defaultOf(mapping);
  return shown === null && fallback !== undefined
    ? toColumn(fallback, map.table.columns.get(column!)!, mapping)
    : shown;
}

async function lookupValue(
  map: TableMap,
  column: string,
  row: EntityRow,
  { company, lookups }: Reading,
): Promise<Row[string]> {
  const pairs = pairsBehind(map.fields, column);
  const ways = wantedOf(pairs, row);
  if (ways === undefined) return null;
  const found = await findFirst(ways, company, lookups);
  if (found !== undefined) return found;
  const { mapping, lookup } = pairs[0]!;
  const set = mapping.destinationLookupFieldRelatedEntity ?? lookup!.map(({ table }) => table).join(', ');
  throw new LookupFailed(
    `Unable to lookup ${set} with values {${ways[0]!.map(({ value }) => String(value)).join(', ')}}.`,
  );
}
