import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 1.3 "Solutions and tables that appear in Dataverse", 2.9 "Errors", 2.10 "Security".
const powerPlatform = [
  {
    clientId: '61a0518c-121a-421a-9ad6-f0955a88be43',
    name: 'PowerPlatformApplication',
    user: 'PowerPlatformApp',
  },
  { clientId: 'f1752846-f0df-4766-96f5-c109adf67d7f', name: 'PowerPlatRuntimeApp', user: 'PowerPlatformApp' },
];
const catalogue = 'mserp_financeandoperationsentities';
const customers = 'mserp_custcustomerv3entities';
const rejected =
  /^A token was obtained to call Finance and Operations, but the call was rejected by Finance and Operations as not authorized\. Verify that the Microsoft Entra application value is specified /;
let there: TestPlatform;
let row: string;
let entry: string;

beforeAll(async () => {
  there = await aPlatform();
  const [first] = (await there.dataverse('GET', `${customers}?$top=1`)).body.value;
  row = `${customers}(${first.mserp_custcustomerv3entityid})`;
  const filter = "mserp_physicalname eq 'CurrencyEntity'";
  const [currency] = (await there.dataverse('GET', `${catalogue}?$filter=${filter}`)).body.value;
  entry = `${catalogue}(${currency.mserp_financeandoperationsentityid})`;
});
afterAll(() => there.close());

const command = (name: string, parameters: object) => there.platform.financeOperations.command(name, { ...parameters });
const withoutKnown = async () => {
  const unlisted = '11111111-2222-3333-4444-555555555555';
  const known = await command('register-application', {
    clientId: unlisted,
    name: 'x',
    user: 'admin@fnoconnect.example',
  });
  await command('remove-application', { clientId: unlisted });
  return (known as { applications: { clientId: string }[] }).applications.filter((one) => one.clientId !== unlisted);
};

test('linking has listed the two applications of Power Platform with their user', async () => {
  expect(await withoutKnown()).toEqual(powerPlatform);
});

test.each(powerPlatform)(
  'without $name every call for virtual rows is rejected, until it is listed again',
  async (app) => {
    await command('remove-application', { clientId: app.clientId });
    const calls: [string, string, object?][] = [
      ['GET', `${customers}?$top=1`],
      ['GET', row],
      ['POST', customers, { mserp_customeraccount: 'X' }],
      ['PATCH', row, { mserp_creditlimit: 1 }],
      ['DELETE', row],
      ['GET', catalogue],
      ['GET', entry],
      ['PATCH', entry, { mserp_hasbeengenerated: true }],
    ];
    for (const [method, path, body] of calls)
      for (const as of [undefined, 'admin@fnoconnect.example']) {
        const answer = await there.dataverse(method, path, { body, as });
        expect([method, path, answer.status, answer.body?.error?.message]).toEqual([
          method,
          path,
          400,
          expect.stringMatching(rejected),
        ]);
      }
    // Its own users are not concerned, nor are rows of Dataverse.
    expect((await there.financeOperations('GET', 'CustomersV3?$top=1')).status).toBe(200);
    expect((await there.dataverse('GET', 'accounts?$top=1')).status).toBe(200);
    // The next start does not list it again.
    await there.platform.load();
    expect((await there.dataverse('GET', row)).status).toBe(400);
    await command('register-application', app);
    expect((await there.dataverse('GET', row)).status).toBe(200);
    expect((await there.dataverse('GET', catalogue)).status).toBe(200);
  },
);

test('with another user it is not trusted either', async () => {
  await command('register-application', { ...powerPlatform[0], user: 'admin@fnoconnect.example' });
  expect((await there.dataverse('GET', row)).body.error.message).toMatch(rejected);
  await command('register-application', powerPlatform[0]!);
});

// 7 "Auth": the app must be listed with a user, whose roles apply.
test('a listed application has the roles and companies of its user', async () => {
  const clientId = 'aaaaaaaa-0000-4000-8000-000000000001';
  const user = { email: 'robot@example.com', defaultCompany: 'usmf', companies: ['usmf'], roles: ['System user'] };
  await command('add-user', user);
  await command('register-application', { clientId, name: 'Robot', user: 'robot@example.com' });
  const read = async (set: string) => (await there.financeOperations('GET', `${set}?$top=1`, { as: clientId })).status;
  expect([await read('LegalEntities'), await read('CustomersV3')]).toEqual([200, 403]);
  await command('add-user', { ...user, roles: ['Sales representative'] });
  expect(await read('CustomersV3')).toBe(200);
  const rows = await there.financeOperations('GET', 'CustomersV3?cross-company=true', { as: clientId });
  expect(new Set(rows.body.value.map((one: { dataAreaId: string }) => one.dataAreaId))).toEqual(new Set(['usmf']));
});

test.each<[string, object, RegExp]>([
  ['register-application', { clientId: 'x', name: 'X', user: 'nobody@example.com' }, /no user 'nobody@example.com'/],
  ['remove-application', { clientId: 'nothing' }, /'nothing' is not listed\. Listed are 61a0518c/],
])('%s is refused: %j', async (name, parameters, words) => {
  await expect(command(name, parameters)).rejects.toThrow(words);
});

// 2.2 "Catalog table": it is itself a virtual table over CDSVirtualEntityListEntity, read by the application.
describe('the list the catalogue stands on', () => {
  it('has every data entity, by its AOT name', async () => {
    const { body } = await there.financeOperations('GET', 'VirtualEntityLists');
    const { entities } = there.platform.financeOperations;
    const names: string[] = body.value.map((one: { PhysicalName: string }) => one.PhysicalName);
    expect(names.sort()).toEqual([...entities.keys()].sort());
    const key = "VirtualEntityLists('CustCustomerV3Entity')";
    expect((await there.financeOperations('GET', key)).body.Description).toBe('Customers V3');
  });

  it('is asked in one request for a page of the catalogue', async () => {
    const last = there.platform.trace.since(0).at(-1)?.sequence ?? 0;
    const { body } = await there.dataverse('GET', `${catalogue}?$top=5`, { as: 'admin@fnoconnect.example' });
    expect(body.value).toHaveLength(5);
    const asked = there.platform.trace.since(last).filter(({ service }) => service === 'finance-operations');
    expect(asked.map(({ url, caller }) => [url, caller])).toEqual([
      ['/data/VirtualEntityLists?$select=PhysicalName', undefined],
    ]);
  });

  it('is all its role opens to the application', async () => {
    const headers = { 'x-ms-virtual-entity': 'application' };
    const status = async (set: string) => (await there.financeOperations('GET', set, { headers })).status;
    expect([await status('VirtualEntityLists'), await status('CustomersV3')]).toEqual([200, 403]);
  });
});
