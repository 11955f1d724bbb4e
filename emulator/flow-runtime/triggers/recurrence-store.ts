import type { Database } from '../../storage/database.ts';

/** Since when flows recur, through restarts: a flow that stands as it stood does not begin anew. */
export interface RecurrenceStore {
  /** When the flow was turned on with this definition; undefined when it is new or was changed. */
  since(flow: string, source: string): Date | undefined;
  begin(flow: string, source: string, now: Date): Promise<void>;
  end(flow: string): Promise<void>;
}

export function createRecurrenceStore(database: Database): RecurrenceStore {
  database.exec(`create table if not exists "emulator$flow_recurrences" (
    workflow_id text primary key, source text not null, since text not null) without rowid`);
  return {
    since(flow, source) {
      const sql = 'select since from "emulator$flow_recurrences" where workflow_id = ? and source = ?';
      const row = database.get(sql, [flow, source]);
      return row === undefined ? undefined : new Date(String(row['since']));
    },
    async begin(flow, source, now) {
      const sql = 'insert or replace into "emulator$flow_recurrences" (workflow_id, source, since) values (?, ?, ?)';
      await database.transaction(async () => database.run(sql, [flow, source, now.toISOString()]));
    },
    async end(flow) {
      const sql = 'delete from "emulator$flow_recurrences" where workflow_id = ?';
      await database.transaction(async () => database.run(sql, [flow]));
    },
  };
}
