import {
  createRateLimits,
  Fault,
  postOverHttp,
  randomId,
  type Clock,
  type Deliver,
  type FaultRules,
  type HttpHandler,
  type HttpRequest,
  type HttpResponse,
  type NewId,
  type Outbox,
  type Work,
} from '../kernel/index.ts';
import { createOutbox, type Database } from '../storage/index.ts';
import { addressSteps } from './addresses/address-columns.ts';
import { createBackgroundOperations } from './background/background-operations.ts';
import { completionMessage, createTelling } from './background/tell-ending.ts';
import { catalogSteps } from './catalogs/catalog-rules.ts';
import { createCallbacks } from './callbacks/callbacks.ts';
import type { Delivery } from './callbacks/delivery-queue.ts';
import { createDeletions } from './change-tracking/deletions.ts';
import type { CustomApiBodies, Dataverse, VirtualTableProvider } from './contract.ts';
import { componentRowSteps } from './customizing/component-rows.ts';
import { createCustomApis } from './custom-apis/custom-apis.ts';
import { carryOut, dispatch, longestPartUrl, longestUrl } from './dispatch.ts';
import { duplicateSteps } from './duplicates/duplicate-steps.ts';
import { faults } from './faults.ts';
import { fileSteps } from './files/file-columns.ts';
import { createFiles } from './files/files.ts';
import { imageSteps } from './files/image-columns.ts';
import { createExternalEvents } from './messages/external-events.ts';
import { createCounters } from './messages/counters.ts';
import { activitySteps } from './messages/activity-pointers.ts';
import { queueItemEntered } from './messages/operations/queue-operations.ts';
import { noTable } from './messages/operations/operation.ts';
import { messageNamed, operationSteps } from './messages/operations/index.ts';
import { createMessageScope } from './messages/message-scope.ts';
import { createMailDelivery } from './mail/mail-delivery.ts';
import { fullNameSteps } from './messages/full-name.ts';
import { createPipeline, type Pipeline } from './messages/pipeline.ts';
import { createSolutions } from './solutions.ts';
import { createSteps } from './messages/steps.ts';
import { Catalogue } from './metadata/catalogue.ts';
import { createShapes } from './metadata/table-shape.ts';
import { addUser, installOrganization, rootUnitId, systemUserId, type NewUser } from './organization.ts';
import { createSearchLimits } from './search/index.ts';
import { businessUnitSteps } from './security/business-units.ts';
import { createCallers } from './security/callers.ts';
import { createColumnSecurity } from './security/column-security.ts';
import { createPrivileges } from './security/privileges.ts';
import { refuseHierarchySecurity } from './security/hierarchy-security.ts';
import { shareSteps } from './security/share-steps.ts';
import { createRowAccess } from './security/row-access.ts';
import {
  controlFilesTable,
  createManagedComponents,
  installedSolutions,
  loadCatalogue,
  solutionSteps,
  type ImportPlatform,
  type InstalledSolution,
} from './solution-import/index.ts';
import { createNames, createSymbols, type ApiParts } from './web-api/api.ts';
import { readableFrom } from './web-api/cross-origin.ts';
import { readPreferences } from './web-api/preferences.ts';
import { renderFault } from './web-api/render-fault.ts';
import { createSelections } from './web-api/selected-columns.ts';
import { defaultFormats } from './web-api/user-formats.ts';

export type * from './contract.ts';
export { readCustomApis } from './custom-apis/read-bodies.ts';
export type { MetadataCatalogue, TableMetadata, ColumnMetadata } from './metadata/model.ts';
export { languages, type NewUser } from './organization.ts';

export interface DataverseParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId?: NewId;
  readonly work: Work;
  readonly faultRules: FaultRules;
  readonly origin: () => string;
  readonly strictAuth: boolean;
  /** The tenant tokens are of. */
  readonly tenantId?: string;
  /** Whether users meet the limits of service protection. */
  readonly serviceProtection?: boolean;
  readonly integration?: ApiParts['integration'];
  /** Bodies of custom APIs. */
  readonly customApis?: CustomApiBodies;
  /** Hosts beyond this machine that callbacks of background operations may go to; none by default. */
  readonly allowedHosts?: readonly string[];
  /** Where e-mails go; one in the store unless another is given. */
  readonly outbox?: Outbox;
  readonly log: (text: string) => void;
  /** Posts a callback and answers the receiver's status; over HTTP unless said otherwise. */
  readonly deliver?: Deliver;
}

