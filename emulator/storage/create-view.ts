import type { Database } from './database.ts';

/** Creates a view, or takes the place of one that a former version has made otherwise. @param sql `create view if not exists "name" as select …` */
export function createView(database: Database, name: string, sql: string): void {
  const selectOf = (text: string) => text.slice(text.indexOf(' as select '));
  const there = database.get("select sql from sqlite_master where type = 'view' and name = ?", [name]);
  if (there !== undefined && selectOf(String(there['sql'])) === selectOf(sql)) return;
  if (there !== undefined) database.exec(`drop view "${name}"`);
  database.exec(sql);
}
