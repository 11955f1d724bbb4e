import { json, notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { readFetchXml, FetchXmlError, type FetchedQuery } from '../../fetchxml/index.ts';
import { readLiteral } from '../../odata/index.ts';
import type { Condition, Query, Row } from '../../query/index.ts';
import { countRows, readRow, readRows, type QueryRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { askContext } from './api.ts';
import { allColumns, QueryBinder } from './bind-query.ts';
import { addExpanded, columnsForExpand } from './expand.ts';
import { nextLink, readSkipToken } from './paging.ts';
import type { RequestContext } from './request-context.ts';
import { writeRow } from './write-row.ts';

const mostRows = 5000;
const knownOptions = new Set([
  '$select',
  '$filter',
  '$expand',
  '$orderby',
  '$top',
  '$count',
  '$skiptoken',
  '$apply',
  'fetchXml',
  'savedQuery',
  'userQuery',
  'tag',
  'partitionId',
]);

/** GET of an entity set, or of a collection of one row (`scope` narrows it then). */
export async function readSet(context: RequestContext, table: TableMetadata, scope?: Condition): Promise<HttpResponse> {
  const { options } = context;
  const unknown = [...options.keys()].find((name) => !knownOptions.has(name));
  if (unknown !== undefined) throw faults.queryNotSupported(`The query parameter ${unknown} is not supported`);
  if (options.has('$apply')) throw notEmulated('$apply', 'Read the rows and group them in the client.');
  const stored = options.get('savedQuery') ?? options.get('userQuery');
  const fetchXml =
    options.get('fetchXml') ??
    (stored === undefined ? undefined : storedFetch(context, table, stored, options.has('savedQuery')));
  return fetchXml === undefined ? readByOptions(context, table, scope) : readByFetchXml(context, table, fetchXml);
}

export function bind(context: RequestContext, table: TableMetadata): { query: Query; selected: readonly string[] } {
  const { options, parts, caller, aliases } = context;
  const binder = new QueryBinder(table, {
    metadata: parts.metadata,
    shapes: parts.shapes,
    ask: askContext(parts, caller),
    aliases,
  });
  const filter = options.has('$filter') ? binder.filter(options.get('$filter')!) : undefined;
  const order = options.has('$orderby') ? binder.orderBy(options.get('$orderby')!) : [];
  const selected = withImplied(
    table,
    options.has('$select') ? binder.select(options.get('$select')!) : allColumns(table),
  );
  const expanded = options.has('$expand') ? columnsForExpand(table, options.get('$expand')!) : [];
  const version = table.columns.has('versionnumber') ? ['versionnumber'] : [];
  return {
    query: {
      table: table.logicalName,
      columns: [...new Set([...selected, ...expanded, ...version])],
      joins: binder.joins,
      filter,
      order,
    },
    selected,
  };
}

/** Added though not selected: the key, and the currency of a money column. */
function withImplied(table: TableMetadata, selected: readonly string[]): string[] {
  const hasMoney = selected.some((name) => table.columns.get(name)?.type === 'money');
  const currency = hasMoney && table.columns.has('transactioncurrencyid') ? ['transactioncurrencyid'] : [];
  return [...new Set([...selected, ...currency, table.primaryId])];
}

async function readByOptions(context: RequestContext, table: TableMetadata, scope?: Condition): Promise<HttpResponse> {
  const { options, preferences, parts, caller } = context;
  const bound = bind(context, table);
  const reached = parts.access.condition(caller, 'Read', table);
  const filter = and([bound.query.filter, scope, reached]);
  const top = options.has('$top') ? wholeNumber('$top', options.get('$top')!) : undefined;
  const size = top === undefined ? (preferences.maxPageSize ?? mostRows) : Math.min(top, mostRows);
  const page = options.has('$skiptoken') ? readSkipToken(options.get('$skiptoken')!) : 1;
  const query: Query = { ...bound.query, filter, top: size + 1, skip: (page - 1) * size };
  const { rows, hasMore, count } = table.isVirtual
    ? await readVirtual(context, table, { ...query, top: size })
    : readStored(context, query, size);
  const written = rows.map((row) => shown(context, table, row, bound.selected));
  if (options.has('$expand')) addExpanded(context, table, rows, written, options.get('$expand')!);
  const body: Record<string, unknown> = {
    '@odata.context': `${context.base}/$metadata#${table.entitySetName}${selection(context)}`,
  };
  addCounts(body, context, query, count);
  body['value'] = written;
  if (hasMore && top === undefined) body['@odata.nextLink'] = nextLink(absolute(context), page + 1);
  return answer(context, body);
}

function readStored({ parts }: RequestContext, query: Query, size: number) {
  const found = readRows(parts.database, query, parts.shapes).map((row) => row.columns);
  return { rows: found.slice(0, size), hasMore: found.length > size, count: undefined };
}

async function readVirtual({ parts, caller }: RequestContext, table: TableMetadata, query: Query) {
  const provider = parts.provider();
  if (provider === undefined)
    throw notEmulated(
      `The virtual table '${table.logicalName}' without a provider`,
      'Start the emulator with finance and operations.',
    );
  const page = await provider.retrieveMultiple(table, query, caller);
  return { rows: [...page.rows], hasMore: page.moreRows, count: page.count };
}

/** The row as JSON with what was selected; the ETag needs the version even when nobody selected it. */
export function shown(
  context: RequestContext,
  table: TableMetadata,
  row: Row,
  selected: readonly string[],
): Record<string, unknown> {
  const wanted = new Set(selected);
  const visible = Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name)));
  const written = writeRow(table, visible, context.writer);
  if (!table.hasOptimisticConcurrency || row['versionnumber'] === undefined) return written;
  return { '@odata.etag': `W/"${String(row['versionnumber'])}"`, ...written };
}

