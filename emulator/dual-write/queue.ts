import type { Clock } from '../kernel/index.ts';
import { addColumn } from '../storage/add-column.ts';
import type { Database, SqlRow } from '../storage/database.ts';
import { faults } from './faults.ts';
import { limits } from './limits.ts';

export type Side = 'dataverse' | 'finance-operations';

/** A change that waits until its map is resumed, or that failed when it was. */
export interface QueuedChange {
  readonly sequence: number;
  readonly map: string;
  /** Which leg of the map carries it, from 0. */
  readonly leg: number;
  /** Where it was made. */
  readonly from: Side;
  readonly kind: 'write' | 'delete';
  /** What a person knows the row by. */
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly queuedOn: string;
  readonly retryStatus: 'Queued' | 'Failed';
  readonly error: string | null;
  readonly failedOn: string | null;
}

export interface NewChange extends Pick<QueuedChange, 'map' | 'leg' | 'from' | 'kind' | 'key' | 'row'> {
  /** Of a change of finance and operations: AOT name of the data entity, and whether the row is new. */
  readonly entity?: string;
  readonly isInsert?: boolean;
}

export interface Queue {
  /** @param since when the pause began @returns its sequence @throws Fault when the pause has reached one of its limits */
  add(change: NewChange, since: string): number;
  /** The oldest change that has not been tried. */
  next(map: string): QueuedChange | undefined;
  done(sequence: number): void;
  fail(sequence: number, error: string, isSystem?: boolean): void;
  /** Puts failed changes back, in their order: those named, or all. @returns how many */
  retry(map: string, sequences: readonly number[] | undefined): number;
  list(map: string, retryStatus: QueuedChange['retryStatus'], top: number, skip: number): QueuedChange[];
  /** The latest change of a row that waits or failed. */
  find(map: string, key: string): QueuedChange | undefined;
  counts(map: string): { readonly queued: number; readonly failed: number; readonly bytes: number };
  /** Takes failed changes away whose day is over. */
  purge(): void;
  /** Takes failed changes away that somebody does not want. */
  discard(map: string, sequences: readonly number[]): void;
  /** Takes away all there is of a map that is stopped. */
  forget(map: string): void;
}

const table = '"emulator$dual_write_queue"';

/** Changes of paused maps, in the order they were made. */
export function createQueue(database: Database, clock: Clock): Queue {
  database.exec(
    `create table if not exists ${table} (sequence integer primary key, map text not null, leg integer not null default 0, made_in text not null, kind text not null, row_key text not null, row_columns text not null, bytes integer not null, queued_on text not null, status text not null, error text, failed_on text)`,
  );
  addColumn(database, table, 'leg', 'integer not null default 0');
  database.exec(`create index if not exists "emulator$dual_write_queue_map" on ${table} (map, status, sequence)`);
  database.exec(`create index if not exists "emulator$dual_write_queue_key" on ${table} (map, row_key)`);
  const now = () => clock.now().toISOString();
  const counts: Queue['counts'] = (map) => {
    const row = database.get(
      `select count(case when status = 'Queued' then 1 end) as queued, count(case when status = 'Failed' then 1 end) as failed, coalesce(sum(bytes), 0) as bytes from ${table} where map = ?`,
      [map],
    )!;
    return { queued: Number(row['queued']), failed: Number(row['failed']), bytes: Number(row['bytes']) };
  };
  const numbers = (sequences: readonly number[]) => sequences.map(() => '?').join(', ');
  return {
    add({ map, leg, from, kind, key, row }, since) {
      const columns = JSON.stringify(row);
      const bytes = Buffer.byteLength(columns);
      if (clock.now().getTime() - Date.parse(since) > limits.pauseMs)
        throw faults.pauseExhausted(map, 'a pause lasts 7 days at most');
      if (sizeOf(database, map) + bytes > limits.queueBytes)
        throw faults.pauseExhausted(map, 'its queue holds 1 GB at most');
      const added = database.get(
        `insert into ${table} (map, leg, made_in, kind, row_key, row_columns, bytes, queued_on, status) values (?, ?, ?, ?, ?, ?, ?, ?, 'Queued') returning sequence`,
        [map, leg, from, kind, key, columns, bytes, now()],
      )!;
      return Number(added['sequence']);
    },
    next(map) {
      const row = database.get(`select * from ${table} where map = ? and status = 'Queued' order by sequence limit 1`, [
        map,
      ]);
      return row === undefined ? undefined : read(row);
    },
    done: (sequence) => void database.run(`delete from ${table} where sequence = ?`, [sequence]),
    fail: (sequence, error) =>
      void database.run(`update ${table} set status = 'Failed', error = ?, failed_on = ? where sequence = ?`, [
        error,
        now(),
        sequence,
      ]),
    retry: (map, sequences) =>
      database.run(
        `update ${table} set status = 'Queued' where map = ? and status = 'Failed'${sequences === undefined ? '' : ` and sequence in (${numbers(sequences)})`}`,
        [map, ...(sequences ?? [])],
      ).changes,
    list: (map, status, top, skip) =>
      database
        .all(`select * from ${table} where map = ? and status = ? order by sequence limit ? offset ?`, [
          map,
          status,
          top,
          skip,
        ])
        .map(read),
    find(map, key) {
      const row = database.get(`select * from ${table} where map = ? and row_key = ? order by sequence desc limit 1`, [
        map,
        key,
      ]);
      return row === undefined ? undefined : read(row);
    },
    counts,
    purge() {
      const before = new Date(clock.now().getTime() - limits.catchUpErrorMs).toISOString();
      database.run(`delete from ${table} where status = 'Failed' and failed_on < ?`, [before]);
    },
    discard: (map, sequences) =>
      void database.run(
        `delete from ${table} where map = ? and status = 'Failed' and sequence in (${numbers(sequences)})`,
        [map, ...sequences],
      ),
    forget: (map) => void database.run(`delete from ${table} where map = ?`, [map]),
  };
}

const sizeOf = (database: Database, map: string) =>
  Number(database.get(`select coalesce(sum(bytes), 0) as bytes from ${table} where map = ?`, [map])!['bytes']);

const read = (row: SqlRow): QueuedChange => ({
  sequence: Number(row['sequence']),
  map: String(row['map']),
  leg: Number(row['leg']),
  from: row['made_in'] as Side,
  kind: row['kind'] as QueuedChange['kind'],
  key: String(row['row_key']),
  row: JSON.parse(String(row['row_columns'])) as QueuedChange['row'],
  queuedOn: String(row['queued_on']),
  retryStatus: row['status'] as QueuedChange['retryStatus'],
  error: row['error'] === null ? null : String(row['error']),
  failedOn: row['failed_on'] === null ? null : String(row['failed_on']),
});
