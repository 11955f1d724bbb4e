import { activate, deactivate, removeActivation, type ActivationKey } from '../business-events/activations.ts';
import { businessEvents, type BusinessEventDefinition } from '../business-events/catalogue.ts';
import {
  addEndpoint,
  brokers,
  byHand,
  comesBySubscribing,
  isBroker,
  removeEndpoint,
  requireName,
  requireTarget,
} from '../business-events/endpoints.ts';
import { configurationTable, endpointTable } from '../business-events/tables.ts';
import { notEmulated } from '../../kernel/index.ts';
import type { EntityField, EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { isShown } from '../security/event-security.ts';
import { defineEntity, readOnly, type EntityAction, type EntityDefinition } from './entity.ts';
import { newRow } from './stored-entity.ts';

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));

const catalogueRow = ({ id, name, description, module }: BusinessEventDefinition): EntityRow => ({
  BusinessEventId: id,
  Name: name,
  Description: description,
  Module: module,
  Contract: `${id}Contract`,
});

/**
 * The Fin & Ops connector lists the events of a category by it.
 *
 * Decided: the answer is rows of the catalogue; no category means all.
 */
const getBusinessEventsCatalog: EntityAction = {
  name: 'getBusinessEventsCatalog',
  binding: 'set',
  parameters: [{ name: '_businessEventsCategory', type: 'string' }],
  returns: { type: 'rows', isCollection: true },
  run({ values, store, roles }) {
    const category = String(values['_businessEventsCategory']).toLowerCase();
    const wanted = [...businessEvents.values()].filter(
      (event) => (category === '' || event.category.toLowerCase() === category) && isShown(roles, event.id, store),
    );
    return wanted.map(({ id }) => store.read(businessEventsCatalogs.shape, { BusinessEventId: id })!);
  },
};

/** Decided: AOT name, as of the two below. */
export const businessEventsCatalogs: EntityDefinition = defineEntity({
  name: 'BusinessEventsCatalogEntity',
  set: 'BusinessEventsCatalogs',
  label: 'Business events catalog',
  id: 0x2f03,
  key: ['BusinessEventId'],
  fields: [
    ...text('BusinessEventId', 'Name', 'Description', 'Contract'),
    ...text('NameParam1', 'NameParam2', 'DescParam1', 'DescParam2'),
    { name: 'Module', type: 'enum', enumType: 'ModuleAxapta' },
  ],
  storedAs: 'fno$BusinessEventsCatalogEntity',
  writer: readOnly('BusinessEventsCatalogs'),
  actions: [getBusinessEventsCatalog],
});

/** RecIds of the catalogue count from here: they are the same in every database. */
const firstRecId = 5_637_144_576;

/** *Manage > Rebuild business events catalog*, as the synchronisation of the database does it. */
export function rebuildCatalogue(store: EntityStore): void {
  for (const row of store.find(businessEventsCatalogs.shape, {})) store.remove(businessEventsCatalogs.shape, row);
  [...businessEvents.values()].forEach((event, index) =>
    store.insert(businessEventsCatalogs.shape, {
      ...newRow(businessEventsCatalogs, catalogueRow(event)),
      RecId: firstRecId + index,
    }),
  );
}

/** What every kind that stands for a resource of Azure asks for, by the label of its field. */
const keyVault = {
  AzureAppId: 'Azure Active Directory application ID',
  DecryptedAzureAppSecret: 'Azure application secret',
  KeyVaultDnsName: 'Key vault DNS name',
  KeyVaultSecretName: 'Key vault secret name',
} as const;

/**
 * Endpoints. The secret of the application is asked for and not kept: it opens nothing here.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/home-page#managing-endpoints
 */
