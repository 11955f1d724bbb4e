import { handleMetadataRequest } from '../../../../../emulator/dataverse/metadata/definitions.ts';
import type { RequestContext } from '../../../../../emulator/dataverse/web-api/request-context.ts';
import { readPreferences } from '../../../../../emulator/dataverse/web-api/preferences.ts';
import { Fault, readJson, request } from '../../../../../emulator/kernel/index.ts';
import { parseQueryOptions } from '../../../../../emulator/odata/index.ts';
import { children, descend, descendants, parseXml } from '../../../../../packaging/index.ts';
import { anImportTarget, type ImportTarget } from '../../../../support/import-target.ts';
import {
  aChoice,
  aColumn,
  aKey,
  aLookup,
  aManyToMany,
  aRelationship,
  aTable,
  anOptionSet,
} from '../../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => {
  target = await anImportTarget();
  const columns =
    aColumn('ora_Kind', { type: 'picklist', more: '<OptionSetName>ora_kind</OptionSetName>' }) +
    aColumn('ora_Size', {
      type: 'picklist',
      more: `<AppDefaultValue>2</AppDefaultValue>${anOptionSet('ora_fruit_ora_size', { 1: 'Small', 2: 'Large' }, false)}`,
    }) +
    aColumn('ora_Tags', { type: 'multiselectpicklist', more: '<OptionSetName>ora_kind</OptionSetName>' }) +
    aColumn('ora_Ripe', {
      type: 'bit',
      more: `<AppDefaultValue>1</AppDefaultValue>${anOptionSet('ora_fruit_ora_ripe', { 1: 'Ripe', 0: 'Green' }, false)}`,
    }) +
    aColumn('ora_Picked', { type: 'datetime', more: '<Format>date</Format><Behavior>2</Behavior>' }) +
    aColumn('ora_Mail', { more: '<Format>email</Format><MaxLength>80</MaxLength>' }) +
    aLookup('ora_TreeId');
  await target.add([
    aChoice('ora_kind', { 472190000: 'Stone', 472190001: 'Pome' }),
    aTable('ora_Fruit', { columns, keys: aKey('ora_mailkey', 'ora_mail') }),
    aTable('ora_Tree'),
    aRelationship('ora_tree_fruit', { from: 'ora_Fruit', column: 'ora_TreeId', to: 'ora_Tree', onDelete: 'Cascade' }),
    aManyToMany('ora_tree_account', 'ora_Tree', 'Account'),
  ]);
});
afterAll(() => target.close());

function ask(path: string, query = '', method = 'GET') {
  const context = {
    request: request(method, `/api/data/v9.2/${path}?${query}`),
    preferences: readPreferences({}),
    base: 'http://here/api/data/v9.2',
    ...parseQueryOptions(query),
  } as unknown as RequestContext;
  return handleMetadataRequest(target.catalogue, context, path.split('/'))!;
}

const read = (path: string, query = '') => readJson(ask(path, query)) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for

function refused(path: string, query = '', method = 'GET'): string {
  try {
    ask(path, query, method);
    return 'answered';
  } catch (error) {
    return error instanceof Fault ? `${error.wire.status} ${error.wire.code} ${error.message}` : String(error);
  }
}

const fruit = `EntityDefinitions(LogicalName='ora_fruit')`;
const cast = (type: string) => `Microsoft.Dynamics.CRM.${type}AttributeMetadata`;
const column = (name: string, type: string) => `${fruit}/Attributes(LogicalName='${name}')/${cast(type)}`;

