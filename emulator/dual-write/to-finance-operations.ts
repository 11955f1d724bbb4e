import type { AsyncLocalStorage } from 'node:async_hooks';
import { ConnectionDropped, readJson, request, type HttpHandler, type HttpResponse } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { EntityRow } from '../finance-operations/contract.ts';
import type { Lookup, Row } from '../query/index.ts';
import type { Companies, Company } from './companies.ts';
import { faults } from './faults.ts';
import { endOf, type LookupPath } from './lookup-path.ts';
import { createLookups, type Lookups } from './lookups.ts';
import type { Side } from './queue.ts';
import type { MappedField, TableMap } from './table-map.ts';
import { defaultOf, toField } from './values.ts';
import { givenColumns } from './write-back.ts';

export interface ToFinanceOperations {
  readonly dataverse: Dataverse;
  readonly companies: Companies;
  readonly handle: HttpHandler;
  /** Where the change that is being carried came from: it never goes back there in its transaction. */
  readonly origin: AsyncLocalStorage<Side>;
  /** Told the size of each payload before it is sent. @throws Fault over the limit of a transaction */
  readonly weigh?: (bytes: number) => void;
  /** Lookups of a bundle; a row that travels by itself has its own. */
  readonly lookups?: Lookups;
}

export type Body = Readonly<Record<string, string | number | null>>;

/** A row of Dataverse as it goes to finance and operations. */
export interface Outgoing {
  readonly key: Body;
  readonly body: Body;
}

/** Sends a row of Dataverse to finance and operations: all its mapped columns, or nothing when the map does not take it. */
export async function sendRow(
  map: TableMap,
  row: Row,
  around: ToFinanceOperations,
): Promise<'created' | 'updated' | 'skipped'> {
  const outgoing = await outgoingOf(map, row, around);
  if ('skipped' in outgoing) return 'skipped';
  const { key, body } = outgoing;
  const path = `/data/${map.entity.set}(${keyText(map, key)})?cross-company=true`;
  const changed = await call(map, around, 'PATCH', path, body);
  if (changed.status !== 404) {
    check(map, changed);
    return 'updated';
  }
  const made = await call(map, around, 'POST', `/data/${map.entity.set}?cross-company=true`, { ...body, ...key });
  check(map, made);
  const given = givenColumns(map, row, readJson(made) as EntityRow);
  if (Object.keys(given).length > 0)
    await around.origin.run('finance-operations', () =>
      around.dataverse.organization.update(map.table.logicalName, String(row[map.table.primaryId]), given),
    );
  return 'created';
}

export async function deleteRow(map: TableMap, row: Row, around: ToFinanceOperations): Promise<void> {
  const outgoing = await outgoingOf(map, row, around);
  if ('skipped' in outgoing) return;
  const path = `/data/${map.entity.set}(${keyText(map, outgoing.key)})?cross-company=true`;
  const answer = await call(map, around, 'DELETE', path);
  if (answer.status !== 404) check(map, answer);
}

/** What a row becomes, or why the map does not take it. */
export async function outgoingOf(
  map: TableMap,
  row: Row,
  around: Pick<ToFinanceOperations, 'dataverse' | 'companies' | 'lookups'>,
): Promise<Outgoing | { readonly skipped: 'filter' | 'company' }> {
  const taken = await takenAs(map, row, around);
  if ('skipped' in taken) return taken;
  const body = await bodyOf(map.fields, map, row, around);
  return { key: keyIn(map, body, taken.company), body };
}

/** The key a row has in finance and operations, or why the map does not take it: what is needed of it is its key and what the filter names. */
export async function outgoingKey(
  map: TableMap,
  row: Row,
  around: Pick<ToFinanceOperations, 'dataverse' | 'companies' | 'lookups'>,
): Promise<Pick<Outgoing, 'key'> | { readonly skipped: 'filter' | 'company' }> {
  const taken = await takenAs(map, row, around);
  if ('skipped' in taken) return taken;
  return { key: keyIn(map, await bodyOf(keyFields(map), map, row, around), taken.company) };
}

/** The pairs that fill the key of the data entity. */
export const keyFields = ({ fields, entityKey }: TableMap): readonly MappedField[] =>
  fields.filter(({ field }) => entityKey.some((one) => one.field === field));

