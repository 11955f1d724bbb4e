/** What a client makes through the Web API is exported, imported into another environment, and the same there. */
import { readZip } from '../../packaging/index.ts';
import { aDataverse, type TestDataverse } from '../support/a-dataverse.ts';

const crm = 'Microsoft.Dynamics.CRM.';
const label = (text: string, more: Readonly<Record<number, string>> = {}) => ({
  LocalizedLabels: Object.entries({ 1033: text, ...more }).map(([code, Label]) => ({
    Label,
    LanguageCode: Number(code),
  })),
});
const column = (type: string, SchemaName: string, more: object = {}) => ({
  '@odata.type': `${crm}${type}AttributeMetadata`,
  SchemaName,
  DisplayName: label(`${SchemaName} <b>&"'`, { 1031: `${SchemaName} ä` }),
  Description: label('What it is'),
  ...more,
});
const name = column('String', 'ora_Name', { IsPrimaryName: true, MaxLength: 100 });
const table = (SchemaName: string, OwnershipType: string) => ({
  SchemaName,
  OwnershipType,
  DisplayName: label(`${SchemaName} <i>`),
  DisplayCollectionName: label(`${SchemaName}s`),
  Description: label('A table'),
  IsAuditEnabled: { Value: true },
  EntityColor: '#00ff00',
  Attributes: [name, column('Money', 'ora_Price', { PrecisionSource: 1 })],
});
const options = (...labels: string[]) => ({
  Options: labels.map((text, index) => ({ Value: 472190000 + index, Label: label(text), Color: '#ff0000' })),
});
const columns = [
  column('String', 'ora_Code', { MaxLength: 40, FormatName: { Value: 'Url' } }),
  column('String', 'ora_Number', { MaxLength: 40, AutoNumberFormat: 'P-{SEQNUM:4}' }),
  column('Memo', 'ora_Note', { MaxLength: 300 }),
  column('Integer', 'ora_Count', { MinValue: 1, MaxValue: 7, RequiredLevel: { Value: 'ApplicationRequired' } }),
  column('BigInt', 'ora_Big'),
  column('Decimal', 'ora_Weight', { MinValue: 0, MaxValue: 9, Precision: 4 }),
  column('Double', 'ora_Bend', { Precision: 3 }),
  column('Boolean', 'ora_IsRipe', {
    DefaultValue: true,
    OptionSet: { TrueOption: { Value: 1, Label: label('Ripe') } },
  }),
  column('Picklist', 'ora_Sort', { OptionSet: options('Abate', 'Conference'), DefaultFormValue: 472190001 }),
  column('Picklist', 'ora_Grade', { 'GlobalOptionSet@odata.bind': "/GlobalOptionSetDefinitions(Name='ora_grade')" }),
  column('MultiSelectPicklist', 'ora_Uses', { OptionSet: options('Juice', 'Cake') }),
  column('DateTime', 'ora_PickedAt', { Format: 'DateAndTime', IsValidForAdvancedFind: { Value: false } }),
  column('DateTime', 'ora_PickedOn', { Format: 'DateOnly', DateTimeBehavior: { Value: 'DateOnly' } }),
  column('File', 'ora_Paper', { MaxSizeInKB: 5000 }),
  column('Image', 'ora_Picture', { MaxSizeInKB: 3000 }),
];
const oneToMany = (SchemaName: string, ReferencedEntity: string, more: object = {}) => ({
  '@odata.type': `${crm}OneToManyRelationshipMetadata`,
  SchemaName,
  ReferencedEntity,
  ReferencingEntity: 'ora_pear',
  ...more,
});

const solution = { 'mscrm.solutionuniquename': 'OrchardMade' };

