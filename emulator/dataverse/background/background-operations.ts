import { Fault, type Clock, type NewId, type Work } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import type { Database, SqlRow } from '../../storage/index.ts';
import type { Caller, MessageCall, OrganizationService, Step } from '../contract.ts';
import { faults } from '../faults.ts';
import { timestamp } from '../messages/default-values.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import type { Privileges } from '../security/privileges.ts';
import { completed, states, type OperationState } from './operation-states.ts';
import { createStoredRequests, type StoredRequest } from './stored-requests.ts';

export const operationTable = 'backgroundoperation';

/** Values by name, as the columns of parameters hold them: `[{"Key":"Name","Value":1}]`. */
export type Values = Readonly<Record<string, unknown>>;

export interface NewOperation extends StoredRequest {
  /** Unique name and display name of the custom API. */
  readonly name: string;
  readonly displayName: string;
  readonly input: Values;
  readonly caller: Caller;
}

export interface BackgroundOperations {
  /**
   * Keeps a request in the open transaction; it runs, as its caller, when that has been committed.
   *
   * @returns the id of its row in `backgroundoperation`
   * @throws Fault 0x80040220 without read and write access to that table
   */
  accept(asked: NewOperation): Promise<string>;
  /** The status monitor resource of an operation. */
  location(id: string): string;
  /** What watches the rows: a status that asks to cancel, and a row that is deleted. */
  readonly steps: readonly Step[];
  /** Goes on with what an earlier start left waiting or in progress. */
  resume(): void;
}

/** How an operation ended, as it is told to who asked for it. */
export interface Ending {
  readonly id: string;
  readonly name: string;
  readonly state: OperationState;
  readonly error: { readonly code: number; readonly message: string } | undefined;
  readonly location: string;
  readonly callbackUrl: string | undefined;
}

interface BackgroundParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly privileges: Privileges;
  readonly clock: Clock;
  readonly work: Work;
  readonly newId: NewId;
  readonly origin: () => string;
  readonly organization: () => OrganizationService;
  readonly callerOf: (userId: string) => Caller | undefined;
  /**
   * Does what was asked.
   *
   * @param record called with the results in the transaction that makes them, so that what is done is written down with it
   */
  readonly carryOut: (
    stored: StoredRequest,
    caller: Caller,
    record: (results: Values) => Promise<void>,
  ) => Promise<unknown>;
  /** Tells of the end in the transaction that writes it down. */
  readonly tell: (ending: Ending) => void;
}

/** How often an operation that failed is tried again. */
const mostRetries = 3;
/** Decided: the waits between tries, doubled each time. */
const waitMs = (retry: number) => 10_000 * 2 ** (retry - 1);
/** 90 days. */
const usualTimeToLive = 7_776_000;

/**
 * Requests that Dataverse answers before it has done them.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/background-operations
 */
