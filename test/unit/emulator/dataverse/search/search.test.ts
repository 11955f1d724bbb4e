import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { searching } from './searching.ts';

let platform: TestDataverse;
let ask: ReturnType<typeof searching>['ask'];
let find: ReturnType<typeof searching>['find'];
let lucene: object;
const ids: Record<string, string> = {};
beforeAll(async () => {
  platform = await aDataverse();
  ({ ask, find, lucene } = searching(platform));
  const accounts = [
    {
      name: 'Contoso Coffee House',
      accountnumber: 'US-001',
      address1_city: 'Zürich',
      creditlimit: 100,
      numberofemployees: 5,
    },
    {
      name: 'Contoso Tea Room',
      accountnumber: 'US-002',
      address1_city: 'Basel',
      creditlimit: 300,
      numberofemployees: 50,
    },
    { name: 'Fabrikam Streaming', accountnumber: 'DE-001', address1_city: 'Bern', creditlimit: 200 },
    {
      name: 'Alpine Ski House',
      accountnumber: 'CH-009',
      emailaddress1: 'hello@alpine.example',
      telephone1: '+1 (800) 555-1234',
    },
  ];
  for (const account of accounts) ids[account.name] = await platform.create('accounts', account);
  const maria = {
    firstname: 'Maria',
    lastname: 'Coffee',
    emailaddress1: 'maria@contoso.example',
    'parentcustomerid_account@odata.bind': `/accounts(${ids['Contoso Tea Room']})`,
  };
  ids['Maria Coffee'] = await platform.create('contacts', maria);
  await platform.call('PATCH', `accounts(${ids['Contoso Coffee House']})`, {
    body: { 'primarycontactid@odata.bind': `/contacts(${ids['Maria Coffee']})` },
  });
});
afterAll(() => platform.close());

const sorted = async (...of: Parameters<typeof find>) => [...(await find(...of))].sort();

test.each([
  ['coffee', ['Contoso Coffee House', 'Maria Coffee']],
  ['COFFEE', ['Contoso Coffee House', 'Maria Coffee']],
  ['zurich', ['Contoso Coffee House']],
  ['tea coffee', ['Contoso Coffee House', 'Contoso Tea Room', 'Maria Coffee']],
  ['tea + contoso', ['Contoso Tea Room']],
  ['contoso + (zürich | basel)', ['Contoso Coffee House', 'Contoso Tea Room']],
  ['contoso + -coffee', ['Contoso Tea Room']],
  ['"coffee house"', ['Contoso Coffee House']],
  ['"house coffee"', []],
  ['Alp*', ['Alpine Ski House']],
  ['streamed', ['Fabrikam Streaming']],
  ['US-001', ['Contoso Coffee House']],
  ['\\+1\\(800\\)555\\-1234', ['Alpine Ski House']],
  ['hello@alpine.example', ['Alpine Ski House']],
  ['nowhere', []],
  ['&', []],
])('finds %s', async (text, names) => {
  expect(await sorted(text)).toEqual(names);
});

test('words may stand in different columns of a row', async () => {
  expect(await find('"contoso" + basel + "us-002"')).toEqual(['Contoso Tea Room']);
});

test('all words are needed with the search mode all', async () => {
  const options = "{'searchmode': 'all'}";
  expect(await find('contoso basel', { options })).toEqual(['Contoso Tea Room']);
  expect(await sorted('contoso -tea', { options })).toEqual(['Contoso Coffee House', 'Maria Coffee']);
  expect(await sorted('contoso -tea', {})).toHaveLength(5);
  expect(await find('contoso basel', { options: '["searchmodelall"]' })).toEqual(['Contoso Tea Room']);
});

test.each([
  ['contoso AND basel', ['Contoso Tea Room']],
  ['Fabrkam~', ['Fabrikam Streaming']],
  ['/.*kam/', ['Fabrikam Streaming']],
  ['/[bz].*/', ['Contoso Coffee House', 'Contoso Tea Room', 'Fabrikam Streaming']],
  ['"contoso house"~1', ['Contoso Coffee House']],
  ['"contoso house"~0', []],
  ['cont?so AND r?om', ['Contoso Tea Room']],
])('Lucene: %s', async (text, names) => {
  expect(await sorted(text, lucene)).toEqual(names);
});

test('a boost lifts the rows that hold the word', async () => {
  expect((await find('tea^5 ski', lucene))[0]).toBe('Contoso Tea Room');
  expect((await find('tea ski^5', lucene))[0]).toBe('Alpine Ski House');
});

