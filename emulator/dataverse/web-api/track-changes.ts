import type { HttpResponse } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { depth } from '../security/privileges.ts';
import { answer } from './answer.ts';
import { bindOptions } from './bind-options.ts';
import { changeSource, countOfChanges } from './change-source.ts';
import { readDeltaToken, writeDeltaToken } from './delta-token.ts';
import { namingWriter } from './naming-writer.ts';
import { mostRows } from './page.ts';
import type { RequestContext } from './request-context.ts';

/**
 * Change tracking: a set read with `Prefer: odata.track-changes` ends in a delta link, which tells what has changed since.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems
 */

/** Whether the request begins or goes on copying a table. */
export const isTracked = ({ preferences, options }: RequestContext) =>
  preferences.trackChanges || options.has('$deltatoken') || trackedSince(options.get('$skiptoken')) !== undefined;

/** What a token of a tracked page carries beside the place of the page: where the copy began. */
const trackedSince = (skipToken: string | undefined) => /istracking="True" upto="([^"]*)"/.exec(skipToken ?? '')?.[1];

/** @throws Fault 0x80072491, 0x80040220 for who may not read all rows, and for options that leave out some */
export function requireTrackable(context: RequestContext, table: TableMetadata): void {
  const { options, parts, caller } = context;
  if (!table.changeTrackingEnabled) throw faults.notTracked(table.logicalName);
  const left = ['$filter', '$orderby', '$expand', '$top'].find((name) => options.has(name));
  if (left !== undefined)
    throw faults.queryNotSupported(
      `The "${left.slice(1)}" query parameter isn't supported when Change Tracking is enabled.`,
    );
  parts.privileges.require(caller, 'Read', table);
  for (let one: typeof caller | undefined = caller; one !== undefined; one = one.actingUser) {
    const grants = parts.privileges.grants(one, 'Read', table);
    if (grants !== 'all' && !grants.some((grant) => grant.depth === depth.global))
      throw faults.privilegeMissing(one.userId, `prvRead${table.schemaName} (organization level)`);
  }
}

/** The state of a table before its first page is read: what changes meanwhile is told again. */
export const beginTracking = async (context: RequestContext, table: TableMetadata): Promise<string> =>
  trackedSince(context.options.get('$skiptoken')) ??
  writeDeltaToken({ version: await changeSource(context, table).present(), at: context.parts.clock.now() });

/** Adds the delta link to the last page of a copy, or makes the link to the next page remember where it began. */
export function addDeltaLink(context: RequestContext, body: Record<string, unknown>, began: string): void {
  const next = body['@odata.nextLink'];
  if (typeof next === 'string')
    body['@odata.nextLink'] = next.replace(
      encodeURIComponent('istracking="False"'),
      encodeURIComponent(`istracking="True" upto="${began}"`),
    );
  else body['@odata.deltaLink'] = deltaLink(context, began);
}

/** The request's own address, with what is tracked and nothing of this page. */
function deltaLink({ base, request, options }: RequestContext, token: string): string {
  const path = request.url.split('?', 1)[0]!.replace(/^.*?\/api\/data\/v9\.\d/i, '');
  const select = options.get('$select');
  const kept = select === undefined ? '' : `$select=${encodeURIComponent(select).replaceAll('%2C', ',')}&`;
  return `${base}${path}?${kept}$deltatoken=${encodeURIComponent(token).replaceAll('!', '%21')}`;
}

/** Where a page of changes begins: rows first, by version, then what was deleted. */
interface Place {
  /** The version the copy is of. */
  readonly since: number;
  readonly after: number;
  readonly isOverRows: boolean;
  /** The token the pages lead to; undefined on the first, which finds it. */
  readonly until: string | undefined;
}

function placeOf({ options, parts }: RequestContext, daysKept: number): Place {
  const skip = options.get('$skiptoken') ?? '';
  const [, phase, after] = /changes="(rows|deleted)" after="(\d+)"/.exec(skip) ?? [];
  const { version, at } = readDeltaToken(options.get('$deltatoken')!);
  if (parts.clock.now().getTime() - at.getTime() > daysKept * 86_400_000) throw faults.versionExpired();
  return {
    since: version,
    after: after === undefined ? version : Number(after),
    isOverRows: phase !== 'deleted',
    until: trackedSince(skip),
  };
}

/** GET of a delta link, or of a page behind it. */
export async function readChanges(context: RequestContext, table: TableMetadata): Promise<HttpResponse> {
  const { parts, base, preferences } = context;
  const { query, selected } = bindOptions(context, table);
  const source = changeSource(context, table);
  const { since, after, isOverRows, until } = placeOf(context, source.daysKept);
  const size = preferences.maxPageSize ?? mostRows;
  const told = await source.changes({
    columns: query.columns,
    rowsAfter: isOverRows ? after : undefined,
    deletedAfter: isOverRows ? since : after,
    upTo: until === undefined ? undefined : readDeltaToken(until).version,
    most: size + 1,
  });
  if (told === undefined) throw faults.versionExpired();
  const end = until ?? writeDeltaToken({ version: told.upTo, at: parts.clock.now() });
  const rows = told.rows.slice(0, size);
  const hasMoreRows = told.rows.length > size;
  const room = hasMoreRows ? 0 : size - rows.length;
  const gone = told.deleted.slice(0, room);
  const next = hasMoreRows
    ? `changes="rows" after="${told.versions[size - 1]}"`
    : told.deleted.length > room
      ? `changes="deleted" after="${gone.at(-1)?.version ?? since}"`
      : undefined;
  const body: Record<string, unknown> = {
    '@odata.context': `${base}/$metadata#${table.entitySetName}${selected.named}/$delta`,
  };
  if (next === undefined) body['@odata.deltaLink'] = deltaLink(context, end);
  body['value'] = [...writtenRows(context, table, rows), ...gone.map(({ id }) => deletedItem(context, table, id))];
  if (next !== undefined) body['@odata.nextLink'] = changesLink(context, next, end);
  return answer(context, body);
}

function writtenRows(context: RequestContext, table: TableMetadata, rows: readonly Row[]) {
  const found = rows.map(context.parts.columnSecurity.masking(context.caller, table));
  const { selected } = bindOptions(context, table);
  const write = selected.form.writtenBy(namingWriter(context, found));
  return found.map((row) => write(row));
}

const deletedItem = ({ base }: RequestContext, table: TableMetadata, id: string) => ({
  '@odata.context': `${base}/$metadata#${table.entitySetName}/$deletedEntity`,
  id,
  reason: 'deleted',
});

function changesLink(context: RequestContext, place: string, until: string): string {
  const link = deltaLink(context, context.options.get('$deltatoken')!);
  const token = `<cookie pagenumber="2" pagingcookie="" ${place} istracking="True" upto="${until}" />`;
  return `${link}&$skiptoken=${encodeURIComponent(token)}`;
}

/** `<set>/$count` with a delta token: how many changes there are. */
export async function countChanges(context: RequestContext, table: TableMetadata): Promise<number> {
  const source = changeSource(context, table);
  const { after, until } = placeOf(context, source.daysKept);
  const upTo = until === undefined ? await source.present() : readDeltaToken(until).version;
  const count = after > upTo ? undefined : await countOfChanges(context, table, { after, upTo });
  if (count === undefined) throw faults.versionExpired();
  return count;
}
