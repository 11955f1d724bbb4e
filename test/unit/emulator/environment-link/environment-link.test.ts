import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

const minute = 60_000;
let there: TestPlatform;

beforeAll(async () => {
  there = await aPlatform();
});
afterAll(() => there.close());
beforeEach(async () => {
  const { link, clock } = there.platform;
  if (link.isLinked()) return;
  if (link.status().state !== 'Environment setup is in progress') await link.act('start');
  clock.advance(75 * minute);
  await there.quiet();
});

const details = async () => {
  const { status, body } = await there.dataverse('GET', 'RetrieveFinanceAndOperationsIntegrationDetails');
  return status === 200 ? body.Url : `${status} ${body.error.code} ${body.error.message}`;
};
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const limits = async () => {
  const { body } = await there.dataverse('GET', "accounts?$select=creditlimit&$filter=accountnumber eq 'US-001'");
  return [(await there.financeOperations('GET', customer)).body.CreditLimit, body.value[0].creditlimit];
};

// finance-operations reference, "How an environment is linked" and "RetrieveFinanceAndOperationsIntegrationDetails".
test('a linked environment tells where finance and operations is, and is not linked again', async () => {
  expect(await details()).toMatch(/^http:\/\/127\.0\.0\.1:/);
  await expect(there.platform.link.act('start')).rejects.toThrow('relinking is not supported');
});

test('the answer has the address, the tenant and the environment, and nothing else', async () => {
  const { status, body } = await there.dataverse('GET', 'RetrieveFinanceAndOperationsIntegrationDetails');
  const id = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const Url = expect.stringMatching(/^http:.*[^/]$/);
  expect([status, body]).toEqual([200, { '@odata.context': expect.any(String), Url, TenantId: id, Id: id }]);
  expect(
    (await there.dataverse('POST', 'RetrieveFinanceAndOperationsIntegrationDetails', { body: {} })).status,
  ).not.toBe(200);
});

// 1.3 "Solutions and tables that appear in Dataverse".
test('the solutions of the link are there, each with its table', async () => {
  const { body } = await there.dataverse('GET', 'solutions?$select=uniquename,ismanaged');
  const managed = body.value.filter((row: { ismanaged: boolean }) => row.ismanaged);
  const names = managed.map((row: { uniquename: string }) => row.uniquename);
  for (const name of ['Dynamics365Company', 'MicrosoftOperationsVESupport', 'MicrosoftOperationsERPCatalog'])
    expect(names).toContain(name);
  for (const name of ['MicrosoftOperationsERPVE', 'msdyn_DualWriteCore']) expect(names).toContain(name);
  for (const set of ['cdm_companies', 'mserp_financeandoperationsentities', 'msdyn_dualwriteentitymaps'])
    expect([set, (await there.dataverse('GET', `${set}?$top=1`)).status]).toEqual([set, 200]);
});

test('with the link goes all that stands on it', async () => {
  const body = {
    name: 'x',
    entityname: 'mserp_custcustomerv3entity',
    message: 3,
    scope: 4,
    url: `${there.receiver}/x`,
  };
  await there.dataverse('POST', 'callbackregistrations', { body });
  await there.platform.link.act('delete');
  expect(await details()).toBe("400 0x80048d0b Dataverse instance isn't integrated with finance and operations.");
  const rows = await there.dataverse('GET', 'mserp_custcustomerv3entities?$top=1');
  expect([rows.status, rows.body.error.code]).toEqual([400, '0x80048d0b']);
  const [, before] = await limits();
  await there.financeOperations('PATCH', customer, { body: { CreditLimit: 777 } });
  expect(await limits()).toEqual([777, before]);
  await there.quiet();
  expect(there.received).toEqual([]);
  expect(there.platform.events.catalogue().dataEvents).toEqual([]);
  await expect(there.platform.addIns.act('VirtualTableStarter', 'install', {})).rejects.toThrow('linked');
});

test('setup takes its time, then everything is there again', async () => {
  await there.platform.link.act('delete');
  expect((await there.platform.link.act('start')).state).toBe('Environment setup is in progress');
  await expect(there.platform.link.act('start')).rejects.toThrow('in progress');
  there.platform.clock.advance(74 * minute);
  await there.quiet();
  expect(await details()).toMatch('0x80048d0b');
  there.platform.clock.advance(minute);
  await there.quiet();
  expect(there.platform.link.status().state).toBe('Setup completed successfully');
  expect(await details()).toMatch(/^http/);
  await there.financeOperations('PATCH', customer, { body: { CreditLimit: 778 } });
  expect(await limits()).toEqual([778, 778]);
});

test.each([
  [{ hasD365Apps: false }, 'without Dynamics 365 apps'],
  [{ dataverseGeography: 'NA' }, "Dataverse is in 'NA', finance and operations in 'EMEA'"],
  [{ user: 'service@fnoconnect.example' }, 'System Administrator'],
  [{ user: 'norole@fnoconnect.example' }, 'licence'],
])('a check that fails stops the setup, which is resumed once that is put right: %j', async (given, words) => {
  await there.platform.link.act('delete');
  await expect(there.platform.link.act('resume')).rejects.toThrow('no setup that failed');
  const { state, checks } = await there.platform.link.act('start', given);
  expect(state).toBe('Setup failed');
  expect(checks.map(({ message }) => message).join(' ')).toContain(words);
  expect((await there.platform.link.act('resume')).state).toBe('Environment setup is in progress');
});

// Section 6, life cycle of linked environments ("Environment lifecycle operations – Core concepts").
test.each(['reset-dataverse', 'delete-dataverse'])('%s is blocked while there is a link', async (verb) => {
  await expect(there.platform.link.act(verb)).rejects.toMatchObject({ name: 'lifecycleBlocked' });
  await there.platform.link.act('delete');
  await expect(there.platform.link.act(verb)).rejects.toMatchObject({ name: 'notEmulated' });
});