test('a star finds everything, and the order may be asked for', async () => {
  const accounts = JSON.stringify([{ name: 'account' }]);
  const order = (orderby: string) => find('*', { ...lucene, entities: accounts, orderby });
  const names = ['Alpine Ski House', 'Contoso Coffee House', 'Contoso Tea Room', 'Fabrikam Streaming'];
  expect(await order('["name asc"]')).toEqual(names);
  expect(await order('["name desc"]')).toEqual([...names].reverse());
  expect(await order('name desc')).toEqual([...names].reverse());
  expect(await order('["address1_city", "@search.score desc"]')).toEqual([
    'Alpine Ski House',
    'Contoso Tea Room',
    'Fabrikam Streaming',
    'Contoso Coffee House',
  ]);
});

test('pages and a count of all of them', async () => {
  const page = async (skip: number, top: number) => {
    const { Value, Count } = await ask('query', { search: '*', orderby: '["createdon desc"]', skip, top, count: true });
    return [Value.length, Count];
  };
  expect(await page(0, 2)).toEqual([2, 5]);
  expect(await page(4, 2)).toEqual([1, 5]);
  expect(await page(5, 2)).toEqual([0, 5]);
  const { Count } = await ask('query', { search: 'coffee' });
  expect(Count).toBe(-1);
  const both = [...(await find('*', { top: 3 })), ...(await find('*', { top: 3, skip: 3 }))];
  expect(new Set(both).size).toBe(5);
});

test('what was found is marked, with its inflections and in every column', async () => {
  const [hit] = (await ask('query', { search: 'streams fabrik*' })).Value;
  expect(hit.Highlights).toEqual({ name: ['{crmhit}Fabrikam{/crmhit} {crmhit}Streaming{/crmhit}'] });
  const [contoso] = (await ask('query', { search: 'contoso + zurich' })).Value;
  expect(contoso.Highlights).toEqual({
    name: ['{crmhit}Contoso{/crmhit} Coffee House'],
    address1_city: ['{crmhit}Zürich{/crmhit}'],
  });
  const [contact] = (await ask('query', { search: 'maria' })).Value;
  expect(contact.Highlights).toMatchObject({ emailaddress1: ['{crmhit}maria{/crmhit}@contoso.example'] });
});

test('a table asked for by name is searched in, and shows, its primary name unless columns are named', async () => {
  const entity = (more: object) => ({ entities: JSON.stringify([{ Name: 'account', ...more }]) });
  expect(await find('zurich', entity({}))).toEqual([]);
  const attributes = async (more: object) =>
    Object.keys((await ask('query', { search: 'zurich', ...entity(more) })).Value[0].Attributes);
  const searchColumns = { SearchColumns: ['address1_city'] };
  expect(await attributes(searchColumns)).toEqual(['@search.objecttypecode', 'name']);
  expect(await attributes({ ...searchColumns, SelectColumns: ['name', 'createdon', 'primarycontactid'] })).toEqual([
    '@search.objecttypecode',
    'name',
    'createdon',
    'createdon@OData.Community.Display.V1.FormattedValue',
    'primarycontactid',
    'primarycontactidname',
    '@search.primarycontactid.logicalname',
  ]);
});

test('filters of a table, of all tables, and of columns only some have', async () => {
  const account = (filter: string) => ({
    entities: JSON.stringify([{ name: 'account', searchcolumns: ['name'], filter }]),
  });
  expect(await find('contoso', account("address1_city eq 'Basel'"))).toEqual(['Contoso Tea Room']);
  expect(await find('contoso', account("not address1_city eq 'Basel'"))).toEqual(['Contoso Coffee House']);
  expect(await find('contoso', account(`primarycontactid eq ${ids['Maria Coffee']}`))).toEqual([
    'Contoso Coffee House',
  ]);
  expect(await sorted('contoso', { filter: 'createdon gt 2022-08-15' })).toHaveLength(3);
  expect(await sorted('contoso', { filter: 'createdon lt 2022-08-15' })).toEqual([]);
  expect(await sorted('contoso', { filter: "address1_city eq 'Basel'" })).toEqual(['Contoso Tea Room']);
  expect(await sorted('coffee', { filter: 'address1_city eq null' })).toEqual(['Maria Coffee']);
  expect(await sorted('coffee', { filter: "address1_city ne 'Bern'" })).toEqual([
    'Contoso Coffee House',
    'Maria Coffee',
  ]);
});

