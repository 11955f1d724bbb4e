import { entities } from '../../../../../emulator/finance-operations/entities/index.ts';
import { allows, roles } from '../../../../../emulator/finance-operations/security/roles.ts';
import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 7 "Auth": the app, or the user, has a user of finance and operations; that user's roles apply.
let there: TestFinanceOperations;
beforeAll(async () => {
  there = await aFinanceOperations();
  const user = { defaultCompany: 'usmf', companies: ['usmf'] };
  for (const [email, role] of [
    ['service@example.com', 'Customer service representative'],
    ['sales@example.com', 'Sales representative'],
    ['nothing@example.com', 'System user'],
  ])
    await there.service.command('add-user', { email, ...user, roles: [role] });
  await there.service.command('add-user', {
    email: 'two@example.com',
    ...user,
    roles: ['Sales representative', 'Customer service representative'],
  });
  await there.service.command('post-invoice', { company: 'usmf', customerAccount: 'US-001', amount: 10 });
});
afterAll(() => there.close());

const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')";
const order = { dataAreaId: 'usmf', OrderingCustomerAccountNumber: 'US-001' };
const status = async (as: string, method: string, path: string, body?: object) =>
  (await there.call(method, path, body, { as: `${as}@example.com` })).status;

test('every role names data entities there are', () => {
  const sets = new Set(entities.map(({ set }) => set));
  const named = Object.values(roles).flatMap(({ read, write }) => [read, write].flat());
  expect(named.filter((set) => set !== 'all' && !sets.has(set))).toEqual([]);
});

test('whoever writes a data entity reads it', () => {
  for (const [name, { write }] of Object.entries(roles))
    for (const set of write === 'all' ? [] : write)
      expect([name, set, allows([name], set, 'read')]).toEqual([name, set, true]);
});

test.each([
  ['service', 'GET', customer, 200],
  ['service', 'PATCH', customer, 204],
  ['service', 'GET', `${customer}/CustomerGroup`, 200],
  ['service', 'POST', 'SalesOrderHeadersV2', 403],
  ['sales', 'GET', customer, 200],
  ['sales', 'PATCH', customer, 403],
  ['sales', 'DELETE', customer, 403],
  ['sales', 'POST', 'SalesOrderHeadersV2', 201],
  ['sales', 'GET', 'CustomerParameters', 200],
  ['sales', 'GET', 'VendorsV2', 403],
  ['nothing', 'GET', 'CustomersV3', 403],
  ['nothing', 'GET', 'CustomersV3/$count', 403],
  ['nothing', 'GET', `${customer}/CreditLimit`, 403],
  ['nothing', 'GET', 'LegalEntities', 200],
  ['nothing', 'POST', 'DataManagementEntities/Microsoft.Dynamics.DataEntities.GetApplicationVersion', 403],
  ['two', 'PATCH', customer, 204],
  ['two', 'POST', 'SalesOrderHeadersV2', 201],
])('%s@ may %s %s: %i', async (as, method, path, expected) => {
  const body =
    method === 'PATCH' ? { SalesMemo: as } : method === 'POST' ? (path.includes('.') ? {} : order) : undefined;
  expect(await status(as, method, path, body)).toBe(expected);
});

test('what may not be read is not expanded, nor reached by a path', async () => {
  const path = 'CustTransactions?$expand=Customer';
  expect(await status('sales', 'GET', path)).toBe(200);
  await there.service.command('add-user', {
    email: 'clerk@example.com',
    defaultCompany: 'usmf',
    companies: ['usmf'],
    roles: ['Accounts receivable clerk'],
  });
  expect(await status('clerk', 'PATCH', `${customer}/CustomerGroup`, { Description: 'x' })).toBe(204);
  expect(await status('sales', 'PATCH', `${customer}/CustomerGroup`, { Description: 'x' })).toBe(403);
  const headers = 'CustomerPaymentJournalHeaders?$expand=CustomerPaymentJournalLines';
  expect(await status('nothing', 'GET', headers)).toBe(403);
  expect(await status('clerk', 'GET', headers)).toBe(200);
});

test('is refused in words, and by nobody else: a user without roles is a system administrator', async () => {
  const { body } = await there.call('PATCH', customer, { SalesMemo: 'x' }, { as: 'sales@example.com' });
  expect(body.error.message).toBe("Access denied: none of your security roles lets you write 'CustomersV3'.");
  expect(await status('us', 'PATCH', customer, { SalesMemo: 'x' })).toBe(204);
});

test('a role there is not is refused', async () => {
  const user = { email: 'x@example.com', defaultCompany: 'usmf', companies: ['usmf'], roles: ['Emperor'] };
  await expect(there.service.command('add-user', user)).rejects.toThrow(/no security role 'Emperor'/);
});
