import type { EntityRow } from '../contract.ts';
import { dataManagementEntities } from '../entities/data-management-entities.ts';
import { legalEntities } from '../entities/reference-entities.ts';
import type { EntityStore } from '../entity-store.ts';
import { businessEvents } from './catalogue.ts';
import { endpointNamed } from './endpoints.ts';
import { readParameters } from './parameters.ts';
import { configurationTable } from './tables.ts';
import { faults } from './faults.ts';

/** An event that is, or was, active: for one legal entity, or all (empty), and one endpoint. */
export interface Activation {
  readonly event: string;
  /** Lower case; empty for all. */
  readonly legalEntity: string;
  readonly endpoint: string;
  /** False keeps it with its history, without sending. */
  readonly isActive: boolean;
}

export type ActivationKey = Omit<Activation, 'isActive'>;

const keyOf = ({ event, legalEntity, endpoint }: ActivationKey): EntityRow => ({
  BusinessEventsTable: event,
  LegalEntity: legalEntity,
  BusinessEventsEndpoint_Name: endpoint,
});

const readRow = (row: EntityRow): Activation => ({
  event: String(row['BusinessEventsTable']),
  legalEntity: String(row['LegalEntity']).toLowerCase(),
  endpoint: String(row['BusinessEventsEndpoint_Name']),
  isActive: row['Disabled'] === 'No',
});

export const listActivations = (store: EntityStore): Activation[] =>
  store
    .find(configurationTable, {})
    .map(readRow)
    .sort((a, b) => JSON.stringify(Object.values(a)).localeCompare(JSON.stringify(Object.values(b))));

/** Active ones that an event in this company concerns. */
export const activationsOf = (event: string, legalEntity: string, store: EntityStore): readonly Activation[] =>
  store
    .find(configurationTable, { BusinessEventsTable: event, Disabled: 'No' })
    .map(readRow)
    .filter((one) => one.legalEntity === '' || one.legalEntity === legalEntity);

/** @throws Fault when the event, the legal entity or the endpoint is not there, or there are as many endpoints as allowed */
export function activate(key: ActivationKey, store: EntityStore): void {
  requireActivatable(key, store);
  if (endpointNamed(key.endpoint, store) === undefined) throw faults.noEndpoint(key.endpoint);
  requireRoom(key, store);
  const row = keyOf(key);
  if (store.read(configurationTable, row) === undefined) store.insert(configurationTable, { ...row, Disabled: 'No' });
  else store.update(configurationTable, row, { Disabled: 'No' });
}

function requireActivatable({ event, legalEntity }: ActivationKey, store: EntityStore): void {
  const isCompanySpecific = businessEvents.has(event) || isOfCompany(event, store);
  if (isCompanySpecific === undefined) throw faults.noEvent(event);
  if (legalEntity === '') return;
  if (!isCompanySpecific)
    throw faults.badActivation(
      `'${event}' is of an entity without companies: it is active in all, leave legalEntity out.`,
    );
  if (store.read(legalEntities.shape, { LegalEntityId: legalEntity }) === undefined)
    throw faults.badActivation(`There is no legal entity '${legalEntity}'.`);
}

/** Whether the entity of a data event is one of a company; undefined for an event there is not. */
function isOfCompany(event: string, store: EntityStore): boolean | undefined {
  const TargetName = /^(.+)(?:Created|Updated|Deleted)$/.exec(event)?.[1];
  const [row] = TargetName === undefined ? [] : store.find(dataManagementEntities.shape, { TargetName });
  // Names of classes are the same in any case; those of events are not.
  return row?.['TargetName'] === TargetName && row !== undefined ? row['IsShared'] === 'No' : undefined;
}

function requireRoom({ event, legalEntity, endpoint }: ActivationKey, store: EntityStore): void {
  const most = readParameters(store).endpointsPerEvent;
  const others = store
    .find(configurationTable, { BusinessEventsTable: event, LegalEntity: legalEntity })
    .filter((row) => row['BusinessEventsEndpoint_Name'] !== endpoint);
  if (others.length >= most) throw faults.tooManyEndpoints(event, most);
}

/** Stops sending and keeps the history. @throws Fault 404 */
export function deactivate(key: ActivationKey, store: EntityStore): void {
  requireKnown(key, store);
  store.update(configurationTable, keyOf(key), { Disabled: 'Yes' });
}

/** @throws Fault 404 */
export function removeActivation(key: ActivationKey, store: EntityStore): void {
  requireKnown(key, store);
  store.remove(configurationTable, keyOf(key));
}

function requireKnown(key: ActivationKey, store: EntityStore): void {
  if (store.read(configurationTable, keyOf(key)) === undefined)
    throw faults.noActivation(key.event, key.legalEntity, key.endpoint);
}
