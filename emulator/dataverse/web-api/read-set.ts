import type { HttpResponse } from '../../kernel/index.ts';
import type { Condition, Query, Row } from '../../query/index.ts';
import { countRows, readRow, readRows } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { securedQuery } from '../security/secured-query.ts';
import { answer, version } from './answer.ts';
import { bindOptions, requireKnownOptions } from './bind-options.ts';
import { addExpanded } from './expand.ts';
import { readApply } from './apply.ts';
import { readByFetchXml } from './fetch-set.ts';
import { addCounts, both, mostRows, readVirtual } from './page.ts';
import { namingWriter } from './naming-writer.ts';
import { cookieColumns, cookieOf, nextLink, readSkipToken, startingAt } from './paging.ts';
import type { RequestContext } from './request-context.ts';
import { addDeltaLink, countChanges, isTracked, readChanges, requireTrackable } from './track-changes.ts';
import type { SelectedColumns } from './selected-columns.ts';
import { rowUrl } from './write-row.ts';

export { answer } from './answer.ts';

const setOptions = new Set([
  '$select',
  '$filter',
  '$expand',
  '$orderby',
  '$top',
  '$count',
  '$skiptoken',
  '$deltatoken',
  '$apply',
  'fetchXml',
  'savedQuery',
  'userQuery',
  'tag',
]);

/** GET of an entity set, or of a collection of one row (`scope` narrows it then). */
export async function readSet(context: RequestContext, table: TableMetadata, scope?: Condition): Promise<HttpResponse> {
  const { options } = context;
  requireKnownOptions(context, setOptions);
  // A collection of one row is not tracked; only a table is.
  const tracked = isTracked(context);
  if (tracked && scope === undefined) requireTrackable(context, table);
  if (options.has('$deltatoken') && scope === undefined) return readChanges(context, table);
  if (options.has('$apply')) return readApply(context, table, scope);
  const stored = options.get('savedQuery') ?? options.get('userQuery');
  const fetchXml =
    options.get('fetchXml') ??
    (stored === undefined ? undefined : storedFetch(context, table, stored, options.has('savedQuery')));
  if (fetchXml !== undefined) return readByFetchXml(context, table, fetchXml, scope);
  const page = await readPage(context, table, scope);
  const writer = namingWriter(context, page.rows);
  const write = page.selected.form.writtenBy(writer);
  const written = page.rows.map((row) => write(row));
  if (options.has('$expand')) addExpanded(context, table, page.rows, written, options.get('$expand')!);
  const body: Record<string, unknown> = {
    '@odata.context': `${context.base}/$metadata#${table.entitySetName}${page.selected.named}`,
  };
  addCounts(body, context, page);
  body['value'] = written;
  if (page.next !== undefined) body['@odata.nextLink'] = page.next;
  if (tracked && scope === undefined) addDeltaLink(context, body);
  return answer(context, body);
}

/** GET of `<collection>/$ref`: where the rows are, nothing of what they hold. */
export async function readReferences(
  context: RequestContext,
  table: TableMetadata,
  scope: Condition,
): Promise<HttpResponse> {
  requireKnownOptions(context, new Set(['$filter', '$orderby', '$top', '$skiptoken']));
  const page = await readPage(context, table, scope);
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#Collection($ref)`,
    value: page.rows.map((row) => ({ '@odata.id': rowUrl(context.base, table, String(row[table.primaryId])) })),
    ...(page.next === undefined ? {} : { '@odata.nextLink': page.next }),
  });
}

interface Page {
  readonly rows: readonly Row[];
  readonly selected: SelectedColumns;
  /** Address of the page after this one. */
  readonly next: string | undefined;
  /** How many rows match, no further than one above what a count tells of. */
  count(): number;
}

