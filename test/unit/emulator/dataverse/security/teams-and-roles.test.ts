import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { every, people } from '../people.ts';

let platform: TestDataverse;
let ann: string;
let bob: string;
let role: string;
let template: string;
const { Read, Write } = { Read: 1, Write: 2 };
beforeAll(async () => {
  platform = await aDataverse();
  const { aRole, aUser } = people(platform);
  role = await aRole({ ...every(1, 'Account') });
  ann = await aUser('ann@example.com', role);
  bob = await aUser('bob@example.com', role);
  template = await platform.create('teamtemplates', {
    teamtemplatename: 'Account team',
    objecttypecode: 1,
    defaultaccessrightsmask: Read | Write,
  });
});
afterAll(() => platform.close());

const typed = (table: string, id: string) => ({ '@odata.type': `Microsoft.Dynamics.CRM.${table}`, [`${table}id`]: id });
const recordTeam = (name: string, account: string, user = bob, by = template, as?: string) =>
  platform.call('POST', `systemusers(${user})/Microsoft.Dynamics.CRM.${name}`, {
    body: { Record: typed('account', account), TeamTemplate: typed('teamtemplate', by) },
    as,
  });
const seen = async (account: string, as = 'bob@example.com') =>
  (await platform.call('GET', `accounts(${account})`, { as })).status;
const privilege = async (name: string) =>
  (await platform.call('GET', `privileges?$select=privilegeid&$filter=name eq '${name}'`)).body.value[0]
    .privilegeid as string;
const onRole = (name: string, body: object, id = role, as?: string) =>
  platform.call('POST', `roles(${id})/Microsoft.Dynamics.CRM.${name}`, { body, as });
const rights = async (id = role) =>
  Object.fromEntries(
    (await platform.call('GET', `RetrieveRolePrivilegesRole(RoleId=${id})`)).body.RolePrivileges.map(
      (one: { PrivilegeName: string; Depth: string }) => [one.PrivilegeName, one.Depth],
    ),
  );

test('a user who joins the team of a row has the rights of its template, and loses them with it', async () => {
  const account = await platform.create('accounts', { name: 'Teamed' });
  expect(await seen(account)).toBe(403);
  const { status, body } = await recordTeam('AddUserToRecordTeam', account);
  expect(status).toBe(200);
  expect(await seen(account)).toBe(200);
  expect(
    (await platform.call('PATCH', `accounts(${account})`, { as: 'bob@example.com', body: { name: 'x' } })).status,
  ).toBe(204);
  expect((await platform.call('DELETE', `accounts(${account})`, { as: 'bob@example.com' })).refusal).toBe(
    '403 0x80048306',
  );
  const team = await platform.call(
    'GET',
    `teams(${body.AccessTeamId})?$select=teamtype,_teamtemplateid_value,_regardingobjectid_value`,
  );
  expect(team.body).toMatchObject({ teamtype: 1, _teamtemplateid_value: template, _regardingobjectid_value: account });
  expect((await recordTeam('RemoveUserFromRecordTeam', account)).status).toBe(200);
  expect(await seen(account)).toBe(403);
  expect((await platform.call('GET', `teams(${body.AccessTeamId})`)).status).toBe(404);
});

test('one team serves a row: joining twice is once, and the second leaves the first in', async () => {
  const account = await platform.create('accounts', { name: 'Teamed' });
  const first = (await recordTeam('AddUserToRecordTeam', account)).body.AccessTeamId;
  await recordTeam('AddUserToRecordTeam', account);
  expect((await recordTeam('AddUserToRecordTeam', account, ann)).body.AccessTeamId).toBe(first);
  await recordTeam('RemoveUserFromRecordTeam', account);
  expect([await seen(account), await seen(account, 'ann@example.com')]).toEqual([403, 200]);
  expect((await recordTeam('RemoveUserFromRecordTeam', account)).refusal).toBe('400 0x80040203');
});

test('a template of another table, and a row the caller may not share, are refused', async () => {
  const account = await platform.create('accounts', { name: 'Teamed' });
  const other = await platform.create('teamtemplates', {
    teamtemplatename: 'x',
    objecttypecode: 2,
    defaultaccessrightsmask: 1,
  });
  expect((await recordTeam('AddUserToRecordTeam', account, bob, other)).refusal).toBe('400 0x80040203');
  expect((await recordTeam('AddUserToRecordTeam', account, bob, template, 'bob@example.com')).refusal).toBe(
    '403 0x80048306',
  );
});

