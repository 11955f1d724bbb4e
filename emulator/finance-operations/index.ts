import { randomId, type Clock, type NewId } from '../kernel/index.ts';
import type { TableShape } from '../query/index.ts';
import { createView, type Database } from '../storage/index.ts';
import { alertTables, noteChanges } from './alerts/alerts.ts';
import { createBusinessEvents } from './business-events/raised.ts';
import { createBusinessEventSetup } from './business-events/setup.ts';
import { businessEventTables } from './business-events/tables.ts';
import { securityCommandNames } from './commands/event-security.ts';
import { commands, runCommand } from './commands/index.ts';
import type { FinanceOperations } from './contract.ts';
import { createDualWriteAsyncLog } from './dual-write-async-log.ts';
import { createDualWriteProjects } from './dual-write-projects.ts';
import { baseTables, userTable } from './entities/base-tables.ts';
import { contactTables } from './entities/contact-person-table.ts';
import { dualWriteTables } from './entities/dual-write-tables.ts';
import { customerTable } from './entities/customer-table.ts';
import { rebuildCatalogue } from './entities/business-event-entities.ts';
import { setUpAddressRoles } from './entities/address-roles.ts';
import { setUpAddresses } from './entities/address-setup-entities.ts';
import { listVirtualEntities } from './entities/virtual-entity-list.ts';
import { requirePhysicalTables } from './rules/configuration-keys.ts';
import { deployCommand, rebuildCommand } from './commands/administration.ts';
import { createMetadataSync } from './metadata-sync.ts';
import { setUpApplications, trustsPowerPlatform, userOfApplication } from './security/applications.ts';
import { listDataEntities } from './entities/data-management-entities.ts';
import { entities } from './entities/index.ts';
import { ledgerTables } from './entities/ledger-tables.ts';
import { enums } from './enums.ts';
import { createBaseTable, createEntityStore } from './entity-store.ts';
import { faults } from './faults.ts';
import { usualLanguage } from './infolog/in-language.ts';
import { createService } from './odata-service/service.ts';
import { loadHistory } from './receivables/history.ts';
import { createRowVersions } from './row-versions/row-versions.ts';
import { waitingProposals } from './rules/change-proposals.ts';
import { systemAdministrator } from './security/roles.ts';
import type { WorkSurroundings } from './unit-of-work.ts';

export { dataEventId, messageOf } from './business-events/data-events.ts';
export { isBroker, readEndpoint, requireLoopback } from './business-events/endpoints.ts';
export type * from './contract.ts';
export { labelId } from './odata-service/names.ts';

export interface FinanceOperationsParts {
  readonly database: Database;
  readonly clock: Clock;
  /** Ids of workflows and their work items. */
  readonly newId?: NewId;
  readonly strictAuth: boolean;
  /** Whether users meet the limits of requests and time. */
  readonly serviceProtection?: boolean;
  readonly log: (text: string) => void;
}

export function createFinanceOperations({
  database,
  clock,
  newId = randomId,
  strictAuth,
  serviceProtection = false,
  log,
}: FinanceOperationsParts): FinanceOperations {
  const tables = [
    ...baseTables,
    ...contactTables,
    ...ledgerTables,
    ...businessEventTables,
    ...alertTables,
    ...dualWriteTables,
  ];
  const shapes = new Map<string, TableShape>(
    [...tables.map(({ shape }) => shape), customerTable, ...entities.map((entity) => entity.shape)].map((shape) => [
      shape.name,
      shape,
    ]),
  );
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const businessEvents = createBusinessEvents(database);
  const listeners: Parameters<FinanceOperations['beforeCommit']>[0][] = [];
  for (const { shape, indexes } of tables) createBaseTable(database, shape, indexes);
  createBaseTable(database, customerTable, [['PartyNumber']]);
  for (const entity of entities) {
    if (entity.view !== undefined) createView(database, entity.shape.storedAs, entity.view);
    else if (!tables.some(({ shape }) => shape.storedAs === entity.shape.storedAs))
      createBaseTable(database, entity.shape);
  }
  const shapeOf = (name: string) => {
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`There is no data entity '${name}'.`);
    return shape;
  };
  const store = createEntityStore({ database, shapes: shapeOf, now: () => clock.now(), newId });
  listDataEntities(entities, store);
  rebuildCatalogue(store);
  setUpAddresses(store);
  setUpAddressRoles(store);
  listVirtualEntities(entities, store);
  setUpApplications(store);
  const rowVersions = createRowVersions(database, clock);
  const surroundings: WorkSurroundings = {
    database,
    store,
    entities: byName,
    businessEvents,
    async beforeCommit(changes, user) {
      if (changes.length === 0) return;
      noteChanges(changes, store);
      rowVersions.stamp(changes);
      for (const listener of listeners) await listener(changes, user);
    },
  };
  function userByName(name: string) {
    const Email = (userOfApplication(name, store) ?? name).toLowerCase();
    const row = store.setting(userTable, { Email });
    return row === undefined
      ? undefined
      : {
          defaultCompany: String(row['DefaultCompany']),
          companies: String(row['Companies']).split(','),
          roles: String(row['Roles'] || systemAdministrator).split(','),
          language: String(row['Language'] || usualLanguage),
        };
  }
  const metadataSync = createMetadataSync(database, store);
  const businessEventSetup = createBusinessEventSetup(store, byName, (name) => {
    const known = userByName(name);
    if (known === undefined && strictAuth) throw faults.notAuthorized(name);
    // As everywhere: who is no user here acts as an administrator, unless users are to be known.
    return known ?? { roles: [systemAdministrator], companies: undefined };
  });
  const handle = createService({
    ...surroundings,
    rowVersions,
    shapes: shapeOf,
    throttled: serviceProtection ? clock : undefined,
    strictAuth,
    log,
    trustsPowerPlatform: () => trustsPowerPlatform(store),
    userByName,
  });
  return {
    handle,
    entities: byName,
    enums,
    beforeCommit: (listener) => void listeners.push(listener),
    commands,
    businessEvents,
    dualWriteProjects: createDualWriteProjects(store),
    dualWriteAsyncLog: createDualWriteAsyncLog(store),
    businessEventSetup,
    requirePhysicalTables: (entity) => requirePhysicalTables(entity, store),
    metadataSync,
    async command(name, parameters, user) {
      if (securityCommandNames.has(name)) businessEventSetup.securityOf(user).require('maintainSecurity');
      const result = await runCommand(name, parameters, surroundings, user);
      if (name === deployCommand) metadataSync.deployed();
      if (name === rebuildCommand) businessEventSetup.rebuilt();
      return result;
    },
    changeProposals: () => waitingProposals(store),
    loadHistory: (entries) => database.transaction(async () => loadHistory(entries, store)),
  };
}
