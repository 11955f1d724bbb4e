import type { Database } from '../../storage/index.ts';

/** Numbers that only grow: row versions, autonumbers. */
export interface Counters {
  next(name: string, first?: number): number;
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
  };
}
