import { writeZip } from '../../../packaging/index.ts';
import {
  aColumn,
  aKey,
  aLookup,
  aManyToMany,
  anOptionSet,
  aPrimaryKey,
  aPrimaryName,
  aRelationship,
  aRole,
  aSolution,
  aTable,
  type Part,
} from '../../support/solution-builder.ts';

/** Roles of the second users. */
export const roles = {
  picker: 'c7000000-0000-4000-8000-000000000001',
  reader: 'c7000000-0000-4000-8000-000000000002',
} as const;

const systemColumn = (name: string, type: string, more = '') => aColumn(name, { type, isCustom: false, more });
const readOnly = (column: string) =>
  column
    .replace('<ValidForUpdateApi>1', '<ValidForUpdateApi>0')
    .replace('<ValidForCreateApi>1', '<ValidForCreateApi>0');

const labels = (text: string) => `<labels><label description="${text}" languagecode="1033" /></labels>`;
const states = `<optionset Name="ctr_tree_statecode"><OptionSetType>state</OptionSetType><states>
  <state value="0" defaultstatus="1" invariantname="Active">${labels('Active')}</state>
  <state value="1" defaultstatus="2" invariantname="Inactive">${labels('Inactive')}</state></states></optionset>`;
const statuses = `<optionset Name="ctr_tree_statuscode"><OptionSetType>status</OptionSetType><statuses>
  <status value="1" state="0">${labels('Active')}</status><status value="3" state="0">${labels('Resting')}</status>
  <status value="2" state="1">${labels('Felled')}</status></statuses></optionset>`;

const owned = (schemaName: string) =>
  [
    aPrimaryKey(`${schemaName}Id`),
    aPrimaryName('ctr_Name'),
    aColumn('OwnerId', { type: 'owner', required: 'systemrequired', isCustom: false, more: '' }),
    systemColumn('OwningBusinessUnit', 'lookup'),
    systemColumn('OwningUser', 'lookup'),
    systemColumn('OwningTeam', 'lookup'),
    readOnly(systemColumn('CreatedOn', 'datetime', '<Format>datetime</Format><Behavior>1</Behavior>')),
    readOnly(systemColumn('ModifiedOn', 'datetime', '<Format>datetime</Format><Behavior>1</Behavior>')),
    readOnly(systemColumn('CreatedBy', 'lookup')),
    readOnly(systemColumn('CreatedOnBehalfBy', 'lookup')),
    readOnly(systemColumn('ModifiedBy', 'lookup')),
    systemColumn('OverriddenCreatedOn', 'datetime', '<Format>date</Format><Behavior>1</Behavior>'),
    systemColumn('statecode', 'state', states).replace('<ValidForCreateApi>1', '<ValidForCreateApi>0'),
    systemColumn('statuscode', 'status', statuses),
  ].join('');

const limits = (least: number, most: number) => `<MinValue>${least}</MinValue><MaxValue>${most}</MaxValue>`;
const ripeness = `<AppDefaultValue>472190001</AppDefaultValue>${anOptionSet('ctr_ripeness', { 472190000: 'Green', 472190001: 'Ripe', 472190002: 'Amber' }, false)}`;
const flavours = anOptionSet('ctr_flavours', { 1: 'Sweet', 2: 'Sour', 9: 'Bitter' }, false);

const yesNo = `<AppDefaultValue>1</AppDefaultValue>${anOptionSet('ctr_issound', { 1: 'Yes', 0: 'No' }, false).replace('>picklist<', '>bit<')}`;

