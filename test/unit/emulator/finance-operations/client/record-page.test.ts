import { request } from '../../../../../emulator/kernel/index.ts';
import { aPlatform, type TestPlatform } from '../../../../support/a-platform.ts';

// finance-operations reference, 2.4: deep link from Dataverse to the record of finance and operations.
let there: TestPlatform;
let id: string;
beforeAll(async () => {
  there = await aPlatform();
  const filter = "mserp_customeraccount eq 'US-001' and mserp_dataareaid eq 'usmf'";
  const { body } = await there.dataverse('GET', `mserp_custcustomerv3entities?$filter=${filter}`);
  id = body.value[0].mserp_custcustomerv3entityid;
});
afterAll(() => there.close());

const customers = 'mserp_custcustomerv3entities';
async function open(parameters: Record<string, string>, as?: string): Promise<{ status: number; text: string }> {
  const link = { cmp: 'usmf', mi: 'action:SysEntityNavigation', entityName: customers, entityGuid: id, ...parameters };
  const headers: Record<string, string> = as === undefined ? {} : { authorization: `Bearer ${as}` };
  const answer = await there.platform.handleFinanceOperations(
    request('GET', `/?${new URLSearchParams(link).toString()}`, headers),
  );
  return { status: answer.status, text: answer.body.toString() };
}

test('a link of a virtual row leads to its record, from the address the environment tells', async () => {
  const { body } = await there.dataverse('GET', 'RetrieveFinanceAndOperationsIntegrationDetails');
  const query = `cmp=usmf&mi=action:SysEntityNavigation&entityName=${customers}&entityGuid=${id}`;
  const answer = await fetch(`${body.Url}/?${query}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const text = await answer.text();
  expect(text).toContain('<title>Customers V3 | usmf | US-001</title>');
  expect(text).toContain('<th scope="row">CreditLimit</th><td>2000</td>');
});

test('what a record holds is text on its page', async () => {
  const key = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
  await there.financeOperations('PATCH', key, { body: { SalesMemo: '<script>alert(1)</script>' } });
  expect((await open({})).text).toContain('&lt;script&gt;');
});

test.each<[string, Record<string, string>]>([
  ['of another company', { cmp: 'demf' }],
  ['of another entity', { entityName: 'mserp_custcustomergroupentities' }],
  ['of a row there is not', { entityGuid: '00002ac1-0000-0000-ffff-ffff01000000' }],
  ['of no id', { entityGuid: 'x' }],
  ['of another menu item', { mi: 'CustTable' }],
])('a link %s leads nowhere', async (_what, parameters) => {
  expect((await open(parameters)).status).toBe(404);
});

test('it is opened by who may read the record', async () => {
  const user = { email: 'link@example.com', defaultCompany: 'demf', companies: ['demf'], roles: ['System user'] };
  await there.platform.financeOperations.command('add-user', user);
  expect((await open({}, user.email)).status).toBe(403);
  await there.platform.financeOperations.command('add-user', { ...user, roles: ['Sales representative'] });
  expect((await open({}, user.email)).status).toBe(403);
  await there.platform.financeOperations.command('add-user', {
    ...user,
    companies: ['usmf'],
    roles: ['Sales representative'],
  });
  expect((await open({}, user.email)).status).toBe(200);
});
