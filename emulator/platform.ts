import { consolePath } from './console/index.ts';
import { createAddIns } from './add-ins/index.ts';
import { createDataverse, languages, type CustomApiBodies, type OrganizationService } from './dataverse/index.ts';
import { createDualWrite, type MapDefinition } from './dual-write/index.ts';
import { createEnvironmentLink } from './environment-link/index.ts';
import { createEvents } from './events/index.ts';
import { createFinanceOperations, labelId } from './finance-operations/index.ts';
import { packAddIn, packGenerated } from './first-party.ts';
import { createFlowRuntime, type Connectors, type PlanName } from './flow-runtime/index.ts';
import {
  createClock,
  createFaultRules,
  createTrace,
  createWork,
  randomId,
  withFaultRules,
  withTrace,
  type HttpHandler,
} from './kernel/index.ts';
import { createOutbox, type Database } from './storage/index.ts';
import { createProvisioning } from './provisioning/index.ts';
import { createVirtualTables } from './virtual-tables/index.ts';
import { createStanding, dataverseWhileLinked, financeOperationsWhileLinked } from './while-linked.ts';

export interface PlatformParts {
  readonly database: Database;
  /** Addresses of the two ports; known once they listen. */
  readonly dataverseOrigin: () => string;
  readonly financeOperationsOrigin: () => string;
  readonly strictAuth: boolean;
  /** The tenant tokens are of. */
  readonly tenantId?: string;
  readonly serviceProtection: boolean;
  /** Hosts that flows may call; none by default. */
  readonly allowedHosts?: readonly string[];
  readonly flowPlan?: PlanName | undefined;
  readonly stubs?: Connectors | undefined;
  /** Bodies of custom APIs. */
  readonly customApis?: CustomApiBodies;
  readonly maps: readonly MapDefinition[];
  /** E-mail of the user connections are signed in as. */
  readonly connectionUser: string;
  /** What an injected crash does; as a rule it ends the process. */
  readonly crash?: () => void;
  /** E-mails of the users connections of these references are signed in as instead. */
  readonly connectionUsers?: Readonly<Record<string, string>> | undefined;
  readonly log: (text: string) => void;
}

/** Path below the console at which callbacks reach the flow runtime. */
const callbackPath = `${consolePath}/flow-callbacks`;

/** The emulator's own id for the environment and its tenant. */
const environmentId = '7a7f2a3e-5d0b-4f27-8a39-0f5b3a5f0c11';

