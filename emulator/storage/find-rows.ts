import { fold, type Row, type TableShape } from '../query/index.ts';
import { columnOf, foldedName, isText, quote, readColumns } from './columns.ts';
import type { Database, SqlValue } from './database.ts';
import { jsonList, jsonValue } from './json-list.ts';
import { rowAt, selectionOf, type Selection } from './selection.ts';

interface Finding {
  readonly sql: string;
  readonly selection: Selection;
}

const kept = new WeakMap<TableShape, Map<string, Finding>>();

/**
 * The whole rows that have these values, in the order of their key: a small look-up, whose statement is put together once.
 * Texts are the same in any case; bytes are not read.
 */
export function findRows(database: Database, shape: TableShape, values: Readonly<Record<string, SqlValue>>): Row[] {
  const names = Object.keys(values);
  const { sql, selection } = findingOf(shape, names);
  const parameters = names.map((name) => {
    const value = values[name]!;
    return isText(columnOf(shape, name).type) ? fold(String(value)) : value;
  });
  const text = database.line(sql, parameters)?.[0] ?? '';
  return (JSON.parse(`[${String(text)}]`) as SqlValue[][]).map((line) => rowAt(selection, line));
}

function findingOf(shape: TableShape, names: readonly string[]): Finding {
  let known = kept.get(shape);
  if (known === undefined) kept.set(shape, (known = new Map()));
  // A table may gain columns.
  const key = `${shape.columns.size} ${names.join()}`;
  const there = known.get(key);
  if (there !== undefined) return there;
  const readable = [...shape.columns.values()].filter(({ type }) => type !== 'binary');
  const selection = selectionOf(
    shape,
    readable.map(({ name }) => name),
  );
  const conditions = names.map((name) => `${quote(isText(columnOf(shape, name).type) ? foldedName(name) : name)} = ?`);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const line = jsonList(
    readable.flatMap((column) => readColumns(column).map((name) => jsonValue(quote(name), column))),
  );
  const lines = `select ${line} as line from ${quote(shape.storedAs)} ${where} order by ${shape.key.map(quote).join(', ')} limit -1`;
  const finding = { sql: `select group_concat(line) from (${lines})`, selection };
  known.set(key, finding);
  return finding;
}
