import type { ColumnShape, Row, TableShape } from '../query/index.ts';
import { columnOf, quote, readColumns, valueAt } from './columns.ts';
import type { SqlValue } from './database.ts';
import { jsonList, jsonValue } from './json-list.ts';

/** Columns of a table as a statement reads them, and where in a line of its result each of them stands. */
export interface Selection {
  readonly columns: readonly PlacedColumn[];
  /** How many values it has in a line. */
  readonly width: number;
  /** What one row is read by. The values come as one JSON list where there are many, because each that is handed over costs. */
  readonly ofRow: { readonly sql: string; readonly isJson: boolean };
  /** What a query selects of its root. */
  readonly ofRoot: SelectedValues;
  /** Bytes have no JSON. */
  readonly hasBytes: boolean;
}

/** The SQL of each value, in the order of the line. */
export interface SelectedValues {
  readonly plain: readonly string[];
  /** For a line that is written as JSON. */
  readonly asText: readonly string[];
}

interface PlacedColumn {
  readonly shape: ColumnShape;
  readonly place: number;
}

/** What the root of a query is called in its statement. */
export const rootAlias = 'root';

/** Selections of one table that are kept at a time. */
const mostSelections = 500;

const kept = new WeakMap<TableShape, Map<string, Selection>>();

/**
 * The same columns are read again and again, and some tables have hundreds of them: what they are is put together once.
 *
 * @param names without them, all columns of the table
 * @throws Error for a name the table does not have
 */
export function selectionOf(shape: TableShape, names?: readonly string[]): Selection {
  const known = keptFor(shape);
  // A table may gain columns.
  const key = names === undefined ? `*${shape.columns.size}` : names.join();
  const there = known.get(key);
  if (there !== undefined) return there;
  if (known.size >= mostSelections) known.clear();
  const selection = select([...(names ?? shape.columns.keys())].map((name) => columnOf(shape, name)));
  known.set(key, selection);
  return selection;
}

function keptFor(shape: TableShape): Map<string, Selection> {
  let known = kept.get(shape);
  if (known === undefined) kept.set(shape, (known = new Map()));
  return known;
}

const fewValues = 8;

function select(shapes: readonly ColumnShape[]): Selection {
  let width = 0;
  const columns = shapes.map((shape) => {
    const place = width;
    width += readColumns(shape).length;
    return { shape, place };
  });
  const hasBytes = shapes.some(({ type }) => type === 'binary');
  const { plain, asText } = valuesUnder(shapes, '');
  const isJson = width > fewValues && !hasBytes;
  const ofRow = { sql: isJson ? jsonList(asText) : plain.join(', ') || '1', isJson };
  return { columns, width, ofRow, ofRoot: valuesUnder(shapes, `${quote(rootAlias)}.`), hasBytes };
}

/** @param prefix before each name */
function valuesUnder(shapes: readonly ColumnShape[], prefix: string): SelectedValues {
  const plain: string[] = [];
  const asText: string[] = [];
  for (const shape of shapes)
    for (const name of readColumns(shape)) {
      const value = prefix + quote(name);
      plain.push(value);
      asText.push(jsonValue(value, shape));
    }
  return { plain, asText };
}

/** What a statement selects of a source of a query. */
export const valuesOf = ({ columns, ofRoot }: Selection, alias: string | undefined): SelectedValues =>
  alias === undefined
    ? ofRoot
    : valuesUnder(
        columns.map(({ shape }) => shape),
        `${quote(alias)}.`,
      );

/** The row in a line of a result in which the selection begins at this place. */
export function rowAt({ columns }: Selection, values: readonly SqlValue[], start = 0): Row {
  const row: Row = {};
  for (const { shape, place } of columns) row[shape.name] = valueAt(shape, values, start + place);
  return row;
}
