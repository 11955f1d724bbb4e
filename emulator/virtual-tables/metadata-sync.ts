import { Fault, type Clock, type Work } from '../kernel/index.ts';
import type { MetadataSync, SyncJob } from '../finance-operations/contract.ts';
import type { VirtualTableCatalogue } from './catalogue.ts';
import { faults } from './faults.ts';

export interface MetadataSyncParts {
  readonly clock: Clock;
  readonly work: Work;
  readonly isLinked: () => boolean;
  /** What the batches keep in finance and operations. */
  readonly metadataSync: MetadataSync;
  readonly catalogue: Pick<VirtualTableCatalogue, 'behind' | 'visible' | 'generateNow'>;
}

const mostRetries = 3;
/** Decided: how long a batch waits before it tries again. */
const retryMs = 5 * 60_000;

/**
 * The batches that bring changed metadata to Dataverse after a deployment: *Auto Refresh* renews the tables that lack something,
 * *Auto Create* makes those of entities with `Dataverse.AutoCreate`. Each tries again three times. Nothing is deleted.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/virtual-entities-auto-create-auto-refresh
 */
export function startMetadataSync({ clock, work, isLinked, metadataSync, catalogue }: MetadataSyncParts): void {
  const alarms = new Map<string, () => void>();

  function arm(): void {
    for (const job of metadataSync.jobs()) {
      alarms.get(job.name)?.();
      if (job.status === 'Waiting')
        alarms.set(
          job.name,
          clock.at(new Date(job.dueOn), () => work.start(job.name, () => run(job))),
        );
    }
  }

  async function run(job: SyncJob): Promise<void> {
    const visible = catalogue.visible();
    const wanted =
      job.name === 'CDSVirtualEntityRefreshBatch'
        ? catalogue.behind()
        : job.entities.filter((name) => !visible.includes(name));
    const triesAgain = job.retries < mostRetries;
    let hasFailed = false;
    for (const entity of wanted) hasFailed = !(await bring(entity, triesAgain)) || hasFailed;
    if (!hasFailed) return metadataSync.keepJob({ ...job, status: 'Ended' });
    if (!triesAgain) return metadataSync.keepJob({ ...job, status: 'Error' });
    const dueOn = new Date(clock.now().getTime() + retryMs).toISOString();
    await metadataSync.keepJob({ ...job, retries: job.retries + 1, dueOn });
    arm();
  }

  /** @returns whether it went well */
  async function bring(entity: string, triesAgain: boolean): Promise<boolean> {
    const before = metadataSync.statuses().find((one) => one.entity === entity);
    try {
      if (!isLinked()) throw faults.notLinked();
      await catalogue.generateNow(entity);
    } catch (error) {
      const code = error instanceof Fault ? error.wire.code : '';
      await metadataSync.keepStatus({
        entity,
        lastRefreshTime: before?.lastRefreshTime ?? null,
        failureMessage: `${code} ${(error as Error).message}`.trim(),
        isTransientFailure: code === faults.locked().wire.code,
        refreshNeeded: triesAgain,
      });
      return false;
    }
    const lastRefreshTime = clock.now().toISOString();
    await metadataSync.keepStatus({
      ...{ entity, lastRefreshTime, failureMessage: '' },
      ...{ isTransientFailure: false, refreshNeeded: false },
    });
    return true;
  }

  metadataSync.onDeployed(arm);
  arm();
}
