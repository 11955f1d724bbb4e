import type { EntityField } from '../contract.ts';
import { base } from '../entities/base-tables.ts';

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));

/** BusinessEventsEndpoint and the tables that extend it; `Target` is where events go, whatever the type calls it. */
export const endpointTable = base(
  'fno$businesseventsendpoint',
  ['Name'],
  [
    ...text('Name', 'Type', 'Description', 'Target'),
    ...text('AzureAppId', 'KeyVaultDnsName', 'KeyVaultSecretName'),
    ...text('ServiceBusQueueName', 'ServiceBusTopicName', 'EventGridEndpointURL', 'EventHubName'),
    ...text('AzureBlobContainerName'),
  ],
);

/** BusinessEventsTable per endpoint: what is, or was, activated. An empty legal entity is all of them. */
export const configurationTable = base(
  'fno$businesseventsconfiguration',
  ['BusinessEventsTable', 'LegalEntity', 'BusinessEventsEndpoint_Name'],
  text('BusinessEventsTable', 'LegalEntity', 'BusinessEventsEndpoint_Name', 'Disabled'),
);

/** BusinessEventsParameters, a row a parameter that is not at its default. */
export const parameterTable = base(
  'fno$businesseventsparameter',
  ['Name'],
  [...text('Name'), { name: 'Value', type: 'int' }],
);

/** SecurityRolePrivilege: privileges and duties of business events given to roles. */
export const rolePrivilegeTable = base('fno$roleprivilege', ['Role', 'Privilege'], text('Role', 'Privilege'));

/** The tab *Security* of the catalogue: roles an event is mapped to. */
export const eventRoleTable = base(
  'fno$businesseventrole',
  ['BusinessEventId', 'Role'],
  text('BusinessEventId', 'Role'),
);

/** What is on or off: a feature, and the security of the catalogue. */
export const switchTable = base('fno$businesseventswitch', ['Name'], text('Name', 'Enabled'));

export const businessEventTables = [
  { shape: endpointTable, indexes: [] },
  { shape: configurationTable, indexes: [['BusinessEventsEndpoint_Name']] },
  { shape: parameterTable, indexes: [] },
  { shape: rolePrivilegeTable, indexes: [] },
  { shape: eventRoleTable, indexes: [['Role']] },
  { shape: switchTable, indexes: [] },
] as const;
