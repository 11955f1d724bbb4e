import { pageOf, toRow } from '../../../../emulator/virtual-tables/row.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 2.3 "Naming", 2.5 "Data types", 2.6 "Relationships", 2.8 "What queries work".
const customers = 'mserp_custcustomerv3entities';
let there: TestPlatform;
let row: string;
let key: string;
beforeAll(async () => {
  there = await aPlatform();
  // No table map carries it: only the virtual table stands between the two.
  const set = 'mserp_credmancreditlimitcustgroupentities';
  const [group] = (await there.dataverse('GET', `${set}?$top=1`)).body.value;
  row = `${set}(${group.mserp_credmancreditlimitcustgroupentityid})`;
  key = `CustomerCreditGroups('${group.mserp_creditlimitid}')`;
});
afterAll(() => there.close());

const patch = (body: object) => there.dataverse('PATCH', row, { body });
const limit = async () => (await there.dataverse('GET', `${row}?$select=mserp_creditmax`)).body.mserp_creditmax;
async function requests(work: () => Promise<unknown>): Promise<string[]> {
  const { trace } = there.platform;
  const last = trace.since(0).at(-1)?.sequence ?? 0;
  await work();
  return trace
    .since(last)
    .filter(({ service }) => service === 'finance-operations')
    .map(({ method, url }) => `${method} ${url.split('?')[0]}`);
}

test('an amount beyond 100 billion is shown, and refused when it is edited, before finance and operations is asked', async () => {
  const huge = 987_654_100_000_000_000;
  await there.financeOperations('PATCH', key, { body: { CreditMax: huge } });
  expect(await limit()).toBeCloseTo(huge, -5);
  const asked = await requests(async () => {
    const { status, body } = await patch({ mserp_creditmax: huge });
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringMatching(/outside the valid range|Validation Error/),
    ]);
  });
  expect(asked).toEqual([]);
  expect((await patch({ mserp_creditmax: 100_000_000_000 })).status).toBe(204);
  expect(await limit()).toBe(100_000_000_000);
});

test('a read rounds to the precision here', async () => {
  await there.financeOperations('PATCH', key, { body: { CreditMax: 1234.5678 } });
  expect(await limit()).toBe(1234.57);
  expect((await there.financeOperations('GET', key)).body.CreditMax).toBe(1234.5678);
});

test('there is no money, and no currency that comes by itself', () => {
  const table = there.platform.dataverse.metadata.table('mserp_custcustomerv3entity')!;
  const columns = [...table.columns.values()];
  expect(columns.filter(({ type }) => type === 'money')).toEqual([]);
  expect(table.columns.has('transactioncurrencyid')).toBe(false);
  expect(table.columns.has('mserp_salescurrencycode')).toBe(true);
});

// 8 item 19: virtual tables have no state columns; 2.8: none to be tracked by dual-write either.
test('there is no state, and no version number', () => {
  for (const { logicalName, columns } of there.platform.dataverse.metadata.tables())
    if (/^mserp_.*entity$/.test(logicalName))
      for (const name of ['statecode', 'statuscode', 'versionnumber'])
        expect([logicalName, name, columns.has(name)]).toEqual([logicalName, name, false]);
});

test('the primary name is cut at 255 characters', () => {
  const table = there.platform.dataverse.metadata.table('mserp_custcustomerv3entity')!;
  const entity = there.platform.financeOperations.entities.get('CustCustomerV3Entity')!;
  const columns = ['mserp_primaryfield'];
  const how = { table, entity, columns, companyIds: new Map(), lookups: new Map() };
  const name = (CustomerAccount: string) =>
    String(toRow(how, { RecId: '5637144576', dataAreaId: 'usmf', CustomerAccount })['mserp_primaryfield']);
  expect(name('US-001')).toBe('usmf|US-001');
  expect(name('x'.repeat(250))).toBe(`usmf|${'x'.repeat(250)}`);
  expect(name('x'.repeat(251))).toBe(`usmf|${'x'.repeat(250)}`);
});

