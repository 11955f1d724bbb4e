import type { Database } from '../storage/database.ts';

/** Maps whose changes are carried after the save, by an integration job. */
export interface AsyncMaps {
  has(map: string): boolean;
  /** Keeps it; inside a transaction, so that it is undone with it. */
  set(map: string, isAsync: boolean): void;
}

const table = '"emulator$dual_write_async"';

/**
 * *Data management > Dual-write > Integration jobs*: which maps run in asynchronous mode.
 *
 * Decided: each map is a job of its own; the platform groups them and runs a group in its order.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-async
 */
export function createAsyncMaps(database: Database): AsyncMaps {
  database.exec(`create table if not exists ${table} (map text primary key) without rowid`);
  let known: ReadonlySet<string> | undefined;
  const forget = () => (known = undefined);
  const read = () => new Set(database.all(`select map from ${table}`).map((row) => String(row['map'])));
  return {
    has: (map) => (known ??= read()).has(map),
    set(map, isAsync) {
      if (isAsync) database.run(`insert into ${table} (map) values (?) on conflict (map) do nothing`, [map]);
      else database.run(`delete from ${table} where map = ?`, [map]);
      forget();
      database.onRollback(forget);
    },
  };
}
