import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { every, people } from '../people.ts';

let platform: TestDataverse;
let root: string;
let north: string;
let village: string;
beforeAll(async () => {
  platform = await aDataverse();
  root = (await platform.call('GET', 'businessunits?$select=businessunitid')).body.value[0].businessunitid;
  north = await aUnit('North', root);
  village = await aUnit('Village', north);
});
afterAll(() => platform.close());

const aUnit = (name: string, parent: string) =>
  platform.create('businessunits', { name, 'parentbusinessunitid@odata.bind': `/businessunits(${parent})` });
const moveTo = (user: string, unit: string) =>
  platform.call('PATCH', `systemusers(${user})`, { body: { 'businessunitid@odata.bind': `/businessunits(${unit})` } });
const owned = (user: string) =>
  platform.create('accounts', { name: 'Owned', 'ownerid@odata.bind': `/systemusers(${user})` });
const seen = async (account: string, as: string) => (await platform.call('GET', `accounts(${account})`, { as })).status;
const defaultTeams = async (user: string) => {
  const { body } = await platform.call(
    'GET',
    `systemusers(${user})/teammembership_association?$select=name&$filter=isdefault eq true`,
  );
  return body.value.map((team: { name: string }) => team.name);
};

test('a business unit has a default team, and its users are in it', async () => {
  const { body } = await platform.call(
    'GET',
    `teams?$select=name,isdefault,teamtype&$filter=_businessunitid_value eq ${north}`,
  );
  expect(body.value).toMatchObject([{ name: 'North', isdefault: true, teamtype: 0 }]);
  const user = await people(platform).aUser('ann@example.com');
  expect(await defaultTeams(user)).toEqual(['Local']);
  await moveTo(user, north);
  expect(await defaultTeams(user)).toEqual(['North']);
});

test('who moves to another unit takes its rows along and loses its roles', async () => {
  const { aRole, aUser } = people(platform);
  const user = await aUser('bob@example.com', await aRole(every(1, 'Account')));
  const account = await owned(user);
  const unit = async () =>
    (await platform.call('GET', `accounts(${account})?$select=_owningbusinessunit_value`)).body
      ._owningbusinessunit_value;
  expect([await unit(), await seen(account, 'bob@example.com')]).toEqual([root, 200]);
  await moveTo(user, north);
  expect([await unit(), await seen(account, 'bob@example.com')]).toEqual([north, 403]);
  expect((await platform.call('GET', `systemusers(${user})/systemuserroles_association`)).body.value).toEqual([]);
});

test.each([
  ['its own rows', 1, [200, 403, 403, 403]],
  ['rows of its unit', 2, [200, 200, 403, 403]],
  ['rows of its unit and those below', 4, [200, 200, 200, 403]],
  ['every row', 8, [200, 200, 200, 200]],
] as const)('a user reaches %s at depth %d, measured from the unit it is in now', async (_name, reach, expected) => {
  const { aRole, aUser, give } = people(platform);
  const names = ['me', 'near', 'below', 'far'].map((name) => `${name}${reach}@example.com`);
  const users = await Promise.all(names.map((name) => aUser(name)));
  await moveTo(users[0]!, north);
  await moveTo(users[1]!, north);
  await moveTo(users[2]!, village);
  await give('systemuser', users[0]!, await aRole({ prvReadAccount: reach }));
  const rows = await Promise.all(users.map(owned));
  expect(await Promise.all(rows.map((row) => seen(row, names[0]!)))).toEqual(expected);
  const { body } = await platform.call(
    'GET',
    `accounts?$select=name&$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues=${JSON.stringify(rows)})`,
    { as: names[0]! },
  );
  expect(body.value).toHaveLength(expected.filter((status) => status === 200).length);
});

test('a team that moves takes its rows along', async () => {
  const team = await platform.create('teams', { name: 'Movers' });
  const account = await platform.create('accounts', { name: 'x', 'ownerid@odata.bind': `/teams(${team})` });
  await platform.call('PATCH', `teams(${team})`, { body: { 'businessunitid@odata.bind': `/businessunits(${north})` } });
  const { body } = await platform.call('GET', `accounts(${account})?$select=_owningbusinessunit_value`);
  expect(body._owningbusinessunit_value).toBe(north);
});

test('who impersonates needs the privilege, and both must be allowed', async () => {
  const { aRole, aUser } = people(platform);
  const read = await aRole({ prvReadAccount: 8 });
  const acting = await aRole({ prvActOnBehalfOfAnotherUser: 8 });
  const reader = await aUser('reader@example.com', read);
  await aUser('plain@example.com', read);
  await aUser('actor@example.com', acting);
  await aUser('both@example.com', acting, read);
  const as = (email: string) =>
    platform.call('GET', 'accounts?$select=name', { as: email, headers: { mscrmcallerid: reader } });
  expect((await as('plain@example.com')).refusal).toBe('403 0x8004a110');
  expect((await as('actor@example.com')).refusal).toBe('403 0x80040220');
  expect((await as('both@example.com')).status).toBe(200);
});

test('hierarchy security is refused by name where it would be switched on', async () => {
  const [{ organizationid }] = (await platform.call('GET', 'organizations?$select=organizationid')).body.value;
  const set = (body: object) => platform.call('PATCH', `organizations(${organizationid})`, { body });
  const { refusal, body } = await set({ usepositionhierarchy: true });
  expect([refusal, body.error.message]).toEqual(['501 NotEmulated', expect.stringContaining('Hierarchy security')]);
  expect((await set({ maxdepthforhierarchicalsecuritymodel: 3 })).refusal).toBe('501 NotEmulated');
  expect((await set({ usepositionhierarchy: false })).status).toBe(204);
});
