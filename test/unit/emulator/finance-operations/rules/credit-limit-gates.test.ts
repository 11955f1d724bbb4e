import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 5.7 "Credit limit specifics" (customer-workflow, cm-customer-credit-limit).
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const us001 = { company: 'usmf', customerAccount: 'US-001' };
const read = async () => (await there.call('GET', customer)).body;
const write = (body: object) => there.call('PATCH', customer, body);
const infolog = (answer: { body: { error: { innererror: { message: string } } } }) =>
  answer.body.error.innererror.message;
const approval = async (behavior: string, fields: readonly string[] = ['CreditMax']) => {
  await there.call('POST', 'CustomerParameters?cross-company=true', {
    dataAreaId: 'usmf',
    ChangeProposalIsEnabled: 'Yes',
    ChangeProposalDataEntityBehavior: behavior,
  });
  for (const Field of fields)
    await there.call('POST', 'CustomerChangeProposalFieldEnablements?cross-company=true', {
      dataAreaId: 'usmf',
      Field,
      IsEnabled: 'Yes',
    });
};

test('a limit that is written moves its date, and the same limit in the customer’s currency', async () => {
  const euro = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-004')?cross-company=true";
  expect((await there.call('PATCH', euro, { CreditLimit: 6000 })).status).toBe(204);
  expect((await there.call('GET', euro)).body).toMatchObject({
    CreditLimit: 6000,
    CredManCreditLimitDate: '2026-03-01T12:00:00Z',
    CredManCustCreditMaxAlt: 5000,
  });
});

test('a limit that stays the same moves no date', async () => {
  await write({ CreditLimit: 2000, SalesMemo: 'x' });
  expect((await read()).CredManCreditLimitDate).toBe('1900-01-01T00:00:00Z');
});

test('AllowWithoutApproval writes the limit', async () => {
  await approval('AllowWithoutApproval');
  expect((await write({ CreditLimit: 5000 })).status).toBe(204);
  expect((await read()).CreditLimit).toBe(5000);
});

test('RejectChanges fails the whole write, in the words of the infolog', async () => {
  await approval('RejectChanges');
  const answer = await write({ CreditLimit: 5000, SalesMemo: 'new' });
  expect(answer.status).toBe(400);
  expect(infolog(answer)).toMatch(
    /The credit limit of customer US-001 cannot be changed because changes require approval\.$/,
  );
  expect(await read()).toMatchObject({ CreditLimit: 2000, SalesMemo: '' });
  expect((await write({ CreditLimit: 2000, SalesMemo: 'new' })).status).toBe(204);
});

test('CreateChangeProposal writes all other fields, and the workflow starts', async () => {
  await approval('CreateChangeProposal');
  expect((await write({ CreditLimit: 5000, SalesMemo: 'new' })).status).toBe(204);
  expect(await read()).toMatchObject({
    CreditLimit: 2000,
    SalesMemo: 'new',
    CredManCreditLimitDate: '1900-01-01T00:00:00Z',
  });
  expect(there.raised.map(({ id }) => id)).toEqual([
    'Workflow_CustTableChangeProposal_000001',
    'Workflow_CustTableChangeProposal_000001_Approval_Started',
    'Workflow_CustTableChangeProposal_000001_Approval_WorkItem',
  ]);
});

test('an approved proposal is written, once; a rejected one never', async () => {
  await approval('CreateChangeProposal');
  await write({ CreditLimit: 5000 });
  await there.service.command('approve-change-proposal', us001);
  expect(await read()).toMatchObject({ CreditLimit: 5000, CredManCreditLimitDate: '2026-03-01T12:00:00Z' });
  await expect(there.service.command('approve-change-proposal', us001)).rejects.toThrow(
    /no proposed change that waits/,
  );
  await write({ CreditLimit: 9000 });
  await there.service.command('reject-change-proposal', us001);
  expect((await read()).CreditLimit).toBe(5000);
  expect(there.raised.at(-1)).toMatchObject({ fields: { Status: 'Returned' } });
});

test('a newer proposal takes the place of the one that waits; the same again is the same', async () => {
  await approval('CreateChangeProposal');
  await write({ CreditLimit: 5000 });
  await write({ CreditLimit: 5000 });
  expect(there.raised).toHaveLength(3);
  await write({ CreditLimit: 7000 });
  await there.service.command('approve-change-proposal', us001);
  expect((await read()).CreditLimit).toBe(7000);
});

test('other fields need approval where they are enabled, those of the party too', async () => {
  await approval('CreateChangeProposal', ['Name', 'CustomerGroup']);
  await there.call('POST', 'CustomerGroups?cross-company=true', { dataAreaId: 'usmf', CustomerGroupId: '20' });
  expect((await write({ OrganizationName: 'New name', CustomerGroupId: '20', CreditLimit: 3000 })).status).toBe(204);
  expect(await read()).toMatchObject({ OrganizationName: 'US-001', CustomerGroupId: '10', CreditLimit: 3000 });
  await there.service.command('approve-change-proposal', { ...us001, field: 'Name' });
  expect(await read()).toMatchObject({ OrganizationName: 'New name', CustomerGroupId: '10' });
  await there.service.command('approve-change-proposal', us001);
  expect((await read()).CustomerGroupId).toBe('20');
});

