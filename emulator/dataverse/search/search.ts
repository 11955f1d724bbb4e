import type { Condition, Join, OrderKey, Query, Row } from '../../query/index.ts';
import { fold, type ColumnValue, type Lookup } from '../../query/index.ts';
import { countRows, readGroups, readRows, type Shapes } from '../../storage/index.ts';
import { securedQuery } from '../security/secured-query.ts';
import { readFetch } from '../web-api/fetch-set.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import type { FacetRequest } from './facet-request.ts';
import { groupsOf, requireFacetable, type FacetGroup, type ValueCount } from './facets.ts';
import { faults } from './faults.ts';
import { findMatches, hitShape, rarityOf } from './find-matches.ts';
import { highlightsOf, type Highlights } from './highlights.ts';
import { readLuceneSyntax, resembling } from './lucene-syntax.ts';
import { requireIndexed } from './search-filter.ts';
import { updateIndex } from './search-index.ts';
import { joined, wordsOf, type SearchNode } from './search-node.ts';
import type { OrderClause, SearchRequest, SearchScope, TableRequest } from './search-request.ts';
import { searchTargets, type SearchTarget } from './search-targets.ts';
import { requireSearch, searchableTables, type SearchableTable } from './searchable-tables.ts';
import { readSimpleSyntax } from './simple-syntax.ts';

/** A row that was found, with the columns of the index the caller may see. */
export interface Hit {
  readonly one: SearchableTable;
  readonly id: string;
  readonly row: Row;
  readonly score: number;
  readonly highlights: Highlights;
  /** Undefined shows what the table shows of itself. */
  readonly selectColumns: readonly string[] | undefined;
}

export interface SearchResult {
  readonly hits: readonly Hit[];
  /** By the name each facet was asked for. */
  readonly facets: ReadonlyMap<string, readonly FacetGroup[]>;
  /** How many rows match, on all pages; undefined unless it was asked for. */
  readonly count: number | undefined;
}

/** The tables a caller's search goes through, and the index brought up to date for it. @throws Fault 0x80048d0b */
export function openSearch(context: RequestContext, scope: SearchScope, unnamed: TableRequest['searchColumns']) {
  const { parts } = context;
  requireSearch(parts);
  const searchable = searchableTables(parts);
  updateIndex(parts, searchable);
  return searchTargets(context, searchable, scope, unnamed);
}

/**
 * Searches as the caller: rows and columns the caller may not read are neither found nor counted, and stand in no facet.
 * Everything is done in one go, so that nobody writes in between; called inside a transaction.
 *
 * @throws Fault 0x80048d0b, 0x80040203
 */
export function search(context: RequestContext, request: SearchRequest): SearchResult {
  const targets = openSearch(context, request.scope, 'all');
  const { text, syntax, mode } = request;
  const node = syntax === 'lucene' ? readLuceneSyntax(text, mode) : readSimpleSyntax(text, mode);
  const found = find(context, targets, node, request);
  if (!request.isBestEffort || found.hits.length > 0 || request.skip > 0) return found;
  const resembled = wordsOf(text).map((word): SearchNode => resembling(word, 2));
  return find(context, targets, joined('any', resembled), request);
}

type Wanted = Pick<SearchRequest, 'facets' | 'order' | 'skip' | 'top' | 'isCounted' | 'isGroupRanked'>;

/** What matches in these tables; nothing where there is nothing to look for. */
export function find(
  context: RequestContext,
  targets: readonly SearchTarget[],
  node: SearchNode | undefined,
  wanted: Wanted,
): SearchResult {
  const { database } = context.parts;
  const { order, facets, skip, top } = wanted;
  requireKnown(targets, order, facets);
  const columns = new Map(facets.map((facet) => [facet, new Array<ValueCount>()]));
  const hits: Hit[] = [];
  let count = 0;
  const rarity = node && rarityOf(database, node, targets);
  for (const target of node === undefined ? [] : targets) {
    findMatches(database, node!, target, rarity!);
    const query = queryOf(context, target, order);
    hits.push(...readHits(context, target, { ...query, top: skip + top }));
    const total = () => countRows(database, query, shapesOf(context), most);
    if (wanted.isCounted) count += total();
    for (const [facet, counts] of columns) counts.push(...valuesOf(context, target, facet, query, total));
  }
  const page = ordered(context, hits, wanted).slice(skip, skip + top);
  return {
    hits: node === undefined ? [] : withHighlights(context, targets, node, page),
    facets: new Map(facets.map((facet) => [facet.name, grouped(context, targets, facet, columns.get(facet)!)])),
    count: wanted.isCounted ? count : undefined,
  };
}

const most = 2 ** 31;
const hit = 'hit';

/** Tables of Dataverse, and the rows that were found. */
const shapesOf =
  ({ parts }: RequestContext): Shapes =>
  (name) =>
    name === hitShape.name ? hitShape : parts.shapes(name);

/** @throws Fault 0x80040203 for a column that is in no index, or an order not every table knows */
function requireKnown(
  targets: readonly SearchTarget[],
  order: readonly OrderClause[],
  facets: readonly FacetRequest[],
) {
  const tables = targets.map(({ one }) => one);
  if (tables.length === 0) return;
  for (const { column } of order) if (column !== undefined) for (const one of tables) requireIndexed(column, [one]);
  for (const facet of facets) {
    if (facet.column === undefined) continue;
    const about = tables.filter((one) => isAbout(facet, one));
    if (about.length > 0) requireIndexed(facet.column, about);
    for (const { table } of about) {
      const column = table.columns.get(facet.column);
      if (column !== undefined) requireFacetable(column, facet);
    }
  }
}

const isAbout = ({ table }: FacetRequest, one: SearchableTable) =>
  table === undefined || table === one.table.logicalName;

