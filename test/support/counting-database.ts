import type { Database } from '../../emulator/storage/index.ts';

/** A store that writes down each statement it is asked to carry out. */
export interface CountingDatabase extends Database {
  /** The statements that `work` carried out, in order. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
}

/** Counts at the seam of the store: whatever is cached above it costs nothing, whatever passes it counts. */
export function counting(database: Database): CountingDatabase {
  const seen: string[] = [];
  const counted =
    <Rest extends unknown[], Result>(method: (sql: string, ...rest: Rest) => Result) =>
    (sql: string, ...rest: Rest): Result => {
      seen.push(sql);
      return method(sql, ...rest);
    };
  return {
    ...database,
    exec: counted(database.exec),
    run: counted(database.run),
    get: counted(database.get),
    all: counted(database.all),
    table: counted(database.table),
    line: counted(database.line),
    async statementsOf(work) {
      const from = seen.length;
      await work();
      return seen.slice(from);
    },
  };
}
