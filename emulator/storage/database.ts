import { AsyncLocalStorage } from 'node:async_hooks';
import SqliteDatabase from 'libsql';

export type SqlValue = string | number | bigint | null | Buffer;
export type SqlRow = Record<string, SqlValue>;

/** The one store, with one writer: SQLite behind a narrow synchronous interface, transactions asynchronous around it. */
export interface Database {
  exec(sql: string): void;
  run(sql: string, parameters?: readonly SqlValue[]): { changes: number };
  get(sql: string, parameters?: readonly SqlValue[]): SqlRow | undefined;
  all(sql: string, parameters?: readonly SqlValue[]): SqlRow[];
  /** Rows as lists, in the order of what is selected: half the cost of rows by name. */
  table(sql: string, parameters?: readonly SqlValue[]): SqlValue[][];
  /** The first of them. */
  line(sql: string, parameters?: readonly SqlValue[]): SqlValue[] | undefined;
  /**
   * Runs `work` in a transaction and commits it, or rolls it back when it throws. Called inside another transaction it
   * becomes a savepoint of it: what Dataverse and finance and operations write in one dual-write save commits, or is
   * undone, together. Other transactions wait for their turn.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` when no transaction of somebody else is open, so that it never sees half a write. */
  reading<T>(work: () => Promise<T>): Promise<T>;
  /** True inside `transaction`. */
  inTransaction(): boolean;
  /** Runs `work` after the outermost transaction has committed (never after a roll-back); at once when none is open. */
  afterCommit(work: () => void): void;
  /** Runs `work` when what is written now is undone, by the transaction or a savepoint around it: for what is kept beside the store. */
  onRollback(work: () => void): void;
  /** Runs `work` after the outermost transaction has ended, committed or undone, and outside it; at once when none is open. */
  afterEnd(work: () => void): void;
  /** The same object throughout one outermost transaction, another in the next: what counts per transaction hangs on it. */
  currentTransaction(): object | undefined;
  /** Writes a consistent copy of the whole store to `file`, which must not exist. */
  copyTo(file: string): void;
  close(): void;
}

/** The part of a libsql statement used here; parameters go in as one array. */
interface Statement {
  run(parameters: readonly SqlValue[]): { changes: number };
  get(parameters: readonly SqlValue[]): unknown;
  all(parameters: readonly SqlValue[]): unknown[];
  raw(): Statement;
}

interface OpenTransaction {
  depth: number;
  afterCommit: (() => void)[];
  onRollback: (() => void)[];
  afterEnd: (() => void)[];
  /** Statements of a failed savepoint drop what was queued after it. */
  finished: boolean;
}

/** Opens the store in `file`, or in memory for `:memory:`. */
export function openDatabase(file: string): Database {
  const sqlite = new SqliteDatabase(file);
  // libsql's defaults are a 2 MB cache and rollback journal; the cache decides the speed of indexed pages.
  sqlite.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -64000; pragma foreign_keys = off',
  );
  const statements = new Map<string, Statement>();
  const listing = new Map<string, Statement>();
  const scope = new AsyncLocalStorage<OpenTransaction>();
  let tail: Promise<unknown> = Promise.resolve();
  /** Who has the store for a transaction, or waits for it. */
  let writers = 0;

  function prepared(known: Map<string, Statement>, sql: string, make: () => Statement): Statement {
    let statement = known.get(sql);
    if (statement === undefined) {
      if (known.size > 2000) known.clear();
      statement = make();
      known.set(sql, statement);
    }
    return statement;
  }
  const fresh = (sql: string) => sqlite.prepare(sql) as unknown as Statement;
  const prepare = (sql: string) => prepared(statements, sql, () => fresh(sql));
  const list = (sql: string) => prepared(listing, sql, () => fresh(sql).raw());

  /** libsql adds a `_metadata` property to every row it returns; it is the last one, so that deleting it copies nothing. */
  function clean(row: unknown): SqlRow {
    const columns = row as SqlRow & { _metadata?: unknown };
    delete columns._metadata;
    return columns;
  }

  function open(): OpenTransaction | undefined {
    const transaction = scope.getStore();
    return transaction === undefined || transaction.finished ? undefined : transaction;
  }

  /** Waits until all earlier users are done; the answer hands the store on to the next. */
  async function takeTurn(): Promise<() => void> {
    const before = tail;
    let leave!: () => void;
    tail = new Promise<void>((done) => (leave = done));
    writers += 1;
    await before;
    return () => {
      writers -= 1;
      leave();
    };
  }

  async function outermost<T>(work: () => Promise<T>): Promise<T> {
    const leave = await takeTurn();
    const transaction: OpenTransaction = { depth: 0, afterCommit: [], onRollback: [], afterEnd: [], finished: false };
    try {
      sqlite.exec('begin immediate');
      try {
        const result = await scope.run(transaction, work);
        sqlite.exec('commit');
        return result;
      } catch (error) {
        transaction.afterCommit = [];
        sqlite.exec('rollback');
        undo(transaction, 0);
        throw error;
      }
    } finally {
      transaction.finished = true;
      leave();
      scope.exit(() => [...transaction.afterCommit, ...transaction.afterEnd].forEach((due) => due()));
    }
  }

  /** The latest first. */
  const undo = ({ onRollback }: OpenTransaction, from: number) =>
    onRollback
      .splice(from)
      .reverse()
      .forEach((work) => work());

  async function nested<T>(transaction: OpenTransaction, work: () => Promise<T>): Promise<T> {
    const savepoint = `s${(transaction.depth += 1)}`;
    const queued = transaction.afterCommit.length;
    const undoable = transaction.onRollback.length;
    sqlite.exec(`savepoint ${savepoint}`);
    try {
      const result = await work();
      sqlite.exec(`release ${savepoint}`);
      return result;
    } catch (error) {
      transaction.afterCommit.length = queued;
      sqlite.exec(`rollback to ${savepoint}; release ${savepoint}`);
      undo(transaction, undoable);
      throw error;
    } finally {
      transaction.depth -= 1;
    }
  }

  return {
    exec: (sql) => void sqlite.exec(sql),
    run: (sql, parameters = []) => ({ changes: prepare(sql).run(parameters).changes }),
    get(sql, parameters = []) {
      const row: unknown = prepare(sql).get(parameters);
      return row === undefined ? undefined : clean(row);
    },
    all: (sql, parameters = []) => prepare(sql).all(parameters).map(clean),
    table: (sql, parameters = []) => list(sql).all(parameters) as SqlValue[][],
    line: (sql, parameters = []) => list(sql).get(parameters) as SqlValue[] | undefined,
    transaction(work) {
      const transaction = open();
      return transaction === undefined ? outermost(work) : nested(transaction, work);
    },
    async reading(work) {
      while (writers > 0 && open() === undefined) await tail;
      return work();
    },
    inTransaction: () => open() !== undefined,
    afterCommit(work) {
      const transaction = open();
      if (transaction === undefined) work();
      else transaction.afterCommit.push(work);
    },
    onRollback(work) {
      open()?.onRollback.push(work);
    },
    afterEnd(work) {
      const transaction = open();
      if (transaction === undefined) work();
      else transaction.afterEnd.push(work);
    },
    currentTransaction: open,
    copyTo: (target) => void prepare('vacuum into ?').run([target]),
    close() {
      // What a crash has left open would go on holding the file for as long as its statements are remembered.
      if (sqlite.inTransaction) sqlite.exec('rollback');
      statements.clear();
      listing.clear();
      sqlite.close();
    },
  };
}
