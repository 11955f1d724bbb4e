import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, HttpHandler, Work } from '../kernel/index.ts';
import type { Dataverse, MessageCall } from '../dataverse/index.ts';
import type { EntityChange, FinanceOperations, RefusedRow } from '../finance-operations/index.ts';
import type { Row } from '../query/index.ts';
import type { Database } from '../storage/database.ts';
import type { AsyncMaps } from './async-maps.ts';
import type { Companies, Company } from './companies.ts';
import { debugTrace, refusedRow, type Carried } from './debug-trace.ts';
import { faults } from './faults.ts';
import type { SyncError } from './history.ts';
import { limits } from './limits.ts';
import type { MapState } from './map-states.ts';
import { requireProject } from './projects.ts';
import type { NewChange, Queue, Side } from './queue.ts';
import { keyOfEntityRow, keyOfRow } from './row-key.ts';
import { runtimeTable, type SecureConfig } from './secure-config.ts';
import { isSystemError } from './system-error.ts';
import type { TableMap } from './table-map.ts';
import { changedFields, receiveChange } from './to-dataverse.ts';
import { deleteRow, sendRow } from './to-finance-operations.ts';

/** A leg of a map that is started, and the state of the map. */
export interface ActiveMap {
  readonly map: TableMap;
  readonly state: MapState;
}

export interface LiveParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly work: Work;
  readonly dataverse: Dataverse;
  readonly dataverseOrigin: () => string;
  readonly financeOperations: FinanceOperations;
  readonly handle: HttpHandler;
  readonly companies: Companies;
  readonly queue: Queue;
  readonly asyncMaps: AsyncMaps;
  /** Carries what waits for a map that runs, in the background. */
  carry(map: string): void;
  readonly secureConfig: SecureConfig;
  /** Where the change that is being carried came from: it never goes back there in its transaction. */
  readonly origin: AsyncLocalStorage<Side>;
  /** Legs of maps that are started, in that order. */
  active(): readonly ActiveMap[];
  /** Told when a company was written, within its transaction. */
  companiesChanged(): Promise<void>;
  /** Keeps an error once the save that met it is undone; of a row of finance and operations, what was sent too. */
  onError(error: Omit<SyncError, 'time'>, refused?: RefusedRow): Promise<void>;
}

/** Live synchronisation: carries changes of running maps to the other side inside the transaction that made them. */
export function startLive(parts: LiveParts): void {
  for (const message of ['Create', 'Update', 'Delete'] as const)
    parts.dataverse.registerStep({
      name: 'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PreCommmitPlugin',
      message,
      stage: 40,
      rank: 1000,
      async run(call) {
        if (call.table.logicalName === 'cdm_company') {
          parts.companies.forget();
          await parts.companiesChanged();
        }
        if (call.table.logicalName === runtimeTable) parts.secureConfig.forget();
        if (parts.origin.getStore() !== 'finance-operations') await fromDataverse(call, message, parts);
      },
    });
  parts.financeOperations.beforeCommit(async (changes) => {
    if (parts.origin.getStore() !== 'dataverse') await fromFinanceOperations(changes, parts);
  });
}

/** What one transaction of Dataverse has sent. */
interface Sent {
  bytes: number;
  readonly legalEntities: Set<string>;
}

const sent = new WeakMap<object, Sent>();

/** Adds up what one transaction sends. @throws Fault for what is over the limits of one */
function tally({ database }: LiveParts, map: TableMap) {
  const transaction = database.currentTransaction();
  const sum: Sent = (transaction && sent.get(transaction)) ?? { bytes: 0, legalEntities: new Set() };
  if (transaction !== undefined) sent.set(transaction, sum);
  return {
    weigh(bytes: number) {
      sum.bytes += bytes;
      if (sum.bytes > limits.payloadBytes) throw faults.payloadTooLarge();
    },
    enter(company: Company | undefined) {
      if (company !== undefined) sum.legalEntities.add(company.code);
      if (sum.legalEntities.size > limits.legalEntitiesPerTransaction)
        throw faults.refusedByFinanceOperations(map.leg.sourceSchema, tooManyLegalEntities(sum.legalEntities));
    },
  };
}

/** Words on our own: none are published. */
const tooManyLegalEntities = ({ size }: ReadonlySet<string>) =>
  `The transaction holds ${size} legal entities; dual-write takes ${limits.legalEntitiesPerTransaction} in one.`;

