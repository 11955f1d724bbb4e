import type { Condition, Query, Row } from '../../query/index.ts';
import { countRows, readLines, rowAt, selectionOf, type Lines } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { hiding } from '../security/column-security.ts';
import { securedQuery } from '../security/secured-query.ts';
import { bindOptions } from './bind-options.ts';
import { both, mostRows, readVirtual } from './page.ts';
import { nextLink, Paging, readSkipToken } from './paging.ts';
import type { RequestContext } from './request-context.ts';
import type { SelectedColumns } from './selected-columns.ts';

/** A page of a set. */
export interface Page {
  /** The rows, made for who looks at what they hold. */
  rows(): readonly Row[];
  /** The same as the store has them; undefined where they are somebody else's, or hold what the caller may not see. */
  readonly lines: Lines | undefined;
  readonly selected: SelectedColumns;
  /** Address of the page after this one. */
  readonly next: string | undefined;
  /** How many rows match, no further than one above what a count tells of. */
  count(): number;
}

/** Reads the page a request asks for, of a table or of a collection of one row (`scope` narrows it then). */
export async function readPage(context: RequestContext, table: TableMetadata, scope?: Condition): Promise<Page> {
  const { options, preferences, parts, caller } = context;
  const { query: bound, selected } = bindOptions(context, table);
  const top = options.has('$top') ? wholeNumber('$top', options.get('$top')!) : undefined;
  const size = top === undefined ? (preferences.maxPageSize ?? mostRows) : Math.min(top, mostRows);
  const start = readSkipToken(options.get('$skiptoken'));
  const paging = new Paging(parts, table, bound);
  const scoped: Query = {
    ...bound,
    filter: both(bound.filter, scope),
    columns: withColumns(bound.columns, paging.columns),
  };
  const paged = paging.startingAt(scoped, start, size);
  const found = table.isVirtual
    ? await readElsewhere(context, table, paged, size)
    : readStored(context, scoped, paged, size);
  const { length, row, lines, hasMore, count } = found;
  const next = () => {
    const ends = length === 0 ? [] : [row(0), row(length - 1)];
    return nextLink(absolute(context), start.number + 1, paging.cookie(start.number, ends));
  };
  const hidden = parts.columnSecurity.hidden(caller, table);
  return {
    rows: () => Array.from({ length }, (_one, index) => row(index)).map(hiding(hidden)),
    lines: hidden.size === 0 ? lines : undefined,
    selected,
    next: hasMore && top === undefined ? next() : undefined,
    count,
  };
}

/** The same list where it holds them already: what is read of a table is known by its list. */
const withColumns = (columns: readonly string[], more: readonly string[]): readonly string[] =>
  more.every((name) => columns.includes(name)) ? columns : [...new Set([...columns, ...more])];

/** The rows of a page as they were found; counted are those of all pages. */
interface Found {
  readonly length: number;
  row(index: number): Row;
  readonly lines: Lines | undefined;
  readonly hasMore: boolean;
  count(): number;
}

function readStored({ parts, caller }: RequestContext, scoped: Query, paged: Query, size: number): Found {
  const query = securedQuery(paged, caller, parts);
  const { selection, lines: found } = readLines(parts.database, { ...query, top: size + 1 }, parts.shapes);
  const lines = found.slice(0, size);
  return {
    length: lines.length,
    row: (index) => rowAt(selection, lines[index]!),
    lines: { selection, lines },
    hasMore: found.length > size,
    count: () => countRows(parts.database, securedQuery(scoped, caller, parts), parts.shapes, mostRows + 1),
  };
}

async function readElsewhere(
  context: RequestContext,
  table: TableMetadata,
  query: Query,
  size: number,
): Promise<Found> {
  const { rows, lines: given, hasMore, count } = await readVirtual(context, table, { ...query, top: size });
  if (given === undefined) {
    const found = rows();
    return { length: found.length, row: (index) => found[index]!, lines: undefined, hasMore, count };
  }
  const selection = selectionOf(context.parts.shapes(table.logicalName), given.columns);
  const lines = given.values;
  return {
    length: lines.length,
    row: (index) => rowAt(selection, lines[index]!),
    lines: { selection, lines },
    hasMore,
    count,
  };
}

const absolute = ({ base, request }: RequestContext) =>
  base + request.url.slice(request.url.search(/\/api\/data\/v9\.\d/i) + '/api/data/v9.x'.length);

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw faults.queryNotSupported(
    `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
  );
}
