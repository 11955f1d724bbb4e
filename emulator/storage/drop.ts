import type { TableShape } from '../query/index.ts';
import { columnOf, quote, sqlColumns } from './columns.ts';
import type { Database } from './database.ts';

/** Removes a table with all its rows and indexes; nothing where there is none. */
export const dropTable = (database: Database, storedAs: string): void =>
  database.exec(`drop table if exists ${quote(storedAs)}`);

/** Removes the index over these columns; nothing where there is none. */
export const dropIndex = (database: Database, storedAs: string, columns: readonly string[]): void =>
  database.exec(`drop index if exists ${quote(`${storedAs}:${columns.join(':')}`)}`);

/** Removes columns, and the indexes over them, from a table that is there. */
export function dropColumns(database: Database, shape: TableShape, columns: readonly string[]): void {
  const names = new Set(columns.flatMap((name) => sqlColumns(columnOf(shape, name)).map((one) => one.name)));
  const there = database
    .all('select name from pragma_table_info(?)', [shape.storedAs])
    .map((row) => String(row['name']))
    .filter((name) => names.has(name));
  for (const index of indexesOver(database, shape.storedAs, names)) database.exec(`drop index ${quote(index)}`);
  for (const name of there) database.exec(`alter table ${quote(shape.storedAs)} drop column ${quote(name)}`);
}

function indexesOver(database: Database, table: string, names: ReadonlySet<string>): string[] {
  // A primary key has an index that cannot be dropped by itself.
  return database
    .all(`select name from pragma_index_list(?) where origin = 'c'`, [table])
    .map((row) => String(row['name']))
    .filter((index) =>
      database.all('select name from pragma_index_info(?)', [index]).some((row) => names.has(String(row['name']))),
    );
}