async function takenAs(
  map: TableMap,
  row: Row,
  { companies }: Pick<ToFinanceOperations, 'companies'>,
): Promise<{ readonly company: Company | undefined } | { readonly skipped: 'filter' | 'company' }> {
  if (!map.filter.test((name) => plain(row[name]))) return { skipped: 'filter' };
  const company = map.isCompanyBound ? await companies.of(row) : undefined;
  return map.isCompanyBound && company?.isEnabled !== true ? { skipped: 'company' } : { company };
}

const keyIn = (map: TableMap, body: Body, company: Company | undefined): Body => ({
  ...(company === undefined ? {} : { dataAreaId: company.code }),
  ...Object.fromEntries(map.entityKey.map(({ field }) => [field!.name, body[field!.name] ?? ''])),
});

const plain = (value: Row[string] | undefined) =>
  typeof value === 'object' && value !== null && 'id' in value
    ? value.id
    : (value as string | number | boolean | null | undefined);

export function keyText({ entity }: Pick<TableMap, 'entity'>, key: Body): string {
  return entity.key
    .map((name) => {
      const { type } = entity.fields.get(name)!;
      const isBare = type === 'utcDateTime' || type === 'date' || type === 'real' || type === 'int' || type === 'int64';
      return `${name}=${isBare ? String(key[name]) : `'${encodeURIComponent(String(key[name]).replaceAll("'", "''"))}'`}`;
    })
    .join(',');
}

async function bodyOf(
  fields: readonly MappedField[],
  map: TableMap,
  row: Row,
  { dataverse, lookups = createLookups(dataverse) }: Pick<ToFinanceOperations, 'dataverse' | 'lookups'>,
): Promise<Body> {
  const body: Record<string, string | number | null> = {};
  for (const { mapping, field, column, lookup } of fields) {
    if (field === undefined || mapping.syncDirection === 1) continue;
    const fallback = defaultOf(mapping);
    if (column === undefined) {
      if (fallback !== undefined) body[field.name] = fallback;
      continue;
    }
    const value = lookup === undefined ? row[column] : await behind(row[column], lookup, lookups);
    const isNothing = value === null || value === undefined || value === '';
    const shown = lookup === undefined ? map.table.columns.get(column) : endOf(lookup[0]!, dataverse.metadata);
    const sent = isNothing && fallback !== undefined ? fallback : toField(value, field, shown, mapping);
    // Enums have no empty value: without one, what is there stays.
    if (sent !== null) body[field.name] = sent;
  }
  return body;
}

async function behind(value: Row[string] | undefined, path: LookupPath, lookups: Lookups): Promise<Row[string]> {
  return value === null || value === undefined ? null : lookups.valueOf(value as Lookup, path);
}

/** Reads at once what the lookups of many rows lead to. */
export async function prepareBehind(
  { fields }: { readonly fields: readonly MappedField[] },
  rows: readonly Row[],
  lookups: Lookups,
): Promise<void> {
  for (const { column, lookup } of fields) {
    if (lookup === undefined || column === undefined) continue;
    const behind = rows.map((row) => row[column]).filter((value) => value !== null && value !== undefined);
    await lookups.prepareValues(behind as Lookup[], lookup);
  }
}

async function call(
  map: TableMap,
  { handle, weigh }: ToFinanceOperations,
  method: string,
  path: string,
  body?: Body,
): Promise<HttpResponse> {
  const sent = request(method, path, { authorization: 'Bearer dual-write' }, body);
  weigh?.(sent.body.length);
  try {
    return await handle(sent);
  } catch (error) {
    if (error instanceof ConnectionDropped)
      throw faults.unreachable(map.table.logicalName, 'Unable to connect to the remote server');
    throw error;
  }
}

/** @throws Fault that fails the save, with the words of finance and operations */
function check(map: TableMap, response: HttpResponse): void {
  if (response.status < 400) return;
  const { message, isRefusal } = wordsOf(response);
  if (isRefusal) throw faults.refusedByFinanceOperations(map.leg.sourceSchema, message);
  throw faults.unreachable(
    map.table.logicalName,
    `The remote server returned an error: (${response.status}) ${message}`,
  );
}

function wordsOf(response: HttpResponse): { message: string; isRefusal: boolean } {
  try {
    const { error } = JSON.parse(response.body.toString()) as {
      error: { message: string; innererror?: { message: string } };
    };
    const inner = error.innererror?.message;
    return {
      message: (inner ?? error.message).replace(/^.*?Infolog: Error: /s, ''),
      isRefusal: inner !== undefined || response.status === 400,
    };
  } catch {
    return { message: response.body.toString(), isRefusal: false };
  }
}