test('a field that is not enabled, or a company without approval, is written', async () => {
  await approval('RejectChanges', ['Name']);
  expect((await write({ CreditLimit: 5000 })).status).toBe(204);
  const german = "CustomersV3(dataAreaId='demf',CustomerAccount='DE-001')?cross-company=true";
  expect((await there.call('PATCH', german, { OrganizationName: 'Neu', CreditLimit: 1 })).status).toBe(204);
});

test('a customer may refuse or propose beside others of its company that are written', async () => {
  await there.service.command('refuse-credit-limit', us001);
  expect((await write({ CreditLimit: 5000 })).status).toBe(400);
  await there.service.command('propose-credit-limit', us001);
  expect((await write({ CreditLimit: 5000 })).status).toBe(204);
  expect((await read()).CreditLimit).toBe(2000);
  await there.service.command('approve-change-proposal', us001);
  expect((await read()).CreditLimit).toBe(5000);
  await there.service.command('allow-credit-limit', us001);
  expect((await write({ CreditLimit: 6000 })).status).toBe(204);
  expect((await read()).CreditLimit).toBe(6000);
});

test('without manual editing a limit changes by an adjustment only', async () => {
  await there.call('POST', 'CreditManagementParameters?cross-company=true', {
    dataAreaId: 'usmf',
    CreditLimitAllowManualEditing: 'No',
  });
  const answer = await write({ CreditLimit: 5000, SalesMemo: 'new' });
  expect([answer.status, infolog(answer)]).toEqual([
    400,
    expect.stringMatching(/cannot be edited\. Post a credit limit adjustment instead\.$/),
  ]);
  expect((await write({ SalesMemo: 'new' })).status).toBe(204);
  await there.service.command('adjust-credit-limit', { ...us001, limit: 5000 });
  expect(await read()).toMatchObject({ CreditLimit: 5000, CredManCreditLimitDate: '2026-03-01T12:00:00Z' });
  expect(there.raised.at(-1)).toMatchObject({ id: 'Workflow_CredManCreditLimitAdjustment_000001' });
});

test('a mandatory limit of 0 takes no orders', async () => {
  const order = { dataAreaId: 'usmf', OrderingCustomerAccountNumber: 'US-001', OrderTotalAmount: 10 };
  await write({ CreditLimit: 0, CreditLimitIsMandatory: 'Yes' });
  const refused = await there.call('POST', 'SalesOrderHeadersV2?cross-company=true', order);
  expect([refused.status, infolog(refused)]).toEqual([400, expect.stringMatching(/mandatory credit limit of 0/)]);
  await write({ CreditLimit: 100 });
  expect((await there.call('POST', 'SalesOrderHeadersV2?cross-company=true', order)).body).toMatchObject({
    SalesOrderStatus: 'Backorder',
    CurrencyCode: 'USD',
    InvoiceCustomerAccountNumber: 'US-001',
    PaymentTermsName: 'Net30',
  });
});

test('temporary limits have their dates in order, and no others for the same days', async () => {
  const limit = {
    CustAccount: 'US-001',
    CustAccountDataArea: 'usmf',
    FromDate: '2026-03-01',
    ToDate: '2026-03-31',
    CreditMax: 8000,
  };
  const post = (more: object) => there.call('POST', 'TemporaryCreditLimits', { ...limit, ...more });
  expect((await post({ ToDate: '2026-02-01' })).status).toBe(400);
  expect((await post({ CustAccount: 'XX' })).status).toBe(400);
  expect((await post({})).body).toMatchObject({
    CreditMax: 8000,
    FromDate: '2026-03-01T12:00:00Z',
    CreditLimitId: '000000001',
  });
  expect((await post({ FromDate: '2026-03-31', ToDate: '2026-04-30' })).status).toBe(400);
  expect((await post({ FromDate: '2026-04-01', ToDate: '2026-04-30' })).status).toBe(201);
});

test('a customer is in one credit group at most, of which the limit is one', async () => {
  const group = { ...us001, group: 'G1' };
  await there.service.command('set-credit-group', { ...group, limit: 50_000, description: 'Group' });
  await there.service.command('set-credit-group', { ...us001, customerAccount: 'US-002', group: 'G1' });
  await there.service.command('set-credit-group', { ...us001, group: 'G2', limit: 1 });
  expect(await there.rows('CustomerCreditGroups')).toMatchObject([
    { CreditLimitId: 'G1', CreditMax: 50_000, CurrencyCode: 'USD', Description: 'Group' },
    { CreditLimitId: 'G2', CreditMax: 1 },
  ]);
  expect(await there.rows('CustomerCreditGroupLines')).toMatchObject([
    { Company: 'usmf', CustAccount: 'US-001', CreditLimitId: 'G2' },
    { Company: 'usmf', CustAccount: 'US-002', CreditLimitId: 'G1' },
  ]);
});
