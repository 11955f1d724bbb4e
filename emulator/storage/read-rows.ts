import type { Query, Row } from '../query/index.ts';
import {
  compileCount,
  compileQuery,
  compileText,
  selectedSources,
  type SelectedSource,
  type Shapes,
} from './compile-query.ts';
import type { Database, SqlValue } from './database.ts';
import { rowAt, type Selection } from './selection.ts';

/** A row of a query's result: the root's columns, and those of each join by alias (undefined when it matched nothing). */
export interface QueryRow {
  readonly columns: Row;
  readonly joined: Readonly<Record<string, Row | undefined>>;
  /** Counts of children, by name. */
  readonly counts?: Readonly<Record<string, number>>;
}

export function readRows(database: Database, query: Query, shapes: Shapes): QueryRow[] {
  const sources = selectedSources(query, shapes);
  const [root, ...joins] = sources as [SelectedSource, ...SelectedSource[]];
  const lines = linesOf(database, query, shapes, sources);
  const read = ({ selection, start }: SelectedSource, values: Line) => rowAt(selection, values, start);
  const { childCounts = [] } = query;
  if (joins.length === 0 && childCounts.length === 0)
    return lines.map((values) => ({ columns: read(root, values), joined: nothing }));
  const last = joins.at(-1) ?? root;
  const end = last.start + last.selection.width;
  const counts = childCounts.map(({ as }, index) => [as, end + index] as const);
  return lines.map((values) => ({
    columns: read(root, values),
    joined: Object.fromEntries(
      joins.map((join) => [join.alias!, isThere(join, values) ? read(join, values) : undefined]),
    ),
    counts: Object.fromEntries(counts.map(([as, place]) => [as, Number(values[place])])),
  }));
}

const nothing = Object.freeze({});

/** What a query reads, as the store hands it over. */
export interface Lines {
  /** What of a line is the root's: where each column stands in it. */
  readonly selection: Selection;
  /** The values of each row. */
  readonly lines: readonly Line[];
}

export type Line = readonly SqlValue[];

/** The rows of a query as lines, for what is written at once; `rowAt` makes a row of one for who has to look at it. */
export function readLines(database: Database, query: Query, shapes: Shapes): Lines {
  const sources = selectedSources(query, shapes);
  return { selection: sources[0]!.selection, lines: linesOf(database, query, shapes, sources) };
}

/** The values of each row, in the order they are selected. */
function linesOf(database: Database, query: Query, shapes: Shapes, sources: readonly SelectedSource[]): Line[] {
  if (sources.some(({ selection }) => selection.hasBytes)) {
    const { sql, parameters } = compileQuery(query, shapes);
    return database.table(sql, parameters);
  }
  return JSON.parse(textOf(database, query, shapes)) as Line[];
}

/** What a query reads of one table, as the JSON the store writes it in, for who hands it on unread. It holds no bytes. */
export interface LinesText {
  /** Columns, in the order their values have in a line. */
  readonly columns: readonly string[];
  /** A list of lines. */
  readonly text: string;
}

export function readLinesText(database: Database, query: Query, shapes: Shapes): LinesText {
  const { selection } = selectedSources(query, shapes)[0]!;
  return { columns: selection.columns.map(({ shape }) => shape.name), text: textOf(database, query, shapes) };
}

function textOf(database: Database, query: Query, shapes: Shapes): string {
  const { sql, parameters } = compileText(query, shapes);
  const text = database.line(sql, parameters)?.[0];
  return typeof text === 'string' ? text : '[]';
}

/** An outer link that matched nothing has no key. */
const isThere = ({ selection, start, keyLength }: SelectedSource, values: Line) =>
  selection.columns.slice(0, keyLength).some(({ place }) => values[start + place] !== null);

/** How many rows the query matches, at most `ceiling`. */
export function countRows(database: Database, query: Query, shapes: Shapes, ceiling: number): number {
  const { sql, parameters } = compileCount(query, shapes, ceiling);
  return Number(database.get(sql, parameters)!['count']);
}
