import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { searching } from './searching.ts';

let platform: TestDataverse;
let native: ReturnType<typeof searching>['native'];
let ask: ReturnType<typeof searching>['ask'];
beforeAll(async () => {
  platform = await aDataverse();
  ({ native, ask } = searching(platform));
  const account = await platform.create('accounts', { name: 'Contoso', address1_city: 'Basel' });
  await platform.create('contacts', {
    firstname: 'Maria',
    lastname: 'Sullivan',
    emailaddress1: 'maria@contoso.com',
    'parentcustomerid_account@odata.bind': `/accounts(${account})`,
  });
});
afterAll(() => platform.close());

const query = async (body: object) => (await native('POST', 'v1.0/query', body)).body;
const names = async (body: object) =>
  (await query(body)).value.map((one: Record<string, string>) => one['@search.entityname']);

test('version 1.0 answers rows as they are shown', async () => {
  const { value, totalrecordcount, facets } = await query({ search: 'maria' });
  expect([totalrecordcount, facets]).toEqual([-1, {}]);
  expect(value).toEqual([
    {
      '@search.score': expect.any(Number),
      '@search.highlights': {
        emailaddress1: ['{crmhit}maria{/crmhit}@contoso.com'],
        fullname: ['{crmhit}Maria{/crmhit} Sullivan'],
        ...value[0]['@search.highlights'],
      },
      '@search.entityname': 'contact',
      '@search.objectid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      ownerid: expect.any(String),
      owneridname: 'SYSTEM',
      '@search.ownerid.logicalname': 'systemuser',
      '@search.objecttypecode': 2,
      fullname: 'Maria Sullivan',
      entityimage_url: null,
      createdon: '1/2/2026 3:04 AM',
      modifiedon: '1/2/2026 3:04 AM',
      parentcustomerid: expect.any(String),
      parentcustomeridname: 'Contoso',
      '@search.parentcustomerid.logicalname': 'account',
      emailaddress1: 'maria@contoso.com',
      telephone1: null,
    },
  ]);
});

test('its properties', async () => {
  expect(await query({ search: 'contoso', returntotalrecordcount: true, top: 1 })).toMatchObject({
    totalrecordcount: 2,
    value: [{}],
  });
  expect(await names({ search: 'contoso', entities: ['account'] })).toEqual(['account']);
  expect(await names({ search: 'contoso maria', searchmode: 'all' })).toEqual(['contact']);
  expect(
    await names({ search: '/contos./', searchtype: 'full', orderby: ['createdon desc', '@search.score'] }),
  ).toHaveLength(2);
  expect(await names({ search: '/contos./', searchtype: 'simple' })).toEqual([]);
  expect(
    await names({
      search: 'contoso',
      filter: "account: address1_city eq 'Bern', contact: createdon ge 2020-01-01T00:00:00",
    }),
  ).toEqual(['contact']);
  expect(
    await names({ search: 'contoso', filter: "account:address1_city eq 'Basel',contact:createdon lt 2020-01-01" }),
  ).toEqual(['account']);
});

test('its facets leave out what they do not have, and show dates as the user sees them', async () => {
  const { facets } = await query({
    search: 'maria',
    facets: [
      '@search.entityname,count:100',
      'account.primarycontactid,count:100',
      'createdon,values:2019-04-27T00:00:00',
      'createdon,interval:year',
    ].slice(0, 3),
  });
  expect(facets).toEqual({
    '@search.entityname': [{ Type: 'Value', Value: 'contact', Count: 1 }],
    'account.primarycontactid': [],
    createdon: [
      { Type: 'Range', To: '4/27/2019 12:00 AM', Count: 0 },
      { Type: 'Range', From: '4/27/2019 12:00 AM', Count: 1 },
    ],
  });
});

test('suggestions and completion of version 1.0', async () => {
  const { body } = await native('POST', 'v1.0/suggest', { search: 'mar' });
  expect(body.value).toEqual([
    {
      text: '{crmhit}Mar{/crmhit}ia Sullivan',
      document: expect.objectContaining({
        '@search.entityname': 'contact',
        fullname: 'Maria Sullivan',
        emailaddress1: 'maria@contoso.com',
      }),
    },
  ]);
  expect((await native('POST', 'v1.0/autocomplete', { search: 'mar' })).body).toEqual({
    value: '{crmhit}maria{/crmhit}',
  });
});

test('version 2.0 answers what the Web API does', async () => {
  const body = { search: 'maria', count: true };
  expect(JSON.parse((await native('POST', 'v2.0/query', body)).body.response)).toEqual(await ask('query', body));
  const status = JSON.parse((await native('GET', 'v2.0/status')).body.response);
  expect(status).toEqual(JSON.parse((await platform.call('GET', 'searchstatus')).body.response));
});

test.each([
  ['POST', 'v1.0/status', 404],
  ['POST', 'v3.0/query', 404],
  ['POST', 'v2.0/nothing', 404],
  ['GET', 'v2.0/query', 405],
  ['POST', 'v2.0/status', 405],
])('%s %s answers %d', async (method, path, status) => {
  expect((await native(method, path, method === 'POST' ? { search: 'a' } : undefined)).status).toBe(status);
});

test.each([
  [{ search: 'a', count: true }, "The search has no property 'count'"],
  [{ search: 'a', searchtype: 'lucene' }, "'searchtype' is one of simple, full"],
  [{ search: 'a', entities: 'account' }, "'entities' is a list of texts"],
  [{ search: 'a', filter: 'nothing: a eq 1' }, "The table 'nothing' is not enabled"],
  [{}, 'at least 1 character'],
])('%j is refused', async (body, message) => {
  expect(await query(body)).toMatchObject({ error: { code: '0x80040203', message: expect.stringContaining(message) } });
});

test('a body that is no JSON is refused', async () => {
  const answer = await platform.call('POST', 'http://127.0.0.1:7999/api/search/v1.0/query', { body: '{' });
  expect(answer.refusal).toBe('400 0x80048d19');
});

test('with service protection, one search a second for each user, and 150 a minute for all', async () => {
  const limited = await aDataverse([], { serviceProtection: true });
  for (let at = 0; at < 152; at += 1)
    limited.dataverse.addUser({ email: `u${at}@example.com`, fullName: 'U', roles: [] });
  const search = async (user: number) => {
    const { status, headers } = await searching(limited).native(
      'POST',
      'v1.0/query',
      { search: 'a' },
      { as: `u${user}@example.com` },
    );
    return status === 200 ? 200 : `${status} after ${String(headers['Retry-After'])}`;
  };
  expect([await search(0), await search(0), await search(1)]).toEqual([200, '429 after 1', 200]);
  limited.clock.advance(1000);
  const { refusal } = await limited.call('POST', 'searchquery', { body: { search: 'a' }, as: 'u0@example.com' });
  expect([refusal, await search(0)]).toEqual(['200', '429 after 1']);
  for (let user = 2; user < 149; user += 1) expect(await search(user)).toBe(200);
  expect(await search(149)).toBe('429 after 59');
  limited.close();
});

test('who is unknown finds nothing, with tokens required', async () => {
  const strict = await aDataverse([], { strictAuth: true });
  expect((await searching(strict).native('POST', 'v1.0/query', { search: 'a' })).status).toBe(401);
  strict.close();
});