/** Sends, and answers the body; what is refused fails the test. */
async function send({ call }: TestDataverse, method: string, path: string, body?: object, headers = {}) {
  const answer = await call(method, path, { ...(body === undefined ? {} : { body }), headers });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.refusal} ${answer.text}`);
  return answer;
}

async function makeAll(there: TestDataverse): Promise<void> {
  const make = (path: string, body: object) => send(there, 'POST', path, body, solution);
  const publisherid = await there.create('publishers', {
    uniquename: 'orchardmakers',
    friendlyname: 'Orchard makers',
    customizationprefix: 'ora',
    customizationoptionvalueprefix: 47219,
  });
  await there.create('solutions', {
    uniquename: 'OrchardMade',
    friendlyname: 'Orchard <made> & more',
    version: '2.1.0.0',
    'publisherid@odata.bind': `/publishers(${publisherid})`,
  });
  await make('GlobalOptionSetDefinitions', { Name: 'ora_grade', DisplayName: label('Grade'), ...options('A', 'B') });
  await make('EntityDefinitions', table('ora_Pear', 'UserOwned'));
  await make('EntityDefinitions', table('ora_Crate', 'OrganizationOwned'));
  for (const one of columns) await make("EntityDefinitions(LogicalName='ora_pear')/Attributes", one);
  await make("EntityDefinitions(LogicalName='account')/Attributes", column('String', 'ora_Orchard', { MaxLength: 9 }));
  await make(
    'RelationshipDefinitions',
    oneToMany('ora_crate_pear', 'ora_crate', {
      Lookup: column('Lookup', 'ora_CrateId'),
      CascadeConfiguration: { Delete: 'Restrict', Assign: 'NoCascade' },
      AssociatedMenuConfiguration: { Behavior: 'UseLabel', Order: 10, Group: 'Details', Label: label('Pears inside') },
    }),
  );
  await make('RelationshipDefinitions', {
    '@odata.type': `${crm}ManyToManyRelationshipMetadata`,
    SchemaName: 'ora_pear_contact',
    Entity1LogicalName: 'ora_pear',
    Entity2LogicalName: 'contact',
    IntersectEntityName: 'ora_pear_contact',
  });
  await make('CreateCustomerRelationships', {
    OneToManyRelationships: [
      oneToMany('ora_pear_customer_account', 'account'),
      oneToMany('ora_pear_customer_contact', 'contact'),
    ],
    Lookup: column('ComplexLookup', 'ora_CustomerId'),
  });
  await make("EntityDefinitions(LogicalName='ora_pear')/Keys", {
    SchemaName: 'ora_ByCode',
    DisplayName: label('By code'),
    KeyAttributes: ['ora_code'],
  });
  await make('InsertStatusValue', {
    EntityLogicalName: 'ora_pear',
    AttributeLogicalName: 'statuscode',
    StateCode: 1,
    Label: label('Rotten'),
    SolutionUniqueName: 'OrchardMade',
  });
  await make('webresourceset', {
    name: 'ora_/pear.js',
    displayname: 'Pear',
    webresourcetype: 3,
    content: Buffer.from('alert(1)').toString('base64'),
  });
}

/** Definitions by name, without what differs from environment to environment. */
async function definitionsOf(there: TestDataverse): Promise<unknown> {
  const parts = 'Attributes,Keys,OneToManyRelationships,ManyToOneRelationships,ManyToManyRelationships';
  const read = async (path: string) => comparable((await send(there, 'GET', path)).body);
  const names = ['ora_pear', 'ora_crate', 'ora_pear_contact', 'account', 'contact'];
  const tables = await Promise.all(
    names.map((one) => read(`EntityDefinitions(LogicalName='${one}')?$expand=${parts}`)),
  );
  const kinds = ['Picklist', 'MultiSelectPicklist', 'Boolean', 'Status', 'State'];
  const choices = await Promise.all(
    kinds.map((one) =>
      read(`EntityDefinitions(LogicalName='ora_pear')/Attributes/${crm}${one}AttributeMetadata?$expand=OptionSet`),
    ),
  );
  return [...tables, ...choices, await read("GlobalOptionSetDefinitions(Name='ora_grade')")];
}

/** Type codes and column numbers are handed out by each environment. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    const nameOf = (one: Record<string, unknown> | null) => String(one?.['LogicalName'] ?? one?.['SchemaName'] ?? '');
    return value.map(comparable).sort((one, other) => nameOf(one as never).localeCompare(nameOf(other as never)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const own = ['ObjectTypeCode', 'ColumnNumber'];
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (own.includes(key) ? [] : [[key, comparable(inner)]])),
  );
}

const exported = async (there: TestDataverse, Managed = false) =>
  String(
    (await send(there, 'POST', 'ExportSolution', { SolutionName: 'OrchardMade', Managed })).body.ExportSolutionFile,
  );
const imported = (there: TestDataverse, CustomizationFile: string) =>
  send(there, 'POST', 'ImportSolution', {
    OverwriteUnmanagedCustomizations: false,
    PublishWorkflows: false,
    CustomizationFile,
    ImportJobId: '4c0ffee0-0000-4000-8000-000000000001',
  });

let here: TestDataverse;
let there: TestDataverse;
beforeAll(async () => {
  here = await aDataverse();
  await makeAll(here);
}, 120_000);
beforeEach(async () => void (there = await aDataverse()), 60_000);
afterEach(() => there.close());
afterAll(() => here.close());

test('the exported solution makes the same definitions, views, forms and files in a fresh environment', async () => {
  const zip = await exported(here);
  await imported(there, zip);
  expect(await definitionsOf(there)).toEqual(await definitionsOf(here));
  for (const query of [
    "savedqueries?$select=savedqueryid,name,querytype,fetchxml,layoutxml&$filter=startswith(returnedtypecode,'ora_')&$orderby=savedqueryid",
    "systemforms?$select=formid,name,type,formxml&$filter=startswith(objecttypecode,'ora_')&$orderby=formid",
    "webresourceset?$select=name,content,webresourcetype&$filter=name eq 'ora_/pear.js'",
  ]) {
    const rows = async (environment: TestDataverse) =>
      (await send(environment, 'GET', query)).body.value.map((row: object) => ({ ...row, '@odata.etag': undefined }));
    const made = await rows(here);
    expect(made.length).toBeGreaterThan(0);
    expect(await rows(there)).toEqual(made);
  }
  expect(await exported(there)).toBe(zip);
}, 120_000);

test('rows keep to the definitions on both sides', async () => {
  await imported(there, await exported(here));
  for (const environment of [here, there]) {
    const crate = await environment.create('ora_crates', { ora_name: 'Crate' });
    const pear = {
      ora_name: 'Pear',
      ora_count: 3,
      ora_price: 2.5,
      ora_uses: '472190000,472190001',
      'ora_CrateId@odata.bind': `/ora_crates(${crate})`,
    };
    const { body } = await send(environment, 'POST', 'ora_pears', pear, { prefer: 'return=representation' });
    expect(body).toMatchObject({ ora_sort: 472190001, ora_isripe: true, ora_number: 'P-1000', ora_price_base: 2.5 });
    expect((await environment.call('POST', 'ora_pears', { body: { ora_name: 'Pear', ora_count: 8 } })).refusal).toBe(
      '400 0x8004432f',
    );
    expect((await environment.call('DELETE', `ora_crates(${crate})`)).refusal).toBe('405 0x80040227');
  }
}, 120_000);

test('a managed export is imported as managed: what it brings is not deleted by itself, and goes with it', async () => {
  await imported(there, await exported(here, true));
  const { body } = await send(there, 'GET', "EntityDefinitions(LogicalName='ora_pear')?$select=IsManaged");
  expect(body.IsManaged).toBe(true);
  expect((await there.call('DELETE', "EntityDefinitions(LogicalName='ora_pear')")).refusal).toBe('400 0x8004F032');
  const { value } = (await send(there, 'GET', "solutions?$select=solutionid&$filter=uniquename eq 'OrchardMade'")).body;
  await send(there, 'DELETE', `solutions(${value[0].solutionid})`);
  expect((await there.call('GET', 'ora_pears')).status).toBe(404);
}, 120_000);

test('changes after an import are exported: labels, new and deleted columns, options', async () => {
  await imported(there, await exported(here));
  const pear = "EntityDefinitions(LogicalName='ora_pear')";
  const put = column('Integer', 'ora_Count', { MaxValue: 99, DisplayName: label('How many') });
  await send(there, 'PUT', `${pear}/Attributes(LogicalName='ora_count')`, put, solution);
  await send(there, 'DELETE', `${pear}/Attributes(LogicalName='ora_big')`, undefined, solution);
  await send(there, 'POST', `${pear}/Attributes`, column('Memo', 'ora_More'), solution);
  await send(there, 'POST', 'InsertOptionValue', {
    OptionSetName: 'ora_grade',
    Label: label('C'),
    SolutionUniqueName: 'OrchardMade',
  });
  const zip = await exported(there);
  const { customizations } = await readZip(Buffer.from(zip, 'base64'));
  expect(JSON.stringify(customizations)).not.toContain('ora_big');
  const third = await aDataverse();
  await imported(third, zip);
  expect(await definitionsOf(third)).toEqual(await definitionsOf(there));
  third.close();
}, 120_000);

test('nothing is lost at the next start', async () => {
  const before = await definitionsOf(here);
  await here.dataverse.load();
  expect(await definitionsOf(here)).toEqual(before);
}, 120_000);
