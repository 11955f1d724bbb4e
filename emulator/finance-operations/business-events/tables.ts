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

export const businessEventTables = [
  { shape: endpointTable, indexes: [] },
  { shape: configurationTable, indexes: [['BusinessEventsEndpoint_Name']] },
  { shape: parameterTable, indexes: [] },
] as const;