const treeColumns = [
  aColumn('ctr_Code', { more: '<MaxLength>50</MaxLength>' }),
  aColumn('ctr_Row', { type: 'int', more: limits(0, 1000) }),
  aColumn('ctr_Plot', { type: 'int', more: limits(0, 1000) }),
  aColumn('ctr_Number', { more: '<MaxLength>100</MaxLength><AutoNumberFormat>CT-{SEQNUM:5}</AutoNumberFormat>' }),
  aColumn('ctr_Height', { type: 'int', more: limits(0, 120) }),
  aColumn('ctr_Girth', { type: 'decimal', more: `<Accuracy>3</Accuracy>${limits(0, 10)}` }),
  aColumn('ctr_Weight', { type: 'float', more: `<Accuracy>2</Accuracy>${limits(0, 1000)}` }),
  aColumn('ctr_Price', { type: 'money', more: `<Accuracy>2</Accuracy>${limits(0, 1000000)}` }),
  readOnly(
    aColumn('ctr_Price_Base', {
      type: 'money',
      more: '<Accuracy>4</Accuracy><CalculationOf>ctr_Price</CalculationOf>',
    }),
  ),
  systemColumn('TransactionCurrencyId', 'lookup'),
  readOnly(systemColumn('ExchangeRate', 'decimal', '<Accuracy>10</Accuracy>')),
  aColumn('ctr_Planted', { type: 'datetime', more: '<Behavior>2</Behavior><Format>date</Format>' }),
  aColumn('ctr_Seen', { type: 'datetime', more: '<Behavior>1</Behavior><Format>datetime</Format>' }),
  aColumn('ctr_Bloom', { type: 'datetime', more: '<Behavior>3</Behavior><Format>datetime</Format>' }),
  aColumn('ctr_Ripeness', { type: 'picklist', more: ripeness }),
  aColumn('ctr_Flavours', { type: 'multiselectpicklist', more: flavours }),
  aColumn('ctr_IsSound', { type: 'bit', more: yesNo }),
  aColumn('ctr_Note', { type: 'ntext', more: '<MaxLength>2000</MaxLength>' }),
  aLookup('ctr_AccountId'),
  aLookup('ctr_ParentId'),
  aColumn('ctr_CustomerId', { type: 'customer', more: '' }),
].join('');

const lookup = (name: string, column: string, to: string, navigation = column, onDelete = 'RemoveLink') =>
  aRelationship(name, { from: 'ctr_Tree', column: column.toLowerCase(), to, navigation, onDelete });

const every = (depth: string, table: string) =>
  Object.fromEntries(
    ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'].map((right) => [
      `prv${right}${table}`,
      depth,
    ]),
  );

const fileColumn = (name: string, type: 'file' | 'image', kilobytes: number) => {
  const column = aColumn(name, { type, more: `<MaxValue>${kilobytes}</MaxValue>` });
  return type === 'file' ? readOnly(column) : column;
};
const fileColumns = [
  fileColumn('ctr_Paper', 'file', 6 * 1024),
  fileColumn('ctr_Slip', 'file', 1),
  fileColumn('ctr_Icon', 'image', 1),
  fileColumn('ctr_Photo', 'image', 10),
].join('');

const imageConfig = (kind: string, column: string, name: string, more = ''): Part => ({
  list: `${kind}s`,
  node: `<${kind}><${name}>${column}</${name}><parententitylogicalname>ctr_basket</parententitylogicalname>${more}</${kind}>`,
});

const leafColumns = [
  aColumn('ctr_Code'),
  aColumn('ctr_Stamp', { more: '<MaxLength>100</MaxLength><AutoNumberFormat>L-{SEQNUM:1}</AutoNumberFormat>' }),
  aColumn('ctr_Dated', {
    more: '<MaxLength>100</MaxLength><AutoNumberFormat>{DATETIMEUTC:yyyyMMdd}-{RANDSTRING:4}</AutoNumberFormat>',
  }),
].join('');

/** A gate is opened (3) before it is closed for good (2). */
const leads = (from: number, to: number) =>
  `<allowedtransitions><allowedtransition sourcestatusid="${from}" tostatusid="${to}" /></allowedtransitions>`;
const gateColumns = [
  systemColumn('statecode', 'state', states.replaceAll('ctr_tree', 'ctr_gate')),
  systemColumn(
    'statuscode',
    'status',
    statuses
      .replaceAll('ctr_tree', 'ctr_gate')
      .replace(/<status value="1" state="0">/, `$&${leads(1, 3)}`)
      .replace(/<status value="3" state="0">/, `$&${leads(3, 2)}`),
  ),
].join('');

const tracked = '<ChangeTrackingEnabled>1</ChangeTrackingEnabled>';

/**
 * Trees with a column of each type; baskets of many trees, with files and images; days to be compared with
 * today; leaves whose changes are followed.
 */
