import type { ColumnShape, Row, TableShape } from '../query/index.ts';
import { columnOf, quote, readColumns, sqlColumns, toSql, valueAt } from './columns.ts';
import type { Database, SqlValue } from './database.ts';

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

/** An index over columns, by what comparisons look at. A unique one lets rows pass that have a null in it. */
export function addIndex(
  database: Database,
  shape: TableShape,
  columns: readonly string[],
  { unique = false } = {},
): void {
  const parts = columns.map((name) =>
    quote(sqlColumns(columnOf(shape, name)).at(isTextColumn(shape, name) ? -1 : 0)!.name),
  );
  const name = quote(`${shape.storedAs}:${columns.join(':')}`);
  database.exec(
    `create ${unique ? 'unique ' : ''}index if not exists ${name} on ${quote(shape.storedAs)} (${parts.join(', ')})`,
  );
}

const isTextColumn = (shape: TableShape, name: string) => ['text', 'memo'].includes(columnOf(shape, name).type);

function assignments(shape: TableShape, row: Row): { names: string[]; values: SqlValue[] } {
  const names: string[] = [];
  const values: SqlValue[] = [];
  for (const [name, value] of Object.entries(row)) {
    const column = columnOf(shape, name);
    names.push(...sqlColumns(column).map((one) => quote(one.name)));
    values.push(...toSql(column, value));
  }
  return { names, values };
}

function keyCondition(shape: TableShape, key: Row): { sql: string; values: SqlValue[] } {
  const values = shape.key.map((name) => toSql(columnOf(shape, name), key[name] ?? null)[0]!);
  return { sql: shape.key.map((name) => `${quote(name)} = ?`).join(' and '), values };
}

export function insertRow(database: Database, shape: TableShape, row: Row): void {
  const { names, values } = assignments(shape, row);
  database.run(
    `insert into ${quote(shape.storedAs)} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    values,
  );
}

/** False when there is no such row. */
export function updateRow(database: Database, shape: TableShape, key: Row, row: Row): boolean {
  const { names, values } = assignments(shape, row);
  const where = keyCondition(shape, key);
  if (names.length === 0) return existsRow(database, shape, key);
  const sql = `update ${quote(shape.storedAs)} set ${names.map((name) => `${name} = ?`).join(', ')} where ${where.sql}`;
  return database.run(sql, [...values, ...where.values]).changes > 0;
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
  const selection = columns === undefined ? wholeRow(shape) : selectionOf(shape, columns);
  const values = database.line(`${selection.sql} where ${where.sql}`, where.values);
  if (values === undefined) return undefined;
  const row: Row = {};
  for (const { column, place } of selection.columns) row[column.name] = valueAt(column, values, place);
  return row;
}

/** Columns of a table as they are read: the SQL, and where in a line of its result each of them stands. */
interface Selection {
  readonly sql: string;
  readonly columns: readonly { readonly column: ColumnShape; readonly place: number }[];
}

function selectionOf(shape: TableShape, names: Iterable<string>): Selection {
  const columns: { column: ColumnShape; place: number }[] = [];
  const read: string[] = [];
  for (const name of names) {
    const column = columnOf(shape, name);
    columns.push({ column, place: read.length });
    read.push(...readColumns(column).map(quote));
  }
  return { sql: `select ${read.join(', ') || '1'} from ${quote(shape.storedAs)}`, columns };
}

const wholeRows = new WeakMap<TableShape, Selection>();

/** Rows are read whole again and again, and some have hundreds of columns: what is asked is put together once. */
function wholeRow(shape: TableShape): Selection {
  const known = wholeRows.get(shape);
  if (known?.columns.length === shape.columns.size) return known;
  const selection = selectionOf(shape, shape.columns.keys());
  wholeRows.set(shape, selection);
  return selection;
}
