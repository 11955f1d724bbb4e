import {
  fold,
  type ColumnShape,
  type ColumnType,
  type ColumnValue,
  type Lookup,
  type TableShape,
} from '../query/index.ts';
import type { SqlValue } from './database.ts';

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const foldedName = (column: string) => `${column}__folded`;
export const tableName = (column: string) => `${column}__table`;

export const isText = (type: ColumnType) => type === 'text' || type === 'memo';
export const isPolymorphic = (column: ColumnShape) => column.type === 'lookup' && (column.targets?.length ?? 0) !== 1;

export const isFraction = (type: ColumnType) => sqlTypes[type] === 'real';

const sqlTypes: Partial<Record<ColumnType, string>> = {
  integer: 'integer',
  choice: 'integer',
  bigint: 'integer',
  boolean: 'integer',
  decimal: 'real',
  money: 'real',
  double: 'real',
  binary: 'blob',
};

/** The SQL columns one column is kept in: itself, and its folded text or its target table beside it. */
export function sqlColumns(column: ColumnShape): { name: string; type: string }[] {
  const own = { name: column.name, type: sqlTypes[column.type] ?? 'text' };
  if (isText(column.type)) return [own, { name: foldedName(column.name), type: 'text' }];
  return isPolymorphic(column) ? [own, { name: tableName(column.name), type: 'text' }] : [own];
}

/** The SQL values of a column, in the order of `sqlColumns`. */
export function toSql(column: ColumnShape, value: ColumnValue): SqlValue[] {
  if (isText(column.type)) return value === null ? [null, null] : [String(value), fold(String(value))];
  if (column.type === 'lookup') {
    const lookup = value as Lookup | null;
    return isPolymorphic(column) ? [lookup?.id ?? null, lookup?.table ?? null] : [lookup?.id ?? null];
  }
  if (column.type === 'boolean') return [value === null ? null : value ? 1 : 0];
  return [value as SqlValue];
}

/** A column's value from a result row whose SQL columns carry this prefix. */
export function fromSql(column: ColumnShape, read: (name: string) => SqlValue): ColumnValue {
  const value = read(column.name);
  if (value === null || value === undefined) return null;
  if (column.type === 'boolean') return value === 1 || value === 1n;
  if (column.type === 'lookup')
    return {
      id: String(value),
      table: isPolymorphic(column) ? String(read(tableName(column.name))) : column.targets![0]!,
    };
  return value;
}

/** The SQL columns that are read: what a text is folded to is only compared. */
export const readColumns = (column: ColumnShape): string[] =>
  isPolymorphic(column) ? [column.name, tableName(column.name)] : [column.name];

/** A column's value from a list of SQL values where the first of its `readColumns` stands at this place. */
export function valueAt(column: ColumnShape, values: readonly SqlValue[], place: number): ColumnValue {
  const value = values[place];
  if (value === null || value === undefined) return null;
  if (column.type === 'boolean') return value === 1 || value === 1n;
  if (column.type !== 'lookup') return isFraction(column.type) ? Number(value) : value;
  return { id: String(value), table: isPolymorphic(column) ? String(values[place + 1]) : column.targets![0]! };
}

/** @throws Error when the table has no such column: a mistake of ours, names from outside are checked before */
export function columnOf(shape: TableShape, name: string): ColumnShape {
  const column = shape.columns.get(name);
  if (column === undefined) throw new Error(`The table '${shape.name}' has no column '${name}'.`);
  return column;
}
