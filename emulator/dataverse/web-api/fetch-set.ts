import type { HttpResponse } from '../../kernel/index.ts';
import { FetchXmlError, readFetchXml, type FetchedQuery } from '../../fetchxml/index.ts';
import { readLiteral } from '../../odata/index.ts';
import type { Condition, Query, Row } from '../../query/index.ts';
import { countRows, readRows, type QueryRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { labelIn } from '../metadata/labels.ts';
import type { ColumnMetadata, TableMetadata } from '../metadata/model.ts';
import { securedQuery } from '../security/secured-query.ts';
import { answer } from './answer.ts';
import { askContext } from './api.ts';
import { addCounts, both, mostRows, readVirtual } from './page.ts';
import { readGroupPage, writeGroups } from './group-rows.ts';
import { namingWriter } from './naming-writer.ts';
import { Paging } from './paging.ts';
import type { RequestContext } from './request-context.ts';
import { withImplied } from './selected-columns.ts';
import { shownRows, wholeRows } from './write-row.ts';

interface FetchPage {
  readonly rows: readonly QueryRow[];
  readonly hasMore: boolean;
  count(): number;
}

/** GET of a set with `fetchXml`, or with a view that holds some. @throws Fault with the platform's code for the query */
export async function readByFetchXml(
  context: RequestContext,
  table: TableMetadata,
  text: string,
  scope?: Condition,
): Promise<HttpResponse> {
  const fetched = readFetch(context, text);
  if (fetched.query.table !== table.logicalName)
    throw faults.queryNotSupported(
      `The entity '${fetched.query.table}' of the FetchXML is not the table of '${table.entitySetName}'.`,
    );
  if (fetched.query.aggregation !== undefined) return readFetchedGroups(context, table, fetched, scope);
  const { preferences } = context;
  const size = Math.min(fetched.count ?? preferences.maxPageSize ?? mostRows, fetched.query.top ?? mostRows, mostRows);
  const isDistinct = fetched.query.distinct === true;
  const selected = isDistinct ? fetched.query.columns : withImplied(table, fetched.query.columns);
  const versioned = !isDistinct && table.columns.has('versionnumber') ? ['versionnumber'] : [];
  const paging = new Paging(context.parts, table, fetched.query);
  const query: Query = {
    ...fetched.query,
    filter: both(fetched.query.filter, scope),
    columns: [...new Set([...selected, ...versioned, ...paging.columns])],
  };
  const paged = paging.startingAt(query, { number: fetched.page, cookie: fetched.pagingCookie }, size);
  if (paged.skip! + size > mostSkipped) throw faults.overRetrieval();
  const page = table.isVirtual
    ? await readVirtualPage(context, table, paged, size)
    : readPage(context, query, paged, size);
  const ends = page.rows.map(({ columns }) => columns);
  const cookie = page.hasMore ? paging.cookie(fetched.page, ends) : undefined;
  return writePage(context, table, fetched, query, selected, { ...page, cookie });
}

/** Groups in place of rows: no key, no ETag, and nothing where a value is null. */
function readFetchedGroups(
  context: RequestContext,
  table: TableMetadata,
  fetched: FetchedQuery,
  scope: Condition | undefined,
): HttpResponse {
  const size = Math.min(fetched.count ?? mostRows, fetched.query.top ?? mostRows, mostRows);
  const filter = both(fetched.query.filter, scope);
  const query: Query = { ...fetched.query, filter, top: size + 1, skip: (fetched.page - 1) * size };
  const groups = readGroupPage(context, table, query, fetched.aggregateLimit);
  const body: Record<string, unknown> = { '@odata.context': `${context.base}/$metadata#${table.entitySetName}` };
  if (groups.length > size) addCookie(body, context, fetched.page, undefined);
  body['value'] = writeGroups(context, query, groups.slice(0, size));
  return answer(context, body);
}

/** Rows simple paging reaches; what lies beyond needs the cookie of the page before. */
const mostSkipped = 50_000;

/** The rows of a page; counted are those of all pages. */
function readPage({ parts, caller }: RequestContext, asked: Query, paged: Query, size: number): FetchPage {
  const found = readRows(parts.database, { ...securedQuery(paged, caller, parts), top: size + 1 }, parts.shapes);
  const count = () => countRows(parts.database, securedQuery(asked, caller, parts), parts.shapes, mostRows + 1);
  return { rows: found.slice(0, size), hasMore: found.length > size && asked.top === undefined, count };
}

async function readVirtualPage(
  context: RequestContext,
  table: TableMetadata,
  query: Query,
  size: number,
): Promise<FetchPage> {
  if (query.joins.length > 0) throw faults.virtualQuery('A virtual table cannot be joined with another table.');
  if ((query.childCounts ?? []).length > 0) throw faults.virtualQuery('The rows of a virtual table cannot be counted.');
  if (query.distinct === true && !query.columns.includes(table.primaryId))
    throw faults.virtualQuery('The rows of a virtual table are distinct by their key only.');
  const { rows, hasMore, count } = await readVirtual(context, table, { ...query, top: size }, true);
  return { rows: rows().map((columns) => ({ columns, joined: {} })), hasMore, count };
}

/** A FetchXML text as the query it is. @throws Fault with the platform's code for the query */
export function readFetch({ parts, caller }: RequestContext, text: string): FetchedQuery {
  const ask = askContext(parts, caller);
  const tables = {
    table: (name: string) => (parts.metadata.table(name) === undefined ? undefined : parts.shapes(name)),
    value: (column: Parameters<typeof readLiteral>[0], value: string) =>
      readLiteral(column, { type: 'string', text: value }),
    labels: (name: string, column: string) => labelsOf(parts.metadata.table(name)?.columns.get(column), ask.language),
  };
  try {
    return readFetchXml(text, tables, ask);
  } catch (error) {
    throw error instanceof FetchXmlError ? faults.fetchXml(error.code, error.message) : error;
  }
}

/** What a choice shows in the user's language; undefined for what is no choice. */
function labelsOf(column: ColumnMetadata | undefined, language: number) {
  if (column?.choice === undefined || column.type === 'choices') return undefined;
  return column.choice.options.map(({ value, label }) => ({
    value: column.type === 'boolean' ? value === 1 : value,
    label: labelIn(label, language) || String(value),
  }));
}

/** Null columns are omitted; columns of links are named `alias.column`. */
function writePage(
  context: RequestContext,
  table: TableMetadata,
  fetched: FetchedQuery,
  query: Query,
  selected: readonly string[],
  page: FetchPage & { readonly cookie: string | undefined },
): HttpResponse {
  const { parts, caller, options } = context;
  const writer = namingWriter(
    context,
    page.rows.flatMap((row) => [row.columns, ...Object.values(row.joined).filter((one) => one !== undefined)]),
  );
  const mask = parts.columnSecurity.masking(caller, table);
  const write = shownRows(table, selected, writer);
  const value = page.rows.map((row) => {
    const written = write(mask(row.columns));
    for (const key of Object.keys(written)) if (written[key] === null) delete written[key];
    Object.assign(written, row.counts);
    for (const [alias, joined] of Object.entries(row.joined))
      addJoined(written, alias, joined, query, { ...context, writer });
    for (const [name, alias] of fetched.aliases) renameKeys(written, name, alias);
    return written;
  });
  const place = `${context.base}/$metadata#${table.entitySetName}${contextColumns(table, fetched)}`;
  const body: Record<string, unknown> = { '@odata.context': place };
  addCounts(body, context, page, fetched.returnTotalRecordCount || options.get('$count') === 'true');
  if (page.hasMore) addCookie(body, context, fetched.page, page.cookie);
  body['value'] = value;
  return answer(context, body);
}

/** `(name,_ownerid_value)`: columns of the table the query names, as properties; nothing where it asks for all. */
function contextColumns({ columns }: TableMetadata, { query }: FetchedQuery): string {
  const isAll = [...columns.values()].every(
    ({ logicalName, type }) => type === 'binary' || query.columns.includes(logicalName),
  );
  if (isAll || query.columns.length === 0) return '';
  return `(${query.columns.map((name) => (columns.get(name)?.type === 'lookup' ? `_${name}_value` : name)).join(',')})`;
}

/**
 * Both only when asked for, and never on the last page; the client puts the decoded inner cookie into its next query.
 * A query that is ordered by a column of a link, or aggregates, has no cookie: its pages are asked for by number.
 */
function addCookie(
  body: Record<string, unknown>,
  { preferences }: RequestContext,
  page: number,
  cookie: string | undefined,
): void {
  if (preferences.annotation('Microsoft.Dynamics.CRM.morerecords')) body['@Microsoft.Dynamics.CRM.morerecords'] = true;
  if (cookie === undefined || !preferences.annotation('Microsoft.Dynamics.CRM.fetchxmlpagingcookie')) return;
  const inner = encodeURIComponent(encodeURIComponent(cookie));
  body['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'] =
    `<cookie pagenumber="${page + 1}" pagingcookie="${inner}" istracking="False" />`;
}

function renameKeys(written: Record<string, unknown>, name: string, alias: string): void {
  for (const key of Object.keys(written)) {
    if (key !== name && key !== `_${name}_value` && !key.startsWith(`${name}@`) && !key.startsWith(`_${name}_value@`))
      continue;
    const at = key.indexOf('@');
    written[alias + (at < 0 ? '' : key.slice(at))] = written[key];
    delete written[key];
  }
}

function addJoined(
  written: Record<string, unknown>,
  alias: string,
  joined: Row | undefined,
  query: Query,
  { writer, parts, caller }: RequestContext,
): void {
  if (joined === undefined) return;
  const join = query.joins.find((one) => one.alias === alias)!;
  const table = parts.metadata.table(join.table)!;
  const visible = parts.columnSecurity.masking(caller, table)(joined);
  const wanted = Object.fromEntries(Object.entries(visible).filter(([name]) => join.columns.includes(name)));
  for (const [key, value] of Object.entries(wholeRows(table, writer, true)(wanted))) {
    if (!key.startsWith('@')) written[`${alias}.${key.replace(/^_(.+)_value/, '$1')}`] = value;
  }
}
