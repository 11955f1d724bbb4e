import type { Clock } from '../kernel/index.ts';
import type { Database, SqlRow } from '../storage/database.ts';
import type { Side } from './queue.ts';

/** A line of the activity log of a map. */
export interface Activity {
  readonly time: string;
  readonly map: string;
  readonly version: string;
  readonly what: string;
}

/** An error that live synchronisation met: an application said no, or a system did not answer. */
export interface SyncError {
  readonly time: string;
  readonly map: string;
  /** Where the change was made. */
  readonly from: Side;
  readonly type: ErrorType;
  readonly key: string;
  readonly message: string;
}
export type ErrorType = 'Application error' | 'System error';

export interface History {
  note(map: string, version: string, what: string): void;
  activities(map: string, most: number): Activity[];
  addError(error: Omit<SyncError, 'time'>): void;
  /** Newest first. */
  errors(map: string, most: number): SyncError[];
  errorsSince(map: string, type: ErrorType, since: Date): number;
  /** The latest message about a row. */
  lastError(map: string, key: string): string | undefined;
}

const activities = '"emulator$dual_write_activity"';
const errors = '"emulator$dual_write_errors"';

/** What each map went through, and the errors it met. */
export function createHistory(database: Database, clock: Clock): History {
  database.exec(
    `create table if not exists ${activities} (sequence integer primary key, time text not null, map text not null, version text not null, what text not null)`,
  );
  database.exec(
    `create table if not exists ${errors} (sequence integer primary key, time text not null, map text not null, made_in text not null, type text not null, row_key text not null, message text not null)`,
  );
  database.exec(`create index if not exists "emulator$dual_write_errors_map" on ${errors} (map, type, time)`);
  database.exec(`create index if not exists "emulator$dual_write_errors_key" on ${errors} (map, row_key)`);
  const now = () => clock.now().toISOString();
  return {
    note: (map, version, what) =>
      void database.run(`insert into ${activities} (time, map, version, what) values (?, ?, ?, ?)`, [
        now(),
        map,
        version,
        what,
      ]),
    activities: (map, most) =>
      database
        .all(`select * from ${activities} where map = ? order by sequence desc limit ?`, [map, most])
        .map((row) => ({
          time: String(row['time']),
          map: String(row['map']),
          version: String(row['version']),
          what: String(row['what']),
        })),
    addError: ({ map, from, type, key, message }) =>
      void database.run(
        `insert into ${errors} (time, map, made_in, type, row_key, message) values (?, ?, ?, ?, ?, ?)`,
        [now(), map, from, type, key, message],
      ),
    errors: (map, most) =>
      database.all(`select * from ${errors} where map = ? order by sequence desc limit ?`, [map, most]).map(readError),
    errorsSince: (map, type, since) =>
      Number(
        database.get(`select count(*) as n from ${errors} where map = ? and type = ? and time > ?`, [
          map,
          type,
          since.toISOString(),
        ])!['n'],
      ),
    lastError(map, key) {
      const row = database.get(
        `select message from ${errors} where map = ? and row_key = ? order by sequence desc limit 1`,
        [map, key],
      );
      return row === undefined ? undefined : String(row['message']);
    },
  };
}

const readError = (row: SqlRow): SyncError => ({
  time: String(row['time']),
  map: String(row['map']),
  from: row['made_in'] as Side,
  type: row['type'] as ErrorType,
  key: String(row['row_key']),
  message: String(row['message']),
});
