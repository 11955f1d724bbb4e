import type { Row } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { TableMetadata } from '../metadata/model.ts';

/** Numbers that only grow: row versions, autonumbers. */
export interface Counters {
  next(name: string, first?: number): number;
  /** The number given last; undefined before the first. */
  last(name: string): number | undefined;
  set(name: string, last: number): void;
}

export function createCounters(database: Database): Counters {
  database.exec(
    'create table if not exists "emulator$counters" (name text primary key, value integer not null) without rowid',
  );
  return {
    next(name, first = 1) {
      const sql = `insert into "emulator$counters" (name, value) values (?1, ?2) on conflict (name) do update set value = value + 1 returning value`;
      return Number(database.get(sql, [name, first])!['value']);
    },
    last(name) {
      const row = database.get('select value from "emulator$counters" where name = ?', [name]);
      return row === undefined ? undefined : Number(row['value']);
    },
    set(name, last) {
      const sql = `insert into "emulator$counters" (name, value) values (?1, ?2) on conflict (name) do update set value = ?2`;
      database.run(sql, [name, last]);
    },
  };
}

/** The next row version, for a table that has one: one sequence for all rows, as the platform's row version is. */
export const nextVersion = (table: TableMetadata, counters: Counters): Row =>
  table.columns.has('versionnumber') ? { versionnumber: counters.next('versionnumber', 1000) } : {};