test('an access team owns nothing', async () => {
  const account = await platform.create('accounts', { name: 'Teamed' });
  const { AccessTeamId } = (await recordTeam('AddUserToRecordTeam', account)).body;
  const body = { 'ownerid@odata.bind': `/teams(${AccessTeamId})` };
  expect((await platform.call('PATCH', `accounts(${account})`, { body })).refusal).toBe('400 0x80040229');
});

test('members join and leave a team; a default team keeps its own', async () => {
  const team = await platform.create('teams', { name: 'Sales' });
  const { give, aRole } = people(platform);
  await give('team', team, await aRole({ prvReadContact: 8 }));
  const change = (name: string, id = team) =>
    platform.call('POST', `teams(${id})/Microsoft.Dynamics.CRM.${name}`, {
      body: { Members: [typed('systemuser', bob)] },
    });
  const contacts = async () => (await platform.call('GET', 'contacts', { as: 'bob@example.com' })).status;
  expect(await contacts()).toBe(403);
  expect((await change('AddMembersTeam')).status).toBe(204);
  expect((await change('AddMembersTeam')).status).toBe(204);
  expect(await contacts()).toBe(200);
  expect((await change('RemoveMembersTeam')).status).toBe(204);
  expect(await contacts()).toBe(403);
  const [{ teamid }] = (await platform.call('GET', 'teams?$select=teamid&$filter=isdefault eq true')).body.value;
  expect((await change('AddMembersTeam', teamid)).refusal).toBe('400 0x80040233');
});

test('a role of a team that gives its user-level rights to the team only does not reach rows of the member', async () => {
  const { aRole, aUser, give } = people(platform);
  const user = await aUser('eve@example.com');
  const rows = async (isinherited: number) => {
    const team = await platform.create('teams', { name: `Team ${isinherited}` });
    await give('team', team, await aRole({ prvReadAccount: 1 }, { isinherited }));
    await platform.call('POST', `teams(${team})/Microsoft.Dynamics.CRM.AddMembersTeam`, {
      body: { Members: [typed('systemuser', user)] },
    });
    const owner = { 'ownerid@odata.bind': `/systemusers(${user})` };
    const [own, teams] = [
      await platform.create('accounts', { name: 'Own', ...owner }),
      await platform.create('accounts', { name: 'Team', 'ownerid@odata.bind': `/teams(${team})` }),
    ];
    return [await seen(own, 'eve@example.com'), await seen(teams, 'eve@example.com')];
  };
  expect(await rows(0)).toEqual([403, 200]);
  expect(await rows(1)).toEqual([200, 200]);
});

test('privileges are added to a role by id or name, at once', async () => {
  const id = await people(platform).aRole({});
  const user = 'fay@example.com';
  await people(platform).aUser(user, id);
  const read = async () => (await platform.call('GET', 'contacts', { as: user })).status;
  expect(await read()).toBe(403);
  const Privileges = [
    { PrivilegeId: await privilege('prvReadContact'), Depth: 'Global' },
    { PrivilegeName: 'prvWriteContact', PrivilegeId: '', Depth: '1' },
  ];
  expect((await onRole('AddPrivilegesRole', { Privileges }, id)).status).toBe(204);
  expect(await read()).toBe(200);
  expect(await rights(id)).toEqual({ prvReadContact: 'Global', prvWriteContact: 'Local' });
  expect((await onRole('RemovePrivilegeRole', { PrivilegeId: await privilege('prvReadContact') }, id)).status).toBe(
    204,
  );
  expect(await read()).toBe(403);
  await onRole('ReplacePrivilegesRole', { Privileges: [{ PrivilegeName: 'prvReadContact', Depth: 'Basic' }] }, id);
  expect(await rights(id)).toEqual({ prvReadContact: 'Basic' });
});

test.each([
  ['a depth as a number', { PrivilegeName: 'prvReadContact', Depth: 3 }, '400 0x80048d19'],
  ['a depth there is not', { PrivilegeName: 'prvReadContact', Depth: 'Far' }, '400 0x80048d19'],
  ['a privilege there is not', { PrivilegeName: 'prvFly', Depth: 'Basic' }, '400 0x80040203'],
])('%s is refused', async (_name, one, refusal) => {
  const before = await rights();
  expect((await onRole('AddPrivilegesRole', { Privileges: [one] })).refusal).toBe(refusal);
  expect(await rights()).toEqual(before);
});

test('who may not write the role adds nothing to it', async () => {
  const Privileges = [{ PrivilegeName: 'prvReadContact', Depth: 'Global' }];
  expect((await onRole('AddPrivilegesRole', { Privileges }, role, 'bob@example.com')).refusal).toBe('403 0x80040220');
});
