import { parseXml, readZip, writeXml, writeZip } from '../../../../../packaging/index.ts';
import { customApi } from '../../../../support/a-custom-api.ts';
import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';

// Microsoft's "Catalog and CatalogAssignment tables" (developer/data-platform/catalog-catalogassignment), example Contoso Customer
// Management, and the reference of both tables.
let here: TestDataverse;
const framework = { firstParty: ['CatalogFramework'], customApis: () => () => ({}) };
const api = customApi('contoso_CustomerEnteredStore', { isEvent: true, takes: [['Store', 10]] });
beforeAll(async () => {
  here = await aDataverse([api, customApi('contoso_Quiet')], framework);
  const publisherid = await here.create('publishers', {
    uniquename: 'contosomade',
    friendlyname: 'Contoso',
    customizationprefix: 'contoso',
    customizationoptionvalueprefix: 12345,
  });
  await here.create('solutions', {
    uniquename: 'ContosoCustomerManagement',
    friendlyname: 'Contoso Customer Management',
    version: '1.0.0.0',
    'publisherid@odata.bind': `/publishers(${publisherid})`,
  });
});
afterAll(() => here.close());

const inSolution = { headers: { 'mscrm.solutionuniquename': 'ContosoCustomerManagement' } };
const named = (uniquename: string, more: object = {}) => ({
  name: uniquename,
  uniquename,
  displayname: uniquename,
  description: uniquename,
  ...more,
});
const get = async (path: string, from = here) => (await from.call('GET', path)).body.value;

let root: string;
let tables: string;
let events: string;

test('a catalog, its categories and what is assigned to them are made with the documented requests', async () => {
  root = await here.create(
    'catalogs',
    {
      name: 'Contoso Customer Management',
      uniquename: 'contoso_CustomerManagement',
      displayname: 'Contoso Customer Management',
      description: 'The root catalog for the Contoso Customer Management solution',
      iscustomizable: { Value: false },
    },
    inSolution,
  );
  const parent = { 'ParentCatalogId@odata.bind': `catalogs(${root})` };
  tables = await here.create('catalogs', named('contoso_TableEvents', parent), inSolution);
  events = await here.create('catalogs', named('contoso_CustomerEvents', parent), inSolution);
  const [{ entityid }] = await get("entities?$select=entityid&$filter=name eq 'Account'");
  const definition = await here.call('GET', "EntityDefinitions(LogicalName='account')?$select=MetadataId");
  expect(entityid).toBe(definition.body.MetadataId);
  const [{ customapiid }] = await get(
    "customapis?$select=customapiid&$filter=uniquename eq 'contoso_CustomerEnteredStore'",
  );
  await here.create(
    'catalogassignments',
    {
      name: 'Account',
      'EntityId@odata.bind': `entities(${entityid})`,
      iscustomizable: { Value: false },
      'CatalogId@odata.bind': `catalogs(${tables})`,
    },
    inSolution,
  );
  await here.create(
    'catalogassignments',
    {
      name: 'Entered Store',
      'CustomAPIId@odata.bind': `customapis(${customapiid})`,
      'CatalogId@odata.bind': `catalogs(${events})`,
    },
    inSolution,
  );
  expect(
    await get(
      'catalogassignments?$select=name&$expand=CatalogId($select=uniquename;$expand=ParentCatalogId($select=uniquename)),EntityId($select=entityid),CustomAPIId($select=uniquename),WorkflowId($select=uniquename)&$filter=name ne null&$orderby=name',
    ),
  ).toMatchObject([
    {
      name: 'Account',
      CatalogId: { uniquename: 'contoso_TableEvents', ParentCatalogId: { uniquename: 'contoso_CustomerManagement' } },
      EntityId: { entityid },
      CustomAPIId: null,
      WorkflowId: null,
    },
    {
      name: 'Entered Store',
      CatalogId: { uniquename: 'contoso_CustomerEvents' },
      EntityId: null,
      CustomAPIId: { uniquename: 'contoso_CustomerEnteredStore' },
    },
  ]);
  const [catalog] = await get(`catalogs?$filter=uniquename eq 'contoso_CustomerManagement'`);
  expect(catalog).toMatchObject({ iscustomizable: false, ismanaged: false, statecode: 0, statuscode: 1 });
});

