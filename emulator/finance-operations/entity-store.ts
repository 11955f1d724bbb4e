import type { NewId } from '../kernel/index.ts';
import type { Query, Row } from '../query/index.ts';
import {
  addIndex,
  createTable,
  deleteRow,
  findRows,
  insertRow,
  readRow,
  readRows,
  updateRow,
  type Database,
  type Shapes,
} from '../storage/index.ts';
import type { TableShape } from '../query/index.ts';
import type { EntityRow } from './contract.ts';
import { setupTables } from './entities/base-tables.ts';
import { createSetupRows } from './setup-rows.ts';

/** RecIds begin here, as on the real platform. */
const firstRecId = 5_637_144_576;

/** Base tables and entity views: the rows of finance and operations. */
export interface EntityStore {
  /** Gives the row a RecId unless it brings one. @returns the RecId */
  insert(shape: TableShape, row: EntityRow): number;
  update(shape: TableShape, key: EntityRow, row: EntityRow): void;
  remove(shape: TableShape, key: EntityRow): void;
  /** Undefined when there is no such row; without `columns`, all of them. */
  read(shape: TableShape, key: EntityRow, columns?: readonly string[]): EntityRow | undefined;
  /** The same of a set-up table: not to be changed, for it is kept until its table is written. */
  setting(shape: TableShape, key: EntityRow): EntityRow | undefined;
  find(shape: TableShape, filter: Readonly<Record<string, string | number>>): EntityRow[];
  query(query: Query): EntityRow[];
  nextNumber(sequence: string, prefix: string): string;
  nextRecId(): number;
  newGuid(): string;
  now(): string;
}

interface StoreParts {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly now: () => Date;
  readonly newId: NewId;
}

export function createEntityStore({ database, shapes, now, newId }: StoreParts): EntityStore {
  database.exec(
    'create table if not exists "fno$sequence" (name text primary key, value integer not null) without rowid',
  );
  const next = (name: string, first: number) =>
    Number(
      database.get(
        'insert into "fno$sequence" (name, value) values (?1, ?2) on conflict (name) do update set value = value + 1 returning value',
        [name, first],
      )!['value'],
    );
  const query = (one: Query) => readRows(database, one, shapes).map((row) => row.columns as unknown as EntityRow);
  const read = (shape: TableShape, key: EntityRow, columns?: readonly string[]) =>
    readRow(database, shape, key as Row, columns) as EntityRow | undefined;
  const setup = createSetupRows(database, setupTables, read);
  return {
    insert(shape, row) {
      const RecId = Number(row['RecId'] ?? next('RecId', firstRecId));
      insertRow(database, shape, { ...(row as Row), RecId });
      setup.written(shape);
      return RecId;
    },
    update(shape, key, row) {
      updateRow(database, shape, key as Row, row as Row);
      setup.written(shape);
    },
    remove(shape, key) {
      deleteRow(database, shape, key as Row);
      setup.written(shape);
    },
    read,
    setting: setup.read,
    find: (shape, filter) => findRows(database, shape, filter) as EntityRow[],
    query,
    newGuid: newId,
    nextRecId: () => next('RecId', firstRecId),
    nextNumber: (sequence, prefix) => `${prefix}${String(next(sequence, 1)).padStart(9 - prefix.length, '0')}`,
    now: () => `${now().toISOString().slice(0, 19)}Z`,
  };
}

export function createBaseTable(
  database: Database,
  shape: TableShape,
  indexes: readonly (readonly string[])[] = [],
): void {
  createTable(database, shape);
  // Virtual rows are read by their RecId.
  if (shape.key.at(-1) !== 'RecId') addIndex(database, shape, ['RecId']);
  // Keys are compared whatever their case: the primary key does not serve that.
  addIndex(database, shape, shape.key);
  for (const columns of indexes) addIndex(database, shape, columns);
}
