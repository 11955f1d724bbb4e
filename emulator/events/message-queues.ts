import type { Database } from '../storage/database.ts';

/** A message of a queue that stands for one of Service Bus. */
export interface QueueMessage {
  readonly sequence: number;
  readonly enqueuedOn: string;
  /** Application properties, for filters. */
  readonly properties: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface MessageQueues {
  send(queue: string, body: string, properties: Readonly<Record<string, string>>): void;
  /** Oldest first; they stay. */
  peek(queue: string, most: number): QueueMessage[];
  /** Oldest first; they are gone then (receive and delete). */
  receive(queue: string, most: number): QueueMessage[];
}

const table = '"emulator$event_messages"';

export function createMessageQueues(database: Database, now: () => Date): MessageQueues {
  database.exec(
    `create table if not exists ${table} (sequence integer primary key autoincrement, queue text not null, enqueued_on text not null, properties text not null, body text not null)`,
  );
  const peek = (queue: string, most: number): QueueMessage[] =>
    database.all(`select * from ${table} where queue = ? order by sequence limit ?`, [queue, most]).map((row) => ({
      sequence: Number(row['sequence']),
      enqueuedOn: String(row['enqueued_on']),
      properties: JSON.parse(String(row['properties'])) as Record<string, string>,
      body: JSON.parse(String(row['body'])) as unknown,
    }));
  return {
    send: (queue, body, properties) =>
      void database.run(`insert into ${table} (queue, enqueued_on, properties, body) values (?, ?, ?, ?)`, [
        queue,
        now().toISOString(),
        JSON.stringify(properties),
        body,
      ]),
    peek,
    receive(queue, most) {
      const messages = peek(queue, most);
      for (const { sequence } of messages) database.run(`delete from ${table} where sequence = ?`, [sequence]);
      return messages;
    },
  };
}
