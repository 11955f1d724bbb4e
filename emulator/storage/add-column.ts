import type { Database } from './database.ts';

/** Adds a column to a table a former version has made without it. @param table in quotes, as statements name it */
export function addColumn(database: Database, table: string, name: string, type: string): void {
  const there = database.all('select 1 from pragma_table_info(?) where name = ?', [table.replaceAll('"', ''), name]);
  if (there.length === 0) database.exec(`alter table ${table} add column ${name} ${type}`);
}