/** Both platforms and all that joins them, over one store. */
export function openPlatform(parts: PlatformParts) {
  const { database, log } = parts;
  const clock = createClock();
  const faultRules = createFaultRules(parts.crash);
  const trace = createTrace();
  const work = createWork((name, error) => log(`${name} failed: ${(error as Error).stack ?? String(error)}`));
  const shared = { database, clock, newId: randomId, work, faultRules, log };
  const outbox = createOutbox(shared);
  const watched = (service: string, handler: HttpHandler) =>
    withTrace(service, trace, clock.now, withFaultRules(service, faultRules, clock, handler));

  const isLinked = () => link.isLinked();
  const integration = () =>
    isLinked() ? { Url: parts.financeOperationsOrigin(), TenantId: environmentId, Id: environmentId } : undefined;
  const dataverse = createDataverse({
    ...shared,
    origin: parts.dataverseOrigin,
    strictAuth: parts.strictAuth,
    tenantId: parts.tenantId,
    serviceProtection: parts.serviceProtection,
    integration,
    outbox,
    customApis: (name) =>
      virtualTables.actions(name) ?? provisioning.messages(name) ?? events.actions(name) ?? parts.customApis?.(name),
    allowedHosts: parts.allowedHosts,
  });
  const financeOperations = createFinanceOperations({
    ...shared,
    strictAuth: parts.strictAuth,
    serviceProtection: parts.serviceProtection,
  });
  const handleDataverse = watched('dataverse', dataverse.handle);
  const handleFinanceOperations = watched('finance-operations', financeOperations.handle);

  const link = createEnvironmentLink({
    database,
    clock,
    defaultUser: parts.connectionUser,
    standingOf: createStanding(dataverse, financeOperations),
    changed(linked) {
      work.start('the data source', () =>
        linked ? virtualTables.dataSource.appear() : virtualTables.dataSource.vanish(),
      );
      events.linked();
      if (linked) work.start('add-ins', () => addIns.resume());
      else addIns.pause();
    },
  });
  const virtualTables = createVirtualTables({
    ...shared,
    isLinked,
    metadata: dataverse.metadata,
    entities: financeOperations.entities,
    enums: financeOperations.enums,
    metadataSync: financeOperations.metadataSync,
    languages,
    labelId,
    organization: dataverse.organization,
    origin: parts.financeOperationsOrigin,
    tenantId: environmentId,
    install: async (generated) => void (await dataverse.importSolution(await packGenerated(generated))),
  });
  const provisioning = createProvisioning({
    ...shared,
    isLinked,
    metadata: dataverse.metadata,
    organization: dataverse.organization,
    deploy: () => financeOperations.command('deploy-package', {}),
  });
  financeOperations.metadataSync.onDeployed(() => work.start('a deployment', () => provisioning.deployed()));
  dataverse.setVirtualTableProvider(virtualTables);
  dataverse.beforeImport((tables) => virtualTables.catalogue.generateMissing(tables));
  const dualWrite = createDualWrite({
    ...shared,
    outbox,
    dataverse: dataverseWhileLinked(dataverse, isLinked),
    dataverseOrigin: parts.dataverseOrigin,
    financeOperations: financeOperationsWhileLinked(financeOperations, isLinked),
    handleFinanceOperations,
    maps: parts.maps,
  });
  const events = createEvents({
    ...shared,
    dataverse,
    financeOperations,
    isLinked,
    virtualRow: virtualTables.virtualRow,
    virtualTableOf: virtualTables.virtualTableOf,
  });
  const addIns = createAddIns({
    ...shared,
    dataverse,
    financeOperations,
    isLinked,
    installSolution: async (folder) => void (await dataverse.importSolution(await packAddIn(folder))),
    removeSolution: (name) => removeSolution(dataverse.organization, name),
    showTables: (entities) => virtualTables.catalogue.show(entities),
  });
  const flowRuntime = createFlowRuntime({
    ...shared,
    outbox,
    dataverseOrigin: parts.dataverseOrigin,
    financeOperationsOrigin: parts.financeOperationsOrigin,
    tableOfSet: (set) => dataverse.metadata.tableBySet(set),
    callbackBase: () => parts.dataverseOrigin() + callbackPath,
    businessEvents: {
      async subscribeToBusinessEvent({ businessEvent, legalEntity, url, user }) {
        await events.subscribe({ event: businessEvent, legalEntity, notificationUrl: url, user });
      },
      unsubscribeFromBusinessEvent: (url) => events.unsubscribe(url),
    },
    connectionUser: (reference) => parts.connectionUsers?.[reference ?? ''] ?? parts.connectionUser,
    allowedHosts: parts.allowedHosts,
    plan: parts.flowPlan,
    stubs: parts.stubs,
  });

  let isRunning = false;
  const refreshFlows = () => isRunning && work.start('the flows', () => flowRuntime.refresh());
  dataverse.onImported(refreshFlows);
  for (const message of ['Update', 'Delete'])
    dataverse.registerStep({
      name: 'FlowSwitch',
      message,
      table: 'workflow',
      stage: 40,
      run: async () => database.afterCommit(refreshFlows),
    });
  // Differs: on the platform a new value may take an hour to reach flows that run.
  for (const message of ['Create', 'Update', 'Delete'])
    dataverse.registerStep({
      name: 'FlowVariables',
      message,
      table: 'environmentvariablevalue',
      stage: 40,
      run: async () => database.afterCommit(refreshFlows),
    });

  return {
    clock,
    work,
    faultRules,
    trace,
    dataverse,
    financeOperations,
    dualWrite,
    virtualTables,
    events,
    link,
    addIns,
    flowRuntime,
    outbox,
    handleDataverse,
    handleFinanceOperations,
    callbackPath,
    database,
    /** Reads what is installed and running; before anything else, and again after an import. */
    async load(): Promise<void> {
      await dataverse.load();
      await dualWrite.load();
    },
    /** Turns the flows on and sends what an earlier start left undelivered. */
    async begin(): Promise<void> {
      await flowRuntime.activateAll();
      isRunning = true;
      dataverse.resume();
      events.resume();
      dualWrite.resume();
      await provisioning.resume();
      if (!isLinked()) return;
      await virtualTables.dataSource.appear();
      await addIns.resume();
    },
    async close() {
      flowRuntime.close();
      dualWrite.close();
      clock.stop();
      await work.quiet(2000);
    },
    /** Ends as a process does that is killed: nothing is finished, nothing is told. */
    drop() {
      flowRuntime.close();
      clock.stop();
      work.stop();
      database.close();
    },
  };
}

async function removeSolution(organization: OrganizationService, uniqueName: string): Promise<void> {
  const filter = { kind: 'compare', left: { column: 'uniquename' }, operator: 'eq', right: uniqueName } as const;
  const query = { table: 'solution', columns: ['solutionid'], joins: [], order: [], filter };
  for (const row of await organization.retrieveMultiple(query))
    await organization.delete('solution', String(row['solutionid']));
}

export type Platform = ReturnType<typeof openPlatform>;
