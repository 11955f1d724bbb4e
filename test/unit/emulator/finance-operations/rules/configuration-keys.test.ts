import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// "Configuration keys and data entities" (config-key-entities): an entity of which the key, or that of its primary table, is off
// is not functional. finance-operations reference, 7: `ConfigurationEnabled` of the metadata service.
let there: TestFinanceOperations;
beforeAll(async () => {
  there = await aFinanceOperations();
});
afterAll(() => there.close());

const switchKey = (dataEntity: string, enabled: boolean) =>
  there.service.command('switch-configuration-key', { dataEntity, enabled });
const status = async (method: string, path: string, body?: object) => (await there.call(method, path, body)).status;
const sets = async () =>
  (await there.call('GET', '/data')).body.value.map(({ name }: { name: string }) => name) as string[];
const metadata = async (path: string) => (await there.call('GET', `/metadata/${path}`)).body;
const row = "CustomerGroups(dataAreaId='usmf',CustomerGroupId='10')?cross-company=true";
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')";

test('an entity of which the key is off is no set of the service, whatever is asked of it', async () => {
  expect(await sets()).toContain('CustomerGroups');
  await switchKey('CustCustomerGroupEntity', false);
  expect(await sets()).not.toContain('CustomerGroups');
  expect((await there.call('GET', '$metadata')).text).not.toMatch(/(EntitySet|EntityType) Name="CustomerGroups?"/);
  const group = { dataAreaId: 'usmf', CustomerGroupId: '99' };
  expect([
    await status('GET', 'CustomerGroups'),
    await status('GET', 'CustomerGroups/$count'),
    await status('GET', row),
    await status('POST', 'CustomerGroups?cross-company=true', group),
    await status('PATCH', row, { Description: 'x' }),
    await status('DELETE', row),
  ]).toEqual([404, 404, 404, 404, 404, 404]);
});

test('nothing leads to it', async () => {
  expect(await status('GET', `${customer}?cross-company=true&$expand=CustomerGroup`)).toBe(400);
  expect(await status('GET', `${customer}/CustomerGroup?cross-company=true`)).toBe(501);
  const named = [...(await there.call('GET', '$metadata')).text.matchAll(/DataEntities\.(\w+)/g)].map(
    ([, name]) => name,
  );
  const declared = [
    ...(await there.call('GET', '$metadata')).text.matchAll(/<(?:EnumType|EntityType) Name="(\w+)"/g),
  ].map(([, name]) => name);
  expect(named.filter((name) => !declared.includes(name))).toEqual([]);
});

test('the metadata service and the entity list tell that it is off; logic goes on to know its rows', async () => {
  expect((await metadata("PublicEntities('CustomerGroup')")).ConfigurationEnabled).toBe(false);
  expect((await metadata("PublicEntities('CustomerV3')")).ConfigurationEnabled).toBe(true);
  const enabled = async () =>
    (await there.rows('DataManagementEntities', "TargetName eq 'CustCustomerGroupEntity'"))[0]!.EntityIsEnabled;
  expect(await enabled()).toBe('No');
  expect(await status('PATCH', `${customer}?cross-company=true`, { CustomerGroupId: '10', SalesMemo: 'x' })).toBe(204);
  await switchKey('CustomerGroups', true);
  expect([await enabled(), await status('GET', row), (await sets()).includes('CustomerGroups')]).toEqual([
    'Yes',
    200,
    true,
  ]);
  expect(await status('GET', `${customer}?cross-company=true&$expand=CustomerGroup`)).toBe(200);
});
