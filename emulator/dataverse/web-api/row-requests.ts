import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import { existsRow, readRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { RowMessage } from '../messages/pipeline.ts';
import { requireProvider } from '../messages/virtual-rows.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { isIntersect } from '../security/intersect-tables.ts';
import { answer, noContent, version } from './answer.ts';
import { bindOptions, requireKnownOptions } from './bind-options.ts';
import { createDeep } from './deep-insert.ts';
import { addExpanded } from './expand.ts';
import { parseBody } from './parse-body.ts';
import { readBody } from './read-body.ts';
import { resolveReference, type RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';
import { etag, rowUrl, shownRows } from './write-row.ts';

const rowOptions = new Set(['$select', '$expand', 'tag']);
// `$filter` narrows nothing on one row; the documents' own examples carry one.
const readOptions = new Set([...rowOptions, '$filter']);

/** GET of one row. */
export async function getRow(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  requireKnownOptions(context, readOptions);
  const { query, selected } = bindOptions(context, table);
  const row = await readable(context, table, key, query.columns);
  if (isUnchanged(context, table, row)) return { status: 304, headers: version, body: '' };
  return answer(context, writeOne(context, table, row, { selected }), 200, etagHeader(table, row));
}

/** `If-None-Match` counts on tables with row versions, without `$expand` and without annotations. */
function isUnchanged({ request, options, preferences }: RequestContext, table: TableMetadata, row: Row): boolean {
  if (!table.hasOptimisticConcurrency || request.headers['if-none-match'] !== etag(row)) return false;
  return !options.has('$expand') && !preferences.applied.some((one) => one.includes('include-annotations'));
}

const etagHeader = (table: TableMetadata, row: Row): Record<string, string> =>
  table.hasOptimisticConcurrency ? { ETag: etag(row) } : {};

function writeOne(
  context: RequestContext,
  table: TableMetadata,
  row: Row,
  { withExpand = true, selected = bindOptions(context, table).selected } = {},
): Record<string, unknown> {
  const place = `${context.base}/$metadata#${table.entitySetName}${selected.named}/$entity`;
  const written = selected.form.writtenBy(context.writer)(row, { '@odata.context': place });
  const expand = withExpand ? context.options.get('$expand') : undefined;
  if (expand !== undefined) addExpanded(context, table, [row], [written], expand);
  return written;
}

/** The row as the caller may see it. @throws Fault 404, 0x80040220, 0x80048306 */
export async function readable(
  { parts, caller }: RequestContext,
  table: TableMetadata,
  key: RowKey,
  columns?: readonly string[],
): Promise<Row> {
  parts.privileges.require(caller, 'Read', table);
  const id = requireId(table, key);
  const row = table.isVirtual
    ? await requireProvider(table, parts.provider()).retrieve(table, id, columns ?? [...table.columns.keys()], caller)
    : readRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: id }, columns);
  if (row === undefined) throw faults.rowNotFound(table.schemaName, id);
  if (!table.isVirtual) parts.access.requireRow(caller, 'Read', table, id);
  return parts.columnSecurity.masking(caller, table)(row);
}

/** @throws Fault 0x80060891 for an alternate key no row has */
export function requireId(table: TableMetadata, { id }: RowKey): string {
  if (id === undefined) throw faults.keyNotFound(table.schemaName);
  return id;
}

/** POST to a set: the row, and rows nested in its body. */
export async function postRow(context: RequestContext, table: TableMetadata): Promise<HttpResponse> {
  requireKnownOptions(context, rowOptions);
  requireWritable(context, table, 'Create');
  const body = parseBody(context, table.entitySetName);
  return created(context, table, await createDeep(context, table, body, {}));
}

/** Pairs are written through `$ref`. @throws Fault 0x80040800 as the platform has it for tables without the message */
function requireWritable({ parts }: RequestContext, table: TableMetadata, message: string): void {
  if (isIntersect(table.logicalName, parts.metadata)) throw faults.messageNotSupported(message, table.logicalName);
}

/** A virtual row is written outside the store's transaction. */
function inOne<T>({ parts }: RequestContext, table: TableMetadata, work: () => Promise<T>): Promise<T> {
  return table.isVirtual ? work() : parts.database.transaction(work);
}

async function created(context: RequestContext, table: TableMetadata, id: string, keyText = id): Promise<HttpResponse> {
  const location = rowUrl(context.base, table, keyText);
  if (!context.preferences.returnRepresentation)
    return { status: 204, headers: { ...version, 'OData-EntityId': location, Location: location }, body: '' };
  const row = await written(context, table, id);
  return answer(context, writeOne(context, table, row), 201, { ...etagHeader(table, row), Location: location });
}

async function updated(context: RequestContext, table: TableMetadata, id: string, keyText: string) {
  if (!context.preferences.returnRepresentation)
    return { status: 204, headers: { ...version, 'OData-EntityId': rowUrl(context.base, table, keyText) }, body: '' };
  const row = await written(context, table, id);
  return answer(context, writeOne(context, table, row, { withExpand: false }), 200, etagHeader(table, row));
}