export const businessEventsEndpoints: EntityDefinition = defineEntity({
  name: 'BusinessEventsEndpointEntity',
  set: 'BusinessEventsEndpoints',
  label: 'Business events endpoints',
  id: 0x2f04,
  key: ['Name'],
  fields: [
    ...text('Name'),
    { name: 'Type', type: 'enum', enumType: 'BusinessEventsEndpointType' },
    ...text('Description', 'AzureAppId', 'DecryptedAzureAppSecret', 'KeyVaultDnsName', 'KeyVaultSecretName'),
    ...text('ServiceBusQueueName', 'ServiceBusTopicName', 'EventGridEndpointURL', 'EventHubName'),
    ...text('AzureBlobContainerName'),
  ],
  storedAs: 'fno$BusinessEventsEndpointEntity',
  view: `create view if not exists "fno$BusinessEventsEndpointEntity" as select *, '' as "DecryptedAzureAppSecret", '' as "DecryptedAzureAppSecret__folded" from "${endpointTable.storedAs}"`,
  writer: {
    insert(values, store, work) {
      const name = String(values['Name'] ?? '');
      requireName(name);
      if (store.read(endpointTable, { Name: name }) !== undefined)
        throw refused('Cannot create a record in Business events endpoints. The record already exists.');
      work.touch('BusinessEventsEndpointEntity', { Name: name });
      addEndpoint({ name, ...resourceOf(values) }, store, keptOf(values));
    },
    update(before, values, store, work) {
      const after = { ...before, DecryptedAzureAppSecret: 'kept', ...values };
      work.touch('BusinessEventsEndpointEntity', before);
      addEndpoint({ name: String(before['Name']), ...resourceOf(after) }, store, keptOf(after));
    },
    delete(before, store, work) {
      work.touch('BusinessEventsEndpointEntity', before);
      removeEndpoint(String(before['Name']), store);
    },
  },
});

/** Type and resource of an endpoint as the form checks them. @throws Fault with the infolog's words */
function resourceOf(values: EntityRow) {
  const type = String(values['Type'] ?? '');
  if (comesBySubscribing(type)) throw byHand(type);
  if (!isBroker(type))
    throw notEmulated(
      `An endpoint of type '${type}' over OData`,
      'Its address is a secret of Key Vault: make it with POST /_emulator/events/endpoints.',
    );
  const { field, label } = brokers[type];
  for (const [name, called] of Object.entries({ [field]: label, ...keyVault }))
    if (!values[name]) throw refused(`Field '${called}' must be filled in.`);
  return { type, target: requireTarget(type, String(values[field]), label) };
}

const keptOf = (values: EntityRow): EntityRow =>
  Object.fromEntries(
    ['Description', 'AzureAppId', 'KeyVaultDnsName', 'KeyVaultSecretName'].map((name) => [name, values[name] ?? '']),
  );

const keyOf = (row: EntityRow): ActivationKey => ({
  event: String(row['BusinessEventsTable'] ?? ''),
  legalEntity: String(row['LegalEntity'] ?? '').toLowerCase(),
  endpoint: String(row['BusinessEventsEndpoint_Name'] ?? ''),
});

/** Events that are, or were, active for a legal entity (empty: all) and an endpoint. */
export const businessEventsConfigurations: EntityDefinition = defineEntity({
  name: 'BusinessEventsConfigurationEntity',
  set: 'BusinessEventsConfigurations',
  label: 'Business events configurations',
  id: 0x2f05,
  key: ['BusinessEventsTable', 'LegalEntity', 'BusinessEventsEndpoint_Name'],
  fields: [
    ...text('BusinessEventsTable', 'LegalEntity', 'BusinessEventsEndpoint_Name'),
    { name: 'Disabled', type: 'enum', enumType: 'NoYes' },
  ],
  storedAs: configurationTable.storedAs,
  relations: [
    {
      name: 'BusinessEventsCatalog',
      to: 'BusinessEventsCatalogEntity',
      fields: { BusinessEventsTable: 'BusinessEventId' },
      inverse: 'BusinessEventsConfigurations',
    },
    {
      name: 'BusinessEventsEndpoint',
      to: 'BusinessEventsEndpointEntity',
      fields: { BusinessEventsEndpoint_Name: 'Name' },
      inverse: 'BusinessEventsConfigurations',
    },
  ],
  writer: {
    insert(values, store, work) {
      const key = keyOf(values);
      work.touch('BusinessEventsConfigurationEntity', rowKey(key));
      activate(key, store);
      if (values['Disabled'] === 'Yes') deactivate(key, store);
    },
    update(before, values, store, work) {
      const key = keyOf(before);
      work.touch('BusinessEventsConfigurationEntity', rowKey(key));
      if (values['Disabled'] === 'Yes') deactivate(key, store);
      if (values['Disabled'] === 'No') activate(key, store);
    },
    delete(before, store, work) {
      const key = keyOf(before);
      work.touch('BusinessEventsConfigurationEntity', rowKey(key));
      removeActivation(key, store);
    },
  },
});

const rowKey = ({ event, legalEntity, endpoint }: ActivationKey): EntityRow => ({
  BusinessEventsTable: event,
  LegalEntity: legalEntity,
  BusinessEventsEndpoint_Name: endpoint,
});
