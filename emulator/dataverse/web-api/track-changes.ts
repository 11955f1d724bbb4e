import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import type { Condition, Query } from '../../query/index.ts';
import { countRows, readRows } from '../../storage/index.ts';
import type { VersionStretch } from '../change-tracking/deletions.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { depth } from '../security/privileges.ts';
import { answer } from './answer.ts';
import { bindOptions } from './bind-options.ts';
import { readDeltaToken, writeDeltaToken, type DeltaToken } from './delta-token.ts';
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
  if (table.isVirtual)
    throw notEmulated(
      `Reading the changes of the virtual table '${table.logicalName}'`,
      'Subscribe to its data events, or read it whole.',
    );
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

/** The state of the store now. A read waits until no write is under way. */
const present = ({ parts }: RequestContext): DeltaToken => ({
  version: parts.deletions.lastVersion(),
  at: parts.clock.now(),
});

/** Adds the delta link to the last page of a copy, or makes the link to the next page remember where it began. */
export function addDeltaLink(context: RequestContext, body: Record<string, unknown>): void {
  const began = trackedSince(context.options.get('$skiptoken')) ?? writeDeltaToken(present(context));
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
  readonly stretch: VersionStretch;
  readonly isOverRows: boolean;
  readonly until: string;
}

function placeOf(context: RequestContext): Place {
  const { options, parts } = context;
  const skip = options.get('$skiptoken') ?? '';
  const [, phase, after] = /changes="(rows|deleted)" after="(\d+)"/.exec(skip) ?? [];
  const token = readDeltaToken(options.get('$deltatoken')!);
  requireFresh(context, token);
  const until = trackedSince(skip) ?? writeDeltaToken(present(context));
  const upTo = readDeltaToken(until).version;
  if (token.version > parts.deletions.lastVersion()) throw faults.versionExpired();
  return {
    stretch: { after: after === undefined ? token.version : Number(after), upTo },
    isOverRows: phase !== 'deleted',
    until,
  };
}

function requireFresh({ parts }: RequestContext, { at }: DeltaToken): void {
  const age = parts.clock.now().getTime() - at.getTime();
  if (age > parts.deletions.daysKept * 86_400_000) throw faults.versionExpired();
}

const changedIn = ({ after, upTo }: VersionStretch): Condition => ({
  kind: 'all',
  of: [
    { kind: 'compare', left: { column: 'versionnumber' }, operator: 'gt', right: after },
    { kind: 'compare', left: { column: 'versionnumber' }, operator: 'le', right: upTo },
  ],
});

/** GET of a delta link, or of a page behind it. */
export function readChanges(context: RequestContext, table: TableMetadata): HttpResponse {
  const { parts, base, preferences } = context;
  const { selected } = bindOptions(context, table);
  const place = placeOf(context);
  const size = preferences.maxPageSize ?? mostRows;
  const rows = place.isOverRows ? changedRows(context, table, place.stretch, size + 1) : { written: [], versions: [] };
  const hasMoreRows = rows.written.length > size;
  const room = hasMoreRows ? 0 : size - rows.written.length;
  const since = place.isOverRows ? readDeltaToken(context.options.get('$deltatoken')!).version : place.stretch.after;
  const gone = parts.deletions.between(table, { ...place.stretch, after: since }, room + 1);
  const next = hasMoreRows
    ? `changes="rows" after="${rows.versions[size - 1]}"`
    : gone.length > room
      ? `changes="deleted" after="${gone[room - 1]?.version ?? since}"`
      : undefined;
  const deleted = gone.slice(0, room).map(({ id }) => ({
    '@odata.context': `${base}/$metadata#${table.entitySetName}/$deletedEntity`,
    id,
    reason: 'deleted',
  }));
  const body: Record<string, unknown> = {
    '@odata.context': `${base}/$metadata#${table.entitySetName}${selected.named}/$delta`,
  };
  if (next === undefined) body['@odata.deltaLink'] = deltaLink(context, place.until);
  body['value'] = [...rows.written.slice(0, size), ...deleted];
  if (next !== undefined) body['@odata.nextLink'] = changesLink(context, next, place.until);
  return answer(context, body);
}

function changesLink(context: RequestContext, place: string, until: string): string {
  const link = deltaLink(context, context.options.get('$deltatoken')!);
  const token = `<cookie pagenumber="2" pagingcookie="" ${place} istracking="True" upto="${until}" />`;
  return `${link}&$skiptoken=${encodeURIComponent(token)}`;
}

function changedRows(context: RequestContext, table: TableMetadata, stretch: VersionStretch, most: number) {
  const { parts, caller } = context;
  const { query, selected } = bindOptions(context, table);
  const asked: Query = {
    ...query,
    filter: changedIn(stretch),
    order: [{ column: 'versionnumber', descending: false }],
    top: most,
  };
  // Who asks reads every row: nothing narrows the query, and what has no version yet is left out.
  const mask = parts.columnSecurity.masking(caller, table);
  const found = readRows(parts.database, asked, parts.shapes).map(({ columns }) => mask(columns));
  const write = selected.form.writtenBy(namingWriter(context, found));
  return {
    written: found.map((row) => write(row)),
    versions: found.map((row) => Number(row['versionnumber'])),
  };
}

/** `<set>/$count` with a delta token: how many changes there are. */
export function countChanges(context: RequestContext, table: TableMetadata): number {
  const { parts } = context;
  const { stretch } = placeOf(context);
  const query: Query = { table: table.logicalName, columns: [], joins: [], order: [], filter: changedIn(stretch) };
  return countRows(parts.database, query, parts.shapes, mostRows) + parts.deletions.count(table, stretch);
}
