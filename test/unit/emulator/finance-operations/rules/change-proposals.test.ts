import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 2.12 (symbols) and 5.7 gate 1: "Customer workflow" (customer-workflow). What each behaviour of data
// entities does, for every field that can need approval.
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
  const rows: [string, object][] = [
    ['TaxGroups', { TaxGroupCode: 'FULL' }],
    ['CustomerPaymentMethods', { Name: 'CHECK' }],
    ['CustomerGroups', { CustomerGroupId: '20' }],
    ['PaymentTerms', { Name: 'Net10', NumberOfDays: 10 }],
  ];
  for (const [set, row] of rows)
    expect((await there.call('POST', `${set}?cross-company=true`, { dataAreaId: 'usmf', ...row })).status).toBe(201);
});
afterEach(() => there.close());

const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const us001 = { company: 'usmf', customerAccount: 'US-001' };
const read = async () => (await there.call('GET', customer)).body;
const write = (body: object) => there.call('PATCH', customer, body);

/** Symbol of `CustTableChangeProposalField`, the field it is about, and another value of it. */
const fields = [
  ['Name', 'OrganizationName', 'Another name'],
  ['CreditMax', 'CreditLimit', 7000],
  ['TaxGroup', 'SalesTaxGroup', 'FULL'],
  ['MethodOfPayment', 'PaymentMethod', 'CHECK'],
  ['PaymentSpecification', 'PaymentSpecification', 'SPEC'],
  ['CustomerGroup', 'CustomerGroupId', '20'],
  ['TaxExemptNumber', 'TaxExemptNumber', 'EX-1'],
  ['BankAccount', 'PaymentBankAccount', 'BANK'],
  ['CashDisc', 'PaymentCashDiscount', '2%10'],
  ['CreditRating', 'CreditRating', 'Good'],
  ['PaymTermId', 'PaymentTerms', 'Net10'],
  ['MandatoryCreditLimit', 'CreditLimitIsMandatory', 'Yes'],
  ['CashDiscBaseDays', 'PaymentTermsBaseDays', 14],
  ['CustExcludeInterestCharges', 'IsExcludedFromInterestChargeCalculation', 'Yes'],
  ['CustExcludeCollectionFees', 'IsExcludedFromCollectionFeeCalculation', 'Yes'],
  ['InvoiceAccount', 'InvoiceAccount', 'US-002'],
] as const;

async function approval(behavior: string, symbol: string): Promise<void> {
  const parameters = { ChangeProposalIsEnabled: 'Yes', ChangeProposalDataEntityBehavior: behavior };
  const rows: [string, object][] = [
    ['CustomerParameters', parameters],
    ['CustomerChangeProposalFieldEnablements', { Field: symbol, IsEnabled: 'Yes' }],
  ];
  for (const [set, row] of rows) await there.call('POST', `${set}?cross-company=true`, { dataAreaId: 'usmf', ...row });
}

test('these are the sixteen fields there are', async () => {
  const { body } = await there.call('GET', "/metadata/PublicEnumerations('CustTableChangeProposalField')");
  expect(body.Members.map(({ Name }: { Name: string }) => Name)).toEqual(fields.map(([symbol]) => symbol));
});

test('a proposal is in one of the four states', async () => {
  const { body } = await there.call('GET', "/metadata/PublicEnumerations('CustTableChangeProposalWorkflowState')");
  const states = body.Members.map(({ Name }: { Name: string }) => Name);
  expect(states).toEqual(['NotSubmitted', 'Submitted', 'Approved', 'Rejected']);
  await approval('CreateChangeProposal', 'CreditMax');
  await write({ CreditLimit: 3000 });
  expect(there.service.changeProposals()).toMatchObject([{ field: 'CreditMax', state: 'Submitted' }]);
  await there.service.command('reject-change-proposal', us001);
  expect(there.service.changeProposals()).toEqual([]);
});

describe.each(fields)('%s (%s)', (symbol, name, value) => {
  test('CreateChangeProposal: the value is proposed, all else is written; it is there once approved', async () => {
    await approval('CreateChangeProposal', symbol);
    const { [name]: before } = await read();
    expect(before).not.toBe(value);
    expect((await write({ [name]: value, SalesMemo: 'written' })).status).toBe(204);
    expect(await read()).toMatchObject({ [name]: before, SalesMemo: 'written' });
    expect(there.service.changeProposals()).toMatchObject([
      { field: symbol, oldValue: String(before), newValue: String(value), customerAccount: 'US-001' },
    ]);
    await there.service.command('approve-change-proposal', us001);
    expect((await read())[name]).toBe(value);
  });

  test('RejectChanges: the whole write fails', async () => {
    await approval('RejectChanges', symbol);
    const { [name]: before } = await read();
    const { status, body } = await write({ [name]: value, SalesMemo: 'written' });
    expect([status, body.error.innererror.message]).toEqual([
      400,
      expect.stringMatching(/of customer US-001 cannot be changed because changes require approval\.$/),
    ]);
    expect(await read()).toMatchObject({ [name]: before, SalesMemo: '' });
    expect((await write({ [name]: before, SalesMemo: 'the same value' })).status).toBe(204);
  });

  test('AllowWithoutApproval: it is written', async () => {
    await approval('AllowWithoutApproval', symbol);
    expect((await write({ [name]: value })).status).toBe(204);
    expect([(await read())[name], there.service.changeProposals()]).toEqual([value, []]);
  });
});