test('a hierarchy of catalogs may be made at once', async () => {
  const deep = { ...named('contoso_Deep'), SubCatalogs: [named('contoso_DeepTables')] };
  const id = await here.create('catalogs', deep);
  const below = await get(`catalogs?$filter=_parentcatalogid_value eq ${id}&$select=uniquename`);
  expect(below).toMatchObject([{ uniquename: 'contoso_DeepTables' }]);
  expect((await here.call('DELETE', `catalogs(${id})`)).status).toBe(204);
  expect(await get("catalogs?$filter=uniquename eq 'contoso_DeepTables'")).toEqual([]);
});

test.each([
  ['a name without prefix', () => named('TableEvents'), '400 0x80040203'],
  ['a name with spaces', () => named('contoso_Table Events'), '400 0x80040203'],
  ['a name that is taken', () => named('contoso_TableEvents'), '412 0x80040237'],
  ['no description', () => ({ ...named('contoso_Bare'), description: null }), '400 0x80040200'],
  [
    'a third level',
    () => named('contoso_Third', { 'ParentCatalogId@odata.bind': `catalogs(${tables})` }),
    '400 0x80040203',
  ],
])('a catalog with %s is refused', async (_what, body, refusal) => {
  expect((await here.call('POST', 'catalogs', { body: body() })).refusal).toBe(refusal);
});

test('an assignment needs a category and something assigned, neither of which changes', async () => {
  const [{ entityid }] = await get("entities?$filter=name eq 'Contact'");
  const object = { 'EntityId@odata.bind': `entities(${entityid})` };
  const category = { 'CatalogId@odata.bind': `catalogs(${tables})` };
  const post = async (body: object) => (await here.call('POST', 'catalogassignments', { body })).refusal;
  expect(await post({ name: 'x', ...object })).toBe('400 0x80040200');
  expect(await post({ name: 'x', ...category })).toBe('400 0x80040200');
  expect(await post({ name: 'x', ...object, 'CatalogId@odata.bind': `catalogs(${root})` })).toBe('400 0x80040203');
});

test('a catalog with something assigned cannot be deleted', async () => {
  expect((await here.call('DELETE', `catalogs(${tables})`)).refusal).toBe('405 0x80040227');
});

test('the rows of tables are what tables there are; nobody writes them', async () => {
  const [{ entityid }] = await get("entities?$filter=logicalname eq 'account'&$select=entityid,entitysetname");
  expect((await here.call('POST', 'entities', { body: { name: 'x' } })).refusal).toBe('400 0x80040800');
  expect((await here.call('DELETE', `entities(${entityid})`)).refusal).toBe('400 0x80040800');
  const all = await get('EntityDefinitions?$select=LogicalName');
  expect(await get('entities?$select=logicalname')).toHaveLength(all.length);
});

test('an action that is performed is told to who has registered on it; one without asynchronous steps has no such thing', async () => {
  const register = (sdkmessagename: string) =>
    here.call('POST', 'callbackregistrations', {
      body: { name: 'a flow', message: 3, version: 3, url: 'http://127.0.0.1:9/x', sdkmessagename },
    });
  expect((await register('contoso_Quiet')).refusal).toBe('501 NotEmulated');
  expect((await register('contoso_CustomerEnteredStore')).status).toBe(204);
  expect((await here.call('POST', 'contoso_CustomerEnteredStore', { body: { Store: 'Seattle' } })).status).toBe(204);
  await here.work.quiet(1000);
  expect(here.posted.map(({ body }) => body)).toEqual([
    { SdkMessage: 'contoso_CustomerEnteredStore', InputParameters: { Store: 'Seattle' }, OutputParameters: {} },
  ]);
});

