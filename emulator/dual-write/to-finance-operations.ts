import { ConnectionDropped, request, type HttpHandler, type HttpResponse } from '../kernel/index.ts';
import type { Dataverse, MessageCall } from '../dataverse/index.ts';
import type { Lookup, Row } from '../query/index.ts';
import { companyOf } from './companies.ts';
import { faults } from './faults.ts';
import { passesFilter } from './filters.ts';
import { keyFields, type TableMap } from './table-map.ts';
import { defaultOf, toField } from './values.ts';

export interface ToFinanceOperations {
  readonly dataverse: Dataverse;
  readonly handle: HttpHandler;
}

type Body = Record<string, string | number | null>;

/** Sends a row of Dataverse to finance and operations: all its mapped columns, or nothing when the map does not take it. */
export async function sendRow(map: TableMap, row: Row, around: ToFinanceOperations): Promise<void> {
  if (!passesFilter(map.leg.reversedSourceFilter, (name) => plain(row[name]))) return;
  const company = map.isCompanyBound ? await companyOf(row, around.dataverse) : undefined;
  if (map.isCompanyBound && company?.isEnabled !== true) return;
  const body = await bodyOf(map, row, around.dataverse);
  const key = {
    ...(company === undefined ? {} : { dataAreaId: company.code }),
    ...Object.fromEntries(keyFields(map).map(({ field }) => [field!.name, body[field!.name] ?? ''])),
  };
  const path = `/data/${map.entity.set}(${keyText(map, key)})?cross-company=true`;
  const changed = await call(map, around, 'PATCH', path, body);
  if (changed.status === 404)
    check(map, await call(map, around, 'POST', `/data/${map.entity.set}?cross-company=true`, { ...body, ...key }));
  else check(map, changed);
}

export async function deleteRow(map: TableMap, call_: MessageCall, around: ToFinanceOperations): Promise<void> {
  const row = call_.before!;
  if (!passesFilter(map.leg.reversedSourceFilter, (name) => plain(row[name]))) return;
  const company = map.isCompanyBound ? await companyOf(row, around.dataverse) : undefined;
  if (map.isCompanyBound && company?.isEnabled !== true) return;
  const body = await bodyOf(map, row, around.dataverse);
  const key = {
    ...(company === undefined ? {} : { dataAreaId: company.code }),
    ...Object.fromEntries(keyFields(map).map(({ field }) => [field!.name, body[field!.name] ?? ''])),
  };
  const answer = await call(map, around, 'DELETE', `/data/${map.entity.set}(${keyText(map, key)})?cross-company=true`);
  if (answer.status !== 404) check(map, answer);
}

const plain = (value: Row[string] | undefined) =>
  typeof value === 'object' && value !== null && 'id' in value
    ? value.id
    : (value as string | number | boolean | null | undefined);

function keyText({ entity }: TableMap, key: Body): string {
  return entity.key
    .map(
      (name) =>
        `${name}=${entity.fields.get(name)!.type === 'utcDateTime' ? String(key[name]) : `'${encodeURIComponent(String(key[name]).replaceAll("'", "''"))}'`}`,
    )
    .join(',');
}

async function bodyOf(map: TableMap, row: Row, dataverse: Dataverse): Promise<Body> {
  const body: Body = {};
  for (const { mapping, field, column, lookup } of map.fields) {
    if (field === undefined || mapping.syncDirection === 1) continue;
    const fallback = defaultOf(mapping);
    if (column === undefined) {
      if (fallback !== undefined) body[field.name] = fallback;
      continue;
    }
    const value =
      lookup === undefined ? row[column] : await behind(row[column] as Lookup | null, lookup.column, dataverse);
    const sent = toField(
      value,
      field,
      lookup === undefined
        ? map.table.columns.get(column)
        : dataverse.metadata.table(lookup.table)?.columns.get(lookup.column),
      mapping,
    );
    // Enums have no empty value: without one, what is there stays.
    if (sent !== null) body[field.name] = sent;
  }
  return body;
}

async function behind(
  lookup: Lookup | null | undefined,
  column: string,
  { organization }: Dataverse,
): Promise<Row[string]> {
  if (lookup === null || lookup === undefined) return null;
  return (await organization.retrieve(lookup.table, lookup.id, [column]))?.[column] ?? null;
}

async function call(
  map: TableMap,
  { handle }: ToFinanceOperations,
  method: string,
  path: string,
  body?: Body,
): Promise<HttpResponse> {
  try {
    return await handle(request(method, path, { authorization: 'Bearer dual-write' }, body));
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
