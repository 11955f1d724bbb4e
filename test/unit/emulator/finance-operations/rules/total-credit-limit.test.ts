import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 5.7 "Side facts": "Add credit management information for customers"
// (cm-add-credit-mgmt-information-customer), whose examples are here, "Credit management setup" (account statuses), and "Customer
// credit limit management" (parameters). The limit of US-001 is 2,000 USD; a euro is 1.2 dollars; today is 2026-03-01.
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const us001 = { company: 'usmf', customerAccount: 'US-001' };
const customer = (values: object, account = 'US-001') =>
  there.call('PATCH', `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`, values);
const parameters = (values: object) =>
  there.call('POST', 'CreditManagementParameters?cross-company=true', {
    dataAreaId: 'usmf',
    CreditLimitAllowManualEditing: 'Yes',
    ...values,
  });
const policies = 'CreditManagementCustomerGuaranteeInsurances?cross-company=true';
const policy = (values: object = {}) =>
  there.call('POST', policies, {
    dataAreaId: 'usmf',
    CustAccount: 'US-001',
    GuaranteeInsurance: 'Insurance',
    GuaranteeNumber: 'P-1',
    ValidFrom: '2026-01-01',
    ValidTo: '2026-12-31',
    Value: 50_000,
    CurrencyCode: 'USD',
    IncreaseCreditLimitPercent: 50,
    ...values,
  });
const infolog = (answer: { status: number; body: { error: { innererror: { message: string } } } }) => [
  answer.status,
  answer.body.error.innererror.message,
];

/** The total limit on a day, as credit management's statistics have it. */
async function total(date = '2026-03-01', account = 'US-001'): Promise<number> {
  await there.service.command('run-balance-statistics', { company: 'usmf', date });
  const rows = await there.rows('CustBalanceStats', `CustAccount eq '${account}'`);
  return rows.find(({ BalanceDate }) => BalanceDate.startsWith(date))!.CreditLimit;
}

