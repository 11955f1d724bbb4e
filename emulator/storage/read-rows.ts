import type { ColumnShape, Query, Row } from '../query/index.ts';
import { readColumns, valueAt } from './columns.ts';
import { compileCount, compileQuery, compileText, selectedColumns, type Shapes } from './compile-query.ts';
import type { Database, SqlValue } from './database.ts';

/** A row of a query's result: the root's columns, and those of each join by alias (undefined when it matched nothing). */
export interface QueryRow {
  readonly columns: Row;
  readonly joined: Readonly<Record<string, Row | undefined>>;
  /** Counts of children, by name. */
  readonly counts?: Readonly<Record<string, number>>;
}

export function readRows(database: Database, query: Query, shapes: Shapes): QueryRow[] {
  const [root, ...joins] = sourcesOf(query, shapes) as [Source, ...Source[]];
  const counts = (query.childCounts ?? []).map(({ as }, index) => [as, (joins.at(-1) ?? root).end + index] as const);
  const isPlain = joins.length === 0 && counts.length === 0;
  return readLines(database, query, shapes).map((values) => {
    const columns = readSource(root, values);
    if (isPlain) return { columns, joined: nothing };
    return {
      columns,
      joined: Object.fromEntries(
        joins.map((join) => [join.alias!, isThere(join, values) ? readSource(join, values) : undefined]),
      ),
      counts: Object.fromEntries(counts.map(([as, place]) => [as, Number(values[place])])),
    };
  });
}

const nothing = Object.freeze({});

/** The values of each row, in the order they are selected. Bytes have no JSON. */
function readLines(database: Database, query: Query, shapes: Shapes): SqlValue[][] {
  const hasBytes = selectedColumns(query, shapes).some(({ columns }) => columns.some(({ type }) => type === 'binary'));
  if (hasBytes) {
    const { sql, parameters } = compileQuery(query, shapes);
    return database.table(sql, parameters);
  }
  const { sql, parameters } = compileText(query, shapes);
  const text = database.line(sql, parameters)?.[0] ?? '';
  return JSON.parse(`[${String(text)}]`) as SqlValue[][];
}

/** A source of the result, and where its columns stand in it. */
interface Source {
  readonly alias: string | undefined;
  readonly columns: readonly { readonly shape: ColumnShape; readonly place: number }[];
  /** How many of them, from the first, are the key of its table. */
  readonly keyLength: number;
  readonly end: number;
}

function sourcesOf(query: Query, shapes: Shapes): Source[] {
  let end = 0;
  return selectedColumns(query, shapes).map(({ alias, columns }) => {
    const table = query.joins.find((join) => join.alias === alias)?.table ?? query.table;
    const placed = columns.map((shape) => {
      const place = end;
      end += readColumns(shape).length;
      return { shape, place };
    });
    return { alias, columns: placed, keyLength: shapes(table).key.length, end };
  });
}

function readSource({ columns }: Source, values: readonly SqlValue[]): Row {
  const row: Row = {};
  for (const { shape, place } of columns) row[shape.name] = valueAt(shape, values, place);
  return row;
}

/** An outer link that matched nothing has no key. */
const isThere = ({ columns, keyLength }: Source, values: readonly SqlValue[]) =>
  columns.slice(0, keyLength).some(({ place }) => values[place] !== null);

/** How many rows the query matches, at most `ceiling`. */
export function countRows(database: Database, query: Query, shapes: Shapes, ceiling: number): number {
  const { sql, parameters } = compileCount(query, shapes, ceiling);
  return Number(database.get(sql, parameters)!['count']);
}