const parts: readonly Part[] = [
  aTable('ctr_Tree', {
    base: owned('ctr_Tree'),
    columns: treeColumns,
    keys: aKey('ctr_code', 'ctr_code') + aKey('ctr_place', 'ctr_row', 'ctr_plot'),
    ownership: 'UserOwned',
    entity: tracked,
  }),
  aTable('ctr_Basket', { columns: fileColumns }),
  imageConfig('AttributeImageConfig', 'ctr_photo', 'attributelogicalname', '<canstorefullimage>1</canstorefullimage>'),
  imageConfig('EntityImageConfig', 'ctr_photo', 'primaryimageattribute'),
  aTable('ctr_Leaf', { columns: leafColumns, entity: tracked }),
  aTable('ctr_Seal', {
    columns: aColumn('ctr_Mark', {
      more: '<MaxLength>100</MaxLength><AutoNumberFormat>{RANDSTRING:7}</AutoNumberFormat>',
    }),
  }),
  aTable('ctr_Gate', { columns: gateColumns, entity: '<EnforceStateTransitions>1</EnforceStateTransitions>' }),
  aTable('ctr_Day', {
    columns:
      aColumn('ctr_Code') +
      aColumn('ctr_At', { type: 'datetime', more: '<Behavior>1</Behavior><Format>datetime</Format>' }) +
      aColumn('ctr_On', { type: 'datetime', more: '<Behavior>2</Behavior><Format>date</Format>' }),
  }),
  lookup('ctr_account_tree', 'ctr_AccountId', 'Account', 'ctr_AccountId', 'Restrict'),
  lookup('ctr_tree_tree', 'ctr_ParentId', 'ctr_Tree'),
  lookup('ctr_tree_customer_account', 'ctr_CustomerId', 'Account', 'ctr_CustomerId_account'),
  lookup('ctr_tree_customer_contact', 'ctr_CustomerId', 'Contact', 'ctr_CustomerId_contact'),
  lookup('ctr_tree_currency', 'TransactionCurrencyId', 'TransactionCurrency', 'transactioncurrencyid'),
  lookup('ctr_tree_createdby', 'CreatedBy', 'SystemUser', 'createdby', 'NoCascade'),
  lookup('ctr_tree_modifiedby', 'ModifiedBy', 'SystemUser', 'modifiedby', 'NoCascade'),
  lookup('ctr_tree_owningbusinessunit', 'OwningBusinessUnit', 'BusinessUnit', 'owningbusinessunit', 'NoCascade'),
  lookup('ctr_tree_owninguser', 'OwningUser', 'SystemUser', 'owninguser', 'NoCascade'),
  lookup('ctr_tree_owningteam', 'OwningTeam', 'Team', 'owningteam', 'NoCascade'),
  lookup('ctr_tree_ownerid', 'ownerid', 'Owner', 'ownerid', 'NoCascade'),
  aManyToMany('ctr_tree_basket', 'ctr_Tree', 'ctr_Basket'),
  aRole(roles.picker, 'Contract picker', {
    ...every('Basic', 'ctr_Tree'),
    prvReadAccount: 'Basic',
    prvAppendToAccount: 'Basic',
  }),
  aRole(roles.reader, 'Contract reader', { prvReadctr_Tree: 'Global', prvReadctr_Basket: 'Global' }),
];

/** A custom API that takes, does and answers nothing: without a plug-in it needs nothing but its declaration. */
const restApi: Part = {
  files: {
    'customapis/ctr_Rest/customapi.xml': `<customapi uniquename="ctr_Rest"><allowedcustomprocessingsteptype>0</allowedcustomprocessingsteptype><bindingtype>0</bindingtype><description default="Rests"><label description="Rests" languagecode="1033" /></description><displayname default="Rest"><label description="Rest" languagecode="1033" /></displayname><iscustomizable>0</iscustomizable><isfunction>0</isfunction><isprivate>0</isprivate><name>ctr_Rest</name><workflowsdkstepenabled>0</workflowsdkstepenabled></customapi>`,
  },
};

/** The solution the cases are written against, as a zip; managed, so that deleting it takes its tables with it. */
export const contractSolution = (): Promise<Buffer> =>
  writeZip(
    aSolution([...parts, restApi], {
      name: 'ContractCases',
      publisher: 'contractcases',
      prefix: 'ctr',
      managed: '1',
      optionPrefix: '47219',
    }),
  );