describe('insurance and guarantees', () => {
  test('raise the limit by the part of their value that updates it: 100,000 and 50 % of 50,000', async () => {
    await customer({ CreditLimit: 100_000 });
    expect((await policy()).status).toBe(201);
    expect(await total()).toBe(125_000);
    await policy({ GuaranteeInsurance: 'Guarantee', GuaranteeNumber: 'G-1', IncreaseCreditLimitPercent: 100 });
    expect(await total()).toBe(175_000);
  });

  test('that count in the exposure take their full value off', async () => {
    await customer({ CreditLimit: 100_000 });
    await policy({ IncludeInExposure: 'Yes' });
    expect(await total()).toBe(75_000);
  });

  test('are added to a temporary limit, which takes the place of the customer’s own', async () => {
    await policy();
    await there.service.command('set-temporary-credit-limit', {
      ...us001,
      limit: 500,
      from: '2026-03-01',
      to: '2026-03-02',
    });
    expect([await total('2026-03-01'), await total('2026-03-03')]).toEqual([25_500, 27_000]);
  });

  test('hold from their first day to their last; without a last one, on', async () => {
    await policy({ ValidFrom: '2026-03-02', ValidTo: '2026-03-03' });
    await policy({ GuaranteeNumber: 'P-2', ValidFrom: '2026-03-05', ValidTo: '1900-01-01', Value: 2 });
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2030-01-01'];
    const limits = [];
    for (const day of days) limits.push(await total(day));
    expect(limits).toEqual([2000, 27_000, 27_000, 2000, 2001, 2001]);
  });

  test('in another currency count at the rate of the type of credit limits', async () => {
    await there.call('POST', 'ExchangeRateTypes', { Name: 'Limit' });
    const rate = { RateTypeName: 'Limit', FromCurrency: 'EUR', ToCurrency: 'USD', StartDate: '2026-01-01', Rate: 2 };
    await there.call('POST', 'ExchangeRates', rate);
    await policy({ CurrencyCode: 'EUR', Value: 100, IncreaseCreditLimitPercent: 100 });
    expect(await total()).toBe(2120);
    await parameters({ CreditLimitExchRateTypeName: 'Limit', AllowBlankCreditLimitExpiryDate: 'Yes' });
    expect(await total()).toBe(2200);
    await customer({ CreditLimit: 3000 }, 'US-004');
    const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-004')?cross-company=true";
    expect((await there.call('GET', path)).body.CredManCustCreditMaxAlt).toBe(1500);
  });

  test('let an invoice pass that the limit alone refuses', async () => {
    await there.call('POST', 'CustomerParameters?cross-company=true', {
      dataAreaId: 'usmf',
      CreditLimitCheckType: 'Balance',
      CreditLimitIsCheckedOnFreeTextInvoice: 'Yes',
    });
    const invoice = () =>
      there.service.command('post-invoice', { ...us001, amount: 2500, invoiceDate: '2026-02-20' }) as Promise<unknown>;
    await expect(invoice()).rejects.toThrow(/Credit limit: 2,000\.00/);
    await policy({ Value: 1000 });
    await invoice();
  });

  test('of another customer, or of another company, are theirs', async () => {
    await policy({ CustAccount: 'US-002' });
    await policy({ dataAreaId: 'demf', CustAccount: 'DE-001' });
    expect([await total(), await total('2026-03-01', 'US-002')]).toEqual([2000, 27_000]);
  });

  test.each<[object, RegExp]>([
    [{ CustAccount: 'XX' }, /'XX' in field 'Customer account' is not found/],
    [{ CurrencyCode: 'XXX' }, /'XXX' in field 'Currency' is not found/],
    [{ Value: -1 }, /field 'Value' cannot be negative/],
    [{ IncreaseCreditLimitPercent: 101 }, /'Update credit limit' must be between 0 and 100/],
    [{ IncreaseCreditLimitPercent: -1 }, /'Update credit limit' must be between 0 and 100/],
    [{ GuaranteeInsurance: 'Guarantee', InsuranceCoverageType: 'Fire' }, /coverage type' must be empty/],
    [{ GuarantorInsurer: 'nobody' }, /'nobody' in field 'Insurer\/Guarantor' is not found/],
    [{ ValidFrom: '2027-01-01' }, /'Expiration' must not be before the value in field 'Effective'/],
    [{ GuaranteeNumber: '' }, /'GuaranteeNumber' must be filled in/],
  ])('%j is refused', async (values, words) => {
    expect(infolog(await policy(values))).toEqual([400, expect.stringMatching(words)]);
    const [{ PartyNumber }] = (await there.rows('CDSParties')) as [{ PartyNumber: string }];
    expect((await policy({ InsuranceCoverageType: 'Fire', GuarantorInsurer: PartyNumber })).status).toBe(201);
  });
});

describe('the expiration date of a limit', () => {
  test('is its last day; then it is 0, and holds', async () => {
    await customer({ CredManCreditLimitExpiryDate: '2026-03-10' });
    expect([await total('2026-03-10'), await total('2026-03-11')]).toEqual([2000, 0]);
    await policy({ Value: 100 });
    expect(await total('2026-03-11')).toBe(50);
    await there.call('POST', 'CustomerParameters?cross-company=true', {
      dataAreaId: 'usmf',
      CreditLimitCheckType: 'Balance',
      CreditLimitIsCheckedOnFreeTextInvoice: 'Yes',
    });
    const invoice = (invoiceDate: string) =>
      there.service.command('post-invoice', { ...us001, amount: 60, invoiceDate });
    await expect(invoice('2026-03-11')).rejects.toThrow(/Credit limit: 50\.00/);
    await invoice('2026-03-10');
  });

  test('may be missing, and then never comes, unless the parameter says otherwise', async () => {
    expect(await total()).toBe(2000);
    await parameters({ AllowBlankCreditLimitExpiryDate: 'Yes' });
    expect(await total()).toBe(2000);
    const path = "CreditManagementParameters(dataAreaId='usmf')?cross-company=true";
    await there.call('PATCH', path, { AllowBlankCreditLimitExpiryDate: 'No' });
    expect(await total()).toBe(0);
    await customer({ CredManCreditLimitExpiryDate: '2026-03-01' });
    expect(await total()).toBe(2000);
  });

  test('does not end a temporary limit', async () => {
    await customer({ CredManCreditLimitExpiryDate: '2026-02-01' });
    await there.service.command('set-temporary-credit-limit', {
      ...us001,
      limit: 700,
      from: '2026-03-01',
      to: '2026-03-31',
    });
    expect(await total()).toBe(700);
  });
});

describe('a mandatory limit', () => {
  const order = (account = 'US-001') =>
    there.call('POST', 'SalesOrderHeadersV2?cross-company=true', {
      dataAreaId: 'usmf',
      OrderingCustomerAccountNumber: account,
      OrderTotalAmount: 10,
    });

  test('of 0 takes no orders, until something raises it', async () => {
    await customer({ CreditLimit: 0, CreditLimitIsMandatory: 'Yes' });
    expect(infolog(await order())).toEqual([400, expect.stringMatching(/US-001 has a mandatory credit limit of 0\.$/)]);
    await policy({ Value: 100 });
    expect((await order()).status).toBe(201);
  });

  test('is that of the invoice account', async () => {
    await customer({ InvoiceAccount: 'US-001' }, 'US-002');
    await customer({ CreditLimit: 0, CreditLimitIsMandatory: 'Yes' }, 'US-002');
    expect((await order('US-002')).status).toBe(201);
    await customer({ CreditLimit: 0, CreditLimitIsMandatory: 'Yes' });
    expect(infolog(await order('US-002'))).toEqual([400, expect.stringMatching(/US-001 has a mandatory/)]);
  });
});

describe('account statuses', () => {
  const read = async () =>
    (await there.call('GET', "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true")).body;
  beforeEach(async () => {
    for (const CustBlocked of ['No', 'Invoice', 'All'])
      await there.call('POST', 'CreditManagementAccountStatuses?cross-company=true', {
        dataAreaId: 'usmf',
        CustAccountStatusId: `S-${CustBlocked}`,
        CustBlocked,
      });
  });

  test.each(['Invoice', 'All', 'No'])('put a customer on hold for %s', async (hold) => {
    await customer({ OnHoldStatus: 'Payment' });
    await customer({ CredManAccountStatusId: `S-${hold}` });
    expect(await read()).toMatchObject({ CredManAccountStatusId: `S-${hold}`, OnHoldStatus: hold });
    const post = there.service.command('post-invoice', { ...us001, amount: 1, invoiceDate: '2026-02-20' });
    if (hold === 'No') await post;
    else await expect(post).rejects.toThrow(`on hold for ${hold}`);
  });

  test('give way to a hold that is written with them, or later', async () => {
    await customer({ CredManAccountStatusId: 'S-All', OnHoldStatus: 'Payment' });
    expect((await read()).OnHoldStatus).toBe('Payment');
    await customer({ CredManAccountStatusId: 'S-All', SalesMemo: 'the same again' });
    expect((await read()).OnHoldStatus).toBe('Payment');
    await customer({ CredManAccountStatusId: 'S-Invoice' });
    await customer({ OnHoldStatus: 'No' });
    expect((await read()).OnHoldStatus).toBe('No');
  });

  test('of a new customer hold too; one that is not there is refused', async () => {
    const create = (CustomerAccount: string, CredManAccountStatusId: string) =>
      there.call('POST', 'CustomersV3?cross-company=true', {
        dataAreaId: 'usmf',
        CustomerAccount,
        OrganizationName: 'New',
        CustomerGroupId: '10',
        SalesCurrencyCode: 'USD',
        CredManAccountStatusId,
      });
    expect((await create('US-9', 'S-Invoice')).body).toMatchObject({ OnHoldStatus: 'Invoice' });
    expect(infolog(await create('US-10', 'none'))).toEqual([
      400,
      expect.stringMatching(/'none' in field 'Credit account status' is not found in the related table/),
    ]);
  });
});

test.each([
  ['CredManAccountHeldType', ['No', 'Invoice', 'All']],
  ['CreditLimitTolerance', ['None', 'Warning', 'Error']],
  ['CreditLineErrorType', ['Error', 'Warning']],
])('%s is a public enumeration', async (name, symbols) => {
  const { body } = await there.call('GET', `/metadata/PublicEnumerations('${name}')`);
  expect(body.Members.map(({ Name }: { Name: string }) => Name)).toEqual(symbols);
});
