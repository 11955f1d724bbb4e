import {
  aColumn,
  aKey,
  aLookup,
  aManyToMany,
  anExtension,
  anOptionSet,
  aPrimaryKey,
  aPrimaryName,
  aRelationship,
  aRole,
  aTable,
  type Part,
} from '../../../support/solution-builder.ts';

/** Roles of the orchard, by what they are for. */
export const roles = {
  picker: 'a0000000-0000-4000-8000-000000000001',
  foreman: 'a0000000-0000-4000-8000-000000000002',
  owner: 'a0000000-0000-4000-8000-000000000003',
  reader: 'a0000000-0000-4000-8000-000000000004',
} as const;

const owned = (schemaName: string) =>
  aPrimaryKey(`${schemaName}Id`) +
  aPrimaryName('ora_Name') +
  aColumn('OwnerId', { type: 'owner', required: 'systemrequired', isCustom: false, more: '' }) +
  aColumn('OwningBusinessUnit', { type: 'lookup', isCustom: false, more: '' }) +
  aColumn('OwningUser', { type: 'lookup', isCustom: false, more: '' }) +
  aColumn('OwningTeam', { type: 'lookup', isCustom: false, more: '' });

const picks = `<AppDefaultValue>472190001</AppDefaultValue>${anOptionSet('ora_ripeness', { 472190000: 'Green', 472190001: 'Ripe' }, false)}`;
const flavours = anOptionSet('ora_flavours', { 1: 'Sweet', 2: 'Sour', 9: 'Bitter' }, false);
const yesNo = `<AppDefaultValue>1</AppDefaultValue>`;

/** Columns of the tree: one of each type that behaves in its own way. */
const treeColumns = [
  aLookup('ora_AccountId'),
  aLookup('ora_RootId'),
  aColumn('ora_Code'),
  aColumn('ora_Number', { more: '<MaxLength>100</MaxLength><AutoNumberFormat>TREE-{SEQNUM:5}</AutoNumberFormat>' }),
  aColumn('ora_Height', { type: 'int', more: '<MinValue>0</MinValue><MaxValue>120</MaxValue>' }),
  aColumn('ora_Girth', {
    type: 'decimal',
    more: '<Accuracy>3</Accuracy><MinValue>0</MinValue><MaxValue>10</MaxValue>',
  }),
  aColumn('ora_Planted', { type: 'datetime', more: '<Behavior>2</Behavior><Format>date</Format>' }),
  aColumn('ora_Seen', { type: 'datetime', more: '<Behavior>1</Behavior><Format>datetime</Format>' }),
  aColumn('ora_Ripeness', { type: 'picklist', more: picks }),
  aColumn('ora_Flavours', { type: 'multiselectpicklist', more: flavours }),
  aColumn('ora_IsSound', { type: 'bit', more: yesNo }),
  aColumn('ora_Secret', { more: '<MaxLength>20</MaxLength><IsSecured>1</IsSecured>' }),
].join('');

const tree = aTable('ora_Tree', {
  base: owned('ora_Tree'),
  columns: treeColumns,
  keys: aKey('ora_code', 'ora_code'),
  ownership: 'UserOwned',
});

const every = (depth: string, table: string) =>
  Object.fromEntries(
    ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'].map((right) => [
      `prv${right}${table}`,
      depth,
    ]),
  );

/**
 * An account's trees (they go with it), the root a tree stands on (it stays while a tree stands on it), baskets of many
 * trees, and a table whose rows live elsewhere.
 */
export const orchard: readonly Part[] = [
  tree,
  aTable('ora_Root'),
  aTable('ora_Basket'),
  aTable('ora_Cloud', {
    ownership: 'OrgOwned',
    setName: 'ora_clouds',
    entity: '<DataProviderId>{7015a531-cc0d-4537-b5f2-c882a1eb65ad}</DataProviderId><ExternalName>Cloud</ExternalName>',
  }),
  anExtension('Account', { columns: aColumn('ora_Nickname') }),
  aRelationship('ora_account_tree', {
    from: 'ora_Tree',
    column: 'ora_accountid',
    to: 'Account',
    onDelete: 'Cascade',
    navigation: 'ora_AccountId',
  }),
  aRelationship('ora_root_tree', {
    from: 'ora_Tree',
    column: 'ora_rootid',
    to: 'ora_Root',
    onDelete: 'Restrict',
    navigation: 'ora_RootId',
  }),
  ...['OwningBusinessUnit:BusinessUnit', 'OwningUser:SystemUser', 'OwningTeam:Team'].map((pair) => {
    const [column, to] = pair.split(':') as [string, string];
    const name = column.toLowerCase();
    return aRelationship(`ora_tree_${name}`, { from: 'ora_Tree', column: name, to, onDelete: 'NoCascade' });
  }),
  aRelationship('ora_tree_ownerid', { from: 'ora_Tree', column: 'ownerid', to: 'Owner', onDelete: 'NoCascade' }),
  aManyToMany('ora_tree_basket', 'ora_Tree', 'ora_Basket'),
  aRole(roles.picker, 'Picker', {
    ...every('Basic', 'ora_Tree'),
    prvReadAccount: 'Basic',
    prvAppendToAccount: 'Basic',
  }),
  aRole(roles.foreman, 'Foreman', { ...every('Local', 'ora_Tree'), prvReadAccount: 'Deep' }),
  aRole(roles.owner, 'Orchard owner', {
    ...every('Global', 'ora_Tree'),
    ...every('Global', 'Account'),
    prvReadora_Root: 'Global',
    prvReadora_Cloud: 'Global',
    prvActOnBehalfOfAnotherUser: 'Global',
  }),
  aRole(roles.reader, 'Reader', { prvReadora_Tree: 'Global' }),
];
