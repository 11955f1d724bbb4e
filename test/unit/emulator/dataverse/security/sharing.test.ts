import { aDataverse, customerService, type TestDataverse } from '../../../../support/a-dataverse.ts';
import { every, people } from '../people.ts';

let platform: TestDataverse;
let ann: string;
let bob: string;
beforeAll(async () => {
  platform = await aDataverse([], { firstParty: customerService });
  const { aRole, aUser } = people(platform);
  const own = await aRole({ ...every(1, 'Account', 'Incident', 'Activity'), prvReadTransactionCurrency: 8 });
  ann = await aUser('ann@example.com', own);
  bob = await aUser('bob@example.com', own);
});
afterAll(() => platform.close());

const target = (table: string, id: string) => ({
  '@odata.type': `Microsoft.Dynamics.CRM.${table}`,
  [`${table}id`]: id,
});
const principal = (id: string) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: id });
const grant = (table: string, id: string, AccessMask: string, to = bob, name = 'GrantAccess', as?: string) =>
  platform.call('POST', name, {
    body: { Target: target(table, id), PrincipalAccess: { AccessMask, Principal: principal(to) } },
    as,
  });
const revoke = (table: string, id: string, from = bob) =>
  platform.call('POST', 'RevokeAccess', { body: { Target: target(table, id), Revokee: principal(from) } });
const seen = async (path: string, as = 'bob@example.com') => (await platform.call('GET', path, { as })).status;
const shares = async (set: string, id: string) =>
  (await platform.call('GET', `RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={'@odata.id':'${set}(${id})'}`)).body;

const anAccount = () => platform.create('accounts', { name: 'Shared' });
const aCase = (account: string) =>
  platform.create('incidents', { title: 'Case', 'customerid_account@odata.bind': `/accounts(${account})` });

test('rights are added, replaced and taken back, and can be asked for', async () => {
  const id = await anAccount();
  await grant('account', id, 'ReadAccess');
  await grant('account', id, 'WriteAccess');
  const { PrincipalAccesses, '@odata.context': context } = await shares('accounts', id);
  expect(context).toMatch(/#Microsoft\.Dynamics\.CRM\.RetrieveSharedPrincipalsAndAccessResponse$/);
  expect(PrincipalAccesses).toEqual([
    {
      AccessMask: 'ReadAccess, WriteAccess',
      Principal: { '@odata.type': '#Microsoft.Dynamics.CRM.systemuser', ownerid: bob },
    },
  ]);
  await grant('account', id, 'ReadAccess', bob, 'ModifyAccess');
  expect((await shares('accounts', id)).PrincipalAccesses[0].AccessMask).toBe('ReadAccess');
  expect(await seen(`accounts(${id})`)).toBe(200);
  await revoke('account', id);
  expect((await shares('accounts', id)).PrincipalAccesses).toEqual([]);
  expect(await seen(`accounts(${id})`)).toBe(403);
});

test('a share of a row reaches the rows that belong to it, and theirs, as long as it stands', async () => {
  const account = await anAccount();
  const incident = await aCase(account);
  const task = await platform.create('tasks', {
    subject: 'Ring',
    'regardingobjectid_incident_task@odata.bind': `/incidents(${incident})`,
  });
  expect([await seen(`incidents(${incident})`), await seen(`tasks(${task})`)]).toEqual([403, 403]);
  await grant('account', account, 'ReadAccess');
  expect([await seen(`incidents(${incident})`), await seen(`tasks(${task})`)]).toEqual([200, 200]);
  expect(
    (await platform.call('PATCH', `tasks(${task})`, { as: 'bob@example.com', body: { subject: 'x' } })).refusal,
  ).toBe('403 0x80048306');
  expect(await seen(`activitypointers(${task})`)).toBe(200);
  expect((await shares('incidents', incident)).PrincipalAccesses).toEqual([]);
  await revoke('account', account);
  expect([await seen(`incidents(${incident})`), await seen(`tasks(${task})`)]).toEqual([403, 403]);
});

test('un-sharing takes back what was inherited, and leaves what was given directly', async () => {
  const account = await anAccount();
  const incident = await aCase(account);
  await grant('account', account, 'ReadAccess, WriteAccess');
  await grant('incident', incident, 'ReadAccess');
  await revoke('account', account);
  expect(await seen(`incidents(${incident})`)).toBe(200);
  expect(
    (await platform.call('PATCH', `incidents(${incident})`, { as: 'bob@example.com', body: { title: 'x' } })).status,
  ).toBe(403);
});

test('rows made or moved below a shared row inherit, and lose it when they leave', async () => {
  const [account, other] = [await anAccount(), await anAccount()];
  await grant('account', account, 'ReadAccess');
  const incident = await aCase(account);
  expect(await seen(`incidents(${incident})`)).toBe(200);
  await platform.call('PATCH', `incidents(${incident})`, {
    body: { 'customerid_account@odata.bind': `/accounts(${other})` },
  });
  expect(await seen(`incidents(${incident})`)).toBe(403);
  await platform.call('PATCH', `incidents(${incident})`, {
    body: { 'customerid_account@odata.bind': `/accounts(${account})` },
  });
  expect(await seen(`incidents(${incident})`)).toBe(200);
});

test('inherited rows are found by queries, and only those', async () => {
  const account = await anAccount();
  await grant('account', account, 'ReadAccess');
  const [mine] = [await aCase(account), await aCase(await anAccount())];
  const { body } = await platform.call('GET', `incidents?$select=title&$filter=incidentid eq ${mine}`, {
    as: 'bob@example.com',
  });
  expect(body.value).toHaveLength(1);
  const all = await platform.call('GET', 'incidents?$select=title', { as: 'ann@example.com' });
  expect(all.body.value).toEqual([]);
});

test('a share never exceeds the privilege', async () => {
  const { aUser } = people(platform);
  const nobody = await aUser('nobody@example.com');
  const id = await anAccount();
  await grant('account', id, 'ReadAccess', nobody);
  expect((await platform.call('GET', `accounts(${id})`, { as: 'nobody@example.com' })).refusal).toBe('403 0x80040220');
});

test('who may not share the row, rows nobody owns, and what is no right are refused', async () => {
  const id = await anAccount();
  expect((await grant('account', id, 'ReadAccess', ann, 'GrantAccess', 'bob@example.com')).refusal).toBe(
    '403 0x80048306',
  );
  expect((await grant('account', id, 'FlyAccess')).refusal).toBe('400 0x80040203');
  const currency = (await platform.call('GET', 'transactioncurrencies')).body.value[0].transactioncurrencyid;
  expect((await grant('transactioncurrency', currency, 'ReadAccess')).refusal).toBe('400 0x80040800');
});

test('sharing runs through the stages of its message', async () => {
  const id = await anAccount();
  const told: unknown[] = [];
  platform.dataverse.registerStep({
    name: 'Told',
    message: 'GrantAccess',
    stage: 40,
    run: async ({ input }) => void told.push(input['Target']),
  });
  await grant('account', id, 'ReadAccess');
  expect(told).toEqual([{ table: 'account', id }]);
});

test('a row that goes takes its shares along', async () => {
  const id = await anAccount();
  await grant('account', id, 'ReadAccess');
  await platform.call('DELETE', `accounts(${id})`);
  const { body } = await platform.call('GET', `principalobjectaccessset?$filter=objectid eq ${id}`);
  expect(body.value).toEqual([]);
});