describe('in a solution', () => {
  const exported = async (Managed = false) => {
    const { body, text } = await here.call('POST', 'ExportSolution', {
      body: { SolutionName: 'ContosoCustomerManagement', Managed },
    });
    if (body.ExportSolutionFile === undefined) throw new Error(text);
    return Buffer.from(body.ExportSolutionFile, 'base64');
  };

  test('catalogs are files of their own, and assignments one file, as documented', async () => {
    const { files } = await readZip(await exported());
    expect([...files.keys()].sort()).toEqual([
      'Assets/catalogassignments.xml',
      'catalogs/contoso_CustomerEvents/catalog.xml',
      'catalogs/contoso_CustomerManagement/catalog.xml',
      'catalogs/contoso_TableEvents/catalog.xml',
    ]);
    const text = (path: string) => writeXml(parseXml(files.get(path)!, path)).replace(/>\s+</g, '><');
    expect(text('catalogs/contoso_TableEvents/catalog.xml')).toContain(
      '<name>contoso_TableEvents</name><parentcatalogid><uniquename>contoso_CustomerManagement</uniquename></parentcatalogid>',
    );
    expect(text('catalogs/contoso_CustomerManagement/catalog.xml')).toContain('<iscustomizable>0</iscustomizable>');
    const assignments = text('Assets/catalogassignments.xml');
    expect(assignments).toContain(
      'object.logicalname="account" catalogid.uniquename="contoso_TableEvents" objectidtype="entity"',
    );
    expect(assignments).toContain('object.uniquename="contoso_CustomerEnteredStore"');
  });

  test('they arrive elsewhere, managed, and go with the solution', async () => {
    const there = await aDataverse([api], framework);
    const CustomizationFile = (await exported(true)).toString('base64');
    expect((await there.call('POST', 'ImportSolution', { body: { CustomizationFile } })).status).toBe(204);
    const assigned = await get(
      'catalogassignments?$select=name,ismanaged,catalogassignmentid&$expand=CatalogId($select=uniquename),EntityId($select=logicalname),CustomAPIId($select=uniquename)&$orderby=name',
      there,
    );
    expect(assigned).toMatchObject([
      { name: 'Account', ismanaged: true, EntityId: { logicalname: 'account' } },
      { name: 'Entered Store', CustomAPIId: { uniquename: 'contoso_CustomerEnteredStore' } },
    ]);
    const deleted = await there.call('DELETE', `catalogassignments(${assigned[0].catalogassignmentid})`);
    expect(deleted.refusal).toBe('400 0x8004F032');
    const [{ solutionid }] = await get("solutions?$filter=uniquename eq 'ContosoCustomerManagement'", there);
    const members = await get(`solutioncomponents?$filter=_solutionid_value eq ${solutionid}`, there);
    expect(members).toHaveLength(5);
    expect((await there.call('DELETE', `solutions(${solutionid})`)).status).toBe(204);
    expect(await get('catalogs', there)).toEqual([]);
    there.close();
  });

  test('an assignment of what is not there is refused', async () => {
    const there = await aDataverse([], framework);
    const CustomizationFile = (await exported()).toString('base64');
    const refused = await there.call('POST', 'ImportSolution', { body: { CustomizationFile } });
    expect(refused.body.error.message).toContain("customapi 'contoso_CustomerEnteredStore' is assigned");
    expect(await get('catalogs', there)).toEqual([]);
    there.close();
  });

  test('what is changed and removed here travels so', async () => {
    const zip = await exported();
    const [assignment] = await get("catalogassignments?$filter=name eq 'Entered Store'");
    await here.call('DELETE', `catalogassignments(${assignment.catalogassignmentid})`);
    await here.call('DELETE', `catalogs(${events})`);
    await here.call('PATCH', `catalogs(${tables})`, { body: { displayname: 'Tables' } });
    const { files } = await readZip(await exported());
    expect([...files.keys()].some((path) => path.includes('CustomerEvents'))).toBe(false);
    expect(files.get('catalogs/contoso_TableEvents/catalog.xml')!.toString()).toContain('default="Tables"');
    // An import of the older package brings them back.
    const back = await here.call('POST', 'ImportSolution', { body: { CustomizationFile: zip.toString('base64') } });
    expect([back.status, back.text]).toEqual([204, '']);
    expect(await get("catalogs?$filter=uniquename eq 'contoso_CustomerEvents'")).toHaveLength(1);
    expect((await exported()).equals(await writeZip(await readZip(await exported())))).toBe(true);
  });
});
