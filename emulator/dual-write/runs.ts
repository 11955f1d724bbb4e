import type { Clock, NewId } from '../kernel/index.ts';
import type { Database, SqlRow } from '../storage/database.ts';
import type { Side } from './queue.ts';

/** How many rows of one legal entity a run has written; '' stands for rows of none. */
export interface RunCounts {
  created: number;
  updated: number;
  skipped: number;
  failed: number;
}

/** One execution of an initial write. */
export interface Run {
  readonly id: string;
  readonly map: string;
  readonly version: string;
  readonly status: 'Running' | 'Completed' | 'Completed with errors' | 'Skipped';
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly plan: RunPlan;
  readonly position: RunPosition;
  /** By direction, then legal entity. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, RunCounts>>>>;
}

export interface RunPlan {
  /** Whose values stand where both sides have a row. */
  readonly master: Side;
  /** Legal entities, and an empty one for the rows of none. */
  readonly companies: readonly string[];
  /** How many rows each legal entity has, as far as it is known. */
  readonly expected: Readonly<Record<string, number>>;
  /** Keys that are left out: rows that failed before. */
  readonly without: readonly string[];
}

/** Where a run goes on: part 0 of a leg writes from the master, part 1 what the master lacks. */
export interface RunPosition {
  /** The leg of the map, from 0: legs are written one after the other. A run past the last leg is at its end. */
  readonly leg: number;
  readonly part: 0 | 1;
  readonly company: number;
  /** Key of the last row that was written. */
  readonly last: readonly (string | number | null)[] | null;
}

export interface RunError {
  readonly from: Side;
  readonly legalEntity: string;
  readonly key: string;
  readonly message: string;
}

export interface Runs {
  start(map: string, version: string, plan: RunPlan): Run;
  get(id: string): Run | undefined;
  /** Newest first. */
  list(map: string, most: number): Run[];
  /** Those that a restart has to go on with. */
  underWay(): Run[];
  move(id: string, position: RunPosition, counts: Run['counts']): void;
  end(id: string, status: Run['status']): void;
  addError(run: string, error: RunError): void;
  errors(run: string, top: number, skip: number): RunError[];
  errorCount(run: string): number;
}

const firstPosition: RunPosition = { leg: 0, part: 0, company: 0, last: null };
const runs = '"emulator$dual_write_runs"';
const errors = '"emulator$dual_write_run_errors"';

/** Runs of initial writes: how far each has come is written with the rows themselves. */
export function createRuns(database: Database, clock: Clock, newId: NewId): Runs {
  database.exec(
    `create table if not exists ${runs} (sequence integer primary key, id text not null unique, map text not null, version text not null, status text not null, started_on text not null, ended_on text, plan text not null, position text not null, counts text not null)`,
  );
  database.exec(
    `create table if not exists ${errors} (sequence integer primary key, run text not null, made_in text not null, legal_entity text not null, row_key text not null, message text not null)`,
  );
  database.exec(`create index if not exists "emulator$dual_write_run_errors_run" on ${errors} (run, sequence)`);
  const get = (id: string) => {
    const row = database.get(`select * from ${runs} where id = ?`, [id]);
    return row === undefined ? undefined : read(row);
  };
  return {
    start(map, version, plan) {
      const id = newId();
      database.run(
        `insert into ${runs} (id, map, version, status, started_on, plan, position, counts) values (?, ?, ?, 'Running', ?, ?, ?, '{}')`,
        [id, map, version, clock.now().toISOString(), JSON.stringify(plan), JSON.stringify(firstPosition)],
      );
      return get(id)!;
    },
    get,
    list: (map, most) =>
      database.all(`select * from ${runs} where map = ? order by sequence desc limit ?`, [map, most]).map(read),
    underWay: () => database.all(`select * from ${runs} where status = 'Running' order by sequence`).map(read),
    move: (id, position, counts) =>
      void database.run(`update ${runs} set position = ?, counts = ? where id = ?`, [
        JSON.stringify(position),
        JSON.stringify(counts),
        id,
      ]),
    end: (id, status) =>
      void database.run(`update ${runs} set status = ?, ended_on = ? where id = ?`, [
        status,
        clock.now().toISOString(),
        id,
      ]),
    addError: (run, { from, legalEntity, key, message }) =>
      void database.run(`insert into ${errors} (run, made_in, legal_entity, row_key, message) values (?, ?, ?, ?, ?)`, [
        run,
        from,
        legalEntity,
        key,
        message,
      ]),
    errors: (run, top, skip) =>
      database
        .all(`select * from ${errors} where run = ? order by sequence limit ? offset ?`, [run, top, skip])
        .map((row) => ({
          from: row['made_in'] as Side,
          legalEntity: String(row['legal_entity']),
          key: String(row['row_key']),
          message: String(row['message']),
        })),
    errorCount: (run) => Number(database.get(`select count(*) as n from ${errors} where run = ?`, [run])!['n']),
  };
}

const read = (row: SqlRow): Run => ({
  id: String(row['id']),
  map: String(row['map']),
  version: String(row['version']),
  status: row['status'] as Run['status'],
  startedOn: String(row['started_on']),
  endedOn: row['ended_on'] === null ? null : String(row['ended_on']),
  plan: JSON.parse(String(row['plan'])) as RunPlan,
  position: { ...firstPosition, ...(JSON.parse(String(row['position'])) as Partial<RunPosition>) },
  counts: JSON.parse(String(row['counts'])) as Run['counts'],
});
