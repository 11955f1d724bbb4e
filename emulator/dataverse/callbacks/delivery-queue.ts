import { isToBeOvertaken, tryDelivery, type Deliver, type DeliveryParts, type NewId } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';

/** One callback on its way, or how it ended. */
export interface Delivery {
  readonly id: string;
  /** Name of the registration. */
  readonly registration: string;
  readonly url: string;
  /** Waiting, Succeeded or Failed. */
  readonly status: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly createdOn: string;
}

export interface DeliveryQueue {
  /** Stores a delivery in the open transaction; it is sent after the commit. */
  add(registration: string, url: string, body: string): void;
  /** Sends what an earlier start left undelivered. */
  resume(): void;
  list(): Delivery[];
  /** False when there is no such delivery. */
  resend(id: string): boolean;
}

interface QueueParts extends DeliveryParts {
  readonly database: Database;
  readonly newId: NewId;
  readonly deliver: Deliver;
  readonly log: (text: string) => void;
}

const table = '"emulator$deliveries"';
const tries = 3;
/** Decided: waits before a delivery is tried again, by the clock. */
const waitMs = (attempt: number) => attempt * 5000;
/** Decided: how long a delivery that is to be overtaken waits for another. */
const longestHoldMs = 5000;

/** Deliveries outlive the process: at least once, tried three times, each kept with its outcome. */
export function createDeliveryQueue(parts: QueueParts): DeliveryQueue {
  const { database, clock, work, newId, log } = parts;
  database.exec(
    `create table if not exists ${table} (id text primary key, registration text not null, url text not null, body text not null, status text not null, attempts integer not null, error text, created_on text not null) without rowid`,
  );

  const record = (id: string, status: string, error: string | undefined) =>
    database.transaction(async () =>
      database.run(`update ${table} set attempts = attempts + 1, error = ?, status = ? where id = ?`, [
        error ?? null,
        status,
        id,
      ]),
    );

  /** Deliveries a fault rule holds back until another has gone. */
  const held: (() => void)[] = [];

  async function deliver(id: string): Promise<void> {
    const job = database.get(`select url, body from ${table} where id = ?`, [id]);
    if (job === undefined) return;
    const url = String(job['url']);
    if (isToBeOvertaken(url, parts.faultRules))
      await work.asleep(Promise.race([new Promise<void>((pass) => held.push(pass)), clock.sleep(longestHoldMs)]));
    for (let attempt = 1; attempt <= tries; attempt++) {
      const error = await tryDelivery(url, () => parts.deliver(url, String(job['body'])), parts);
      await record(id, error === undefined ? 'Succeeded' : attempt === tries ? 'Failed' : 'Waiting', error);
      for (const pass of held.splice(0)) pass();
      if (error === undefined) return;
      log(`callback to ${url} failed: ${error}`);
      if (attempt < tries) await work.asleep(clock.sleep(waitMs(attempt)));
    }
  }

  const send = (id: string) => work.start('callback', () => deliver(id));

  return {
    add(registration, url, body) {
      const id = newId();
      const values = [id, registration, url, body, clock.now().toISOString()];
      database.run(`insert into ${table} values (?, ?, ?, ?, 'Waiting', 0, null, ?)`, values);
      database.afterCommit(() => send(id));
    },
    resume() {
      for (const row of database.all(`select id from ${table} where status = 'Waiting' order by created_on`))
        send(String(row['id']));
    },
    list: () =>
      database.all(`select * from ${table} order by created_on desc limit 500`).map((row) => ({
        id: String(row['id']),
        registration: String(row['registration']),
        url: String(row['url']),
        status: String(row['status']),
        attempts: Number(row['attempts']),
        error: row['error'] === null ? null : String(row['error']),
        createdOn: String(row['created_on']),
      })),
    resend(id) {
      if (database.get(`select 1 from ${table} where id = ?`, [id]) === undefined) return false;
      send(id);
      return true;
    },
  };
}
