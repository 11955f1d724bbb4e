import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aColumn, anExtension } from '../../../../support/solution-builder.ts';
import { every, people } from '../people.ts';
import { searching } from './searching.ts';

let platform: TestDataverse;
let ask: ReturnType<typeof searching>['ask'];
let find: ReturnType<typeof searching>['find'];
const own = { as: 'own@example.com' };
const all = { as: 'all@example.com' };
const none = { as: 'none@example.com' };
let shared: string;
beforeAll(async () => {
  platform = await aDataverse([
    anExtension('Account', {
      columns: aColumn('ora_Secret', { more: '<MaxLength>20</MaxLength><IsSecured>1</IsSecured>' }),
    }),
  ]);
  const search = searching(platform);
  ({ ask, find } = search);
  await search.changeView('account', (fetchxml) =>
    fetchxml.replace(
      'isquickfindfields="1">',
      'isquickfindfields="1"><condition attribute="ora_secret" operator="like" value="{0}" />',
    ),
  );
  const { aRole, aUser } = people(platform);
  const mine = await aRole(every(1, 'Account'));
  await aUser(own.as, mine);
  await aUser(all.as, await aRole(every(8, 'Account', 'Contact')));
  await aUser(none.as);
  await platform.create('accounts', { name: 'Maple mine' }, own);
  await platform.create('accounts', { name: 'Maple theirs', ora_secret: 'Quince' });
  shared = await platform.create('accounts', { name: 'Maple shared' });
  await platform.create('contacts', { lastname: 'Maple' });
});
afterAll(() => platform.close());

const sorted = async (...of: Parameters<typeof find>) => [...(await find(...of))].sort();

test('everybody finds the rows they may read, in the tables they may read', async () => {
  expect(await sorted('maple')).toEqual(['Maple', 'Maple mine', 'Maple shared', 'Maple theirs']);
  expect(await sorted('maple', {}, all)).toEqual(['Maple', 'Maple mine', 'Maple shared', 'Maple theirs']);
  expect(await sorted('maple', {}, own)).toEqual(['Maple mine']);
  expect(await sorted('maple', {}, none)).toEqual([]);
});

test('a row that is shared is found', async () => {
  const [user] = (await platform.call('GET', `systemusers?$filter=internalemailaddress eq '${own.as}'`)).body.value;
  await platform.call('POST', 'GrantAccess', {
    body: {
      Target: { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: shared },
      PrincipalAccess: {
        AccessMask: 'ReadAccess',
        Principal: { '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: user.systemuserid },
      },
    },
  });
  expect(await sorted('maple', {}, own)).toEqual(['Maple mine', 'Maple shared']);
});

test('counts and facets are of the rows one may read', async () => {
  const body = { search: 'maple', count: true, facets: '["entityname","ownerid"]' };
  const { Count, Facets } = await ask('query', body, own);
  expect(Count).toBe(2);
  expect(Facets['entityname']).toEqual([expect.objectContaining({ value: 'account', count: 2 })]);
  const counts = Facets['ownerid'].map(({ count }: { count: number }) => count);
  expect(counts).toEqual([1, 1]);
});

test('a column one may not read is not searched, not shown and not filtered by', async () => {
  expect(await find('quince')).toEqual(['Maple theirs']);
  expect(await find('quince', {}, all)).toEqual([]);
  expect(await find('qui*', {}, all)).toEqual([]);
  const entities = JSON.stringify([
    { name: 'account', searchcolumns: ['name'], selectcolumns: ['name', 'ora_secret'] },
  ]);
  const shown = async (options: object) =>
    (await ask('query', { search: 'theirs', entities }, options)).Value[0].Attributes.ora_secret;
  expect([await shown({}), await shown(all)]).toEqual(['Quince', null]);
  expect(await ask('query', { search: 'maple', filter: "ora_secret eq 'Quince'" }, all)).toMatch(/^403 0x8004f504/);
});

test('suggestions and completions are of the rows one may read', async () => {
  const names = async (options: object) =>
    (await ask('suggest', { search: 'map' }, options)).Value.map(
      ({ Document }: { Document: { name?: string } }) => Document.name,
    ).sort();
  expect(await names(own)).toEqual(['Maple mine', 'Maple shared']);
  expect((await ask('autocomplete', { search: 'thei' }, own)).Value).toBeNull();
  expect((await ask('autocomplete', { search: 'thei' }, all)).Value).toBe('{crmhit}theirs{/crmhit}');
});

test('who acts for somebody finds what both may read', async () => {
  const [user] = (await platform.call('GET', `systemusers?$filter=internalemailaddress eq '${own.as}'`)).body.value;
  const headers = { mscrmcallerid: user.systemuserid };
  expect(await sorted('maple', {}, { headers })).toEqual(['Maple mine', 'Maple shared']);
});
