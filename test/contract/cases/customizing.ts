import { one, type BatchItem, type ContractCase, type Exchange } from '../contract-case.ts';

const tablePage = 'dev webapi/create-update-entity-definitions-using-web-api';
const columnPage = 'dev webapi/create-update-column-definitions-using-web-api';
const relationshipPage = 'dev webapi/create-update-entity-relationships-using-web-api';
const choicePage = 'dev webapi/create-update-optionsets';
const keyPage = 'dev define-alternate-keys-entity';
const codes = 'dev reference/web-service-error-codes';

const crm = 'Microsoft.Dynamics.CRM.';
const label = (text: string) => ({
  '@odata.type': `${crm}Label`,
  LocalizedLabels: [{ '@odata.type': `${crm}LocalizedLabel`, Label: text, LanguageCode: 1033 }],
});
const column = (type: string, SchemaName: string, more: object = {}) => ({
  '@odata.type': `${crm}${type}AttributeMetadata`,
  SchemaName,
  DisplayName: label(SchemaName.replace('ctr_', '')),
  RequiredLevel: { Value: 'None', CanBeChanged: true, ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings' },
  ...more,
});
const primaryName = column('String', 'ctr_Name', {
  IsPrimaryName: true,
  MaxLength: 100,
  FormatName: { Value: 'Text' },
});
const table = (SchemaName: string, more: object = {}) => ({
  '@odata.type': `${crm}EntityMetadata`,
  SchemaName,
  DisplayName: label('Bench'),
  DisplayCollectionName: label('Benches'),
  Description: label('To sit on'),
  OwnershipType: 'UserOwned',
  IsActivity: false,
  HasActivities: false,
  HasNotes: false,
  Attributes: [primaryName],
  ...more,
});

const bench = "EntityDefinitions(LogicalName='ctr_bench')";
const made = { status: 204, answers: { 'OData-EntityId': /\([0-9a-f-]{36}\)$/ } } as const;
const add = (body: object, more: Partial<Exchange> = {}): Exchange => ({
  send: `POST ${bench}/Attributes`,
  body,
  ...made,
  ...more,
});
const read = (name: string, type: string, holds: object, expand = ''): Exchange => ({
  send: `GET ${bench}/Attributes(LogicalName='${name}')/${crm}${type}AttributeMetadata${expand}`,
  status: 200,
  holds,
});
const refused = (name: string, body: object, code: string, source = columnPage) =>
  one(name, source, add(body, { status: 400, code, answers: {} }));

const local = (...labels: string[]) => ({
  '@odata.type': `${crm}OptionSetMetadata`,
  IsGlobal: false,
  OptionSetType: 'Picklist',
  Options: labels.map((text, index) => ({ Value: 472190000 + index, Label: label(text) })),
});

export const customizingTables: readonly ContractCase[] = [
  {
    name: 'a table is created with its primary name, and can be used at once',
    source: tablePage,
    steps: [
      { send: 'POST EntityDefinitions', body: table('ctr_Bench'), ...made },
      {
        send: `GET ${bench}?$select=SchemaName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute,OwnershipType,IsManaged,IsCustomEntity`,
        status: 200,
        holds: {
          SchemaName: 'ctr_Bench',
          EntitySetName: expect.stringMatching(/^ctr_bench(e?s|)$/),
          PrimaryIdAttribute: 'ctr_benchid',
          PrimaryNameAttribute: 'ctr_name',
          OwnershipType: 'UserOwned',
          IsManaged: false,
          IsCustomEntity: true,
        },
        keep: { benches: 'EntitySetName' },
      },
      { send: 'POST {benches}', body: { ctr_name: 'Oak' }, status: 204 },
      {
        send: 'GET {benches}?$select=ctr_name,statecode',
        status: 200,
        holds: { value: [{ ctr_name: 'Oak', statecode: 0 }] },
      },
      { send: 'GET $metadata', status: 200, text: /<EntityType Name="ctr_bench" / },
    ],
  },
  one('a table gets the columns every table has', tablePage, {
    send: `GET ${bench}/Attributes?$select=LogicalName`,
    status: 200,
    holds: {
      value: expect.arrayContaining(
        [
          'createdby',
          'createdon',
          'modifiedby',
          'modifiedon',
          'ownerid',
          'owningbusinessunit',
          'statecode',
          'statuscode',
          'importsequencenumber',
          'overriddencreatedon',
          'versionnumber',
        ].map((LogicalName) =>
          // prettier-ignore
          expect.objectContaining({ LogicalName }),
        ),
      ),
    },
  }),
  one('a table gets views of its own', 'dev customize-entity-metadata', {
    send: "GET savedqueries?$select=name,querytype&$filter=returnedtypecode eq 'ctr_bench' and querytype eq 64",
    status: 200,
    holds: { value: [{ querytype: 64 }] },
  }),
  one('a table gets a main form of its own', 'dev customize-entity-metadata', {
    send: "GET systemforms?$select=name,type&$filter=objecttypecode eq 'ctr_bench' and type eq 2",
    status: 200,
    holds: { value: [{ type: 2 }] },
  }),
  one('a second table of a name is refused', codes, {
    send: 'POST EntityDefinitions',
    body: table('ctr_Bench'),
    status: 400,
    code: '0x8004700b',
  }),
  one('a table without a primary name is refused', tablePage, {
    send: 'POST EntityDefinitions',
    body: table('ctr_Nameless', { Attributes: [] }),
    status: 400,
  }),
  one('a table whose name has no prefix of a publisher is refused', tablePage, {
    send: 'POST EntityDefinitions',
    body: table('zzq_Bench'),
    status: 400,
    message: 'customization prefix',
  }),
  one('a table without a plural label is refused', tablePage, {
    send: 'POST EntityDefinitions',
    body: table('ctr_Single', { DisplayCollectionName: null }),
    status: 400,
  }),
  one('definitions are not patched', tablePage, {
    send: `PATCH ${bench}`,
    body: { DisplayName: label('Seat') },
    status: 405,
  }),
  {
    name: 'a table is replaced with PUT, and its labels of other languages are lost without MergeLabels',
    source: tablePage,
    steps: [
      {
        send: `PUT ${bench}`,
        headers: { 'MSCRM.MergeLabels': 'false' },
        body: { ...table('ctr_Bench'), DisplayName: label('Seat'), IsAuditEnabled: { Value: true } },
        status: 204,
      },
      {
        send: `GET ${bench}?$select=DisplayName,IsAuditEnabled`,
        status: 200,
        holds: {
          DisplayName: { LocalizedLabels: [{ Label: 'Seat', LanguageCode: 1033 }] },
          IsAuditEnabled: { Value: true },
        },
      },
    ],
  },
  {
    name: 'a table that others have their rows in belongs to the organisation',
    source: tablePage,
    steps: [
      { send: 'POST EntityDefinitions', body: table('ctr_Shelf', { OwnershipType: 'OrganizationOwned' }), ...made },
      {
        send: "GET EntityDefinitions(LogicalName='ctr_shelf')?$select=OwnershipType&$expand=Attributes($select=LogicalName;$filter=LogicalName eq 'ownerid')",
        status: 200,
        holds: { OwnershipType: 'OrganizationOwned', Attributes: [] },
      },
    ],
  },
  one('tables of the platform are not deleted', codes, {
    send: "DELETE EntityDefinitions(LogicalName='account')",
    status: 400,
  }),
  one('a table that is not there is not found', tablePage, {
    send: "DELETE EntityDefinitions(LogicalName='ctr_nosuch')",
    status: 404,
  }),
  one(
    'a user without the privilege changes no metadata',
    'dev webapi/use-web-api-metadata',
    { send: 'POST EntityDefinitions', as: 'picker', body: table('ctr_Forbidden'), status: 403, code: '0x80040220' },
    'users',
  ),
  {
    name: 'a change set that fails leaves no column',
    source: 'dev webapi/execute-batch-operations-using-web-api',
    steps: [
      {
        send: 'POST $batch',
        batch: [
          [
            {
              send: `POST {path}/${bench}/Attributes`,
              id: '1',
              body: column('String', 'ctr_Undone', { MaxLength: 10 }),
            },
            { send: 'POST {path}/{benches}', id: '2', body: { ctr_nosuch: 1 } },
          ] satisfies BatchItem,
        ],
        status: 400,
      },
      { send: `GET ${bench}/Attributes(LogicalName='ctr_undone')`, status: 404 },
    ],
  },
];

export const customizingColumns: readonly ContractCase[] = [
  {
    name: 'a text column with a format',
    source: columnPage,
    steps: [
      add(column('String', 'ctr_Mail', { MaxLength: 80, FormatName: { Value: 'Email' } })),
      read('ctr_mail', 'String', { MaxLength: 80, FormatName: { Value: 'Email' }, IsManaged: false }),
    ],
  },
  {
    name: 'a memo column',
    source: columnPage,
    steps: [add(column('Memo', 'ctr_Note', { MaxLength: 500 })), read('ctr_note', 'Memo', { MaxLength: 500 })],
  },
  {
    name: 'a whole number with its range',
    source: columnPage,
    steps: [
      add(column('Integer', 'ctr_Seats', { MinValue: 1, MaxValue: 9 })),
      read('ctr_seats', 'Integer', { MinValue: 1, MaxValue: 9 }),
      { send: 'POST {benches}', body: { ctr_name: 'Long', ctr_seats: 10 }, status: 400, code: '0x8004432f' },
    ],
  },
  {
    name: 'a big integer',
    source: columnPage,
    steps: [add(column('BigInt', 'ctr_Serial')), read('ctr_serial', 'BigInt', { AttributeType: 'BigInt' })],
  },
  {
    name: 'a decimal with its digits',
    source: columnPage,
    steps: [
      add(column('Decimal', 'ctr_Length', { MinValue: 0, MaxValue: 100, Precision: 1 })),
      read('ctr_length', 'Decimal', { MinValue: 0, MaxValue: 100, Precision: 1 }),
    ],
  },
  {
    name: 'a floating point number',
    source: columnPage,
    steps: [add(column('Double', 'ctr_Angle', { Precision: 3 })), read('ctr_angle', 'Double', { Precision: 3 })],
  },
  {
    name: 'money comes with its base amount, the currency and its rate',
    source: 'dev transaction-currency-currency-entity',
    steps: [
      add(column('Money', 'ctr_Cost', { PrecisionSource: 2 })),
      read('ctr_cost', 'Money', { PrecisionSource: 2 }),
      read('ctr_cost_base', 'Money', { CalculationOf: 'ctr_cost', IsValidForCreate: false, IsValidForUpdate: false }),
      { send: `GET ${bench}/Attributes(LogicalName='transactioncurrencyid')?$select=LogicalName`, status: 200 },
      { send: `GET ${bench}/Attributes(LogicalName='exchangerate')?$select=LogicalName`, status: 200 },
      {
        send: 'POST {benches}',
        headers: { Prefer: 'return=representation' },
        body: { ctr_name: 'Dear', ctr_cost: 12.5 },
        status: 201,
        holds: { ctr_cost: 12.5, ctr_cost_base: expect.any(Number), exchangerate: expect.any(Number) },
      },
    ],
  },
  {
    name: 'a yes/no column with its labels',
    source: columnPage,
    steps: [
      add(
        column('Boolean', 'ctr_IsPainted', {
          DefaultValue: true,
          OptionSet: { TrueOption: { Value: 1, Label: label('Up') }, FalseOption: { Value: 0, Label: label('Down') } },
        }),
      ),
      read(
        'ctr_ispainted',
        'Boolean',
        { DefaultValue: true, OptionSet: { TrueOption: { Value: 1 } } },
        '?$expand=OptionSet',
      ),
    ],
  },
  {
    name: 'a choice of its own',
    source: columnPage,
    steps: [
      add(column('Picklist', 'ctr_Wood', { OptionSet: local('Oak', 'Ash') })),
      read(
        'ctr_wood',
        'Picklist',
        { OptionSet: { IsGlobal: false, Options: [{ Value: 472190000 }, { Value: 472190001 }] } },
        '?$select=LogicalName&$expand=OptionSet',
      ),
      { send: 'POST {benches}', body: { ctr_name: 'Elm', ctr_wood: 7 }, status: 400, code: '0x8004431a' },
    ],
  },
  {
    name: 'several choices at once',
    source: columnPage,
    steps: [
      add(column('MultiSelectPicklist', 'ctr_Features', { OptionSet: local('Back', 'Arms') })),
      {
        send: 'POST {benches}',
        headers: { Prefer: 'return=representation' },
        body: { ctr_name: 'Both', ctr_features: '472190000,472190001' },
        status: 201,
        holds: { ctr_features: '472190000,472190001' },
      },
    ],
  },
  {
    name: 'dates with their behaviours',
    source: 'dev behavior-format-date-time-attribute',
    steps: [
      add(column('DateTime', 'ctr_Built', { Format: 'DateOnly', DateTimeBehavior: { Value: 'DateOnly' } })),
      add(
        column('DateTime', 'ctr_SeenAt', { Format: 'DateAndTime', DateTimeBehavior: { Value: 'TimeZoneIndependent' } }),
      ),
      read('ctr_built', 'DateTime', { Format: 'DateOnly', DateTimeBehavior: { Value: 'DateOnly' } }),
      read('ctr_seenat', 'DateTime', { DateTimeBehavior: { Value: 'TimeZoneIndependent' } }),
    ],
  },
  {
    name: 'file and image columns with their sizes',
    source: 'dev file-column-data',
    steps: [
      add(column('File', 'ctr_Plan', { MaxSizeInKB: 2048 })),
      add(column('Image', 'ctr_Photo', { MaxSizeInKB: 1024 })),
      read('ctr_plan', 'File', { MaxSizeInKB: 2048 }),
      read('ctr_photo', 'Image', { MaxSizeInKB: 1024 }),
    ],
  },
  {
    name: 'an autonumber counts from 1000',
    source: 'dev create-auto-number-attributes',
    steps: [
      // Braces are what names of the suite stand in: this one is written otherwise.
      add({}, { body: JSON.stringify(column('String', 'ctr_Number', { MaxLength: 50, AutoNumberFormat: 'B-{SEQNUM:5}' })).replace('{SEQNUM', '\\u007bSEQNUM') }), // prettier-ignore
      {
        send: 'POST {benches}',
        headers: { Prefer: 'return=representation' },
        body: { ctr_name: 'Counted' },
        status: 201,
        holds: { ctr_number: 'B-01000' },
      },
    ],
  },
  {
    name: 'a column is replaced with PUT',
    source: columnPage,
    steps: [
      {
        send: `PUT ${bench}/Attributes(LogicalName='ctr_seats')`,
        headers: { 'MSCRM.MergeLabels': 'true' },
        body: { ...column('Integer', 'ctr_Seats', { MinValue: 1, MaxValue: 20 }), DisplayName: label('Places') },
        status: 204,
      },
      read('ctr_seats', 'Integer', { MaxValue: 20, DisplayName: { UserLocalizedLabel: { Label: 'Places' } } }),
      { send: 'POST {benches}', body: { ctr_name: 'Long', ctr_seats: 10 }, status: 204 },
    ],
  },
  {
    name: 'a column is deleted with its values, and may be made anew',
    source: columnPage,
    steps: [
      { send: `DELETE ${bench}/Attributes(LogicalName='ctr_serial')`, status: 204 },
      { send: `GET ${bench}/Attributes(LogicalName='ctr_serial')`, status: 404 },
      { send: 'GET {benches}?$select=ctr_serial', status: 400, code: '0x0' },
      add(column('String', 'ctr_Serial', { MaxLength: 20 })),
      read('ctr_serial', 'String', { MaxLength: 20 }),
    ],
  },
  refused('a second column of a name is refused', column('Memo', 'ctr_Note', { MaxLength: 5 }), '0x80047013', codes),
  refused('a text column without a length is refused', column('String', 'ctr_Endless'), '0x80040203'),
  refused(
    'a text longer than texts can be is refused',
    column('String', 'ctr_Huge', { MaxLength: 4001 }),
    '0x80040203',
  ),
  refused('a lookup is made with its relationship only', column('Lookup', 'ctr_Loose'), '0x80040203', relationshipPage),
  one('the primary name is not deleted', codes, {
    send: `DELETE ${bench}/Attributes(LogicalName='ctr_name')`,
    status: 400,
    code: '0x80047002',
  }),
  one('columns of the platform are not deleted', codes, {
    send: `DELETE ${bench}/Attributes(LogicalName='createdon')`,
    status: 400,
    code: '0x80047009',
  }),
];

const oneToMany = (SchemaName: string, more: object) => ({
  '@odata.type': `${crm}OneToManyRelationshipMetadata`,
  SchemaName,
  ReferencedEntity: 'account',
  ReferencedAttribute: 'accountid',
  ReferencingEntity: 'ctr_bench',
  CascadeConfiguration: { Assign: 'NoCascade', Delete: 'RemoveLink', Merge: 'NoCascade', Reparent: 'NoCascade', Share: 'NoCascade', Unshare: 'NoCascade' }, // prettier-ignore
  AssociatedMenuConfiguration: { Behavior: 'UseLabel', Group: 'Details', Label: label('Benches'), Order: 10000 },
  ...more,
});

export const customizingRelationships: readonly ContractCase[] = [
  {
    name: 'a one-to-many relationship comes with its lookup',
    source: relationshipPage,
    steps: [
      {
        send: 'POST RelationshipDefinitions',
        body: oneToMany('ctr_account_bench', { Lookup: column('Lookup', 'ctr_AccountId') }),
        ...made,
      },
      read('ctr_accountid', 'Lookup', { Targets: ['account'] }),
      {
        send: `GET RelationshipDefinitions(SchemaName='ctr_account_bench')/${crm}OneToManyRelationshipMetadata`,
        status: 200,
        holds: {
          ReferencingAttribute: 'ctr_accountid',
          ReferencingEntityNavigationPropertyName: 'ctr_AccountId',
          ReferencedEntityNavigationPropertyName: 'ctr_account_bench',
          CascadeConfiguration: { Delete: 'RemoveLink' },
          AssociatedMenuConfiguration: { Behavior: 'UseLabel', Order: 10000 },
        },
      },
      { send: 'POST accounts', body: { name: 'Sitter' }, status: 204, keep: { sitter: 'id' } },
      {
        send: 'POST {benches}',
        body: { ctr_name: 'Theirs', 'ctr_AccountId@odata.bind': '/accounts({sitter})' },
        status: 204,
      },
      {
        send: 'GET accounts({sitter})/ctr_account_bench?$select=ctr_name',
        status: 200,
        column: ['ctr_name', ['Theirs']],
      },
    ],
  },
  {
    name: 'a relationship is replaced with PUT',
    source: relationshipPage,
    steps: [
      {
        send: "PUT RelationshipDefinitions(SchemaName='ctr_account_bench')",
        body: oneToMany('ctr_account_bench', { CascadeConfiguration: { Delete: 'Restrict' } }),
        status: 204,
      },
      { send: 'DELETE accounts({sitter})', status: 405, code: '0x80040227' },
    ],
  },
  one('a second relationship of a name is refused', codes, {
    send: 'POST RelationshipDefinitions',
    body: oneToMany('ctr_account_bench', { Lookup: column('Lookup', 'ctr_OtherId') }),
    status: 400,
    code: '0x80047010',
  }),
  {
    name: 'a many-to-many relationship comes with the table of its pairs',
    source: relationshipPage,
    steps: [
      {
        send: 'POST RelationshipDefinitions',
        body: {
          '@odata.type': `${crm}ManyToManyRelationshipMetadata`,
          SchemaName: 'ctr_bench_contact',
          IntersectEntityName: 'ctr_bench_contact',
          Entity1LogicalName: 'ctr_bench',
          Entity2LogicalName: 'contact',
        },
        ...made,
      },
      { send: 'POST contacts', body: { lastname: 'Sits' }, status: 204, keep: { sits: 'id' } },
      { send: 'POST {benches}', body: { ctr_name: 'Shared' }, status: 204, keep: { shared: 'id' } },
      {
        send: 'POST {benches}({shared})/ctr_bench_contact/$ref',
        body: { '@odata.id': '{base}/contacts({sits})' },
        status: 204,
      },
      {
        send: 'GET contacts({sits})/ctr_bench_contact?$select=ctr_name',
        status: 200,
        column: ['ctr_name', ['Shared']],
      },
    ],
  },
  {
    name: 'a customer column points at accounts and contacts',
    source: columnPage,
    steps: [
      {
        send: 'POST CreateCustomerRelationships',
        body: {
          OneToManyRelationships: [
            { SchemaName: 'ctr_bench_customer_account', ReferencedEntity: 'account', ReferencingEntity: 'ctr_bench' },
            { SchemaName: 'ctr_bench_customer_contact', ReferencedEntity: 'contact', ReferencingEntity: 'ctr_bench' },
          ],
          Lookup: column('ComplexLookup', 'ctr_CustomerId'),
        },
        status: 200,
        holds: { AttributeId: expect.any(String), RelationshipIds: [expect.any(String), expect.any(String)] },
      },
      read('ctr_customerid', 'Lookup', {
        AttributeType: 'Customer',
        Targets: expect.arrayContaining(['account', 'contact']),
      }),
      {
        send: 'POST {benches}',
        body: { ctr_name: 'Bought', 'ctr_CustomerId_contact@odata.bind': '/contacts({sits})' },
        status: 204,
      },
    ],
  },
  {
    name: 'a lookup to several tables, and one more',
    source: 'dev webapi/multitable-lookup',
    steps: [
      {
        send: 'POST CreatePolymorphicLookupAttribute',
        body: {
          OneToManyRelationships: [
            { SchemaName: 'ctr_bench_place_account', ReferencedEntity: 'account', ReferencingEntity: 'ctr_bench' },
            { SchemaName: 'ctr_bench_place_shelf', ReferencedEntity: 'ctr_shelf', ReferencingEntity: 'ctr_bench' },
          ],
          Lookup: column('ComplexLookup', 'ctr_PlaceId'),
        },
        status: 200,
        holds: { RelationshipIds: [expect.any(String), expect.any(String)] },
      },
      {
        send: 'POST RelationshipDefinitions',
        body: {
          '@odata.type': `${crm}OneToManyRelationshipMetadata`,
          SchemaName: 'ctr_bench_place_contact',
          ReferencedEntity: 'contact',
          ReferencingEntity: 'ctr_bench',
          Lookup: column('Lookup', 'ctr_PlaceId'),
        },
        ...made,
      },
      read('ctr_placeid', 'Lookup', { Targets: expect.arrayContaining(['account', 'ctr_shelf', 'contact']) }),
      {
        send: 'POST {benches}',
        headers: { Prefer: 'return=representation,odata.include-annotations="*"' },
        body: { ctr_name: 'Placed', 'ctr_PlaceId_contact@odata.bind': '/contacts({sits})' },
        status: 201,
        holds: { '_ctr_placeid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact' },
      },
    ],
  },
  {
    name: 'deleting a relationship takes its lookup along',
    source: relationshipPage,
    steps: [
      { send: "DELETE RelationshipDefinitions(SchemaName='ctr_account_bench')", status: 204 },
      { send: `GET ${bench}/Attributes(LogicalName='ctr_accountid')`, status: 404 },
    ],
  },
  {
    name: 'an alternate key finds its row, and refuses a second',
    source: keyPage,
    steps: [
      {
        send: `POST ${bench}/Keys`,
        body: { SchemaName: 'ctr_BySerial', DisplayName: label('By serial'), KeyAttributes: ['ctr_serial'] },
        ...made,
      },
      { send: `GET ${bench}/Keys(LogicalName='ctr_byserial')`, status: 200, holds: { KeyAttributes: ['ctr_serial'] } },
      { send: 'POST {benches}', body: { ctr_name: 'Keyed', ctr_serial: 'S1' }, status: 204 },
      { send: "GET {benches}(ctr_serial='S1')?$select=ctr_name", status: 200, holds: { ctr_name: 'Keyed' } },
      { send: 'POST {benches}', body: { ctr_name: 'Twin', ctr_serial: 'S1' }, status: 412, code: '0x80060892' },
    ],
  },
  one('a second key of a name is refused', codes, {
    send: `POST ${bench}/Keys`,
    body: { SchemaName: 'ctr_BySerial', DisplayName: label('Again'), KeyAttributes: ['ctr_mail'] },
    status: 400,
    code: '0x80060893',
  }),
  one('a column a key stands on is not deleted', codes, {
    send: `DELETE ${bench}/Attributes(LogicalName='ctr_serial')`,
    status: 400,
    code: '0x8004f01f',
  }),
  {
    name: 'what keeps a column from being deleted is listed',
    source: 'dev dependency-tracking-solution-components',
    steps: [
      {
        send: `GET ${bench}/Attributes(LogicalName='ctr_serial')?$select=LogicalName`,
        status: 200,
        keep: { serial: 'MetadataId' },
      },
      {
        send: 'GET RetrieveDependenciesForDelete(ObjectId={serial},ComponentType=2)',
        status: 200,
        holds: { value: [{ dependentcomponenttype: 14, requiredcomponentobjectid: '{serial}' }] },
      },
    ],
  },
  {
    name: 'a key is deleted',
    source: keyPage,
    steps: [
      { send: `DELETE ${bench}/Keys(LogicalName='ctr_byserial')`, status: 204 },
      { send: "GET {benches}(ctr_serial='S1')", status: 400 },
    ],
  },
];

const colours = "GlobalOptionSetDefinitions(Name='ctr_colours')";

export const customizingChoices: readonly ContractCase[] = [
  {
    name: 'a global choice numbers its options, and columns share it',
    source: choicePage,
    steps: [
      {
        send: 'POST GlobalOptionSetDefinitions',
        body: {
          '@odata.type': `${crm}OptionSetMetadata`,
          Name: 'ctr_colours',
          DisplayName: label('Colours'),
          OptionSetType: 'Picklist',
          Options: [
            { Value: 472190000, Label: label('Red') },
            { Value: null, Label: label('Blue') },
          ],
        },
        ...made,
      },
      { send: `GET ${colours}`, status: 200, holds: { IsGlobal: true, Name: 'ctr_colours' } },
      add(column('Picklist', 'ctr_Colour', { 'GlobalOptionSet@odata.bind': `/${colours}` })),
      read('ctr_colour', 'Picklist', { GlobalOptionSet: { Name: 'ctr_colours' } }, '?$expand=GlobalOptionSet'),
    ],
  },
  {
    name: 'options are inserted, changed, ordered and deleted',
    source: choicePage,
    steps: [
      {
        send: 'POST InsertOptionValue',
        body: { OptionSetName: 'ctr_colours', Value: 472190005, Label: label('Green') },
        status: 200,
        holds: { NewOptionValue: 472190005 },
      },
      { send: 'POST {benches}', body: { ctr_name: 'Green', ctr_colour: 472190005 }, status: 204 },
      {
        send: 'POST UpdateOptionValue',
        body: { OptionSetName: 'ctr_colours', Value: 472190005, Label: label('Olive'), MergeLabels: false },
        status: 204,
      },
      {
        send: `GET ${bench}/Attributes(LogicalName='ctr_wood')/${crm}PicklistAttributeMetadata/OptionSet?$select=Options`,
        status: 200,
        holds: { Options: [{ Value: 472190000 }, { Value: 472190001 }] },
      },
      {
        send: 'POST OrderOption',
        body: { EntityLogicalName: 'ctr_bench', AttributeLogicalName: 'ctr_wood', Values: [472190001, 472190000] },
        status: 204,
      },
      {
        send: `GET ${bench}/Attributes(LogicalName='ctr_wood')/${crm}PicklistAttributeMetadata/OptionSet?$select=Options`,
        status: 200,
        holds: { Options: [{ Value: 472190001 }, { Value: 472190000 }] },
      },
      {
        send: 'POST DeleteOptionValue',
        body: { EntityLogicalName: 'ctr_bench', AttributeLogicalName: 'ctr_wood', Value: 472190001 },
        status: 204,
      },
      { send: 'POST {benches}', body: { ctr_name: 'Ash', ctr_wood: 472190001 }, status: 400, code: '0x8004431a' },
    ],
  },
  one('an option of a value that is taken is refused', codes, {
    send: 'POST InsertOptionValue',
    body: { OptionSetName: 'ctr_colours', Value: 472190005, Label: label('Again') },
    status: 400,
    code: '0x80044310',
  }),
  {
    name: 'a status reason is inserted for a state',
    source: choicePage,
    steps: [
      {
        send: 'POST InsertStatusValue',
        body: { EntityLogicalName: 'ctr_bench', AttributeLogicalName: 'statuscode', StateCode: 1, Value: 472190009, Label: label('Broken') }, // prettier-ignore
        status: 200,
        holds: { NewOptionValue: 472190009 },
      },
      { send: 'POST {benches}', body: { ctr_name: 'Falls' }, status: 204, keep: { falls: 'id' } },
      { send: 'PATCH {benches}({falls})', body: { statecode: 1, statuscode: 472190009 }, status: 204 },
      {
        send: 'POST UpdateStateValue',
        body: { EntityLogicalName: 'ctr_bench', AttributeLogicalName: 'statecode', Value: 1, DefaultStatusCode: 472190009, Label: label('Away'), MergeLabels: false }, // prettier-ignore
        status: 204,
      },
      { send: 'POST {benches}', body: { ctr_name: 'Too' }, status: 204, keep: { too: 'id' } },
      { send: 'PATCH {benches}({too})', body: { statecode: 1 }, status: 204 },
      { send: 'GET {benches}({too})?$select=statuscode', status: 200, holds: { statuscode: 472190009 } },
    ],
  },
  one('a choice that columns use is not deleted', codes, {
    send: `DELETE ${colours}`,
    status: 400,
    code: '0x80048417',
    message: 'ctr_bench',
  }),
];

const stamped = (PropertyNames: readonly string[]) =>
  JSON.stringify({
    Criteria: {
      FilterOperator: 'And',
      Conditions: [
        {
          ConditionOperator: 'Equals',
          PropertyName: 'LogicalName',
          Value: { Type: 'System.String', Value: 'ctr_bench' },
        },
      ],
    },
    Properties: { AllProperties: false, PropertyNames },
    AttributeQuery: { Properties: { AllProperties: false, PropertyNames: ['LogicalName'] } },
    LabelQuery: { FilterLanguages: [1033], MissingLabelBehavior: 0 },
  });
const schemaPage = 'dev query-schema-definitions';

export const metadataChanges: readonly ContractCase[] = [
  {
    name: 'RetrieveMetadataChanges answers what is asked for, then what changed since',
    source: schemaPage,
    steps: [
      {
        send: 'GET RetrieveMetadataChanges(Query=@p1)',
        query: { '@p1': stamped(['SchemaName', 'Attributes']) },
        status: 200,
        holds: {
          DeletedMetadata: { Count: 0 },
          EntityMetadata: [
            {
              LogicalName: 'ctr_bench',
              SchemaName: 'ctr_Bench',
              HasChanged: null,
              Attributes: expect.arrayContaining([
                expect.objectContaining({
                  '@odata.type': `#${crm}ComplexStringAttributeMetadata`,
                  LogicalName: 'ctr_mail',
                }),
              ]),
            },
          ],
        },
        keep: { stamp: 'ServerVersionStamp' },
      },
      add(column('String', 'ctr_Late', { MaxLength: 10 })),
      {
        send: 'GET RetrieveMetadataChanges(Query=@p1,ClientVersionStamp=@p2)',
        query: { '@p1': stamped(['SchemaName', 'Attributes']), '@p2': "'{stamp}'" },
        status: 200,
        holds: {
          EntityMetadata: [{ LogicalName: 'ctr_bench', Attributes: [{ LogicalName: 'ctr_late', HasChanged: true }] }],
        },
        keep: { stamp: 'ServerVersionStamp' },
      },
      {
        send: `GET ${bench}/Attributes(LogicalName='ctr_late')?$select=LogicalName`,
        status: 200,
        keep: { late: 'MetadataId' },
      },
      { send: `DELETE ${bench}/Attributes(LogicalName='ctr_late')`, status: 204 },
      {
        send: 'GET RetrieveMetadataChanges(Query=@p1,ClientVersionStamp=@p2,DeletedMetadataFilters=@p3)',
        query: {
          '@p1': stamped(['SchemaName', 'Attributes']),
          '@p2': "'{stamp}'",
          '@p3': `${crm}DeletedMetadataFilters'Attribute'`,
        },
        status: 200,
        holds: { DeletedMetadata: { Count: 1, Keys: ['Attribute'] }, EntityMetadata: [] },
        text: /"\{?[0-9a-f]{8}-/,
      },
    ],
  },
  one('a stamp that is too old starts over', codes, {
    send: 'GET RetrieveMetadataChanges(Query=@p1,ClientVersionStamp=@p2)',
    query: { '@p1': stamped(['SchemaName']), '@p2': "'1!01/01/2015 00:00:00'" },
    status: 400,
    code: '0x80044352',
  }),
  one('tables expand columns cast to one kind, with their choices', 'dev webapi/query-metadata-web-api', {
    send: `GET ${bench}?$select=LogicalName&$expand=Attributes/${crm}MultiSelectPicklistAttributeMetadata($select=LogicalName;$expand=OptionSet($select=Options))`,
    status: 200,
    holds: {
      Attributes: [
        { LogicalName: 'ctr_features', OptionSet: { Options: [{ Value: 472190000 }, { Value: 472190001 }] } },
      ],
    },
  }),
  one('labels come in the languages asked for', 'dev webapi/query-metadata-web-api', {
    send: "GET EntityDefinitions(LogicalName='account')?$select=DisplayName&LabelLanguages=1033",
    status: 200,
    holds: { DisplayName: { LocalizedLabels: [{ LanguageCode: 1033 }] } },
  }),
];

export const customizingSolutions: readonly ContractCase[] = [
  {
    name: 'what is made with the header belongs to the solution, and can be taken out again',
    source: tablePage,
    steps: [
      {
        send: "GET publishers?$select=publisherid&$filter=customizationprefix eq 'ctr'",
        status: 200,
        keep: { publisher: 'value/0/publisherid' },
      },
      {
        send: 'POST solutions',
        body: { uniquename: 'CtrMade', friendlyname: 'Made here', version: '1.0.0.0', 'publisherid@odata.bind': '/publishers({publisher})' }, // prettier-ignore
        status: 204,
        keep: { solution: 'id' },
      },
      {
        send: 'POST GlobalOptionSetDefinitions',
        headers: { 'MSCRM.SolutionUniqueName': 'CtrMade' },
        body: {
          '@odata.type': `${crm}OptionSetMetadata`,
          Name: 'ctr_sizes',
          DisplayName: label('Sizes'),
          OptionSetType: 'Picklist',
          Options: [{ Label: label('Small') }],
        },
        ...made,
      },
      {
        send: "GET GlobalOptionSetDefinitions(Name='ctr_sizes')",
        status: 200,
        holds: { Options: [{ Value: 472190000 }] },
        keep: { sizes: 'MetadataId' },
      },
      {
        send: "GET GlobalOptionSetDefinitions(Name='ctr_sizes')/Microsoft.Dynamics.CRM.OptionSetMetadata/Options",
        status: 200,
        holds: { value: [{ Value: 472190000 }] },
      },
      {
        send: 'GET solutioncomponents?$select=componenttype,objectid&$filter=_solutionid_value eq {solution}',
        status: 200,
        holds: { value: [{ componenttype: 9, objectid: '{sizes}' }] },
      },
      {
        send: `GET ${bench}?$select=LogicalName`,
        status: 200,
        keep: { benchid: 'MetadataId' },
      },
      {
        send: 'POST AddSolutionComponent',
        body: {
          ComponentId: '{benchid}',
          ComponentType: 1,
          SolutionUniqueName: 'CtrMade',
          AddRequiredComponents: false,
        },
        status: 200,
        holds: { id: expect.any(String) },
      },
      {
        send: 'POST ExportSolution',
        body: { SolutionName: 'CtrMade', Managed: false },
        status: 200,
        holds: { ExportSolutionFile: expect.any(String) },
      },
      {
        send: 'POST CloneAsSolution',
        body: { ParentSolutionUniqueName: 'CtrMade', DisplayName: 'Made anew', VersionNumber: '1.0.5.0' },
        status: 400,
      },
      {
        send: 'POST CloneAsSolution',
        body: { ParentSolutionUniqueName: 'CtrMade', DisplayName: 'Made anew', VersionNumber: '1.1.0.0' },
        status: 200,
        holds: { SolutionId: expect.any(String) },
        keep: { solution: 'SolutionId' },
      },
      {
        send: "GET solutions?$select=version,friendlyname&$filter=uniquename eq 'CtrMade'",
        status: 200,
        holds: { value: [{ version: '1.1.0.0', friendlyname: 'Made anew' }] },
      },
      {
        send: 'POST RemoveSolutionComponent',
        body: {
          SolutionComponent: { '@odata.type': `${crm}solutioncomponent`, solutioncomponentid: '{benchid}' },
          ComponentType: 1,
          SolutionUniqueName: 'CtrMade',
        },
        status: 200,
      },
      {
        send: 'GET solutioncomponents?$select=componenttype&$filter=_solutionid_value eq {solution}',
        status: 200,
        column: ['componenttype', [9]],
      },
    ],
  },
  one('a second solution of a name is refused', tablePage, {
    send: 'POST solutions',
    body: { uniquename: 'CtrMade', friendlyname: 'Again', version: '1.0.0.0', 'publisherid@odata.bind': '/publishers({publisher})' }, // prettier-ignore
    status: 400,
  }),
  one('a solution that is not there takes nothing', tablePage, {
    send: `POST ${bench}/Attributes`,
    headers: { 'MSCRM.SolutionUniqueName': 'NoSuchSolution' },
    body: column('String', 'ctr_Nowhere', { MaxLength: 5 }),
    status: 404,
  }),
  one('a publisher whose prefix is not allowed is refused', codes, {
    send: 'POST publishers',
    body: {
      uniquename: 'ctrbad',
      friendlyname: 'Bad',
      customizationprefix: 'x',
      customizationoptionvalueprefix: 10000,
    },
    status: 400,
    code: '0x80044366',
  }),
  {
    name: 'a table is deleted with its rows, its views and what points at it',
    source: tablePage,
    steps: [
      { send: `DELETE ${bench}`, status: 204 },
      { send: `GET ${bench}`, status: 404 },
      { send: 'GET {benches}', status: 404 },
      {
        send: "GET savedqueries?$select=name&$filter=returnedtypecode eq 'ctr_bench'",
        status: 200,
        holds: { value: [] },
      },
      { send: "DELETE EntityDefinitions(LogicalName='ctr_shelf')", status: 204 },
      { send: `DELETE ${colours}`, status: 204 },
    ],
  },
];
