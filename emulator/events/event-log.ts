import type { Database, SqlRow } from '../storage/database.ts';

export type EventStatus = 'Waiting' | 'Sent' | 'Error';

/** An event on its way to one endpoint, or how it ended: a row of the error log when its status is Error. */
export interface LoggedEvent {
  /** EventId and endpoint: what *Resend* takes. */
  readonly id: string;
  readonly kind: 'business' | 'data';
  readonly event: string;
  readonly legalEntity: string;
  readonly endpoint: string;
  readonly controlNumber: number;
  readonly payload: string;
  readonly status: EventStatus;
  readonly attempts: number;
  readonly error: string | null;
  readonly createdOn: string;
  /** When it was last tried; null before the first time. */
  readonly lastProcessedOn: string | null;
}

export type NewEvent = Omit<LoggedEvent, 'status' | 'attempts' | 'error' | 'lastProcessedOn'>;

export interface EventFilter {
  readonly status?: EventStatus;
  readonly event?: string;
}

export interface EventLog {
  /** @returns its place in the queue */
  add(event: NewEvent): number;
  read(sequence: number): LoggedEvent | undefined;
  sequenceOf(id: string): number | undefined;
  waiting(): number[];
  /** Puts an event back into the queue, for this endpoint. */
  restart(sequence: number, endpoint: string): void;
  record(sequence: number, status: EventStatus, error: string | undefined): void;
  list(filter: EventFilter, most: number): LoggedEvent[];
  counts(): Record<EventStatus, number>;
  /** Data events since a moment. */
  dataEventsSince(time: Date): number;
  /** Takes an event off the log, with its endpoint. */
  forget(event: string, legalEntity: string, endpoint: string): void;
  nextControlNumber(): number;
}

const table = '"emulator$events"';
/** Decided: control numbers begin where RecIds do. */
const firstControlNumber = 5_637_144_576;

/** Keeps every event with its endpoint and its outcome, in the store the transactions of both platforms are in. */
export function createEventLog(database: Database, now: () => Date): EventLog {
  database.exec(
    `create table if not exists ${table} (sequence integer primary key, id text not null unique, kind text not null, event text not null, legal_entity text not null, endpoint text not null, control_number integer not null, payload text not null, status text not null, attempts integer not null, error text, created_on text not null, processed_on text)`,
  );
  database.exec(`create index if not exists "emulator$events_status" on ${table} (status, sequence)`);
  database.exec(`create index if not exists "emulator$events_created" on ${table} (kind, created_on)`);
  database.exec('create table if not exists "emulator$control_number" (last integer not null)');
  return {
    add({ id, kind, event, legalEntity, endpoint, controlNumber, payload, createdOn }) {
      const values = [id, kind, event, legalEntity, endpoint, controlNumber, payload, createdOn];
      const sql = `insert into ${table} (id, kind, event, legal_entity, endpoint, control_number, payload, created_on, status, attempts) values (?, ?, ?, ?, ?, ?, ?, ?, 'Waiting', 0) returning sequence`;
      return Number(database.get(sql, values)!['sequence']);
    },
    read(sequence) {
      const row = database.get(`select * from ${table} where sequence = ?`, [sequence]);
      return row === undefined ? undefined : readEvent(row);
    },
    sequenceOf(id) {
      const row = database.get(`select sequence from ${table} where id = ?`, [id]);
      return row === undefined ? undefined : Number(row['sequence']);
    },
    waiting: () =>
      database
        .all(`select sequence from ${table} where status = 'Waiting' order by sequence`)
        .map(({ sequence }) => Number(sequence)),
    restart: (sequence, endpoint) =>
      void database.run(`update ${table} set status = 'Waiting', endpoint = ? where sequence = ?`, [
        endpoint,
        sequence,
      ]),
    record: (sequence, status, error) =>
      void database.run(
        `update ${table} set status = ?, error = ?, attempts = attempts + 1, processed_on = ? where sequence = ?`,
        [status, error ?? null, now().toISOString(), sequence],
      ),
    list({ status, event }, most) {
      const sql = `select * from ${table} where (?1 is null or status = ?1) and (?2 is null or event = ?2) order by sequence desc limit ?3`;
      return database.all(sql, [status ?? null, event ?? null, most]).map(readEvent);
    },
    counts() {
      const rows = database.all(`select status, count(*) as n from ${table} group by status`);
      const of = (status: EventStatus) => Number(rows.find((row) => row['status'] === status)?.['n'] ?? 0);
      return { Waiting: of('Waiting'), Sent: of('Sent'), Error: of('Error') };
    },
    dataEventsSince: (time) =>
      Number(
        database.get(
          `select count(distinct control_number) as n from ${table} where kind = 'data' and created_on > ?`,
          [time.toISOString()],
        )!['n'],
      ),
    forget: (event, legalEntity, endpoint) =>
      void database.run(
        `delete from ${table} where event = ? and endpoint = ? and (? = '' or legal_entity = ?) and status <> 'Waiting'`,
        [event, endpoint, legalEntity, legalEntity],
      ),
    nextControlNumber() {
      const row = database.get('update "emulator$control_number" set last = last + 1 returning last');
      if (row !== undefined) return Number(row['last']);
      database.run('insert into "emulator$control_number" values (?)', [firstControlNumber]);
      return firstControlNumber;
    },
  };
}

function readEvent(row: SqlRow): LoggedEvent {
  return {
    id: String(row['id']),
    kind: row['kind'] as LoggedEvent['kind'],
    event: String(row['event']),
    legalEntity: String(row['legal_entity']),
    endpoint: String(row['endpoint']),
    controlNumber: Number(row['control_number']),
    payload: String(row['payload']),
    status: row['status'] as EventStatus,
    attempts: Number(row['attempts']),
    error: row['error'] === null ? null : String(row['error']),
    createdOn: String(row['created_on']),
    lastProcessedOn: row['processed_on'] === null ? null : String(row['processed_on']),
  };
}
