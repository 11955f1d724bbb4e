import type { ColumnValue, Query, Row } from '../query/index.ts';
import { columnOf, fromSql } from './columns.ts';
import { compileCount, compileQuery, countAlias, resultName, type Shapes } from './compile-query.ts';
import type { Database, SqlRow } from './database.ts';

/** A row of a query's result: the root's columns, and those of each join by alias (undefined when it matched nothing). */
export interface QueryRow {
  readonly columns: Row;
  readonly joined: Readonly<Record<string, Row | undefined>>;
  /** Counts of children, by name. */
  readonly counts?: Readonly<Record<string, number>>;
}

export function readRows(database: Database, query: Query, shapes: Shapes): QueryRow[] {
  const { sql, parameters } = compileQuery(query, shapes);
  const root = shapes(query.table);
  const rootColumns = [...new Set([...(query.distinct ? [] : root.key), ...query.columns])];
  const joins = query.joins.filter((join) => join.columns.length > 0);
  const counts = query.childCounts ?? [];
  return database.all(sql, parameters).map((row) => ({
    columns: pick(row, '', query.table, rootColumns, shapes),
    joined: Object.fromEntries(
      joins.map((join) => [join.alias, readJoined(row, join.alias, join.table, join.columns, shapes)]),
    ),
    counts: Object.fromEntries(counts.map(({ as }) => [as, Number(row[resultName(countAlias, as)])])),
  }));
}

function readJoined(
  row: SqlRow,
  alias: string,
  table: string,
  columns: readonly string[],
  shapes: Shapes,
): Row | undefined {
  const { key } = shapes(table);
  const values = pick(row, alias, table, [...new Set([...key, ...columns])], shapes);
  return key.every((name) => values[name] === null) ? undefined : values;
}

function pick(row: SqlRow, alias: string, table: string, names: readonly string[], shapes: Shapes): Row {
  const shape = shapes(table);
  return Object.fromEntries(
    names.map((name): [string, ColumnValue] => [
      name,
      fromSql(columnOf(shape, name), (column) => row[resultName(alias, column)] ?? null),
    ]),
  );
}

/** How many rows the query matches, at most `ceiling`. */
export function countRows(database: Database, query: Query, shapes: Shapes, ceiling: number): number {
  const { sql, parameters } = compileCount(query, shapes, ceiling);
  return Number(database.get(sql, parameters)!['count']);
}