/** The rows of a table that were found, as the caller may ask for them. */
function queryOf(context: RequestContext, target: SearchTarget, order: readonly OrderClause[]): Query {
  const { parts, caller } = context;
  const { table, indexed, filter: view } = target.one;
  const currency = table.columns.has('transactioncurrencyid') ? ['transactioncurrencyid'] : [];
  const asked: Query = {
    table: table.logicalName,
    columns: [...new Set([...indexed, ...currency])],
    joins: [],
    filter: target.filter,
    order: order.flatMap(({ column, descending }) => (column === undefined ? [] : { column, descending })),
  };
  const secured = securedQuery(asked, caller, parts);
  // The view is the organisation's, not the caller's: it may look at what is hidden from the caller.
  const viewed = view === undefined ? undefined : readFetch(context, view).query;
  const of = [secured.filter, viewed?.filter].filter((one) => one !== undefined);
  const filter: Condition | undefined = of.length < 2 ? of[0] : { kind: 'all', of };
  return { ...secured, joins: [found(table.primaryId), ...(viewed?.joins ?? [])], filter, order: keysOf(order) };
}

const found = (key: string): Join => ({
  alias: hit,
  table: hitShape.name,
  from: 'id',
  to: key,
  kind: 'inner',
  columns: ['score'],
});

/** By the score unless something else is asked for. Decided: rows that are equal in it come by their table and id. */
function keysOf(order: readonly OrderClause[]): OrderKey[] {
  if (order.length === 0) return [{ alias: hit, column: 'score', descending: true }];
  return order.map(({ column, descending }) =>
    column === undefined ? { alias: hit, column: 'score', descending } : { column, descending },
  );
}

function readHits(context: RequestContext, { one, selectColumns }: SearchTarget, query: Query): Hit[] {
  const { parts, caller } = context;
  const mask = parts.columnSecurity.masking(caller, one.table);
  return readRows(parts.database, query, shapesOf(context)).map(({ columns, joined: { [hit]: match } }) => ({
    one,
    id: String(columns[one.table.primaryId]),
    row: mask(columns),
    score: Number(match!['score']),
    highlights: {},
    selectColumns,
  }));
}

/** The hits of all tables in one order. */
function ordered({ writer }: RequestContext, hits: readonly Hit[], { order, isGroupRanked }: Wanted): Hit[] {
  if (order.length > 0) {
    const value = ({ row, score }: Hit, column: string | undefined) =>
      column === undefined ? score : comparable(row[column] ?? null, writer.nameOf);
    return [...hits].sort((a, b) => {
      for (const { column, descending } of order) {
        const difference = compared(value(a, column), value(b, column));
        if (difference !== 0) return descending ? -difference : difference;
      }
      return 0;
    });
  }
  if (!isGroupRanked) return [...hits].sort((a, b) => b.score - a.score);
  const best = new Map<SearchableTable, number>();
  for (const { one, score } of hits) best.set(one, Math.max(score, best.get(one) ?? 0));
  return [...hits].sort((a, b) => best.get(b.one)! - best.get(a.one)! || b.score - a.score);
}

const comparable = (value: ColumnValue, nameOf: (lookup: Lookup) => string | undefined): string | number | null => {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'object' && 'id' in value) return fold(nameOf(value) ?? '');
  return typeof value === 'string' ? fold(value) : Number(value);
};

/** Nulls come first. */
function compared(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

/** How often each value of a facet's column stands in what was found in one table. */
function valuesOf(
  context: RequestContext,
  { one }: SearchTarget,
  facet: FacetRequest,
  query: Query,
  total: () => number,
): ValueCount[] {
  const { parts, caller } = context;
  if (!isAbout(facet, one)) return [];
  if (facet.column === undefined)
    return [{ value: one.table.logicalName, count: total() }].filter(({ count }) => count > 0);
  if (!one.indexed.has(facet.column) || parts.columnSecurity.hidden(caller, one.table).has(facet.column)) return [];
  const groups = readGroups(
    parts.database,
    { ...query, columns: [], order: [] },
    {
      groups: [{ as: 'value', path: { column: facet.column } }],
      figures: [{ as: 'count', path: undefined, function: 'count', distinct: false }],
      order: [],
    },
    shapesOf(context),
  );
  return groups.map(({ value, count }) => ({ value: value ?? null, count: Number(count) }));
}

function grouped(
  { writer }: RequestContext,
  targets: readonly SearchTarget[],
  facet: FacetRequest,
  counts: readonly ValueCount[],
): FacetGroup[] {
  const about = targets.find(({ one }) => isAbout(facet, one) && one.indexed.has(facet.column ?? ''));
  const column = about?.one.table.columns.get(facet.column ?? '');
  return groupsOf(facet, counts, column, writer.nameOf);
}

function withHighlights(
  { parts: { database } }: RequestContext,
  targets: readonly SearchTarget[],
  node: SearchNode,
  page: readonly Hit[],
): Hit[] {
  const highlights = new Map(
    targets.flatMap((target) => {
      const ids = page.flatMap(({ one, id }) => (one === target.one ? [id] : []));
      return ids.length === 0 ? [] : [[target.one, highlightsOf(database, node, target, ids)] as const];
    }),
  );
  return page.map((one) => ({ ...one, highlights: highlights.get(one.one)?.get(one.id) ?? {} }));
}

/** The text of a search as the limits allow it. @throws Fault 0x80040203 */
export function searchText(text: unknown, least = 1): string {
  if (typeof text !== 'string' || [...text.trim()].length < least)
    throw faults.badSearch(`The search text must have at least ${least} character${least === 1 ? '' : 's'}.`);
  if ([...text].length > 100) throw faults.badSearch('The search text must not have more than 100 characters.');
  return text;
}