// Finance and operations has no null: what a view has nothing for is the empty value of its type there.
test('what a line has nothing for reads as the empty value does', () => {
  const table = there.platform.dataverse.metadata.table('mserp_custcustomerv3entity')!;
  const entity = there.platform.financeOperations.entities.get('CustCustomerV3Entity')!;
  const fields = ['CreditLimit', 'OrganizationName', 'AddressValidTo', 'OnHoldStatus', 'RecId'];
  const columns = ['mserp_creditlimit', 'mserp_organizationname', 'mserp_addressvalidto', 'mserp_onholdstatus'];
  const page = pageOf(
    { table, entity, columns, companyIds: new Map(), lookups: new Map() },
    {
      fields,
      lines: [
        [null, null, null, null, 5637144576],
        ['1250.5549999999999', '', '1900-01-01T00:00:00Z', 'no such symbol', 5637144577],
        ['2', 'Adatum', '2154-12-31T23:59:59Z', 'all', 5637144578],
      ],
    },
  );
  const onHold = table.columns.get('mserp_onholdstatus')!.choice!.options.find((one) => one.externalName === 'All')!;
  const id = (recId: number) => expect.stringMatching(new RegExp(`^0000....-0000-0000-0${recId}00-005001000000$`));
  expect([page.lines!.columns, ...page.lines!.values]).toEqual([
    [table.primaryId, ...columns],
    [id(0), 0, null, null, null],
    [id(1), 1250.55, null, null, null],
    [id(2), 2, 'Adatum', '2154-12-31T23:59:59Z', onHold.value],
  ]);
  expect(page.rows().map((row) => Object.values(row))).toEqual(page.lines!.values);
});

test('a page says the same whether it is told values, names of values, or read row by row', async () => {
  const prefer = { Prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"' };
  const plain = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('@')));
  const seen: string[] = [];
  for (const { logicalName, entitySetName, primaryId } of there.platform.dataverse.metadata.tables()) {
    if (!/^mserp_.*entity$/.test(logicalName) || logicalName === 'mserp_financeandoperationsentity') continue;
    const values = (await there.dataverse('GET', `${entitySetName}?$top=2`)).body.value as Record<string, unknown>[];
    const named = (await there.dataverse('GET', `${entitySetName}?$top=2`, { headers: prefer })).body.value;
    expect([logicalName, named.map(plain)]).toEqual([logicalName, values]);
    const single = await Promise.all(
      values.map(async (row) => (await there.dataverse('GET', `${entitySetName}(${String(row[primaryId])})`)).body),
    );
    expect([logicalName, single.map(plain)]).toEqual([logicalName, values]);
    if (values.length > 0) seen.push(logicalName);
  }
  expect(seen.length).toBeGreaterThan(12);
});

test('the set has the name of the AOT entity, not of the public set', async () => {
  for (const name of ['mserp_customersv3', 'mserp_customerv3', 'CustomersV3'])
    expect([name, (await there.dataverse('GET', name)).status]).toEqual([name, 404]);
});

test('without $select every column is read, lookups too, each of which costs a request', async () => {
  await there.platform.virtualTables.catalogue.show(['CustCustomerGroupEntity', 'PaymentTermEntity']);
  const narrow = await requests(() => there.dataverse('GET', `${customers}?$select=mserp_customeraccount&$top=3`));
  expect(narrow).toEqual(['GET /data/CustomersV3']);
  const set = 'mserp_custtransbientities';
  const all = await requests(() => there.dataverse('GET', `${set}?$top=3`));
  expect(all).toEqual(['GET /data/CustTransBiEntities', 'GET /data/CustomersV3']);
});

test.each([
  ['aggregates', '?$apply=aggregate(mserp_creditlimit with sum as total)'],
  ['groups', '?$apply=groupby((mserp_customergroupid))'],
  [
    'aggregates of FetchXML',
    '?fetchXml=<fetch aggregate="true"><entity name="mserp_custcustomerv3entity"><attribute name="mserp_creditlimit" aggregate="sum" alias="total" /></entity></fetch>',
  ],
])('%s are refused', async (_what, query) => {
  const { status } = await there.dataverse('GET', customers + query);
  expect([400, 501]).toContain(status);
});