async function fromDataverse(call: MessageCall, message: 'Create' | 'Update' | 'Delete', parts: LiveParts) {
  const { dataverse, companies, handle, clock } = parts;
  await parts.secureConfig.require(call.table.logicalName);
  for (const { map, state } of parts.active()) {
    if (map.table.logicalName !== call.table.logicalName) continue;
    // An update travels when it carries a mapped column; then all mapped columns go.
    if (message === 'Update' && !Object.keys(call.target).some((column) => map.columns.has(column))) continue;
    const row = message === 'Delete' ? call.before! : call.after!;
    if (isHeld(state, parts)) {
      await hold(map, state, { from: 'dataverse', kind: message === 'Delete' ? 'delete' : 'write', row }, parts);
      continue;
    }
    await observed(
      map,
      'dataverse',
      () => keyOfRow(map, row, companies),
      parts,
      async () => {
        const { weigh, enter } = tally(parts, map);
        const around = { dataverse, companies, handle, origin: parts.origin, weigh };
        const started = clock.now().getTime();
        if (map.isCompanyBound) enter(await companies.of(row));
        await parts.origin.run('dataverse', async () =>
          message === 'Delete' ? deleteRow(map, row, around) : void (await sendRow(map, row, around)),
        );
        if (clock.now().getTime() - started > limits.transactionMs)
          throw faults.unreachable(map.table.logicalName, 'The operation has timed out');
      },
    );
  }
}

/** All tracked changes of one transaction of finance and operations, as one batch in one transaction of Dataverse. */
async function fromFinanceOperations(changes: readonly EntityChange[], parts: LiveParts): Promise<void> {
  const { database, dataverse, companies, clock, dataverseOrigin } = parts;
  const batch: Carried[] = [];
  for (const { map, state } of parts.active())
    for (const change of changes) {
      if (change.entity.name !== map.entity.name) continue;
      const changed = changedFields(map, change);
      if (changed.length === 0) continue;
      if (!requireProject(map, change.after === undefined, parts)) continue;
      // What changes in a table nobody has registered for the entity triggers nothing.
      if (!parts.financeOperations.dualWriteProjects.tracks(map.entity.name, changed)) continue;
      if (!isHeld(state, parts)) batch.push({ map, change });
      else {
        const kind = change.after === undefined ? 'delete' : 'write';
        const row = (change.after ?? change.before)! as Row;
        const entity = { entity: map.entity.name, isInsert: change.before === undefined };
        await hold(map, state, { from: 'finance-operations', kind, row, ...entity }, parts);
      }
    }
  const [first] = batch;
  if (first === undefined) return;
  const refuse = (what: string) =>
    faults.refusedByDataverse(first.map.leg.destinationSchema, first.map.entity.name, what);
  const legalEntities = new Set(batch.flatMap(({ change }) => change.company ?? []));
  const started = clock.now().getTime();
  // What others look up is written first, and taken away last.
  const writes = batch.filter(({ change }) => change.after !== undefined);
  const deletes = batch.filter(({ change }) => change.after === undefined).reverse();
  let current = first;
  const sentRows = () => debugTrace([...writes, ...deletes], dataverseOrigin());
  await observed(
    () => current.map,
    'finance-operations',
    async () => keyOfEntityRow(current.map, (current.change.after ?? current.change.before)!),
    parts,
    async () => {
      if (batch.length > limits.recordsPerTransaction)
        throw refuse(
          `The transaction holds ${batch.length} records; dual-write takes ${limits.recordsPerTransaction} in one.`,
        );
      if (legalEntities.size > limits.legalEntitiesPerTransaction) throw refuse(tooManyLegalEntities(legalEntities));
      await database.transaction(() =>
        parts.origin.run('finance-operations', async () => {
          for (current of [...writes, ...deletes])
            await receiveChange(current.map, current.change, { dataverse, companies });
        }),
      );
      if (clock.now().getTime() - started > limits.transactionMs) throw refuse('The operation has timed out.');
    },
    (message) => refusedRow(current, message, sentRows()),
  );
}

/** A change waits while its map does not run, and always in asynchronous mode. */
const isHeld = ({ map, status }: MapState, { asyncMaps }: LiveParts): boolean =>
  status !== 'Running' || asyncMaps.has(map);

/** Queues a change of a map that is paused, or still in its initial write or catch-up; in asynchronous mode it goes once it is saved. */
async function hold(
  map: TableMap,
  state: MapState,
  change: Pick<NewChange, 'from' | 'kind' | 'entity' | 'isInsert'> & { readonly row: Row },
  { queue, companies, database, clock, carry }: LiveParts,
): Promise<void> {
  const key =
    change.from === 'dataverse'
      ? await keyOfRow(map, change.row, companies)
      : keyOfEntityRow(map, change.row as Parameters<typeof keyOfEntityRow>[1]);
  const isRunning = state.status === 'Running';
  queue.add({ map: state.map, leg: map.legIndex, key, ...change }, isRunning ? clock.now().toISOString() : state.since);
  if (isRunning) database.afterCommit(() => carry(state.map));
}

/** Runs what carries a change; what it throws undoes the save, and stands in the error log once that is done. */
async function observed(
  of: TableMap | (() => TableMap),
  from: Side,
  keyOf: () => Promise<string>,
  { database, work, onError }: LiveParts,
  run: () => Promise<void>,
  refusedOf?: (message: string) => RefusedRow,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    const map = typeof of === 'function' ? of() : of;
    const key = await keyOf();
    const { message } = error as Error;
    const type = isSystemError(error) ? 'System error' : 'Application error';
    const refused = refusedOf?.(message);
    const met = { map: map.definition.displayName, from, type, key, message } as const;
    database.afterEnd(() => work.start('dual-write error log', () => onError(met, refused)));
    throw error;
  }
}
