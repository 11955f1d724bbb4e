import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import { existsRow, readRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { addExpanded } from './expand.ts';
import { isObject, readBody, singleValued, type JsonObject, type ReadBody } from './read-body.ts';
import { answer, bind, selection, shown } from './read-set.ts';
import { readKey, resolveReference, type RowKey } from './references.ts';
import type { RequestContext } from './request-context.ts';

const version = { 'OData-Version': '4.0' };

export function parseBody({ request }: RequestContext, set: string): JsonObject {
  try {
    const body: unknown = JSON.parse(request.body.toString('utf8'));
    if (isObject(body)) return body;
  } catch (error) {
    throw faults.payload(set, `Microsoft.OData.ODataException: ${(error as Error).message}`);
  }
  throw faults.payload(set, 'Microsoft.OData.ODataException: A JSON object was expected.');
}

/** GET of one row. */
export async function getRow(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  const row = await requireReadable(context, table, key);
  const unchanged = context.request.headers['if-none-match'];
  if (
    table.hasOptimisticConcurrency &&
    unchanged === `W/"${String(row['versionnumber'])}"` &&
    !context.options.has('$expand')
  ) {
    return { status: 304, headers: version, body: '' };
  }
  return answer(context, writeOne(context, table, row), 200, etagHeader(table, row));
}

const etagHeader = (table: TableMetadata, row: Row): Record<string, string> =>
  table.hasOptimisticConcurrency ? { ETag: `W/"${String(row['versionnumber'])}"` } : {};

function writeOne(context: RequestContext, table: TableMetadata, row: Row): Record<string, unknown> {
  const { selected } = bind(context, table);
  const written = shown(context, table, row, selected);
  const expand = context.options.get('$expand');
  if (expand !== undefined) addExpanded(context, table, [row], [written], expand);
  return {
    '@odata.context': `${context.base}/$metadata#${table.entitySetName}${selection(context)}/$entity`,
    ...written,
  };
}

async function requireReadable(
  { parts, caller, ...context }: RequestContext,
  table: TableMetadata,
  key: RowKey,
): Promise<Row> {
  if (key.id === undefined) throw faults.keyNotFound(table.schemaName);
  const whole = { parts, caller, ...context } as RequestContext;
  const { query } = bind(whole, table);
  if (table.isVirtual) {
    parts.privileges.require(caller, 'Read', table);
    const row = await parts.provider()?.retrieve(table, key.id, query.columns, caller);
    if (row === undefined) throw faults.rowNotFound(table.schemaName, key.id);
    return row;
  }
  parts.privileges.require(caller, 'Read', table);
  const row = readRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: key.id });
  if (row === undefined) throw faults.rowNotFound(table.schemaName, key.id);
  parts.access.requireRow(caller, 'Read', table, key.id);
  return row;
}

/** POST to a set: the row, and rows nested in its body, in one transaction. */
export async function postRow(context: RequestContext, table: TableMetadata): Promise<HttpResponse> {
  const body = parseBody(context, table.entitySetName);
  const id = await inOne(context, table, () => createDeep(context, table, body, {}));
  return created(context, table, id, 201);
}

/** A virtual row is written outside the store's transaction. */
function inOne<T>({ parts }: RequestContext, table: TableMetadata, work: () => Promise<T>): Promise<T> {
  return table.isVirtual ? work() : parts.database.transaction(work);
}

async function createDeep(
  context: RequestContext,
  table: TableMetadata,
  body: JsonObject,
  extra: Row,
): Promise<string> {
  const read = await readBody(table, body, true, (url) => resolveReference(context, url));
  const row: Row = { ...extra, ...read.row };
  for (const { relationship, bodies } of parents(read)) {
    const target = context.parts.metadata.table(relationship.referencedTable)!;
    row[relationship.referencingColumn] = {
      table: target.logicalName,
      id: await createDeep(context, target, bodies[0]!, {}),
    };
  }
  const id = await context.parts.pipeline.create(table.logicalName, row, context.caller);
  for (const { relationship, bodies } of children(read)) {
    const child = context.parts.metadata.table(relationship.referencingTable)!;
    for (const one of bodies)
      await createDeep(context, child, one, { [relationship.referencingColumn]: { table: table.logicalName, id } });
  }
  return id;
}

