import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, HttpHandler, NewId, Outbox, Work } from '../kernel/index.ts';
import type { Dataverse } from '../dataverse/index.ts';
import type { FinanceOperations } from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import { addressBookSteps } from './address-book/address-book.ts';
import { createAddressGeneration, generationOf, type AddressGeneration } from './address-generation.ts';
import { createAlerts } from './alerts.ts';
import { installApplicationUser, writtenByApplication } from './application-user.ts';
import { createAsyncMaps } from './async-maps.ts';
import { createCompanies } from './companies.ts';
import { companyIsKept, companySteps } from './company-steps.ts';
import { createHistory } from './history.ts';
import { startLive } from './live.ts';
import { createMapActions } from './map-actions.ts';
import type { MapDefinition } from './map-definition.ts';
import { createMapRows } from './map-rows.ts';
import { createRunner } from './map-runner.ts';
import { createMapStates } from './map-states.ts';
import { createMapViews } from './map-views.ts';
import { createQueue, type Side } from './queue.ts';
import { showQueue } from './shown-queue.ts';
import { recordProjects } from './projects.ts';
import { createReconciliation } from './reconciliation.ts';
import { createRuns } from './runs.ts';
import { createSecureConfig } from './secure-config.ts';
import { createStartedMaps } from './started-maps.ts';

export type { AddressGeneration } from './address-generation.ts';
export type { MapDefinition } from './map-definition.ts';
export type { MapStatus } from './map-states.ts';

export interface DualWriteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly work: Work;
  readonly outbox: Outbox;
  readonly log: (text: string) => void;
  readonly dataverse: Dataverse;
  /** Address of Dataverse. */
  readonly dataverseOrigin: () => string;
  readonly financeOperations: FinanceOperations;
  /** The dispatcher of finance and operations, with trace and fault rules around it. */
  readonly handleFinanceOperations: HttpHandler;
  /** Maps that come with the platform. */
  readonly maps: readonly MapDefinition[];
}

/** Dual-write: carries rows of running maps to the other side inside the transaction that changed them. */
export function createDualWrite(given: DualWriteParts) {
  const { database, clock, dataverse } = given;
  const secureConfig = createSecureConfig(dataverse, database);
  const origin = new AsyncLocalStorage<Side>();
  const states = createMapStates(database, clock);
  const rows = createMapRows(dataverse, given.maps, secureConfig);
  const maps = createStartedMaps({ ...given, states, rows, changed: () => projects() });
  const asyncMaps = createAsyncMaps(database);
  const log = given.financeOperations.dualWriteAsyncLog;
  const parts = {
    ...given,
    ...{ handle: given.handleFinanceOperations, origin, states, rows, maps, secureConfig },
    dataverse: writtenByApplication(dataverse),
    companies: createCompanies(dataverse, database),
    queue: showQueue(createQueue(database, clock), { clock, states, asyncMaps, log }),
    asyncMaps,
    history: createHistory(database, clock),
    runs: createRuns(database, clock, given.newId),
    active: maps.active,
  };
  const { history } = parts;
  const runner = createRunner(parts);
  const alerts = createAlerts({
    ...parts,
    async act(map, action, why) {
      const state = states.get(map);
      if (state?.status !== 'Running') return;
      await maps.change(map, state.version, action === 'Pause' ? 'Paused' : 'Not running');
      history.note(map, state.version, `${action === 'Pause' ? 'Paused' : 'Stopped'} by the ${why}`);
    },
  });
  const projects = () => recordProjects({ ...parts, alerts });
  const actions = createMapActions({ ...parts, alerts, runner });
  const views = createMapViews({ ...parts, alerts, related: actions.related });
  const generations = createAddressGeneration(states, maps, actions);
  const reconciliation = createReconciliation(parts);
  const generation = (): AddressGeneration => generationOf(maps);

  startLive({
    ...parts,
    companiesChanged: projects,
    carry: (map) => runner.begin(map),
    onError: (error, refused) =>
      database.transaction(async () => {
        history.addError(error);
        if (refused !== undefined) given.financeOperations.dualWriteProjects.logError(refused);
        await alerts.look({ ...error, time: clock.now().toISOString() });
      }),
  });
  const addressBook = addressBookSteps({
    dataverse,
    clock,
    isActive: () => generation() === 'B',
    isFromFinanceOperations: () => origin.getStore() === 'finance-operations',
  });
  for (const step of [...companySteps, companyIsKept, ...addressBook]) dataverse.registerStep(step);

  return {
    generation,
    useGeneration: generations.use,
    startAll: generations.startAll,
    act: actions.act,
    maps: views.maps,
    map: views.map,
    companies: () => parts.companies.all(),
    reconciliation: reconciliation.report,
    resend: reconciliation.resend,
    /** Reads the maps that were started when the store was closed. */
    async load(): Promise<void> {
      for (const { map, version, status } of states.list())
        if (status !== 'Not running') maps.restore(await rows.find(map, version));
      // The address of Dataverse may be another than at the last start.
      if (maps.active().length > 0) await database.transaction(projects);
    },
    /** Makes the application user and the rows of shipped maps; once their tables are there. */
    async install(): Promise<void> {
      await installApplicationUser(dataverse.organization);
      await rows.install();
    },
    /** Goes on with what a restart has cut off. */
    resume(): void {
      for (const { map, status } of states.list())
        if (status === 'Initializing' || status === 'Resuming' || (status === 'Running' && parts.queue.next(map)))
          runner.begin(map);
    },
    close: () => runner.close(),
  };
}
