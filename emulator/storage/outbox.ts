import type { Clock, NewId, Outbox, OutboxMessage } from '../kernel/index.ts';
import type { Database, SqlRow } from './database.ts';

interface OutboxParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Keeps messages in the store; most shown is the newest 500. */
export function createOutbox({ database, clock, newId }: OutboxParts): Outbox {
  const listeners: ((message: OutboxMessage) => void)[] = [];
  database.exec(
    'create table if not exists "emulator$outbox" (place integer primary key autoincrement, id text not null unique, message text not null)',
  );
  const read = (row: SqlRow) => JSON.parse(String(row['message'])) as OutboxMessage;
  const outbox: Outbox = {
    async put(given) {
      const id = newId();
      const empty = { cc: [], bcc: [], importance: 'Normal', attachments: [], conversationId: id } as const;
      const message: OutboxMessage = {
        ...empty,
        ...given,
        id,
        sentOn: clock.now().toISOString(),
        readIn: [],
        deletedIn: [],
      };
      await database.transaction(async () => {
        database.run('insert into "emulator$outbox" (id, message) values (?, ?)', [id, JSON.stringify(message)]);
        database.afterCommit(() => listeners.forEach((tell) => tell(message)));
      });
      return message;
    },
    list: () => database.all('select message from "emulator$outbox" order by place desc limit 500').map(read),
    find(id) {
      const row = database.get('select message from "emulator$outbox" where id = ?', [id]);
      return row === undefined ? undefined : read(row);
    },
    async change(id, change) {
      await database.transaction(async () => {
        const message = { ...outbox.find(id), ...change };
        database.run('update "emulator$outbox" set message = ? where id = ?', [JSON.stringify(message), id]);
      });
    },
    onPut: (listener) => void listeners.push(listener),
  };
  return outbox;
}