test('facets count what was found on all pages', async () => {
  const facets = JSON.stringify([
    'entityname,count:100',
    'ownerid',
    'account:primarycontactid',
    'createdon,values:2019-04-27T00:00:00',
  ]);
  const { Facets } = await ask('query', { search: 'coffee contoso', facets, top: 1 });
  const group = (value: string, count: number, optionalvalue: string | null = null) => ({
    type: 'Value',
    value,
    count,
    from: null,
    to: null,
    optionalvalue,
  });
  expect(Facets['entityname']).toEqual([group('account', 2), group('contact', 1)]);
  expect(Facets['ownerid']).toEqual([expect.objectContaining({ count: 3, optionalvalue: 'SYSTEM' })]);
  expect(Facets['account:primarycontactid']).toEqual([group(ids['Maria Coffee']!, 1, 'Maria Coffee')]);
  expect(Facets['createdon'].map(({ count, from, to }: Record<string, unknown>) => [from, to, count])).toEqual([
    [null, '2019-04-27T00:00:00Z', 0],
    ['2019-04-27T00:00:00Z', null, 3],
  ]);
});

test('best effort looks for what resembles the words when nothing holds them', async () => {
  expect(await find('Fabricam')).toEqual([]);
  expect(await find('Fabricam', { options: "{'besteffortsearchenabled': 'true'}" })).toEqual(['Fabrikam Streaming']);
});

test('with group ranking the rows of one table stand together', async () => {
  const { Value } = await ask('query', { search: 'contoso coffee', options: "{'grouprankingenabled': 'true'}" });
  const tables = Value.map(({ EntityName }: { EntityName: string }) => EntityName);
  expect(tables).toEqual([...tables].sort((a, b) => (a === b ? 0 : a === tables[0] ? -1 : 1)));
  expect(new Set(tables).size).toBe(2);
});

test('the text null and blank parameters are none', async () => {
  const nothing = {
    orderby: 'null',
    options: 'null',
    facets: 'null',
    entities: 'null',
    filter: null,
    propertybag: '{}',
  };
  expect(await find('zurich', nothing)).toEqual(['Contoso Coffee House']);
});

test.each([
  ['no text', { search: '' }, 'at least 1 character'],
  ['101 characters', { search: 'a'.repeat(101) }, 'more than 100 characters'],
  ['a top over 100', { search: 'a', top: 101 }, "'top' is a whole number from 1 to 100"],
  ['a negative skip', { search: 'a', skip: -1 }, "'skip' is a whole number from 0"],
  ['an unknown table', { search: 'a', entities: '[{"name":"nothing"}]' }, "The table 'nothing' is not enabled"],
  ['a table that is not enabled', { search: 'a', entities: '[{"name":"team"}]' }, "The table 'team' is not enabled"],
  [
    'a column that is not searched',
    { search: 'a', entities: '[{"name":"account","searchcolumns":["fax"]}]' },
    "'fax' of 'account' is not searched",
  ],
  [
    'a column that is not in the index',
    { search: 'a', entities: '[{"name":"account","selectcolumns":["fax"]}]' },
    "The column 'fax' is not in the search index of 'account'",
  ],
  ['a filter on one', { search: 'a', filter: "fax eq '1'" }, "The column 'fax' is not in the search index"],
  [
    'a filter with a value that does not fit',
    { search: 'a', filter: "createdon gt 'x'" },
    "'x' does not fit the column 'createdon'",
  ],
  ['a filter with a function', { search: 'a', filter: "contains(fullname,'x')/any" }, ''],
  [
    'an order not all tables have',
    { search: 'a', orderby: '["name"]' },
    "The column 'name' is not in the search index of 'contact'",
  ],
  ['an order that cannot be read', { search: 'a', orderby: '["name up"]' }, "The order 'name up' cannot be read"],
  ['a facet on text', { search: 'a', facets: '["account:name"]' }, "The column 'name' (String) cannot be a facet"],
  [
    'a facet of numbers by date',
    { search: 'a', facets: '["account:primarycontactid,interval:day"]' },
    'takes no such ranges',
  ],
  [
    'an option there is not',
    { search: 'a', options: "{'spelling': 'on'}" },
    "The search option 'spelling' cannot be 'on'",
  ],
  ['a list that is none', { search: 'a', facets: '{}' }, "'facets' is a list of texts"],
  ['no JSON', { search: 'a', entities: 'account' }, "'entities' is no JSON inside the text"],
  ['a Lucene query that is none', { search: '(a', options: "{'querytype': 'lucene'}" }, 'is no Lucene query'],
])('refuses %s', async (_what, body, message) => {
  const refused = await ask('query', body);
  expect(refused).toMatch(/^400 0x/);
  expect(refused).toContain(message);
});

test('the operations are declared', async () => {
  const { text } = await platform.call('GET', '$metadata');
  expect(text).toContain('<Action Name="searchquery">');
  expect(text).toContain('<Function Name="searchstatus">');
  expect(text).toContain('<ComplexType Name="searchqueryResponse"><Property Name="response" Type="Edm.String"');
});
