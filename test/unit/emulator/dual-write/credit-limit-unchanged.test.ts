import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, 8 items 6 and 7: a credit limit that is saved in Dataverse and yet not what finance and operations
// works with, and amounts that look wrong. The limit of US-001 is 2,000 USD.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());

const path = (account: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`;
const customer = async (account = 'US-001') => (await there.financeOperations('GET', path(account))).body;
const accountOf = async (account = 'US-001') =>
  (
    await there.dataverse(
      'GET',
      `accounts?$filter=accountnumber eq '${account}'&$expand=transactioncurrencyid($select=isocurrencycode)`,
    )
  ).body.value[0];
const save = async (body: object, account = 'US-001') =>
  there.dataverse('PATCH', `accounts(${(await accountOf(account)).accountid})`, { body });
const change = async (set: string, body: object) =>
  expect(
    (await there.financeOperations('PATCH', `${set}(dataAreaId='usmf')?cross-company=true`, { body })).status,
  ).toBe(204);
const command = (name: string, more: object = {}) =>
  there.platform.financeOperations.command(name, { company: 'usmf', customerAccount: 'US-001', ...more });
/** What a check of credit compares with. */
async function limitInForce(): Promise<number> {
  await there.platform.financeOperations.command('run-balance-statistics', { company: 'usmf' });
  const rows = await there.financeOperations(
    'GET',
    "CustBalanceStats?cross-company=true&$filter=dataAreaId eq 'usmf' and CustAccount eq 'US-001'&$orderby=BalanceDate desc",
  );
  return rows.body.value[0].CreditLimit;
}

test('a temporary limit overrides it', async () => {
  const today = there.platform.clock.now().toISOString().slice(0, 10);
  await command('set-temporary-credit-limit', { limit: 500, from: today, to: today });
  expect((await save({ creditlimit: 7000 })).status).toBe(204);
  expect([(await customer()).CreditLimit, await limitInForce()]).toEqual([7000, 500]);
});

test('the limit of a credit group is checked before it', async () => {
  const group = 'CG-8-6';
  await command('set-credit-group', { group, limit: 1 });
  await change('CreditManagementParameters', { CrossCompanyCreditCheck: 'Yes' });
  await change('CustomerParameters', {
    CreditLimitCheckType: 'Balance',
    CreditLimitIsCheckedOnFreeTextInvoice: 'Yes',
    CreditLimitMessageTypeShownWhenExceeding: 'Error',
  });
  expect((await save({ creditlimit: 1_000_000 })).status).toBe(204);
  const invoice = command('post-invoice', { amount: 10 });
  await expect(invoice).rejects.toThrow(/Credit limit: 1\.00/);
});

test('its number is one of the company currency, and shown in the currency of the customer', async () => {
  expect((await save({ creditlimit: 6000 }, 'US-004')).status).toBe(204);
  const { creditlimit, transactioncurrencyid } = await accountOf('US-004');
  const { CreditLimit, CredManCustCreditMaxAlt, SalesCurrencyCode } = await customer('US-004');
  expect([creditlimit, transactioncurrencyid.isocurrencycode]).toEqual([6000, 'EUR']);
  expect([CreditLimit, SalesCurrencyCode]).toEqual([6000, 'EUR']);
  // What it is in euros stands in a field of its own.
  expect(CredManCustCreditMaxAlt).toBeLessThan(6000);
});

test('credit management owns it: the save fails, and an adjustment travels the other way', async () => {
  await change('CreditManagementParameters', { CreditLimitAllowManualEditing: 'No' });
  const { creditlimit } = await accountOf();
  const { status, body } = await save({ creditlimit: 7500 });
  expect([status, body.error.message]).toEqual([
    400,
    expect.stringContaining('Post a credit limit adjustment instead.'),
  ]);
  expect([(await accountOf()).creditlimit, (await customer()).CreditLimit]).toEqual([creditlimit, creditlimit]);
  await command('adjust-credit-limit', { limit: 6000 });
  expect([(await accountOf()).creditlimit, (await customer()).CreditLimit]).toEqual([6000, 6000]);
});

test('the customer approval workflow makes it a proposed change: the save succeeds, all else travels', async () => {
  await change('CustomerParameters', {
    ChangeProposalIsEnabled: 'Yes',
    ChangeProposalDataEntityBehavior: 'CreateChangeProposal',
  });
  const enablement = "CustomerChangeProposalFieldEnablements(dataAreaId='usmf',Field='CreditMax')?cross-company=true";
  const enabled = { dataAreaId: 'usmf', Field: 'CreditMax', IsEnabled: 'Yes' };
  if ((await there.financeOperations('PATCH', enablement, { body: { IsEnabled: 'Yes' } })).status !== 204)
    await there.financeOperations('POST', 'CustomerChangeProposalFieldEnablements?cross-company=true', {
      body: enabled,
    });
  const { CreditLimit } = await customer();
  expect((await save({ creditlimit: 8000, description: 'travels' })).status).toBe(204);
  expect((await accountOf()).creditlimit).toBe(8000);
  expect(await customer()).toMatchObject({ CreditLimit, SalesMemo: 'travels' });
  await command('approve-change-proposal');
  expect(await customer()).toMatchObject({ CreditLimit: 8000 });
});
