import type { EntityField } from '../contract.ts';
import type { ColumnShape, TableShape } from '../../query/index.ts';
import { columnShape } from './entity.ts';
import { publishedFields } from './fields.ts';

export function base(name: string, key: readonly string[], fields: readonly EntityField[]): TableShape {
  const columns = new Map<string, ColumnShape>([
    ['RecId', { name: 'RecId', type: 'bigint' }],
    ...fields.map((field): [string, ColumnShape] => [field.name, columnShape(field)]),
  ]);
  return { name, storedAs: name, key, columns };
}

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));
const real = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'real' }));
const date = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'utcDateTime' }));

/** Columns of one dated version of a postal address. */
export const postalAddressTexts = [
  'Street',
  'StreetNumber',
  'BuildingCompliment',
  'Postbox',
  'City',
  'DistrictName',
  'County',
  'State',
  'ZipCode',
  'CountryRegionId',
  'CountryRegionISOCode',
  'Description',
] as const;

/** DirPartyTable: what its data entity shows */
export const partyTable = base('fno$party', ['PartyNumber'], publishedFields('DirPartyCDSEntity').fields);
/** LogisticsElectronicAddress: what its data entity shows */
export const electronicAddressTable = base(
  'fno$electronicaddress',
  ['PartyNumber', 'ElectronicAddressId'],
  publishedFields('DirPartyContactV3Entity').fields,
);
/** LogisticsLocation */
export const locationTable = base(
  'fno$location',
  ['LocationId'],
  text('LocationId', 'Description', 'ParentLocationId'),
);
/** LogisticsPostalAddress: date-effective; a change closes a version and opens the next */
export const postalAddressTable = base(
  'fno$postaladdress',
  ['LocationId', 'ValidFrom'],
  [
    ...text('LocationId', 'IsPrivate', 'TimeZone', ...postalAddressTexts),
    ...real('Latitude', 'Longitude'),
    ...date('ValidFrom', 'ValidTo'),
  ],
);
/** DirPartyLocation with its roles */
export const partyLocationTable = base(
  'fno$partylocation',
  ['PartyNumber', 'LocationId'],
  text(
    'PartyNumber',
    'LocationId',
    'IsPrimary',
    'IsPrivate',
    'IsLocationOwner',
    'IsRoleDelivery',
    'IsRoleInvoice',
    'IsRoleBusiness',
    'IsRoleHome',
    'Purpose',
  ),
);
/** Users of finance and operations, and special behaviours of customers */
export const userTable = base('fno$user', ['Email'], text('Email', 'DefaultCompany', 'Companies', 'Roles', 'Language'));
export const customerRuleTable = base(
  'fno$customerrule',
  ['dataAreaId', 'CustomerAccount', 'Rule'],
  text('dataAreaId', 'CustomerAccount', 'Rule'),
);
/** SysAADClientTable: Microsoft Entra applications; one that was taken off the list is kept as such */
export const applicationTable = base('fno$application', ['ClientId'], text('ClientId', 'Name', 'User', 'IsListed'));
/** Data entities behind which a configuration key is off */
export const disabledConfigurationTable = base('fno$disabledconfiguration', ['Entity'], text('Entity'));
/** SysThrottlingPriorityMappingTable: how much an integration matters */
export const throttlingPriorityTable = base('fno$throttlingpriority', ['Integration'], text('Integration', 'Priority'));
/** BatchJob: those that bring metadata to Dataverse */
export const batchJobTable = base(
  'fno$batchjob',
  ['Name'],
  [...text('Name', 'Status', 'Entities'), ...date('DueOn'), { name: 'Retries', type: 'int' }],
);
/** CDSVirtualEntityList: how bringing an entity's metadata to Dataverse went */
export const metadataSyncTable = base(
  'fno$metadatasync',
  ['Entity'],
  [...text('Entity', 'FailureMessage', 'IsTransientFailure', 'RefreshNeeded'), ...date('LastRefreshTime')],
);
/** States of the environment, by name */
export const systemStateTable = base('fno$systemstate', ['Name'], text('Name', 'Value'));
/** WorkflowWorkItemTable: what waits for somebody's response */
export const workItemTable = base(
  'fno$workflowworkitem',
  ['Id'],
  [
    { name: 'Id', type: 'guid' },
    { name: 'CorrelationId', type: 'guid' },
    ...text('CompanyId', 'Context', 'Description', 'Subject', 'UserId', 'WorkflowWorkItemName'),
    ...text('Status', 'IsClaimed', 'IsRead'),
    ...date('DueDateTime'),
  ],
);
export const baseTables: readonly { readonly shape: TableShape; readonly indexes: readonly (readonly string[])[] }[] = [
  { shape: partyTable, indexes: [] },
  { shape: electronicAddressTable, indexes: [] },
  { shape: locationTable, indexes: [] },
  { shape: postalAddressTable, indexes: [['LocationId', 'ValidTo']] },
  { shape: partyLocationTable, indexes: [['LocationId']] },
  { shape: userTable, indexes: [] },
  { shape: applicationTable, indexes: [] },
  { shape: disabledConfigurationTable, indexes: [] },
  { shape: throttlingPriorityTable, indexes: [] },
  { shape: systemStateTable, indexes: [] },
  { shape: batchJobTable, indexes: [] },
  { shape: metadataSyncTable, indexes: [] },
  { shape: customerRuleTable, indexes: [] },
  { shape: workItemTable, indexes: [['Context']] },
];

/** What every request is held against. */
export const setupTables: readonly TableShape[] = [
  userTable,
  applicationTable,
  disabledConfigurationTable,
  throttlingPriorityTable,
  systemStateTable,
];
