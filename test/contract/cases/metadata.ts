import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const query = 'dev webapi/query-metadata-web-api';
const read = (name: string, send: string, answer: Partial<Exchange> = {}, source = query): ContractCase =>
  one(name, source, { send: `GET ${send}`, status: 200, ...answer });
const tree = "EntityDefinitions(LogicalName='ctr_tree')";
const column = (name: string, type: string) =>
  `${tree}/Attributes(LogicalName='${name}')/Microsoft.Dynamics.CRM.${type}AttributeMetadata`;

const whole = 'dev webapi/reference/retrieveentity';
const filters = (names: string) => `Microsoft.Dynamics.CRM.EntityFilters'${names}'`;
const oneTable = (names: string, more = "LogicalName='ctr_tree',MetadataId=00000000-0000-0000-0000-000000000000") =>
  `RetrieveEntity(EntityFilters=@f,${more},RetrieveAsIfPublished=true)?@f=${filters(names)}`;

export const definitions: readonly ContractCase[] = [
  read(
    'EntityDefinitions answers tables',
    "EntityDefinitions?$select=LogicalName,EntitySetName&$filter=LogicalName eq 'ctr_tree'",
    {
      holds: { value: [{ LogicalName: 'ctr_tree', EntitySetName: 'ctr_trees', MetadataId: expect.any(String) }] },
      lacks: ['SchemaName'],
    },
  ),
  read(
    'a table by its logical name',
    `${tree}?$select=SchemaName,PrimaryIdAttribute,PrimaryNameAttribute,OwnershipType`,
    {
      holds: {
        SchemaName: 'ctr_Tree',
        PrimaryIdAttribute: 'ctr_treeid',
        PrimaryNameAttribute: 'ctr_name',
        OwnershipType: 'UserOwned',
      },
    },
  ),
  {
    name: 'a table by its metadata id',
    source: query,
    steps: [
      { send: `GET ${tree}?$select=LogicalName`, status: 200, keep: { metadata: 'MetadataId' } },
      {
        send: 'GET EntityDefinitions({metadata})?$select=LogicalName',
        status: 200,
        holds: { LogicalName: 'ctr_tree' },
      },
    ],
  },
  read('an unknown table is not found', "EntityDefinitions(LogicalName='nosuch')", { status: 404 }),
  read(
    'enumerations in a filter are qualified',
    "EntityDefinitions?$select=LogicalName&$filter=OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned' and LogicalName eq 'ctr_tree'",
    { column: ['LogicalName', ['ctr_tree']] },
  ),
  read(
    'managed properties in a filter go through Value',
    "EntityDefinitions?$select=LogicalName&$filter=IsCustomizable/Value eq true and LogicalName eq 'ctr_tree'",
    { column: ['LogicalName', ['ctr_tree']] },
  ),
  read(
    'tables expand their columns',
    `${tree}?$select=LogicalName&$expand=Attributes($select=LogicalName;$filter=LogicalName eq 'ctr_height')`,
    { holds: { Attributes: [{ LogicalName: 'ctr_height' }] } },
  ),
  read('tables expand their keys', `${tree}?$select=LogicalName&$expand=Keys($select=LogicalName,KeyAttributes)`, {
    holds: { Keys: expect.arrayContaining([expect.objectContaining({ KeyAttributes: ['ctr_code'] })]) },
  }),
  read(
    'tables expand their relationships',
    `${tree}?$select=LogicalName&$expand=ManyToOneRelationships($select=SchemaName,ReferencingAttribute),OneToManyRelationships($select=SchemaName),ManyToManyRelationships($select=SchemaName)`,
    {
      holds: {
        ManyToOneRelationships: expect.arrayContaining([
          expect.objectContaining({ SchemaName: 'ctr_account_tree', ReferencingAttribute: 'ctr_accountid' }),
        ]),
        OneToManyRelationships: expect.arrayContaining([expect.objectContaining({ SchemaName: 'ctr_tree_tree' })]),
        ManyToManyRelationships: [expect.objectContaining({ SchemaName: 'ctr_tree_basket' })],
      },
    },
  ),
  read(
    'items of a mixed collection name their type',
    `${tree}/Attributes?$select=LogicalName&$filter=LogicalName eq 'ctr_height'`,
    {
      holds: {
        value: [{ '@odata.type': '#Microsoft.Dynamics.CRM.IntegerAttributeMetadata', LogicalName: 'ctr_height' }],
      },
    },
  ),
  ...(
    [
      ['ctr_name', 'String', { MaxLength: 100 }],
      ['ctr_note', 'Memo', { MaxLength: 2000 }],
      ['ctr_height', 'Integer', { MinValue: 0, MaxValue: 120 }],
      ['ctr_girth', 'Decimal', { Precision: 3, MaxValue: 10 }],
      ['ctr_weight', 'Double', { Precision: 2 }],
      ['ctr_price', 'Money', { Precision: 2 }],
      ['ctr_seen', 'DateTime', { DateTimeBehavior: { Value: 'UserLocal' } }],
      ['ctr_planted', 'DateTime', { DateTimeBehavior: { Value: 'DateOnly' } }],
      ['ctr_bloom', 'DateTime', { DateTimeBehavior: { Value: 'TimeZoneIndependent' } }],
      ['ctr_accountid', 'Lookup', { Targets: ['account'] }],
      ['ctr_customerid', 'Lookup', { Targets: expect.arrayContaining(['account', 'contact']) }],
    ] as const
  ).map(([name, type, holds]) =>
    read(`a ${type} column by cast: ${name}`, column(name, type), { holds: { LogicalName: name, ...holds } }),
  ),
  read(
    'a choice by cast, with its options',
    `${column('ctr_ripeness', 'Picklist')}?$select=LogicalName&$expand=OptionSet,GlobalOptionSet`,
    {
      holds: {
        OptionSet: {
          IsGlobal: false,
          Options: [
            { Value: 472190000, Label: { UserLocalizedLabel: { Label: 'Green', LanguageCode: 1033 } } },
            { Value: 472190001 },
            { Value: 472190002 },
          ],
        },
      },
    },
  ),
  read(
    'several choices by cast',
    `${column('ctr_flavours', 'MultiSelectPicklist')}?$select=LogicalName&$expand=OptionSet`,
    { holds: { OptionSet: { Options: [{ Value: 1 }, { Value: 2 }, { Value: 9 }] } } },
  ),
  read('yes and no by cast', `${column('ctr_issound', 'Boolean')}?$select=LogicalName,DefaultValue&$expand=OptionSet`, {
    holds: { DefaultValue: true, OptionSet: { TrueOption: { Value: 1 }, FalseOption: { Value: 0 } } },
  }),
  read('states by cast', `${column('statecode', 'State')}?$select=LogicalName&$expand=OptionSet`, {
    holds: {
      OptionSet: {
        Options: [
          { Value: 0, DefaultStatus: 1, InvariantName: 'Active' },
          { Value: 1, DefaultStatus: 2 },
        ],
      },
    },
  }),
  read('statuses by cast', `${column('statuscode', 'Status')}?$select=LogicalName&$expand=OptionSet`, {
    holds: { OptionSet: { Options: expect.arrayContaining([expect.objectContaining({ Value: 2, State: 1 })]) } },
  }),
  read(
    'all columns of a type by cast',
    `${tree}/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Name)`,
    { holds: { value: expect.arrayContaining([expect.objectContaining({ LogicalName: 'ctr_ripeness' })]) } },
  ),
  read('a column is not cast to another type', column('ctr_height', 'String'), { status: 404 }),
  read('an unknown column is not found', `${tree}/Attributes(LogicalName='nosuch')`, { status: 404 }),
  read('labels carry their languages', `${tree}?$select=DisplayName`, {
    holds: {
      DisplayName: {
        LocalizedLabels: [{ Label: 'ctr_Tree', LanguageCode: 1033 }],
        UserLocalizedLabel: { Label: 'ctr_Tree' },
      },
    },
  }),
  read('managed properties carry value and freedom', `${tree}?$select=IsCustomizable`, {
    holds: {
      IsCustomizable: {
        Value: expect.any(Boolean),
        CanBeChanged: expect.any(Boolean),
        ManagedPropertyLogicalName: 'iscustomizable',
      },
    },
  }),
  read(
    'RelationshipDefinitions by schema name',
    "RelationshipDefinitions(SchemaName='ctr_account_tree')/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata?$select=SchemaName,ReferencedEntity,ReferencingEntity,ReferencingEntityNavigationPropertyName",
    {
      holds: {
        ReferencedEntity: 'account',
        ReferencingEntity: 'ctr_tree',
        ReferencingEntityNavigationPropertyName: 'ctr_AccountId',
      },
    },
  ),
  read(
    'many-to-many relationships by cast',
    "RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata?$select=SchemaName,IntersectEntityName&$filter=SchemaName eq 'ctr_tree_basket'",
    { column: ['IntersectEntityName', ['ctr_tree_basket']] },
  ),
  read('GlobalOptionSetDefinitions answers choices', 'GlobalOptionSetDefinitions', {
    holds: { value: expect.any(Array) },
  }),
  ...(
    [
      ['EntityDefinitions', 'EntityDefinitions/$count'],
      ['a choice', 'GlobalOptionSetDefinitions/$count'],
      ['relationships', 'RelationshipDefinitions/$count'],
      ['a relationship', "RelationshipDefinitions(SchemaName='ctr_account_tree')/NoSuch"],
    ] as const
  ).map(([what, send]) => read(`what is not behind ${what} is not found`, send, { status: 404, code: '0x8006088a' })),
  read(
    'one property of a relationship',
    "RelationshipDefinitions(SchemaName='ctr_account_tree')/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata/ReferencingAttribute",
    { holds: { value: 'ctr_accountid' } },
  ),
  read('an unknown global choice is not found', "GlobalOptionSetDefinitions(Name='nosuch')", { status: 404 }),
  read('$top on definitions is refused', 'EntityDefinitions?$top=1', { status: 400 }),
  read('$orderby on definitions is refused', 'EntityDefinitions?$orderby=LogicalName', { status: 400 }),
  read('an unknown property of definitions is refused', 'EntityDefinitions?$select=NoSuch', { status: 400 }),
  read(
    '$metadata describes tables, keys, columns and navigation',
    '$metadata',
    {
      text: /<EntityType Name="ctr_tree" BaseType="mscrm\.crmbaseentity"[^>]*>\s*<Key>\s*<PropertyRef Name="ctr_treeid" ?\/>\s*<\/Key>[^]*<Property Name="ctr_height" Type="Edm\.Int32"[^]*<NavigationProperty Name="ctr_AccountId" Type="mscrm\.account"[^]*<EntitySet Name="ctr_trees" EntityType="Microsoft\.Dynamics\.CRM\.ctr_tree"/,
      answers: { 'Content-Type': /^content-type: application\/xml/i },
    },
    'dev webapi/web-api-service-documents',
  ),
  read(
    'RetrieveEntity answers a table with the parts it is asked for',
    oneTable('Attributes,Privileges'),
    {
      holds: {
        '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.RetrieveEntityResponse',
        EntityMetadata: {
          LogicalName: 'ctr_tree',
          Attributes: expect.arrayContaining([
            expect.objectContaining({
              '@odata.type': '#Microsoft.Dynamics.CRM.ComplexIntegerAttributeMetadata',
              LogicalName: 'ctr_height',
              MaxValue: 120,
            }),
          ]),
          Privileges: expect.arrayContaining([expect.objectContaining({ Name: 'prvReadctr_Tree' })]),
          ManyToOneRelationships: [],
        },
      },
    },
    whole,
  ),
  read(
    'RetrieveEntity leaves out columns that are not asked for',
    oneTable('Relationships'),
    {
      holds: {
        EntityMetadata: {
          Attributes: [],
          Privileges: [],
          ManyToOneRelationships: expect.arrayContaining([expect.objectContaining({ SchemaName: 'ctr_account_tree' })]),
        },
      },
    },
    whole,
  ),
  {
    name: 'RetrieveEntity takes the id of the metadata',
    source: whole,
    steps: [
      { send: `GET ${tree}?$select=LogicalName`, status: 200, keep: { metadata: 'MetadataId' } },
      {
        send: `GET ${oneTable('Entity', 'LogicalName=null,MetadataId={metadata}')}`,
        status: 200,
        holds: { EntityMetadata: { LogicalName: 'ctr_tree' } },
      },
    ],
  },
  read('RetrieveEntity knows no unknown table', oneTable('Entity', "LogicalName='nosuch'"), {
    status: 400,
    code: '0x80041102',
  }),
  read('RetrieveEntity takes no unknown filter', oneTable('Everything'), { status: 400 }),
  read(
    'RetrieveAllEntities answers every table',
    `RetrieveAllEntities(EntityFilters=${filters('Entity')},RetrieveAsIfPublished=false)`,
    {
      holds: {
        Timestamp: expect.any(String),
        EntityMetadata: expect.arrayContaining([
          expect.objectContaining({ LogicalName: 'ctr_tree', Attributes: [] }),
          expect.objectContaining({ LogicalName: 'account' }),
        ]),
      },
    },
    'dev webapi/reference/retrieveallentities',
  ),
  ...['RetrieveAttribute', 'RetrieveRelationship', 'RetrieveOptionSet', 'RetrieveAllOptionSets'].map((name) =>
    read(
      `${name} is no function of the Web API`,
      `${name}()`,
      { status: 404, code: '0x8006088a' },
      'dev webapi/reference/functions',
    ),
  ),
];