test('a table by logical name, by id, and as one property', () => {
  const table = read(fruit);
  expect(table).toMatchObject({
    LogicalName: 'ora_fruit',
    SchemaName: 'ora_Fruit',
    EntitySetName: 'ora_fruits',
    CollectionSchemaName: 'ora_Fruits',
    PrimaryIdAttribute: 'ora_fruitid',
    PrimaryNameAttribute: 'ora_name',
    OwnershipType: 'OrganizationOwned',
    TableType: 'Standard',
    IsCustomEntity: true,
    IsCustomizable: { Value: true, ManagedPropertyLogicalName: 'iscustomizable' },
    DisplayName: { UserLocalizedLabel: { Label: 'ora_Fruit', LanguageCode: 1033 } },
  });
  expect(read(`EntityDefinitions(${table['MetadataId']})`)['LogicalName']).toBe('ora_fruit');
  expect(read(`${fruit}/EntitySetName`)['value']).toBe('ora_fruits');
});

test('selects from tables, always with MetadataId, and filters them', () => {
  const { value } = read(
    'EntityDefinitions',
    `$select=LogicalName&$filter=IsCustomEntity eq true and OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'OrganizationOwned'`,
  );
  expect(value.map((row: object) => Object.keys(row))).toEqual([
    ['MetadataId', 'LogicalName'],
    ['MetadataId', 'LogicalName'],
  ]);
  expect(value.map((row: { LogicalName: string }) => row.LogicalName).sort()).toEqual(['ora_fruit', 'ora_tree']);
  expect(
    read('EntityDefinitions', `$select=LogicalName&$filter=LogicalName eq 'ora_tree' or ObjectTypeCode eq 1`)['value'],
  ).toHaveLength(2);
  expect(
    read('EntityDefinitions', `$select=LogicalName&$filter=LogicalName eq 'account' and IsCustomizable/Value eq true`)[
      'value'
    ],
  ).toHaveLength(1);
});

test('expands columns with a selection and a filter of their own', () => {
  const { Attributes, LogicalName } = read(
    fruit,
    `$select=LogicalName&$expand=Attributes($select=LogicalName;$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Lookup'),Keys($select=KeyAttributes)`,
  );
  expect([LogicalName, Attributes.map((row: { LogicalName: string }) => row.LogicalName)]).toEqual([
    'ora_fruit',
    ['ora_treeid'],
  ]);
});

test.each([
  ['ora_size', 'Picklist', { DefaultFormValue: 2, AttributeType: 'Picklist' }],
  [
    'ora_tags',
    'MultiSelectPicklist',
    { AttributeType: 'Virtual', AttributeTypeName: { Value: 'MultiSelectPicklistType' } },
  ],
  ['ora_ripe', 'Boolean', { DefaultValue: true }],
  ['ora_picked', 'DateTime', { Format: 'DateOnly', DateTimeBehavior: { Value: 'DateOnly' } }],
  ['ora_mail', 'String', { MaxLength: 80, FormatName: { Value: 'Email' } }],
  ['ora_treeid', 'Lookup', { Targets: ['ora_tree'] }],
  ['ora_fruitid', 'UniqueIdentifier', { IsPrimaryId: true }],
])('the column %s cast to %s', (name, type, expected) => {
  expect(read(column(name, type))).toMatchObject({
    '@odata.type': `#Microsoft.Dynamics.CRM.${type}AttributeMetadata`,
    LogicalName: name,
    ...expected,
  });
});

test('the options of a local, a global and a yes/no choice', () => {
  const options = (set: { Options: { Value: number; Label: { UserLocalizedLabel: { Label: string } } }[] }) =>
    set.Options.map((one) => [one.Value, one.Label.UserLocalizedLabel.Label]);
  const local = read(
    column('ora_size', 'Picklist'),
    '$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet',
  );
  expect([options(local['OptionSet']), local['GlobalOptionSet']]).toEqual([
    [
      [1, 'Small'],
      [2, 'Large'],
    ],
    null,
  ]);
  const global = read(column('ora_kind', 'Picklist'), '$expand=OptionSet,GlobalOptionSet');
  expect(global['GlobalOptionSet']).toMatchObject({ Name: 'ora_kind', IsGlobal: true });
  expect(options(global['OptionSet'])).toEqual([
    [472190000, 'Stone'],
    [472190001, 'Pome'],
  ]);
  const yesNo = read(column('ora_ripe', 'Boolean'), '$expand=OptionSet')['OptionSet'];
  expect([yesNo.TrueOption.Label.UserLocalizedLabel.Label, yesNo.FalseOption.Value]).toEqual(['Ripe', 0]);
});

