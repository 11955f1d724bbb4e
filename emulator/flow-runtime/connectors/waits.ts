import type { Database } from '../../storage/database.ts';

/**
 * Who is to be called back about something a person does: an answer to a mail, to a card, to an approval. Waits and
 * answers outlive a restart; an answer is told at least once.
 */
export interface Waits {
  /** Calls back at `url` when `about` is answered; at once when it has been. */
  wait(about: string, url: string): Promise<void>;
  /** What is waited for there; undefined when nobody waits. */
  about(url: string): string | undefined;
  /** Nobody waits there any more. */
  forget(url: string): Promise<void>;
  /** Keeps the answer and tells it to all who wait. */
  answer(about: string, body: object): Promise<void>;
  /** Tells what an earlier start left untold. */
  resume(): Promise<void>;
}

/** @param tell posts a body to a callback address */
export function createWaits(database: Database, tell: (url: string, body: object) => Promise<void>): Waits {
  database.exec(`
    create table if not exists "emulator$flow_answers" (about text primary key, body text not null) without rowid;
    create table if not exists "emulator$flow_waits" (url text primary key, about text not null) without rowid;`);
  const write = (sql: string, values: readonly string[]) => database.transaction(async () => database.run(sql, values));

  async function tellAll(about: string): Promise<void> {
    const answer = database.get('select body from "emulator$flow_answers" where about = ?', [about]);
    if (answer === undefined) return;
    for (const { url } of database.all('select url from "emulator$flow_waits" where about = ?', [about])) {
      await tell(String(url), JSON.parse(String(answer['body'])) as object);
      await write('delete from "emulator$flow_waits" where url = ?', [String(url)]);
    }
  }

  return {
    async wait(about, url) {
      await write('insert or replace into "emulator$flow_waits" (url, about) values (?, ?)', [url, about]);
      await tellAll(about);
    },
    about(url) {
      const row = database.get('select about from "emulator$flow_waits" where url = ?', [url]);
      return row === undefined ? undefined : String(row['about']);
    },
    async forget(url) {
      await write('delete from "emulator$flow_waits" where url = ?', [url]);
    },
    async answer(about, body) {
      await write('insert or ignore into "emulator$flow_answers" (about, body) values (?, ?)', [
        about,
        JSON.stringify(body),
      ]);
      await tellAll(about);
    },
    async resume() {
      for (const { about } of database.all('select distinct about from "emulator$flow_waits"'))
        await tellAll(String(about));
    },
  };
}