/** Dataverse, and what those who run it need beside the contract. */
export interface RunningDataverse extends Dataverse {
  /** Reads the metadata of what is installed; called once before anything else. */
  load(): Promise<void>;
  /** Sends what an earlier start left undelivered. */
  resume(): void;
  setVirtualTableProvider(provider: VirtualTableProvider): void;
  addUser(user: NewUser): string;
  /** E-mail of the enabled user with this e-mail or application id. */
  emailOf(name: string): string | undefined;
  solutions(): InstalledSolution[];
  rowCounts(tables: readonly string[]): Record<string, number>;
  deliveries(): Delivery[];
  resend(id: string): Promise<unknown>;
}

export function createDataverse(given: DataverseParts): RunningDataverse {
  const { database, clock, work, faultRules, log } = given;
  const newId = given.newId ?? randomId;
  const catalogue = new Catalogue();
  const shapes = createShapes(catalogue);
  const counters = createCounters(database);
  const scope = createMessageScope();
  const steps = createSteps((step, call, organization) =>
    database.afterCommit(() => work.start(step.name, () => scope.resume(call, () => step.run(call, organization)))),
  );
  const privileges = createPrivileges(database);
  const access = createRowAccess(database, shapes, privileges);
  const columnSecurity = createColumnSecurity(database, privileges);
  const callers = createCallers(database, privileges, given.strictAuth);
  let provider: VirtualTableProvider | undefined;
  database.exec(controlFilesTable);

  const everything = readPreferences({ prefer: 'odata.include-annotations="*"' });
  const callbacks = createCallbacks({
    database,
    metadata: catalogue,
    shapes,
    clock,
    newId,
    work,
    faultRules,
    log,
    raisesEvents: (table) => provider?.raisesEvents?.(table) === true,
    isEvent: (message) =>
      message.toLowerCase() === completionMessage.toLowerCase() || customApis.named(message)?.isEvent === true,
    deliver: given.deliver ?? postOverHttp,
    writer: () => ({
      metadata: catalogue,
      preferences: everything,
      formats: defaultFormats,
      nameOf: createNames(api),
      symbolOf: createSymbols(api),
    }),
  });
  const bodies = given.customApis ?? (() => undefined);
  const customApis = createCustomApis({ database, metadata: catalogue, bodies });
  const deletions = createDeletions(database, clock, counters);
  const files = createFiles({
    database,
    metadata: catalogue,
    shapes,
    clock,
    newId,
    counters,
    access,
    columnSecurity,
    organization: () => pipeline,
  });
  const pipeline: Pipeline = createPipeline({
    database,
    metadata: catalogue,
    shapes,
    clock,
    newId,
    counters,
    scope,
    steps,
    privileges,
    access,
    columnSecurity,
    files,
    deletions,
    system: () => callers.system,
    provider: () => provider,
    performed: ({ message, input, output }) => callbacks.afterEvent(message, input, output),
    operationNamed: (name) => {
      const found = messageNamed(name) ?? customApis.named(name);
      if (found === undefined) throw faults.resourceNotFound(name);
      return found;
    },
  });
  const background = createBackgroundOperations({
    database,
    metadata: catalogue,
    privileges,
    clock,
    work,
    newId,
    origin: given.origin,
    organization: () => pipeline,
    callerOf: (userId) => callers.byId(userId),
    carryOut: ({ request }, caller, record) => carryOut(api, request, caller, record),
    tell: createTelling({
      ...{ database, work, steps, callbacks },
      organization: () => pipeline,
      system: () => callers.system,
    }),
  });
  const outbox = given.outbox ?? createOutbox({ database, clock, newId });
  const mail = createMailDelivery({ database, shapes, metadata: catalogue, clock, work, outbox });
  for (const step of [
    ...addressSteps({ database, shapes, metadata: catalogue, counters, newId }),
    ...callbacks.steps,
    ...fullNameSteps,
    ...activitySteps({ database, shapes, metadata: catalogue }),
    ...operationSteps,
    refuseHierarchySecurity,
    ...duplicateSteps({ database, shapes, metadata: catalogue }),
    ...businessUnitSteps({ database, metadata: catalogue }),
    ...shareSteps({ database, shapes, metadata: catalogue, counters, newId }),
    queueItemEntered(clock),
    ...imageSteps({ files: files.stored, newId, now: () => clock.now() }),
    ...fileSteps(files.stored),
    mail.deliver,
    ...background.steps,
    ...catalogSteps(database),
  ])
    steps.register(step);

  const raiseExternal = createExternalEvents({
    database,
    metadata: catalogue,
    steps,
    work,
    organization: pipeline,
    system: () => callers.system,
    raisesEvents: (table) => provider?.raisesEvents?.(table) === true,
    expandCallbacks: (call) => callbacks.expand(call),
  });

  const importPlatform = (): ImportPlatform => ({
    database,
    catalogue,
    clock,
    nextVersion: () => counters.next('versionnumber', 1000),
    importer:
      catalogue.table('organization') === undefined ? undefined : { userId: systemUserId, businessUnitId: rootUnitId },
  });

  const importListeners: (() => void)[] = [];

  const preparations: ((tables: readonly string[]) => Promise<void>)[] = [];

  const solutions = createSolutions({
    database,
    catalogue,
    platform: importPlatform,
    organization: () => pipeline,
    async prepare(tables) {
      for (const prepare of preparations) await prepare(tables);
    },
    installed() {
      // The tables of the organisation come with the first solution.
      if (catalogue.table('organization') !== undefined) installOrganization(importPlatform());
    },
    changed() {
      privileges.forget();
      for (const listener of importListeners) listener();
    },
  });
  for (const step of [
    ...solutionSteps({ platform: importPlatform, takeOver: solutions.takeOver }),
    ...componentRowSteps(importPlatform),
  ])
    steps.register(step);

  const api: ApiParts = {
    database,
    metadata: catalogue,
    shapes,
    selectedColumns: createSelections(catalogue),
    clock,
    newId,
    work,
    pipeline,
    privileges,
    access,
    columnSecurity,
    files,
    deletions,
    callers,
    customApis,
    background,
    allowedHosts: new Set(given.allowedHosts?.map((host) => host.toLowerCase())),
    origin: given.origin,
    tenantId: given.tenantId,
    provider: () => provider,
    integration: given.integration ?? (() => undefined),
    solutions,
    raiseExternal,
    admitSearch: given.serviceProtection ? createSearchLimits(clock) : undefined,
    handlePart: (request) => handleWithin(longestPartUrl, request),
  };

  const protection = given.serviceProtection
    ? createRateLimits(clock, {
        tooConcurrent: faults.tooConcurrent,
        tooManyRequests: faults.tooManyRequests,
        tooMuchTime: faults.tooMuchTime,
      })
    : undefined;

  async function handleWithin(longestUrl: number, request: HttpRequest): Promise<HttpResponse> {
    try {
      return readableFrom(request, await dispatch(api, request, longestUrl, protection));
    } catch (error) {
      return readableFrom(request, renderFault(error, request, log));
    }
  }
  /** Every answer carries an id by which support finds it. */
  const handle: HttpHandler = async (request) => {
    const { status, headers, body } = await handleWithin(longestUrl, request);
    const id = randomId();
    return { status, headers: { ...headers, 'x-ms-service-request-id': id, REQ_ID: id }, body };
  };

  return {
    handle,
    metadata: catalogue,
    organization: pipeline,
    get system() {
      return callers.system;
    },
    importSolution: (solution) => solutions.import(solution),
    beforeImport: (listener) => void preparations.push(listener),
    onImported: (listener) => void importListeners.push(listener),
    components: createManagedComponents(importPlatform, () => privileges.forget()),
    registerStep: (step) => steps.register(step),
    raiseExternal,
    listensTo(message, name) {
      const table = catalogue.table(name);
      if (table === undefined) return false;
      return steps.has(40, { message, table }) || callbacks.listensTo(message, name);
    },
    hearsAction: (message) =>
      callbacks.hearsEvent(message) ||
      ([10, 20, 40] as const).some((stage) => steps.has(stage, { message, table: noTable })),
    callerByEmail: (email) => callers.byEmail(email),
    callerByApplicationId: (id) => callers.byApplicationId(id),
    privilegeTeamLacks: (teamId, table) => privileges.teamLacks(teamId, catalogue.table(table)!),
    load: () => loadCatalogue(database, catalogue),
    resume() {
      callbacks.resume();
      mail.resume(pipeline);
      background.resume();
    },
    setVirtualTableProvider: (one) => void (provider = one),
    addUser(user) {
      const id = addUser(importPlatform(), user);
      privileges.forget();
      return id;
    },
    emailOf: (name) => (callers.byEmail(name) ?? callers.byApplicationId(name))?.email,
    solutions: () => installedSolutions(database),
    rowCounts: (tables) =>
      Object.fromEntries(
        tables
          .filter((name) => catalogue.table(name) !== undefined)
          .map((name) => [name, Number(database.get(`select count(*) as n from "${name}"`)!['n'])]),
      ),
    deliveries: () => callbacks.deliveries(),
    async resend(id) {
      if (!callbacks.resend(id))
        throw new Fault('noDelivery', { code: 'NotFound', status: 404 }, `There is no delivery '${id}'.`);
      return { id, status: 'Waiting' };
    },
  };
}
