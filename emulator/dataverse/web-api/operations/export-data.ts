import type { Database } from '../../../storage/index.ts';

const exportsTable =
  'create table if not exists "emulator$exports" (id text primary key, zip blob not null) without rowid';

/** Keeps what an export job made until it is fetched. */
export function keepExport(database: Database, id: string, zip: Buffer): void {
  database.exec(exportsTable);
  database.run('insert into "emulator$exports" (id, zip) values (?, ?)', [id, zip]);
}

/** What the job made; undefined while it works, and where it failed. */
export function takeExport(database: Database, id: string): Buffer | undefined {
  database.exec(exportsTable);
  const row = database.get('select zip from "emulator$exports" where id = ?', [id]);
  return row === undefined ? undefined : Buffer.from(row['zip'] as Buffer);
}