export function createBackgroundOperations(parts: BackgroundParts): BackgroundOperations {
  const { database, metadata, clock, work } = parts;
  const requests = createStoredRequests(database);
  /** Those that wait for another try, and what ends the wait. */
  const waiting = new Map<string, () => void>();
  const location = (id: string) => `${parts.origin()}/api/backgroundoperation/${id}`;
  const write = (id: string, row: Row) => parts.organization().update(operationTable, id, row);
  const find = (id: string) =>
    database.get(
      `select * from ${operationTable} where backgroundoperationid = ? and backgroundoperationstatecode < 3`,
      [id],
    );

  async function end(id: string, state: OperationState, { outputparameters, error }: Outcome): Promise<void> {
    await database.transaction(async () => {
      const row = find(id);
      // Who deletes a row while its operation runs does not stop it.
      if (row === undefined) return;
      const { callbackUrl } = requests.find(id)!;
      const failure = { errorcode: error?.code ?? null, errormessage: error?.message ?? null };
      await write(id, { ...state, ...failure, outputparameters: outputparameters ?? null, endtime: now() });
      requests.drop(id);
      parts.tell({ id, name: String(row['name']), state, error, location: location(id), callbackUrl });
    });
  }

  const now = () => timestamp(clock.now());

  /** Undefined when there is nothing left to do: done, deleted, or not to be done any more. */
  async function begin(id: string): Promise<SqlRow | undefined> {
    return database.transaction(async () => {
      const row = find(id);
      if (row?.['backgroundoperationstatuscode'] === states.canceling.backgroundoperationstatuscode) {
        await end(id, states.canceled, {});
        return undefined;
      }
      if (row !== undefined) await write(id, { ...states.inProgress, starttime: String(row['starttime'] ?? now()) });
      return row;
    });
  }

  async function tryOnce(id: string, row: SqlRow): Promise<void> {
    const caller = parts.callerOf(String(row['runas']));
    if (caller === undefined) throw faults.userDisabled();
    await parts.carryOut(requests.find(id)!, caller, (results) =>
      end(id, states.succeeded, { outputparameters: asKeysAndValues(results) }),
    );
  }

  /** What was asked to be cancelled is not tried again. @returns which retry is next, if there is one */
  async function fail(id: string, error: { readonly code: number; readonly message: string }) {
    return database.transaction(async () => {
      const row = find(id);
      if (row === undefined) return undefined;
      const retry = Number(row['retrycount']) + 1;
      const isCanceled = row['backgroundoperationstatuscode'] === states.canceling.backgroundoperationstatuscode;
      if (!isCanceled && retry <= mostRetries) {
        await write(id, { ...states.waiting, retrycount: retry });
        return retry;
      }
      await end(id, isCanceled ? states.canceled : states.failed, { error });
      return undefined;
    });
  }

  async function run(id: string): Promise<void> {
    for (let row = await begin(id); row !== undefined; row = await begin(id)) {
      try {
        return await tryOnce(id, row);
      } catch (error) {
        const canceled = new Promise<void>((wake) => waiting.set(id, wake));
        const retry = await fail(id, shown(error as Error));
        if (retry !== undefined) await work.asleep(Promise.race([clock.sleep(waitMs(retry)), canceled]));
        waiting.delete(id);
      }
    }
  }
  const start = (id: string) => work.start('background operation', () => run(id));

  /** Deletes the row when its time to live is over, by the clock. */
  function expire(id: string): void {
    const row = database.get(`select createdon, ttlinseconds from ${operationTable} where backgroundoperationid = ?`, [
      id,
    ]);
    if (row === undefined || row['ttlinseconds'] === null) return;
    const due = Date.parse(String(row['createdon'])) + Number(row['ttlinseconds']) * 1000;
    if (due > clock.now().getTime()) clock.at(new Date(due), () => expire(id));
    else work.start('background operation', () => parts.organization().delete(operationTable, id));
  }

  return {
    location,
    async accept({ name, displayName, input, caller, ...stored }) {
      const table = metadata.table(operationTable)!;
      for (const right of ['Read', 'Write'] as const) parts.privileges.require(caller, right, table);
      const user = { table: 'systemuser', id: caller.userId };
      const id = parts.newId();
      await database.transaction(async () => {
        await parts.organization().create(operationTable, {
          ...{ backgroundoperationid: id, name, displayname: displayName, runas: caller.userId, ...states.waiting },
          ...{ inputparameters: asKeysAndValues(input), retrycount: 0, ttlinseconds: usualTimeToLive },
          ...{ createdby: user, modifiedby: user },
        });
        requests.keep(id, stored);
        database.afterCommit(() => {
          start(id);
          expire(id);
        });
      });
      return id;
    },
    steps: [
      watch('Update', 20, async ({ target, before }) => refuseLateCancel(target, before)),
      watch('Update', 40, async ({ id, target }) => {
        if (asksToCancel(target)) database.afterCommit(() => waiting.get(id)?.());
        if ('ttlinseconds' in target) database.afterCommit(() => expire(id));
      }),
      watch('Delete', 40, async ({ id }) => {
        requests.drop(id);
        database.afterCommit(() => waiting.get(id)?.());
      }),
    ],
    resume() {
      if (metadata.table(operationTable) === undefined) return;
      for (const id of requests.ids()) start(id);
      for (const row of database.all(`select backgroundoperationid as id from ${operationTable}`))
        expire(String(row['id']));
    },
  };
}

interface Outcome {
  readonly outputparameters?: string;
  readonly error?: Ending['error'];
}

const watch = (message: string, stage: 20 | 40, run: (call: MessageCall) => Promise<void>): Step => ({
  ...{ name: 'Dataverse.BackgroundOperation', message, table: operationTable, stage },
  run,
});

const asksToCancel = (row: Row) =>
  row['backgroundoperationstatuscode'] === states.canceling.backgroundoperationstatuscode;

/** Decided: what is over stays as it ended. */
function refuseLateCancel(target: Row, before: Row | undefined): void {
  if (asksToCancel(target) && before?.['backgroundoperationstatecode'] === completed)
    throw faults.invalidState('The background operation has completed and can no longer be canceled.');
}

const asKeysAndValues = (values: Values) =>
  JSON.stringify(Object.entries(values).map(([Key, Value]) => ({ Key, Value })));

/** A code of the platform as a signed number; 0 for what the platform has no code for. */
function shown(error: Error): { readonly code: number; readonly message: string } {
  const code = error instanceof Fault ? Number.parseInt(error.wire.code, 16) | 0 : 0;
  return { code, message: error.message };
}
