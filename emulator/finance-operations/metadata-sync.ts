import type { TableShape } from '../query/index.ts';
import type { Database } from '../storage/index.ts';
import type { EntityRow } from './contract.ts';
import { batchJobTable, metadataSyncTable } from './entities/base-tables.ts';
import { noDate } from './entities/entity.ts';
import type { EntityStore } from './entity-store.ts';

/** Batch jobs a deployment schedules, and how long after it they start. */
export const syncJobs = {
  CDSVirtualEntityRefreshBatch: 30 * 60_000,
  CDSVirtualEntityAutoCreateBatch: 90 * 60_000,
} as const;

export type SyncJobName = keyof typeof syncJobs;

/** A line of the page *Batch jobs*. */
export interface SyncJob {
  readonly name: SyncJobName;
  readonly status: 'Waiting' | 'Ended' | 'Error';
  readonly dueOn: string;
  /** AOT names it is about; of a refresh none: it finds out. */
  readonly entities: readonly string[];
  readonly retries: number;
}

/** A line of the page *Virtual entity metadata sync status*. */
export interface SyncStatus {
  /** AOT name. */
  readonly entity: string;
  /** Of the last time it went well. */
  readonly lastRefreshTime: string | null;
  readonly failureMessage: string;
  readonly isTransientFailure: boolean;
  /** False of a failed one: somebody has to refresh it by hand. */
  readonly refreshNeeded: boolean;
}

/**
 * Where the batches that create and refresh virtual tables keep what they have done.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/virtual-entities-auto-create-auto-refresh
 */
export interface MetadataSync {
  jobs(): readonly SyncJob[];
  statuses(): readonly SyncStatus[];
  keepJob(job: SyncJob): Promise<void>;
  keepStatus(status: SyncStatus): Promise<void>;
  /** Called when a package has been deployed: the jobs are there anew. */
  onDeployed(listener: () => void): void;
}

/** What a deployment does: both jobs are made anew. @param autoCreate AOT names of entities with `Dataverse.AutoCreate` */
export function scheduleSync(autoCreate: readonly string[], store: EntityStore): void {
  const now = Date.parse(store.now());
  for (const [name, delayMs] of Object.entries(syncJobs))
    put(store, batchJobTable, {
      Name: name,
      Status: 'Waiting',
      DueOn: `${new Date(now + delayMs).toISOString().slice(0, 19)}Z`,
      Entities: name === 'CDSVirtualEntityAutoCreateBatch' ? autoCreate.join(',') : '',
      Retries: 0,
    });
}

export function createMetadataSync(
  database: Database,
  store: EntityStore,
): MetadataSync & { /** A package has been deployed. */ deployed(): void } {
  const listeners: (() => void)[] = [];
  const keep = (table: TableShape, row: EntityRow) => database.transaction(async () => put(store, table, row));
  return {
    jobs: () => store.find(batchJobTable, {}).map(toJob),
    statuses: () => store.find(metadataSyncTable, {}).map(toStatus),
    keepJob: ({ name, status, dueOn, entities, retries }) =>
      keep(batchJobTable, { Name: name, Status: status, DueOn: dueOn, Entities: entities.join(','), Retries: retries }),
    keepStatus: (one) =>
      keep(metadataSyncTable, {
        Entity: one.entity,
        LastRefreshTime: one.lastRefreshTime ?? noDate,
        FailureMessage: one.failureMessage,
        IsTransientFailure: one.isTransientFailure ? 'Yes' : 'No',
        RefreshNeeded: one.refreshNeeded ? 'Yes' : 'No',
      }),
    onDeployed: (listener) => void listeners.push(listener),
    deployed: () => listeners.forEach((listener) => listener()),
  };
}

function put(store: EntityStore, table: TableShape, row: EntityRow): void {
  const key = { [table.key[0]!]: row[table.key[0]!]! };
  if (store.read(table, key) === undefined) store.insert(table, row);
  else store.update(table, key, row);
}

const toJob = (row: EntityRow): SyncJob => ({
  name: String(row['Name']) as SyncJobName,
  status: String(row['Status']) as SyncJob['status'],
  dueOn: String(row['DueOn']),
  entities: String(row['Entities'] ?? '')
    .split(',')
    .filter((name) => name !== ''),
  retries: Number(row['Retries']),
});

const toStatus = (row: EntityRow): SyncStatus => ({
  entity: String(row['Entity']),
  lastRefreshTime: row['LastRefreshTime'] === noDate ? null : String(row['LastRefreshTime']),
  failureMessage: String(row['FailureMessage'] ?? ''),
  isTransientFailure: row['IsTransientFailure'] === 'Yes',
  refreshNeeded: row['RefreshNeeded'] === 'Yes',
});
