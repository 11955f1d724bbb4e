import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 3.1: alert events; business events: alerts-business-events.md.
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
  there.raised.length = 0;
});
afterEach(() => there.close());

const command = (name: string, parameters: object) =>
  there.service.command(name, parameters as Record<string, unknown>) as Promise<{ sent?: number }>;
const rule = (more: object) => command('create-alert-rule', { name: 'Watch', entity: 'CustomersV3', ...more });
const customer = (account: string, company = 'usmf') =>
  `CustomersV3(dataAreaId='${company}',CustomerAccount='${account}')?cross-company=true`;
const process = (job: string) => command('process-alerts', { job });
const changes = () => process('Change based');
const records = () => there.raised.map(({ fields }) => fields['TriggeredForRecord']);

test('a change is told by the batch job, once, and not before', async () => {
  await rule({ event: 'Changed', field: 'CreditLimit' });
  await there.call('PATCH', customer('US-001'), { CreditLimit: 3000 });
  await there.call('PATCH', customer('DE-001', 'demf'), { CreditLimit: 3000 });
  expect(there.raised).toEqual([]);
  expect(await changes()).toMatchObject({ sent: 2 });
  expect(records()).toEqual(['usmf|US-001', 'demf|DE-001']);
  expect(await changes()).toMatchObject({ sent: 0 });
});

test('rows that are created and deleted', async () => {
  await rule({ event: 'Created' });
  await rule({ name: 'Gone', event: 'Deleted', company: 'usmf' });
  const body = { dataAreaId: 'usmf', CustomerAccount: 'US-050', OrganizationName: 'New', CustomerGroupId: '10' };
  await there.call('POST', 'CustomersV3?cross-company=true', { ...body, SalesCurrencyCode: 'USD' });
  await there.call('DELETE', customer('US-050'));
  await changes();
  expect(there.raised.map(({ fields }) => `${fields['AlertRuleName']} ${fields['AlertMessage']}`)).toEqual([
    'Watch usmf|US-050: Created',
    'Gone usmf|US-050: Deleted',
  ]);
});

test('without Send externally, in another company, of another field, or undone: nothing is told', async () => {
  await rule({ event: 'Changed', field: 'CreditLimit', sendExternally: false });
  await rule({ name: 'Other', event: 'Changed', field: 'CreditLimit', company: 'demf' });
  await rule({ name: 'Memo', event: 'Changed', field: 'SalesMemo' });
  await there.call('PATCH', customer('US-001'), { CreditLimit: 3000 });
  expect((await there.call('PATCH', customer('US-001'), { SalesMemo: 'x', CustomerGroupId: 'none' })).status).toBe(400);
  expect(await changes()).toMatchObject({ sent: 0 });
  expect(there.raised).toEqual([]);
});

test('a date is told once when it comes near', async () => {
  await rule({ entity: 'CustTransactions', event: 'Due', field: 'DueDate', days: 5, company: 'usmf' });
  const invoice = (dueDate: string) =>
    command('post-invoice', { company: 'usmf', customerAccount: 'US-001', amount: 10, dueDate });
  await invoice('2026-03-04');
  await invoice('2026-03-20');
  there.raised.length = 0;
  expect(await process('Due date')).toMatchObject({ sent: 1 });
  expect(there.raised[0]).toMatchObject({
    id: 'AlertBusinessEvent',
    legalEntity: 'usmf',
    fields: { AlertMessage: expect.stringMatching(/DueDate is due on 2026-03-04$/) },
  });
  expect(await process('Due date')).toMatchObject({ sent: 0 });
  there.clock.advance(15 * 86_400_000);
  expect(await process('Due date')).toMatchObject({ sent: 1 });
});

test.each([
  [{ entity: 'Nothing', event: 'Created' }, /no data entity 'Nothing'/],
  [{ event: 'Changed' }, /needs a field of 'CustomersV3'/],
  [{ event: 'Due', field: 'CreditLimit' }, /needs a date of 'CustomersV3'/],
  [{ entity: 'CDSParties', event: 'Created', company: 'usmf' }, /no legal entities/],
])('a rule %j is refused', async (given, words) => {
  await expect(rule(given)).rejects.toThrow(words);
  await expect(command('delete-alert-rule', { name: 'Watch' })).rejects.toThrow(/no alert rule 'Watch'/);
});
