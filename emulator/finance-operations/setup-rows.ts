import type { TableShape } from '../query/index.ts';
import type { Database } from '../storage/index.ts';
import type { EntityRow } from './contract.ts';

type ReadRow = (shape: TableShape, key: EntityRow) => EntityRow | undefined;

/** Rows of set-up tables, which every request reads and hardly any writes. */
export interface SetupRows {
  /** The row of this key as its table holds it; kept until the table is written. */
  readonly read: ReadRow;
  /** Called when a row of any table is written. */
  written(shape: TableShape): void;
}

/** Keys that are kept of a table: whoever asks under ever new names fills no memory. */
const mostKeys = 1000;

export function createSetupRows(database: Database, tables: readonly TableShape[], readRow: ReadRow): SetupRows {
  const known = new Map(tables.map((shape) => [shape, new Map<string, EntityRow | undefined>()]));
  return {
    read(shape, key) {
      const rows = known.get(shape);
      if (rows === undefined) return readRow(shape, key);
      const text = JSON.stringify(Object.values(key));
      if (rows.has(text)) return rows.get(text);
      if (rows.size >= mostKeys) rows.clear();
      const row = readRow(shape, key);
      rows.set(text, row);
      return row;
    },
    written(shape) {
      const rows = known.get(shape);
      if (rows === undefined) return;
      rows.clear();
      // Until then others have read what is undone now.
      database.onRollback(() => rows.clear());
    },
  };
}