export const selection = ({ options }: RequestContext) => (options.has('$select') ? `(${options.get('$select')})` : '');
const absolute = ({ base, request }: RequestContext) =>
  base + request.url.slice(request.url.search(/\/api\/data\/v9\.\d/) + '/api/data/v9.x'.length);

function addCounts(
  body: Record<string, unknown>,
  { options, preferences, parts }: RequestContext,
  query: Query,
  virtualCount: number | undefined,
): void {
  const wantsCount = options.get('$count') === 'true';
  const isStored = virtualCount === undefined;
  const count = !wantsCount
    ? -1
    : isStored
      ? countRows(parts.database, query, parts.shapes, mostRows + 1)
      : virtualCount;
  if (wantsCount) body['@odata.count'] = Math.min(count, mostRows);
  if (preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcount'))
    body['@Microsoft.Dynamics.CRM.totalrecordcount'] = Math.min(count, mostRows);
  if (preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'))
    body['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'] = count > mostRows;
  if (preferences.annotation('Microsoft.Dynamics.CRM.globalmetadataversion'))
    body['@Microsoft.Dynamics.CRM.globalmetadataversion'] = parts.metadata.version;
}

export function answer(
  { preferences }: RequestContext,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): HttpResponse {
  const applied: Record<string, string> =
    preferences.applied.length > 0 ? { 'Preference-Applied': preferences.applied.join(',') } : {};
  return json(status, body, {
    'Content-Type': 'application/json; odata.metadata=minimal',
    'OData-Version': '4.0',
    ...applied,
    ...headers,
  });
}

function storedFetch(context: RequestContext, table: TableMetadata, id: string, isSaved: boolean): string {
  const name = isSaved ? 'savedquery' : 'userquery';
  const row = readRow(context.parts.database, context.parts.shapes(name), { [`${name}id`]: id.toLowerCase() }, [
    'fetchxml',
    'returnedtypecode',
  ]);
  if (row === undefined) throw faults.rowNotFound(name, id);
  if (row['returnedtypecode'] !== table.logicalName)
    throw faults.queryNotSupported(`The view ${id} is of the table '${String(row['returnedtypecode'])}'.`);
  return String(row['fetchxml']);
}

async function readByFetchXml(context: RequestContext, table: TableMetadata, text: string): Promise<HttpResponse> {
  const { parts, caller, preferences } = context;
  const fetched = readFetch(context, text);
  if (fetched.query.table !== table.logicalName)
    throw faults.queryNotSupported(
      `The entity '${fetched.query.table}' of the FetchXML is not the table of '${table.entitySetName}'.`,
    );
  const size = Math.min(fetched.count ?? preferences.maxPageSize ?? mostRows, fetched.query.top ?? mostRows, mostRows);
  const filter = and([fetched.query.filter, parts.access.condition(caller, 'Read', table)]);
  for (const join of fetched.query.joins) parts.access.condition(caller, 'Read', parts.metadata.table(join.table)!);
  const columns = withImplied(table, fetched.query.columns);
  const version = table.columns.has('versionnumber') && fetched.query.distinct !== true ? ['versionnumber'] : [];
  const query: Query = {
    ...fetched.query,
    filter,
    columns: fetched.query.distinct ? fetched.query.columns : [...new Set([...columns, ...version])],
    top: size + 1,
    skip: (fetched.page - 1) * size,
  };
  if (table.isVirtual) {
    if (query.joins.length > 0) throw faults.virtualQuery('A virtual table cannot be joined with another table.');
    const { rows, hasMore, count } = await readVirtual(context, table, { ...query, top: size });
    return fetchAnswer(
      context,
      table,
      fetched,
      query,
      rows.map((row) => ({ columns: row, joined: {} })),
      hasMore,
      columns,
      count,
    );
  }
  const found = readRows(parts.database, query, parts.shapes);
  return fetchAnswer(
    context,
    table,
    fetched,
    query,
    found.slice(0, size),
    found.length > size && fetched.query.top === undefined,
    query.distinct ? query.columns : columns,
    undefined,
  );
}

function readFetch({ parts, caller }: RequestContext, text: string): FetchedQuery {
  const tables = {
    table: (name: string) => (parts.metadata.table(name) === undefined ? undefined : parts.shapes(name)),
    value: (column: Parameters<typeof readLiteral>[0], value: string) =>
      readLiteral(column, { type: 'string', text: value }),
  };
  try {
    return readFetchXml(text, tables, askContext(parts, caller));
  } catch (error) {
    throw error instanceof FetchXmlError ? faults.fetchXml(error.code, error.message) : error;
  }
}

/** Null columns are omitted; columns of links are named `alias.column`. */
function fetchAnswer(
  context: RequestContext,
  table: TableMetadata,
  fetched: FetchedQuery,
  query: Query,
  rows: readonly QueryRow[],
  hasMore: boolean,
  columns: readonly string[],
  count: number | undefined,
): HttpResponse {
  const { preferences, parts } = context;
  const value = rows.map((row) => {
    const written = shown(context, table, row.columns, columns);
    for (const key of Object.keys(written)) if (written[key] === null) delete written[key];
    for (const [name, alias] of fetched.aliases) renameKeys(written, name, alias);
    for (const [alias, joined] of Object.entries(row.joined)) addJoined(written, alias, joined, query, context);
    return written;
  });
  const body: Record<string, unknown> = { '@odata.context': `${context.base}/$metadata#${table.entitySetName}` };
  if (fetched.returnTotalRecordCount || context.options.get('$count') === 'true') {
    const total = count ?? countRows(parts.database, query, parts.shapes, mostRows + 1);
    body['@odata.count'] = Math.min(total, mostRows);
    if (preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcount'))
      body['@Microsoft.Dynamics.CRM.totalrecordcount'] = Math.min(total, mostRows);
    if (preferences.annotation('Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'))
      body['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'] = total > mostRows;
  }
  if (hasMore && preferences.annotation('Microsoft.Dynamics.CRM.morerecords'))
    body['@Microsoft.Dynamics.CRM.morerecords'] = true;
  if (hasMore && preferences.annotation('Microsoft.Dynamics.CRM.fetchxmlpagingcookie')) {
    const inner = encodeURIComponent(encodeURIComponent(`<cookie page="${fetched.page}"></cookie>`));
    body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'] =
      `<cookie pagenumber="${fetched.page + 1}" pagingcookie="${inner}" istracking="False" />`;
  }
  body['value'] = value;
  return answer(context, body);
}

function renameKeys(written: Record<string, unknown>, name: string, alias: string): void {
  for (const key of Object.keys(written)) {
    if (key !== name && !key.startsWith(`${name}@`)) continue;
    written[alias + key.slice(name.length)] = written[key];
    delete written[key];
  }
}

function addJoined(
  written: Record<string, unknown>,
  alias: string,
  joined: Row | undefined,
  query: Query,
  { writer, parts }: RequestContext,
): void {
  const join = query.joins.find((one) => one.alias === alias)!;
  const table = parts.metadata.table(join.table)!;
  if (joined === undefined) return;
  const wanted = Object.fromEntries(Object.entries(joined).filter(([name]) => join.columns.includes(name)));
  for (const [key, value] of Object.entries(writeRow(table, wanted, writer, true))) {
    if (!key.startsWith('@')) written[`${alias}.${key.replace(/^_(.+)_value/, '$1')}`] = value;
  }
}

export function and(conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const of = conditions.filter((one): one is Condition => one !== undefined);
  return of.length === 0 ? undefined : of.length === 1 ? of[0] : { kind: 'all', of };
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw faults.queryNotSupported(
    `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
  );
}
