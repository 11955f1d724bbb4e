import type { HttpResponse } from '../../kernel/index.ts';
import type { Condition, Query } from '../../query/index.ts';
import { countRows, readRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { securedQuery } from '../security/secured-query.ts';
import { answer, answerRows, version } from './answer.ts';
import { bindOptions, requireKnownOptions } from './bind-options.ts';
import { addExpanded } from './expand.ts';
import { readApply } from './apply.ts';
import { readByFetchXml } from './fetch-set.ts';
import { addCounts, both, mostRows, readVirtual } from './page.ts';
import { namingWriter } from './naming-writer.ts';
import { readPage, type Page } from './read-page.ts';
import type { RequestContext } from './request-context.ts';
import {
  addDeltaLink,
  beginTracking,
  countChanges,
  isTracked,
  readChanges,
  requireTrackable,
} from './track-changes.ts';
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
  const began = tracked && scope === undefined ? await beginTracking(context, table) : undefined;
  const page = await readPage(context, table, scope);
  const before: Record<string, unknown> = {
    '@odata.context': `${context.base}/$metadata#${table.entitySetName}${page.selected.named}`,
  };
  addCounts(before, context, page);
  const after: Record<string, unknown> = {};
  if (page.next !== undefined) after['@odata.nextLink'] = page.next;
  if (began !== undefined) addDeltaLink(context, after, began);
  return (
    answerLines(context, page, before, after) ??
    answer(context, { ...before, value: writtenRows(context, table, page), ...after })
  );
}

/** The answer where the lines of the store can be written as they are: nothing hangs on a row, and nothing is told of it. */
function answerLines(context: RequestContext, { lines, selected }: Page, before: object, after: object) {
  const { options, level, writer } = context;
  if (lines === undefined || level !== 'minimal' || options.has('$expand')) return undefined;
  const write = selected.form.lineWriter(writer, lines.selection);
  return write === undefined ? undefined : answerRows(context, before, lines.lines.map(write), after);
}

function writtenRows(context: RequestContext, table: TableMetadata, page: Page): Record<string, unknown>[] {
  const rows = page.rows();
  const write = page.selected.form.writtenBy(namingWriter(context, rows));
  const written = rows.map((row) => write(row));
  const expand = context.options.get('$expand');
  if (expand !== undefined) addExpanded(context, table, rows, written, expand);
  return written;
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
    value: page.rows().map((row) => ({ '@odata.id': rowUrl(context.base, table, String(row[table.primaryId])) })),
    ...(page.next === undefined ? {} : { '@odata.nextLink': page.next }),
  });
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
    return { status: 200, headers, body: byteOrderMark + String(await countChanges(context, table)) };
  }
  const { query } = bindOptions(context, table);
  const scoped: Query = { ...query, filter: both(query.filter, scope) };
  const count = table.isVirtual
    ? (await readVirtual(context, table, { ...scoped, top: 1 }, true)).count()
    : countRows(parts.database, securedQuery(scoped, caller, parts), parts.shapes, mostRows);
  return { status: 200, headers, body: byteOrderMark + String(Math.min(count, mostRows)) };
}

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