async function readPage(context: RequestContext, table: TableMetadata, scope?: Condition): Promise<Page> {
  const { options, preferences, parts, caller } = context;
  const { query: bound, selected } = bindOptions(context, table);
  const top = options.has('$top') ? wholeNumber('$top', options.get('$top')!) : undefined;
  const size = top === undefined ? (preferences.maxPageSize ?? mostRows) : Math.min(top, mostRows);
  const start = readSkipToken(options.get('$skiptoken'));
  const scoped: Query = {
    ...bound,
    filter: both(bound.filter, scope),
    columns: withColumns(bound.columns, cookieColumns(context, table, bound)),
  };
  const paged = startingAt(context, table, scoped, start, size);
  const found = table.isVirtual
    ? await readVirtual(context, table, { ...paged, top: size })
    : readStored(context, scoped, paged, size);
  const next = () =>
    nextLink(absolute(context), start.number + 1, cookieOf(context, table, scoped, start.number, found.rows));
  return {
    ...found,
    rows: found.rows.map(parts.columnSecurity.masking(caller, table)),
    selected,
    next: found.hasMore && top === undefined ? next() : undefined,
  };
}

/** The same list where it holds them already: what is read of a table is known by its list. */
const withColumns = (columns: readonly string[], more: readonly string[]): readonly string[] =>
  more.every((name) => columns.includes(name)) ? columns : [...new Set([...columns, ...more])];

/** The rows of a page; counted are those of all pages. */
function readStored({ parts, caller }: RequestContext, scoped: Query, paged: Query, size: number) {
  const query = securedQuery(paged, caller, parts);
  const found = readRows(parts.database, { ...query, top: size + 1 }, parts.shapes).map((row) => row.columns);
  const count = () => countRows(parts.database, securedQuery(scoped, caller, parts), parts.shapes, mostRows + 1);
  return { rows: found.slice(0, size), hasMore: found.length > size, count };
}

const byteOrderMark = '\uFEFF';

/** GET of `<set>/$count`: a number as text, preceded by a byte order mark, no higher than 5,000. */
export async function readCount(
  context: RequestContext,
  table: TableMetadata,
  scope?: Condition,
): Promise<HttpResponse> {
  requireKnownOptions(context, new Set(['$filter', '$deltatoken', 'tag']));
  const { parts, caller } = context;
  const headers = { 'Content-Type': 'text/plain', ...version };
  if (isTracked(context)) {
    requireTrackable(context, table);
    return { status: 200, headers, body: byteOrderMark + String(countChanges(context, table)) };
  }
  const { query } = bindOptions(context, table);
  const scoped: Query = { ...query, filter: both(query.filter, scope) };
  const count = table.isVirtual
    ? (await readVirtual(context, table, { ...scoped, top: 1 }, true)).count()
    : countRows(parts.database, securedQuery(scoped, caller, parts), parts.shapes, mostRows);
  return { status: 200, headers, body: byteOrderMark + String(Math.min(count, mostRows)) };
}

const absolute = ({ base, request }: RequestContext) =>
  base + request.url.slice(request.url.search(/\/api\/data\/v9\.\d/i) + '/api/data/v9.x'.length);

function storedFetch(context: RequestContext, table: TableMetadata, id: string, isSaved: boolean): string {
  const { parts, caller } = context;
  const view = parts.metadata.table(isSaved ? 'savedquery' : 'userquery')!;
  const columns = ['fetchxml', 'returnedtypecode'];
  const row = readRow(parts.database, parts.shapes(view.logicalName), { [view.primaryId]: id.toLowerCase() }, columns);
  if (row === undefined) throw faults.rowNotFound(view.schemaName, id);
  if (!isSaved) parts.access.requireRow(caller, 'Read', view, id.toLowerCase());
  if (row['returnedtypecode'] !== table.logicalName)
    throw faults.queryNotSupported(`The view ${id} is of the table '${String(row['returnedtypecode'])}'.`);
  return String(row['fetchxml']);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw faults.queryNotSupported(
    `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
  );
}