test('all columns of one type', () => {
  const { value } = read(`${fruit}/Attributes/${cast('Picklist')}`, '$select=LogicalName&$expand=OptionSet');
  expect(
    value.map((row: { LogicalName: string; OptionSet: { Name: string } }) => [row.LogicalName, row.OptionSet.Name]),
  ).toEqual([
    ['ora_kind', 'ora_kind'],
    ['ora_size', 'ora_fruit_ora_size'],
  ]);
});

test('states carry their default status, status reasons their state', () => {
  const account = (name: string, type: string) =>
    read(
      `EntityDefinitions(LogicalName='account')/Attributes(LogicalName='${name}')/${cast(type)}`,
      '$expand=OptionSet',
    )['OptionSet'].Options;
  expect(account('statecode', 'State')[0]).toMatchObject({ Value: 0, DefaultStatus: 1, InvariantName: 'Active' });
  expect(account('statuscode', 'Status')[0]).toMatchObject({ Value: 1, State: 0 });
});

test('keys and relationships, from both sides and by name', () => {
  expect(read(`${fruit}/Keys`)['value']).toEqual([
    expect.objectContaining({
      LogicalName: 'ora_mailkey',
      KeyAttributes: ['ora_mail'],
      EntityKeyIndexStatus: 'Active',
    }),
  ]);
  const relationship = {
    SchemaName: 'ora_tree_fruit',
    ReferencingAttribute: 'ora_treeid',
    ReferencedEntity: 'ora_tree',
    ReferencingEntityNavigationPropertyName: 'ora_TreeId',
  };
  expect(read(`${fruit}/ManyToOneRelationships`, `$filter=ReferencedEntity eq 'ora_tree'`)['value']).toEqual([
    expect.objectContaining(relationship),
  ]);
  expect(read(`EntityDefinitions(LogicalName='ora_tree')/OneToManyRelationships`)['value']).toEqual([
    expect.objectContaining({ ...relationship, CascadeConfiguration: expect.objectContaining({ Delete: 'Cascade' }) }),
  ]);
  expect(read(`RelationshipDefinitions(SchemaName='ora_tree_fruit')`)).toMatchObject(relationship);
  expect(read(`EntityDefinitions(LogicalName='ora_tree')/ManyToManyRelationships`)['value'][0]).toMatchObject({
    IntersectEntityName: 'ora_tree_account',
    Entity2LogicalName: 'account',
  });
});

test('an owner is one relationship to owner, on no list of users', () => {
  const owners = read(
    `EntityDefinitions(LogicalName='account')/ManyToOneRelationships`,
    `$filter=ReferencingAttribute eq 'ownerid'`,
  )['value'];
  expect(owners.map((one: { ReferencedEntity: string }) => one.ReferencedEntity)).toEqual(['owner']);
  const names = read('RelationshipDefinitions', '$select=SchemaName')['value'].map(
    (one: { SchemaName: string }) => one.SchemaName,
  );
  expect(new Set(names).size).toBe(names.length);
});

test('global choices', () => {
  expect(read(`GlobalOptionSetDefinitions(Name='ora_kind')`)).toMatchObject({
    Name: 'ora_kind',
    IsGlobal: true,
    OptionSetType: 'Picklist',
  });
  const named = { '@odata.type': expect.any(String), MetadataId: expect.any(String) };
  expect(read('GlobalOptionSetDefinitions', '$select=Name')['value']).toEqual([
    { ...named, Name: 'socialprofile_community' },
    { ...named, Name: 'ora_kind' },
  ]);
});

