import type { Aggregation, ColumnValue, DateGrouping, Figure, GroupKey, Query } from '../query/index.ts';
import { fromSql, isPolymorphic, isText, quote, tableName } from './columns.ts';
import { Compiler, type CompiledQuery, type Shapes } from './compile-query.ts';
import type { Database, SqlRow, SqlValue } from './database.ts';
import { localTime } from './local-time.ts';

/** A group: what it is grouped by, and its figures, by their names. */
export type GroupRow = Readonly<Record<string, ColumnValue>>;

/** Groups of what the query matches, in one statement. `top` and `skip` of the query page the groups. */
export function readGroups(database: Database, query: Query, aggregation: Aggregation, shapes: Shapes): GroupRow[] {
  const compiler = new Compiler(query, shapes);
  const { sql, parameters } = compile(compiler, aggregation);
  return database.all(sql, parameters).map((row) => readGroup(row, aggregation, compiler));
}

/** How many rows are grouped, at most `ceiling`. */
export function countSource(database: Database, query: Query, shapes: Shapes, ceiling: number): number {
  const parameters: SqlValue[] = [];
  const source = new Compiler({ ...query, columns: [], order: [] }, shapes).source(parameters);
  return Number(database.get(`select count(*) as n from (select 1 ${source} limit ?)`, [...parameters, ceiling])!['n']);
}

function compile(compiler: Compiler, { groups, figures, order }: Aggregation): CompiledQuery {
  const parameters: SqlValue[] = [];
  const grouped = groups.map((group) => selectGroup(compiler, group, parameters));
  const selected = [
    ...grouped.flat(),
    ...figures.map((figure) => `${figureSql(compiler, figure)} as ${quote(figure.as)}`),
  ];
  const source = compiler.source(parameters);
  const keys = groups.map((group, index) => groupedBy(compiler, group, grouped.slice(0, index).flat().length + 1));
  const grouping = keys.length === 0 ? '' : ` group by ${keys.join(', ')}`;
  // Without an order of their own groups come in the order of what they are grouped by.
  const ordered = order.map(({ as, descending }) => `${quote(as)}${descending ? ' desc' : ''}`);
  const ordering = [...ordered, ...keys].length === 0 ? '' : ` order by ${[...ordered, ...keys].join(', ')}`;
  const page = compiler.page(parameters);
  return { sql: `select ${selected.join(', ')} ${source}${grouping}${ordering}${page}`, parameters };
}

function selectGroup(
  compiler: Compiler,
  { as, path, dateGrouping, timeZone = 'UTC' }: GroupKey,
  parameters: SqlValue[],
): string[] {
  const column = compiler.column(path);
  const value = compiler.sql(path.alias, path.column);
  if (dateGrouping !== undefined) {
    const part = (format: string, ...modifiers: string[]) =>
      `cast(strftime(${[`'${format}'`, localTime(value, timeZone, parameters), ...modifiers].join(', ')}) as integer)`;
    return [`${datePart(part, dateGrouping)} as ${quote(as)}`];
  }
  // Text is grouped whatever its letter case and accents; one of the ways it is written is shown.
  const shown = isText(column.type) ? `min(${value})` : value;
  const table = isPolymorphic(column)
    ? [`${compiler.sql(path.alias, tableName(path.column))} as ${quote(tableName(as))}`]
    : [];
  return [`${shown} as ${quote(as)}`, ...table];
}

/** Parts of dates are named by their place in the result: their SQL has parameters of its own. */
function groupedBy(compiler: Compiler, { path, dateGrouping }: GroupKey, place: number): string {
  return dateGrouping === undefined ? compiler.compared(path, compiler.column(path)) : String(place);
}

function figureSql(compiler: Compiler, { path, function: name, distinct }: Figure): string {
  if (path === undefined || name === 'count') return 'count(*)';
  const column = compiler.column(path);
  const value = compiler.sql(path.alias, path.column);
  const compared = compiler.compared(path, column);
  if (name === 'countcolumn') return `count(${distinct ? 'distinct ' : ''}${compared})`;
  // Sums of binary fractions carry noise beyond the digits any column has.
  if (name === 'sum' || name === 'avg') return `round(${name}(${distinct ? 'distinct ' : ''}${value}), 10)`;
  return `${name}(${value})`;
}

/**
 * Numbers of a date. Weeks are those of SQL Server: the first holds 1 January, they begin on Sunday.
 *
 * Decided: the fiscal year is the calendar year and its periods are quarters, as an organisation has it at first; a period
 * is written as year and number, e.g. 20262.
 */
function datePart(part: (format: string, ...modifiers: string[]) => string, grouping: DateGrouping): string {
  const quarter = () => `((${part('%m')} + 2) / 3)`;
  switch (grouping) {
    case 'day':
      return part('%d');
    case 'week':
      return `((${part('%j')} + ${part('%w', "'start of year'")} - 1) / 7 + 1)`;
    case 'month':
      return part('%m');
    case 'quarter':
      return quarter();
    case 'year':
    case 'fiscal-year':
      return part('%Y');
    case 'fiscal-period':
      return `(${part('%Y')} * 10 + ${quarter()})`;
  }
}

function readGroup(row: SqlRow, { groups, figures }: Aggregation, compiler: Compiler): GroupRow {
  const result: Record<string, ColumnValue> = {};
  for (const { as, path, dateGrouping } of groups)
    result[as] = dateGrouping === undefined ? readAs(row, as, compiler.column(path)) : (row[as] as number | null);
  for (const { as, path, function: name } of figures) {
    const isValue = path !== undefined && (name === 'min' || name === 'max');
    result[as] = isValue ? readAs(row, as, compiler.column(path)) : (row[as] as number | null);
  }
  return result;
}

const readAs = (row: SqlRow, as: string, column: Parameters<typeof fromSql>[0]) =>
  fromSql(column, (name) => row[name === column.name ? as : tableName(as)] ?? null);
