import type { HttpResponse } from '../../kernel/index.ts';
import { parseSelect } from '../../odata/index.ts';
import type { Condition, OrderKey, Query } from '../../query/index.ts';
import { countRows } from '../../storage/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import { faults } from '../faults.ts';
import { eventFilter } from '../security/event-security.ts';
import { companyFilter, type Call, type ServiceParts } from './call.ts';
import { expandRows, readExpand } from './expand.ts';
import { createBinder } from './filter.ts';
import { respond, rowWriter } from './write-row.ts';

/** Rows of a page, server-driven. */
export const pageSize = 10_000;

const known = new Set([
  ...['$select', '$filter', '$orderby', '$top', '$skip', '$count', '$expand', '$skiptoken'],
  ...['cross-company', '$format'],
]);

/** @throws Fault for an option finance and operations does not take */
export function requireKnown(options: ReadonlyMap<string, string>): void {
  const unknown = [...options.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) throw faults.badRequest(`The query option '${unknown}' is not supported.`);
}

/** `GET` of a set, or of a navigation property that leads to many, and its `/$count`. */
export function readSet(parts: ServiceParts, call: Call, onlyCount: boolean): HttpResponse {
  const { entity, options, base, withRecId } = call;
  const expand = readExpand(call, parts);
  const { query, wanted } = readQuery(
    parts,
    call,
    expand.flatMap(({ fields }) => Object.keys(fields)),
  );
  const total = () => countRows(parts.database, query, parts.shapes, Number.MAX_SAFE_INTEGER);
  if (onlyCount) return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: String(total()) };
  const { rows, token } = readPage(parts, call, query);
  const body: Record<string, unknown> = { '@odata.context': `${base}/$metadata#${entity.set}` };
  if (options.get('$count') === 'true') body['@odata.count'] = total();
  const write = rowWriter(entity, { wanted, withRecId });
  const written = rows.map(write);
  if (expand.length > 0)
    for (const [index, more] of expandRows(expand, rows, call, parts).entries()) Object.assign(written[index]!, more);
  body['value'] = written;
  if (token !== undefined) body['@odata.nextLink'] = nextLink(call, token);
  return respond(200, body);
}

/** One page of what a request asks for, and where the next one is. */
export function readPageOf(
  parts: ServiceParts,
  call: Call,
): { readonly rows: readonly EntityRow[]; readonly nextLink: string | undefined } {
  const { rows, token } = readPage(parts, call, readQuery(parts, call).query);
  return { rows, nextLink: token === undefined ? undefined : nextLink(call, token) };
}

/** @param more fields that are read though nobody has selected them */
export function readQuery(
  { store }: Pick<ServiceParts, 'store'>,
  call: Call,
  more: readonly string[] = [],
): { query: Query; wanted: readonly string[] | undefined } {
  const { entity, options, withRecId } = call;
  requireKnown(options);
  const binder = createBinder(entity, withRecId);
  const filters = [
    companyFilter(call),
    eventFilter(entity.set, call.user, store),
    call.within,
    options.has('$filter') ? binder.filter(options.get('$filter')!) : undefined,
  ].filter((one): one is Condition => one !== undefined);
  const wanted = options.has('$select')
    ? parseSelect(options.get('$select')!).map((name) => binder.column(name))
    : undefined;
  const query: Query = {
    table: entity.name,
    columns: columnsOf(call, wanted, more),
    joins: [],
    filter: filters.length === 0 ? undefined : { kind: 'all', of: filters },
    order: options.has('$orderby') ? steady(binder.orderBy(options.get('$orderby')!), entity) : byKey(entity),
  };
  return { query, wanted };
}

/** Rows that are equal in the order asked for stay in one order over the pages; none are where it names the key. */
const steady = (order: readonly OrderKey[], { key }: DataEntity): OrderKey[] =>
  key.every((name) => order.some(({ column }) => column === name)) ? [...order] : [...order, byRecId];

/** The order of the index on the key: a page of one company does not sort all of its rows. */
const byKey = ({ key }: DataEntity): OrderKey[] => key.map((column) => ({ column, descending: false }));

const byRecId = { column: 'RecId', descending: false };

/** Key and what is asked for, not the hundred other columns. */
function columnsOf({ entity }: Call, wanted: readonly string[] | undefined, more: readonly string[]): string[] {
  if (wanted === undefined) return [...entity.shape.columns.keys()];
  return [...new Set(['RecId', ...entity.key, ...wanted, ...more])];
}

interface Page {
  readonly rows: readonly EntityRow[];
  /** Where the next page begins; undefined when there is none to be asked for. */
  readonly token: number | undefined;
}

function readPage(parts: ServiceParts, { options }: Call, query: Query): Page {
  const top = wholeNumber(options, '$top');
  const done = wholeNumber(options, '$skiptoken') ?? 0;
  const left = top === undefined ? Infinity : Math.max(0, top - done);
  const size = Math.min(left, pageSize);
  const skip = (wholeNumber(options, '$skip') ?? 0) + done;
  const rows = parts.store.query({ ...query, top: size + 1, skip });
  const isCut = rows.length > size;
  return { rows: rows.slice(0, size), token: isCut && left > pageSize ? done + size : undefined };
}

function nextLink({ base, request }: Call, token: number): string {
  const [path = '', text = ''] = request.url.split(/\?(.*)/s);
  const query = text.split('&').filter((part) => part !== '' && !/^(\$|%24)skiptoken=/.test(part));
  return `${base}${path.replace(/^\/data/, '')}?${[...query, `$skiptoken=${token}`].join('&')}`;
}

export function wholeNumber(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw faults.badRequest(`Invalid value '${text}' for ${name} query option.`);
}