const parents = ({ deep }: ReadBody) => deep.filter((part) => part.side === 'parent');
const children = ({ deep }: ReadBody) => deep.filter((part) => part.side === 'children');

async function created(
  context: RequestContext,
  table: TableMetadata,
  id: string,
  status: 200 | 201,
  keyText = id,
): Promise<HttpResponse> {
  const location = `${context.base}/${table.entitySetName}(${keyText})`;
  if (!context.preferences.returnRepresentation) {
    const place: Record<string, string> = status === 201 ? { Location: location } : {};
    return { status: 204, headers: { ...version, 'OData-EntityId': location, ...place }, body: '' };
  }
  const row = await requireReadable(context, table, { id, values: undefined, text: id });
  return answer(context, writeOne(context, table, row), status, {
    ...etagHeader(table, row),
    ...(status === 201 ? { Location: location } : {}),
  });
}

/** PATCH: update, or upsert unless `If-Match` forbids creating. */
export async function patchRow(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  const { parts, caller, request } = context;
  const body = parseBody(context, table.entitySetName);
  return inOne(context, table, async () => {
    const exists =
      table.isVirtual ||
      (key.id !== undefined &&
        existsRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: key.id }));
    if (exists) {
      if (request.headers['if-none-match'] === '*') throw faults.duplicateRow();
      requireVersion(context, table, key.id!);
      const { row } = await readBody(table, body, false, (url) => resolveReference(context, url));
      for (const name of Object.keys(key.values ?? {})) delete row[name];
      delete row[table.primaryId];
      await parts.pipeline.update(table.logicalName, key.id!, row, caller);
      return created(context, table, key.id!, 200, key.text);
    }
    if (request.headers['if-match'] !== undefined)
      throw key.id === undefined ? faults.keyNotFound(table.schemaName) : faults.rowNotFound(table.schemaName, key.id);
    const id = await createDeep(
      context,
      table,
      body,
      key.id === undefined ? (key.values ?? {}) : { [table.primaryId]: key.id },
    );
    return created(context, table, id, 201, key.text);
  });
}

/** @throws Fault 412 when `If-Match` names another version */
function requireVersion({ parts, request }: RequestContext, table: TableMetadata, id: string): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted === '*') return;
  if (!table.hasOptimisticConcurrency) throw faults.concurrencyNotEnabled(table.logicalName);
  const row = readRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: id }, ['versionnumber']);
  if (row !== undefined && wanted !== `W/"${String(row['versionnumber'])}"`) throw faults.versionMismatch();
}

export async function deleteRequest(context: RequestContext, table: TableMetadata, key: RowKey): Promise<HttpResponse> {
  if (key.id === undefined) throw faults.keyNotFound(table.schemaName);
  requireVersion(context, table, key.id);
  await context.parts.pipeline.delete(table.logicalName, key.id, context.caller);
  return { status: 204, headers: version, body: '' };
}

/** GET, PUT and DELETE of one property of a row. */
export async function propertyRequest(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  column: string,
): Promise<HttpResponse> {
  const { request, base, parts, caller } = context;
  if (key.id === undefined) throw faults.keyNotFound(table.schemaName);
  if (request.method === 'GET') {
    const row = await requireReadable(context, table, key);
    const value = shown(context, table, row, [column])[
      table.columns.get(column)!.type === 'lookup' ? `_${column}_value` : column
    ];
    if (value === null || value === undefined) return { status: 204, headers: version, body: '' };
    return answer(context, {
      '@odata.context': `${base}/$metadata#${table.entitySetName}(${key.id})/${column}`,
      value,
    });
  }
  const value = request.method === 'DELETE' ? null : parseBody(context, table.entitySetName)['value'];
  const { row } = await readBody(table, { [column]: value }, false, (url) => resolveReference(context, url));
  await parts.pipeline.update(table.logicalName, key.id, row, caller);
  return { status: 204, headers: version, body: '' };
}

