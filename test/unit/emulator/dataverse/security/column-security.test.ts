import { aDataverse, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { aColumn, anExtension } from '../../../../support/solution-builder.ts';
import { every, people } from '../people.ts';

let platform: TestDataverse;
let account: string;
beforeAll(async () => {
  platform = await aDataverse([
    anExtension('Account', {
      columns: aColumn('ora_Secret', { more: '<MaxLength>20</MaxLength><IsSecured>1</IsSecured>' }),
    }),
  ]);
  const { aRole, aUser } = people(platform);
  const role = await aRole(every(8, 'Account', 'Team'));
  account = await platform.create('accounts', { name: 'Contoso', ora_secret: 'pip' });
  await aUser('none@example.com', role);
  await join('systemuser', await aUser('reader@example.com', role), await aProfile({ canread: 4 }));
  await join('systemuser', await aUser('writer@example.com', role), await aProfile({ canread: 4, canupdate: 4 }));
  const team = await platform.create('teams', { name: 'Keepers' });
  const member = await aUser('member@example.com', role);
  await platform.call('POST', `teams(${team})/Microsoft.Dynamics.CRM.AddMembersTeam`, {
    body: { Members: [{ '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: member }] },
  });
  await join('team', team, await aProfile({ canread: 4, cancreate: 4 }));
});
afterAll(() => platform.close());

async function aProfile(permissions: object): Promise<string> {
  const id = await platform.create('fieldsecurityprofiles', { name: `Profile ${Math.random()}` });
  const column = { entityname: 'account', attributelogicalname: 'ora_secret', canread: 0, cancreate: 0, canupdate: 0 };
  await platform.create('fieldpermissions', {
    ...column,
    ...permissions,
    'fieldsecurityprofileid@odata.bind': `/fieldsecurityprofiles(${id})`,
  });
  return id;
}

async function join(table: 'systemuser' | 'team', id: string, profile: string): Promise<void> {
  const path = `${table}s(${id})/${table === 'team' ? 'teamprofiles' : 'systemuserprofiles'}_association/$ref`;
  const { status, text } = await platform.call('POST', path, {
    body: { '@odata.id': `fieldsecurityprofiles(${profile})` },
  });
  if (status !== 204) throw new Error(text);
}

const read = async (as: string) =>
  (await platform.call('GET', `accounts(${account})?$select=name,ora_secret`, { as })).body;

test.each([
  ['none@example.com', null],
  ['reader@example.com', 'pip'],
  ['member@example.com', 'pip'],
])('%s reads %s, the rest of the row as ever', async (as, secret) => {
  expect(await read(as)).toMatchObject({ name: 'Contoso', ora_secret: secret });
  const { body } = await platform.call('GET', 'accounts?$select=ora_secret', { as });
  expect(body.value[0].ora_secret).toBe(secret);
});

test('who may not read a column learns nothing from conditions, orders or figures on it', async () => {
  const as = 'none@example.com';
  for (const query of ["$filter=ora_secret eq 'pip'", '$orderby=ora_secret', '$apply=groupby((ora_secret))'])
    expect((await platform.call('GET', `accounts?${query}`, { as })).refusal).toBe('403 0x8004f504');
});

test.each([
  ['reader@example.com', 'PATCH', '403 0x8004f507'],
  ['none@example.com', 'PATCH', '403 0x8004f507'],
  ['writer@example.com', 'POST', '403 0x8004f502'],
])('%s is refused a %s of the column, by name, and nothing is written', async (as, method, refusal) => {
  const path = method === 'POST' ? 'accounts' : `accounts(${account})`;
  const answer = await platform.call(method, path, { as, body: { name: 'Changed', ora_secret: 'core' } });
  expect(answer.refusal).toBe(refusal);
  expect(answer.body.error.message).toContain("'ora_secret'");
  expect(await read('reader@example.com')).toMatchObject({ name: 'Contoso', ora_secret: 'pip' });
});

test('a profile of the user or of a team opens what it names', async () => {
  const body = { name: 'Contoso', ora_secret: 'pip' };
  expect((await platform.call('PATCH', `accounts(${account})`, { as: 'writer@example.com', body })).status).toBe(204);
  expect((await platform.call('POST', 'accounts', { as: 'member@example.com', body })).status).toBe(204);
});
