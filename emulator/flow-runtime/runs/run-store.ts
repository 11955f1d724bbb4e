import type { Database, SqlRow } from '../../storage/database.ts';
import { readJson, writeJson } from '../expressions/json.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { ActionError, ActionRecord, RunStatus } from './record.ts';

export interface RunRow {
  readonly id: string;
  readonly workflowId: string;
  readonly flow: string;
  readonly status: RunStatus;
  readonly startTime: string;
  readonly endTime: string | undefined;
  readonly trigger: ValueObject;
  readonly error: ActionError | undefined;
}

/**
 * Keeps runs and what their actions did. Every write is a transaction of its own, so that it is never undone by the
 * roll-back of a save that happens to be open.
 */
export interface RunStore {
  start(run: RunRow): Promise<void>;
  /** A run that waited begins. */
  begin(id: string): Promise<void>;
  end(id: string, status: RunStatus, endTime: string, error: ActionError | undefined): Promise<void>;
  keep(runId: string, record: ActionRecord): Promise<void>;
  run(id: string): RunRow | undefined;
  /** Newest first. */
  runs(filter: { flow?: string; status?: string }): readonly RunRow[];
  records(runId: string): readonly ActionRecord[];
  /** What an action in flight has noted. */
  noted(runId: string, path: string): ValueObject | undefined;
  note(runId: string, path: string, what: ValueObject): Promise<void>;
  /** Keeps what came in; the first stays. False when the action has noted nothing. */
  keepAnswer(runId: string, path: string, answer: ValueObject): Promise<boolean>;
  answer(runId: string, path: string): ValueObject | undefined;
  /** True the first time this delivery is seen. */
  isNewDelivery(key: string): Promise<boolean>;
}

export function createRunStore(database: Database): RunStore {
  database.exec(`
    create table if not exists "emulator$flow_runs" (
      id text primary key, workflow_id text not null, flow text not null, status text not null, start_time text not null,
      end_time text, trigger text not null, error text);
    create index if not exists "emulator$flow_runs_start" on "emulator$flow_runs" (start_time);
    create table if not exists "emulator$flow_actions" (
      run_id text not null, path text not null, record text not null, primary key (run_id, path)) without rowid;
    create table if not exists "emulator$flow_callbacks" (
      run_id text not null, path text not null, noted text not null, answer text, primary key (run_id, path)) without rowid;
    create table if not exists "emulator$flow_deliveries" (key text primary key) without rowid;`);
  const write = (sql: string, values: readonly (string | null)[]) =>
    database.transaction(async () => database.run(sql, values));
  function callback(column: 'noted' | 'answer', runId: string, path: string): ValueObject | undefined {
    const row = database.get(
      `select ${column} from "emulator$flow_callbacks" where run_id = ? and path = ? and ${column} is not null`,
      [runId, path],
    );
    return row === undefined ? undefined : (readJson(String(row[column])) as ValueObject);
  }
  return {
    async start(run) {
      await write(
        'insert into "emulator$flow_runs" (id, workflow_id, flow, status, start_time, trigger) values (?, ?, ?, ?, ?, ?)',
        [run.id, run.workflowId, run.flow, run.status, run.startTime, writeJson(run.trigger)],
      );
    },
    async begin(id) {
      await write('update "emulator$flow_runs" set status = ? where id = ?', ['Running', id]);
    },
    async end(id, status, endTime, error) {
      await write('update "emulator$flow_runs" set status = ?, end_time = ?, error = ? where id = ?', [
        status,
        endTime,
        error === undefined ? null : JSON.stringify(error),
        id,
      ]);
    },
    async keep(runId, record) {
      await write('insert or replace into "emulator$flow_actions" (run_id, path, record) values (?, ?, ?)', [
        runId,
        record.path,
        writeJson(toStored(record)),
      ]);
    },
    run(id) {
      const row = database.get('select * from "emulator$flow_runs" where id = ?', [id]);
      return row === undefined ? undefined : readRun(row);
    },
    runs: ({ flow, status }) =>
      database
        .all(
          'select * from "emulator$flow_runs" where (?1 is null or flow = ?1) and (?2 is null or lower(status) = lower(?2)) order by start_time desc, rowid desc limit 500',
          [flow ?? null, status ?? null],
        )
        .map(readRun),
    records: (runId) =>
      database
        .all('select record from "emulator$flow_actions" where run_id = ?', [runId])
        .map(({ record }) => fromStored(readJson(String(record)))),
    noted: (runId, path) => callback('noted', runId, path),
    answer: (runId, path) => callback('answer', runId, path),
    async note(runId, path, what) {
      await write('insert or ignore into "emulator$flow_callbacks" (run_id, path, noted) values (?, ?, ?)', [
        runId,
        path,
        writeJson(what),
      ]);
    },
    async keepAnswer(runId, path, answer) {
      const sql = 'update "emulator$flow_callbacks" set answer = coalesce(answer, ?) where run_id = ? and path = ?';
      return (await write(sql, [writeJson(answer), runId, path])).changes === 1;
    },
    isNewDelivery: async (key) =>
      (await write('insert or ignore into "emulator$flow_deliveries" (key) values (?)', [key])).changes === 1,
  };
}

function readRun(row: SqlRow): RunRow {
  return {
    id: String(row['id']),
    workflowId: String(row['workflow_id']),
    flow: String(row['flow']),
    status: String(row['status']) as RunStatus,
    startTime: String(row['start_time']),
    endTime: row['end_time'] === null ? undefined : String(row['end_time']),
    trigger: readJson(String(row['trigger'])) as ValueObject,
    error: row['error'] === null ? undefined : (JSON.parse(String(row['error'])) as ActionError),
  };
}

/** Each column by its name: this runs once for every action, and copying all but some costs a tenth of it. */
function toStored(record: ActionRecord): Value {
  const { name, path, status, code, inputs, outputs, startTime, endTime } = record;
  const { error, variable, secured, attempts, retryHistory } = record;
  return {
    name,
    path,
    status,
    code,
    inputs,
    outputs,
    startTime,
    endTime,
    ...(retryHistory === undefined ? {} : { retryHistory: retryHistory.map((retry) => ({ ...retry })) }),
    attempts: BigInt(attempts),
    error: error === undefined ? null : { ...error },
    variable: variable === undefined ? null : { ...variable },
    secured: { ...secured },
  };
}

function fromStored(value: Value): ActionRecord {
  if (!isObject(value)) throw new Error('A stored action record is not an object.');
  const { error, variable, attempts, ...plain } = value;
  return {
    ...(plain as unknown as ActionRecord),
    attempts: Number(attempts),
    error: isObject(error) ? (error as unknown as ActionError) : undefined,
    variable: isObject(variable) ? (variable as unknown as ActionRecord['variable']) : undefined,
  };
}