/** GET of a navigation property: the row a lookup points at, or the rows that point here. */
export async function navigationRequest(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  name: string,
  readCollection: (child: TableMetadata, column: string, id: string) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  if (key.id === undefined) throw faults.keyNotFound(table.schemaName);
  const { parts } = context;
  const single = singleValued(table, name);
  if (single !== undefined) {
    parts.privileges.require(context.caller, 'Read', table);
    const row = readRow(parts.database, parts.shapes(table.logicalName), { [table.primaryId]: key.id }, [
      single.referencingColumn,
    ]);
    if (row === undefined) throw faults.rowNotFound(table.schemaName, key.id);
    const lookup = row[single.referencingColumn] as Lookup | null;
    if (lookup === null) return { status: 204, headers: version, body: '' };
    const target = parts.metadata.table(lookup.table)!;
    return getRow(context, target, { id: lookup.id, values: undefined, text: lookup.id });
  }
  const many = table.oneToMany.find((one) => one.referencedNavigation === name);
  if (many !== undefined)
    return readCollection(parts.metadata.table(many.referencingTable)!, many.referencingColumn, key.id);
  if (table.manyToMany.some((one) => one.firstNavigation === name || one.secondNavigation === name))
    throw notEmulated('Reading a many-to-many navigation property', 'Query the intersect table instead.');
  throw faults.resourceNotFound(name);
}

/** POST, PUT and DELETE of `$ref`: sets or clears a lookup, adds or removes a pair of a many-to-many relationship. */
export async function referenceRequest(
  context: RequestContext,
  table: TableMetadata,
  key: RowKey,
  name: string,
  related: string | undefined,
): Promise<HttpResponse> {
  const { parts, caller, request, options } = context;
  if (key.id === undefined) throw faults.keyNotFound(table.schemaName);
  const isRemoval = request.method === 'DELETE';
  const target = async (): Promise<Lookup> => {
    if (related !== undefined) return resolveReference(context, related);
    const url = isRemoval ? options.get('$id') : parseBody(context, table.entitySetName)['@odata.id'];
    if (typeof url !== 'string') throw faults.payload(table.entitySetName, "The reference has no '@odata.id'.");
    return resolveReference(context, url);
  };
  const single = singleValued(table, name);
  const many = table.oneToMany.find((one) => one.referencedNavigation === name);
  const pair = table.manyToMany.find((one) => one.firstNavigation === name || one.secondNavigation === name);
  if (single !== undefined)
    await parts.pipeline.update(
      table.logicalName,
      key.id,
      { [single.referencingColumn]: isRemoval ? null : await target() },
      caller,
    );
  else if (many !== undefined)
    await parts.pipeline.update(
      many.referencingTable,
      (await target()).id,
      { [many.referencingColumn]: isRemoval ? null : { table: table.logicalName, id: key.id } },
      caller,
    );
  else if (pair !== undefined) await changePair(context, table, key.id, pair, await target(), isRemoval);
  else throw faults.resourceNotFound(name);
  return { status: 204, headers: version, body: '' };
}

async function changePair(
  { parts, caller }: RequestContext,
  table: TableMetadata,
  id: string,
  pair: TableMetadata['manyToMany'][number],
  other: Lookup,
  isRemoval: boolean,
): Promise<void> {
  const isFirst = pair.firstTable === table.logicalName;
  const values: Row = isFirst
    ? { [pair.firstColumn]: id, [pair.secondColumn]: other.id }
    : { [pair.firstColumn]: other.id, [pair.secondColumn]: id };
  parts.privileges.require(caller, 'Append', table);
  parts.privileges.require(caller, 'Append', parts.metadata.table(other.table)!);
  const intersect = parts.metadata.table(pair.intersectTable)!;
  const sql = `select "${intersect.primaryId}" as id from "${intersect.logicalName}" where "${pair.firstColumn}" = ? and "${pair.secondColumn}" = ?`;
  const there = parts.database.get(sql, [values[pair.firstColumn] as string, values[pair.secondColumn] as string]);
  if (isRemoval && there === undefined) throw faults.rowNotFound(intersect.schemaName, other.id);
  if (isRemoval) await parts.pipeline.delete(intersect.logicalName, String(there!['id']));
  else if (there !== undefined) throw faults.duplicateRow();
  else await parts.pipeline.create(intersect.logicalName, values);
}
