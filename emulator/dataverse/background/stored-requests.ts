import type { HttpRequest } from '../../kernel/index.ts';
import type { Database, SqlRow } from '../../storage/index.ts';

/** What is to be done in the background, as it was asked for. */
export interface StoredRequest {
  readonly request: HttpRequest;
  /** Where to tell that it is done. */
  readonly callbackUrl: string | undefined;
}

/** Requests that wait or run, beside their rows of `backgroundoperation`: they outlive a start. */
export interface StoredRequests {
  keep(id: string, stored: StoredRequest): void;
  /** Undefined when it is done, or was none of ours. */
  find(id: string): StoredRequest | undefined;
  drop(id: string): void;
  ids(): string[];
}

const table = '"emulator$background_requests"';

/**
 * Headers that go on meaning something later. Who asks is a column of the row, preferences have been read.
 */
const isKept = (name: string) => /^(mscrm\.|content-type$)/.test(name);

export function createStoredRequests(database: Database): StoredRequests {
  database.exec(
    `create table if not exists ${table} (id text primary key, method text not null, url text not null, headers text not null, body blob not null, callback text) without rowid`,
  );
  return {
    keep(id, { request: { method, url, headers, body }, callbackUrl }) {
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name)));
      const values = [id, method, url, JSON.stringify(kept), body, callbackUrl ?? null];
      database.run(`insert into ${table} values (?, ?, ?, ?, ?, ?)`, values);
    },
    find(id) {
      const row = database.get(`select * from ${table} where id = ?`, [id]);
      return row === undefined ? undefined : readStored(row);
    },
    drop: (id) => void database.run(`delete from ${table} where id = ?`, [id]),
    ids: () => database.all(`select id from ${table}`).map(({ id }) => String(id)),
  };
}

function readStored({ method, url, headers, body, callback }: SqlRow): StoredRequest {
  return {
    request: {
      method: String(method),
      url: String(url),
      headers: JSON.parse(String(headers)) as HttpRequest['headers'],
      body: Buffer.from(body as Buffer),
    },
    callbackUrl: callback === null ? undefined : String(callback),
  };
}