/** The row as it was committed, never in the middle of what the next request does to it. */
const written = (context: RequestContext, table: TableMetadata, id: string): Promise<Row> =>
  context.parts.database.reading(() => readable(context, table, { id, values: undefined, text: id }));

/** PATCH: update, or upsert unless `If-Match` forbids creating. */
export async function patchRow(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  requireKnownOptions(context, rowOptions);
  requireWritable(context, table, 'Update');
  const body = parseBody(context, table.entitySetName);
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = context.request.headers;
  if (!(await context.parts.database.reading(async () => isThere(context, table, key)))) {
    if (ifMatch !== undefined) throw missing(table, key);
    // Values of the URL's key are the row's too; the body wins where both say something.
    const given = key.values ?? (key.id === undefined ? {} : { [table.primaryId]: key.id });
    return created(context, table, await createDeep(context, table, body, given), key.text);
  }
  if (ifNoneMatch === '*') throw faults.duplicateRow();
  await update(context, table, key, body);
  return updated(context, table, key.id!, key.text);
}

const missing = (table: TableMetadata, { id }: RowKey) =>
  id === undefined ? faults.keyNotFound(table.schemaName) : faults.rowNotFound(table.schemaName, id);

/** Decided: a virtual row with an id is taken to be there; only its provider knows, and refuses one that is not. */
function isThere({ parts }: RequestContext, table: TableMetadata, { id }: RowKey): boolean {
  if (id === undefined) return false;
  return table.isVirtual || existsRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: id });
}

async function update(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  body: ReturnType<typeof parseBody>,
): Promise<void> {
  const { row } = await readBody(table, body, false, (url) => resolveReference(context, url));
  for (const name of [table.primaryId, ...Object.keys(key.values ?? {})]) delete row[name];
  await change(context, { message: 'Update', table, id: key.id!, target: row });
}

/** One message on a row that is there; its version is checked in the transaction that changes it. */
async function change(context: RequestContext, asked: Omit<RowMessage, 'caller'> & { readonly id: string }) {
  const message = await context.parts.pipeline.begin({ ...asked, caller: context.caller });
  await inOne(context, asked.table, async () => {
    requireVersion(context, asked.table, asked.id);
    await message.finish();
  });
}

/** @throws Fault 412 when `If-Match` names another version */
function requireVersion({ parts, request }: RequestContext, table: TableMetadata, id: string): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted === '*') return;
  if (!table.hasOptimisticConcurrency) throw faults.concurrencyNotEnabled(table.logicalName);
  const row = readRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: id }, ['versionnumber']);
  if (row !== undefined && wanted !== etag(row)) throw faults.versionMismatch();
}

export async function deleteRequest(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  requireKnownOptions(context, new Set(['tag']));
  requireWritable(context, table, 'Delete');
  await change(context, { message: 'Delete', table, id: requireId(table, key) });
  return noContent;
}

/** @throws Fault 0x80040203 for a property only the platform writes: alone, it is not passed over as it is in a row */
function requireChangeable(table: TableMetadata, name: string): void {
  if (table.columns.get(name)!.validForUpdate) return;
  throw faults.invalidArgument(`Invalid Argument: the property '${name}' of '${table.logicalName}' is read-only.`);
}

function requireValue(body: ReturnType<typeof parseBody>, table: TableMetadata): unknown {
  if ('value' in body) return body['value'];
  throw faults.payload(table.entitySetName, 'The value of a property is sent as {"value": …}.');
}

/** GET of `<row>/<property>/$value`: the bare value, as text. */
export async function rawValue(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  column: string,
): Promise<HttpResponse> {
  if (context.request.method !== 'GET') throw notEmulated('Writing a column as $value', 'Write the property itself.');
  const row = await readable(context, table, key);
  const name = table.columns.get(column)!.type === 'lookup' ? `_${column}_value` : column;
  const value = shownRows(table, [column], context.writer)(row)[name];
  if (value === null || value === undefined) return noContent;
  return { status: 200, headers: { 'Content-Type': 'text/plain', ...version }, body: String(value) };
}

/** GET, PUT and DELETE of one property of a row. */
export async function propertyRequest(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  column: string,
): Promise<HttpResponse> {
  const { request, base, writer } = context;
  const id = requireId(table, key);
  switch (request.method) {
    case 'GET': {
      const row = await readable(context, table, key);
      const name = table.columns.get(column)!.type === 'lookup' ? `_${column}_value` : column;
      const value = shownRows(table, [column], writer)(row)[name];
      if (value === null || value === undefined) return noContent;
      return answer(context, { '@odata.context': `${base}/$metadata#${table.entitySetName}(${id})/${name}`, value });
    }
    case 'PUT':
    case 'DELETE': {
      requireChangeable(table, column);
      const value = request.method === 'DELETE' ? null : requireValue(parseBody(context, table.entitySetName), table);
      const { row } = await readBody(table, { [column]: value }, false, (url) => resolveReference(context, url));
      await change(context, { message: 'Update', table, id, target: row });
      return noContent;
    }
    default:
      throw faults.methodNotAllowed(request.method);
  }
}
