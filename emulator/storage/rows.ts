import type { ColumnShape, Row, TableShape } from '../query/index.ts';
import { columnOf, quote, sqlColumns, toSql } from './columns.ts';
import type { Database, SqlValue } from './database.ts';
import { rowAt, selectionOf } from './selection.ts';

/** Creates the table, or adds the columns it lacks. */
export function createTable(database: Database, shape: TableShape): void {
  const wanted = [...shape.columns.values()].flatMap(sqlColumns);
  const there = new Set(
    database.all(`select name from pragma_table_info(?)`, [shape.storedAs]).map((row) => String(row['name'])),
  );
  if (there.size === 0) {
    const key = shape.key.map(quote).join(', ');
    database.exec(
      `create table ${quote(shape.storedAs)} (${wanted.map(({ name, type }) => `${quote(name)} ${type}`).join(', ')}, primary key (${key})) without rowid`,
    );
    return;
  }
  for (const { name, type } of wanted) {
    if (!there.has(name)) database.exec(`alter table ${quote(shape.storedAs)} add column ${quote(name)} ${type}`);
  }
}

/**
 * An index over columns, by what comparisons look at. A unique one lets rows pass that have a null in it. Where most rows have
 * nothing in the column it is kept sparse: rows with null are not in it, and cost nothing when they are written.
 */
export function addIndex(
  database: Database,
  shape: TableShape,
  columns: readonly string[],
  { unique = false, sparse = false } = {},
): void {
  const parts = columns.map((name) =>
    quote(sqlColumns(columnOf(shape, name)).at(isTextColumn(shape, name) ? -1 : 0)!.name),
  );
  const name = quote(`${shape.storedAs}:${columns.join(':')}`);
  database.exec(
    `create ${unique ? 'unique ' : ''}index if not exists ${name} on ${quote(shape.storedAs)} (${parts.join(', ')})${sparse ? ` where ${parts.map((part) => `${part} is not null`).join(' and ')}` : ''}`,
  );
}

const isTextColumn = (shape: TableShape, name: string) => ['text', 'memo'].includes(columnOf(shape, name).type);

/** What writes these columns: where they go, and the statement's text, put together once for rows that are alike. */
interface Writing {
  readonly names: readonly string[];
  readonly columns: readonly ColumnShape[];
  readonly sql: string;
}

/** The last few of each table; rows of one kind of work bring the same columns in the same order. */
type Writings = WeakMap<TableShape, Writing[]>;
const insertions: Writings = new WeakMap();
const changes: Writings = new WeakMap();
const mostRemembered = 16;

function writingOf(
  writings: Writings,
  shape: TableShape,
  names: readonly string[],
  text: (columns: readonly string[]) => string,
): Writing {
  let known = writings.get(shape);
  if (known === undefined) writings.set(shape, (known = []));
  const found = known.find((one) => one.names.length === names.length && isSame(one, names, shape));
  if (found !== undefined) return found;
  const columns = names.map((name) => columnOf(shape, name));
  const sql = text(columns.flatMap((column) => sqlColumns(column).map((one) => quote(one.name))));
  const writing = { names, columns, sql };
  known.unshift(writing);
  known.length = Math.min(known.length, mostRemembered);
  return writing;
}

/** An import may have changed a column since. */
const isSame = ({ names, columns }: Writing, wanted: readonly string[], shape: TableShape) =>
  names.every((name, place) => name === wanted[place] && shape.columns.get(name) === columns[place]);

function valuesOf({ names, columns }: Writing, row: Row): SqlValue[] {
  const values: SqlValue[] = [];
  for (const [place, column] of columns.entries()) values.push(...toSql(column, row[names[place]!]!));
  return values;
}

function keyCondition(shape: TableShape, key: Row): { sql: string; values: SqlValue[] } {
  const values = shape.key.map((name) => toSql(columnOf(shape, name), key[name] ?? null)[0]!);
  return { sql: shape.key.map((name) => `${quote(name)} = ?`).join(' and '), values };
}

/** What is null is left out: a column that is not named is null. */
export function insertRow(database: Database, shape: TableShape, row: Row): void {
  const names = Object.keys(row).filter((name) => row[name] !== null && row[name] !== undefined);
  const writing = writingOf(
    insertions,
    shape,
    names,
    (columns) =>
      `insert into ${quote(shape.storedAs)} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  database.run(writing.sql, valuesOf(writing, row));
}

/** False when there is no such row. */
export function updateRow(database: Database, shape: TableShape, key: Row, row: Row): boolean {
  const names = Object.keys(row);
  const where = keyCondition(shape, key);
  if (names.length === 0) return existsRow(database, shape, key);
  const writing = writingOf(
    changes,
    shape,
    names,
    (columns) =>
      `update ${quote(shape.storedAs)} set ${columns.map((name) => `${name} = ?`).join(', ')} where ${where.sql}`,
  );
  return database.run(writing.sql, [...valuesOf(writing, row), ...where.values]).changes > 0;
}

/** False when there is no such row. */
export function deleteRow(database: Database, shape: TableShape, key: Row): boolean {
  const where = keyCondition(shape, key);
  return database.run(`delete from ${quote(shape.storedAs)} where ${where.sql}`, where.values).changes > 0;
}

export function existsRow(database: Database, shape: TableShape, key: Row): boolean {
  const where = keyCondition(shape, key);
  return database.get(`select 1 from ${quote(shape.storedAs)} where ${where.sql}`, where.values) !== undefined;
}

/** Undefined when there is no such row. Without `columns`, all of them. */
export function readRow(database: Database, shape: TableShape, key: Row, columns?: readonly string[]): Row | undefined {
  const where = keyCondition(shape, key);
  const selection = selectionOf(shape, columns);
  const { sql, isJson } = selection.ofRow;
  const line = database.line(`select ${sql} from ${quote(shape.storedAs)} where ${where.sql}`, where.values);
  if (line === undefined) return undefined;
  return rowAt(selection, isJson ? (JSON.parse(String(line[0])) as SqlValue[]) : line);
}