test('no company is the default one: rows of all that are permitted come, unless the company is named', async () => {
  const companies = async (filter = '') => {
    const { body } = await there.dataverse('GET', `${customers}?$select=mserp_dataareaid${filter}`, {
      as: 'admin@fnoconnect.example',
    });
    return [...new Set(body.value.map((one: Record<string, string>) => one['mserp_dataareaid']))].sort();
  };
  expect(await companies()).toEqual(['demf', 'usmf']);
  expect(await companies("&$filter=mserp_dataareaid eq 'demf'")).toEqual(['demf']);
});

test('no relation is many to many', async () => {
  for (const table of ['mserp_custcustomerv3entity', 'mserp_custtransbientity', 'mserp_omlegalentity']) {
    const read = async (kind: string) =>
      (await there.dataverse('GET', `EntityDefinitions(LogicalName='${table}')/${kind}Relationships`)).body.value;
    expect([table, await read('ManyToMany')]).toEqual([table, []]);
  }
});

// 2.6: a native row keeps the id of a virtual row, as in any lookup.
test('a native row points at a virtual row', async () => {
  const label = (text: string) => ({ LocalizedLabels: [{ Label: text, LanguageCode: 1033 }] });
  const relationship = {
    '@odata.type': 'Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    SchemaName: 'msdyn_mserp_custcustomerv3entity_contact',
    ReferencedEntity: 'mserp_custcustomerv3entity',
    ReferencedAttribute: 'mserp_custcustomerv3entityid',
    ReferencingEntity: 'contact',
    Lookup: {
      '@odata.type': 'Microsoft.Dynamics.CRM.LookupAttributeMetadata',
      SchemaName: 'msdyn_VirtualCustomer',
      DisplayName: label('Customer'),
    },
  };
  const made = await there.dataverse('POST', 'RelationshipDefinitions', { body: relationship });
  expect([made.status, made.body?.error?.message]).toEqual([204, undefined]);
  const filter = "mserp_customeraccount eq 'US-001'";
  const [customer] = (await there.dataverse('GET', `${customers}?$filter=${filter}`)).body.value;
  const id = customer.mserp_custcustomerv3entityid;
  const body = { lastname: 'Virtual', 'msdyn_VirtualCustomer@odata.bind': `/${customers}(${id})` };
  const created = await there.dataverse('POST', 'contacts', { body, headers: { prefer: 'return=representation' } });
  expect([created.status, created.body['_msdyn_virtualcustomer_value']]).toEqual([201, id]);
  const found = await there.dataverse('GET', `contacts?$select=lastname&$filter=_msdyn_virtualcustomer_value eq ${id}`);
  expect(found.body.value.map((one: { lastname: string }) => one.lastname)).toEqual(['Virtual']);
});

// 2.1: no transaction spans a virtual and a native row; 8 item 28: inside another pipeline the platform refuses such writes.
test('a change set does not write a virtual row, and so writes nothing', async () => {
  const part = (index: number, method: string, path: string, body: object) =>
    `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${index}\r\n\r\n${method} /api/data/v9.2/${path} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`;
  const before = await limit();
  const parts = part(1, 'POST', 'contacts', { lastname: 'Spanning' }) + part(2, 'PATCH', row, { mserp_creditmax: 5 });
  const body = `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts}--c--\r\n--b--\r\n`;
  const headers = { 'content-type': 'multipart/mixed; boundary=b' };
  const answer = await there.dataverse('POST', '$batch', { body, headers });
  expect(String(answer.body)).toMatch(/HTTP\/1\.1 501[^]*Writing a virtual table inside a change set or another save/);
  expect(await limit()).toBe(before);
  expect((await there.dataverse('GET', "contacts?$filter=lastname eq 'Spanning'")).body.value).toEqual([]);
});