test.each([
  ['a table that is not there', `EntityDefinitions(LogicalName='ora_none')`, '', /^404 0x8006088a .*ora_none/],
  ['a column that is not there', `${fruit}/Attributes(LogicalName='ora_none')`, '', /^404 .*ora_none/],
  ['a column cast to another type', column('ora_size', 'String'), '', /^404/],
  ['a cast to the abstract type', `${fruit}/Attributes/${cast('Enum')}`, '', /^404 .*EnumAttributeMetadata/],
  ['a choice that is not there', `GlobalOptionSetDefinitions(Name='ora_none')`, '', /^404 .*ora_none/],
  ['a relationship that is not there', `RelationshipDefinitions(SchemaName='ora_none')`, '', /^404 .*ora_none/],
  ['$top', 'EntityDefinitions', '$top=1', /^400 .*\$top/],
  ['$orderby', `${fruit}/Attributes`, '$orderby=LogicalName', /^400 .*\$orderby/],
  [
    'a filter on a label',
    'EntityDefinitions',
    `$filter=DisplayName/UserLocalizedLabel/Label eq 'x'`,
    /^400 .*'DisplayName'/,
  ],
  [
    'a filter on a managed property as a whole',
    'EntityDefinitions',
    '$filter=IsCustomizable eq true',
    /^400 .*\/Value/,
  ],
  ['a filter on what is no property', 'EntityDefinitions', `$filter=Nothing eq 'x'`, /^400 0x0 .*'Nothing'/],
  ['a filter of choices', 'GlobalOptionSetDefinitions', `$filter=Name eq 'x'`, /^400 .*\$filter/],
  ['a selection of what is no property', 'EntityDefinitions', '$select=IsNothing', /^400 0x0 .*'IsNothing'/],
  ['a selection of what only a sub-type has', `${fruit}/Attributes`, '$select=MaxLength', /^400 0x0 .*'MaxLength'/],
  ['an expansion without cast', `${fruit}/Attributes`, '$expand=OptionSet', /^400 0x0 .*'OptionSet'/],
  ['an expansion of what is no collection', fruit, '$expand=Nothing', /^400 0x0 .*'Nothing'/],
  ['managed property definitions', 'ManagedPropertyDefinitions', '', /^501 NotEmulated/],
])('refuses %s', (_what, path, query, expected) => {
  expect(refused(path, query)).toMatch(expected);
});

test.each(['POST', 'PATCH'])('%s reads no definitions', (method) => {
  expect(refused('EntityDefinitions', '', method)).toMatch(/^405 0x80060888/);
});

test('leaves other paths to others', () => {
  expect(ask('accounts')).toBeUndefined();
});

test('$metadata is well-formed, names each property of a type once, and binds what it navigates to', () => {
  const schema = descend(parseXml(ask('$metadata').body as string, '$metadata'), 'edmx:DataServices', 'Schema')!;
  const types = children(schema, 'EntityType');
  const known = new Set(types.map((type) => type.attributes.get('Name')));
  for (const type of types) {
    const properties = ['Property', 'NavigationProperty']
      .flatMap((name) => children(type, name))
      .map((one) => one.attributes.get('Name'));
    expect([type.attributes.get('Name'), properties.length]).toEqual([
      type.attributes.get('Name'),
      new Set(properties).size,
    ]);
    for (const one of children(type, 'NavigationProperty'))
      expect(known).toContain(/(?:mscrm\.)(\w+)/.exec(one.attributes.get('Type')!)![1]);
  }
  const fruitType = types.find((type) => type.attributes.get('Name') === 'ora_fruit')!;
  expect(
    children(fruitType, 'Property').map((one) => `${one.attributes.get('Name')} ${one.attributes.get('Type')}`),
  ).toEqual(expect.arrayContaining(['_ora_treeid_value Edm.Guid', 'ora_picked Edm.Date', 'ora_tags Edm.String']));
  const set = [...descendants(schema, 'EntitySet')].find((one) => one.attributes.get('Name') === 'ora_fruits')!;
  expect(children(set, 'NavigationPropertyBinding').map((one) => one.attributes.get('Target'))).toContain('ora_trees');
});
