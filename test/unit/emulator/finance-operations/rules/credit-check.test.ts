import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// "Credit limits for customers" (supply-chain/sales-marketing/credit-limits-customers) and "Credit limit holds FAQ"
// (finance/accounts-receivable), which has the message. The limit of US-001 and US-004 is 2,000 USD.
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const us001 = { company: 'usmf', customerAccount: 'US-001' };
const parameters = (values: object) =>
  there.call('POST', 'CustomerParameters?cross-company=true', { dataAreaId: 'usmf', ...values });
const invoice = (amount: number, more: object = {}) =>
  there.service.command('post-invoice', { ...us001, amount, invoiceDate: '2026-02-20', ...more }) as Promise<{
    warnings?: string[];
  }>;
const order = (OrderTotalAmount: number, more: object = {}) =>
  there.call('POST', 'SalesOrderHeadersV2?cross-company=true', {
    dataAreaId: 'usmf',
    OrderingCustomerAccountNumber: 'US-001',
    OrderTotalAmount,
    ...more,
  });
/** @returns its number */
async function openOrder(total: number, more: object = {}): Promise<string> {
  const { status, body, text } = await order(total, more);
  if (status !== 201) throw new Error(text);
  return body.SalesOrderNumber;
}
const packingSlip = (salesOrder: string) =>
  there.service.command('post-packing-slip', { company: 'usmf', salesOrder }) as Promise<{ warnings?: string[] }>;
const customer = (account: string, values: object) =>
  there.call('PATCH', `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`, values);

test('nothing is checked without parameters, nor with the type None', async () => {
  await invoice(5000);
  await parameters({ CreditLimitIsCheckedOnFreeTextInvoice: 'Yes' });
  await invoice(5000);
  expect(await there.rows('CustTransOpens')).toHaveLength(2);
});

test('an invoice of an order beyond the limit is refused in the words of the infolog, and leaves nothing', async () => {
  const salesOrder = await openOrder(1500);
  await invoice(1250.5);
  await parameters({ CreditLimitCheckType: 'Balance' });
  const raised = there.raised.length;
  await expect(invoice(1500, { salesOrder })).rejects.toThrow(
    `Sales order ${salesOrder} Credit limit exceeded Open balance: 1,250.50 Current order: 1,500.00 New balance: 2,750.50 Credit limit: 2,000.00 Credit excess: 750.50`,
  );
  expect(await there.rows('CustTransOpens')).toHaveLength(1);
  expect((await there.rows('SalesOrderHeadersV2'))[0]!.SalesOrderStatus).toBe('Backorder');
  expect(there.raised).toHaveLength(raised);
  await invoice(749.5, { salesOrder });
});

test('a warning lets it go on', async () => {
  const salesOrder = await openOrder(3000);
  await parameters({ CreditLimitCheckType: 'Balance', CreditLimitMessageTypeShownWhenExceeding: 'Warning' });
  const { warnings } = await invoice(3000, { salesOrder });
  expect(warnings).toEqual([
    expect.stringMatching(/^Sales order \S+ Credit limit exceeded .* Credit excess: 1,000\.00$/),
  ]);
  expect(there.raised.at(-1)!.id).toBe('SalesInvoicePostedBusinessEvent');
  const second = await openOrder(100);
  expect(await invoice(100, { salesOrder: second })).toHaveProperty('warnings');
});

test('a free text invoice is checked when the parameters say so', async () => {
  await parameters({ CreditLimitCheckType: 'Balance' });
  expect(await invoice(2500)).not.toHaveProperty('warnings');
  const path = "CustomerParameters(dataAreaId='usmf')?cross-company=true";
  await there.call('PATCH', path, { CreditLimitIsCheckedOnFreeTextInvoice: 'Yes' });
  await expect(invoice(1)).rejects.toThrow(/^Customer US-001 Credit limit exceeded Open balance: 2,500\.00/);
});

test('an order that comes through a service is checked when the parameters say so, and when its total grows', async () => {
  await parameters({ CreditLimitCheckType: 'BalanceAll' });
  await openOrder(5000);
  await there.call('PATCH', "CustomerParameters(dataAreaId='usmf')?cross-company=true", {
    CreditLimitIsCheckedOnSalesOrder: 'Yes',
  });
  const refused = await order(1);
  expect([refused.status, refused.body.error.innererror.message]).toEqual([
    400,
    expect.stringMatching(/Open balance: 5,000\.00 Current order: 1\.00 New balance: 5,001\.00/),
  ]);
  const [{ SalesOrderNumber }] = (await there.rows('SalesOrderHeadersV2')) as [{ SalesOrderNumber: string }];
  const change = (values: object) =>
    there.call(
      'PATCH',
      `SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='${SalesOrderNumber}')?cross-company=true`,
      values,
    );
  expect((await change({ OrderTotalAmount: 1900 })).status).toBe(204);
  expect((await change({ CustomersOrderReference: 'x' })).status).toBe(204);
  expect((await change({ OrderTotalAmount: 2001 })).status).toBe(400);
});

describe('what counts beside the balance', () => {
  const cases = [
    // Of 500 invoiced, 600 delivered and 700 ordered, and 300 to come.
    ['Balance', 800],
    ['BalanceDelivered', 1400],
    ['BalanceAll', 2100],
  ] as const;
  test.each(cases)('%s: %d', async (CreditLimitCheckType, total) => {
    await invoice(500);
    await packingSlip(await openOrder(600));
    await openOrder(700);
    const salesOrder = await openOrder(300);
    await customer('US-001', { CreditLimit: total - 1 });
    await parameters({ CreditLimitCheckType });
    const shown = total.toLocaleString('en-US', { minimumFractionDigits: 2 });
    await expect(packingSlip(salesOrder)).rejects.toThrow(`New balance: ${shown} Credit limit`);
    await customer('US-001', { CreditLimit: total });
    expect(await packingSlip(salesOrder)).not.toHaveProperty('warnings');
  });
});

test('a packing slip delivers an order, once; it is invoiced then', async () => {
  const salesOrder = await openOrder(100);
  const states = async () => {
    const [order] = await there.rows('SalesOrderHeadersV2');
    return [order!.SalesOrderStatus, order!.SalesOrderProcessingStatus];
  };
  expect(await states()).toEqual(['Backorder', 'Active']);
  const path = `SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='${salesOrder}')?cross-company=true`;
  expect((await there.call('PATCH', path, { SalesOrderProcessingStatus: 'Picked' })).status).toBe(400);
  await packingSlip(salesOrder);
  expect(await states()).toEqual(['Delivered', 'Delivered']);
  await expect(packingSlip(salesOrder)).rejects.toThrow(/is Delivered; nothing is left to deliver/);
  await expect(packingSlip('none')).rejects.toThrow(/no sales order 'none'/);
  await invoice(100, { salesOrder });
  expect(await states()).toEqual(['Invoiced', 'Invoiced']);
});

describe('the limit', () => {
  test('of a customer whose limit is mandatory is checked against the balance though the type is None', async () => {
    await customer('US-001', { CreditLimitIsMandatory: 'Yes' });
    const salesOrder = await openOrder(2500);
    await expect(invoice(2500, { salesOrder })).rejects.toThrow(/Credit limit: 2,000\.00/);
    await openOrder(5000);
    await invoice(2000, { salesOrder });
  });

  test('of 0 is none; of 0 and mandatory it is one', async () => {
    await customer('US-001', { CreditLimit: 0 });
    const salesOrder = await openOrder(9000);
    await parameters({ CreditLimitCheckType: 'Balance' });
    await invoice(9000, { salesOrder });
    const second = await openOrder(1);
    await customer('US-001', { CreditLimitIsMandatory: 'Yes' });
    await expect(invoice(1, { salesOrder: second })).rejects.toThrow(/Credit limit: 0\.00/);
  });

  test('is none for unlimited credit', async () => {
    await customer('US-001', { CredManCustUnlimitedCredit: 'Yes' });
    const salesOrder = await openOrder(9000);
    await parameters({ CreditLimitCheckType: 'BalanceAll' });
    await invoice(9000, { salesOrder });
  });

  test('for a time takes the place of the customer’s own', async () => {
    await there.service.command('set-temporary-credit-limit', {
      ...us001,
      limit: 5000,
      from: '2026-02-01',
      to: '2026-02-28',
    });
    const salesOrder = await openOrder(4000);
    await parameters({ CreditLimitCheckType: 'Balance' });
    await expect(invoice(4000, { salesOrder, invoiceDate: '2026-03-01' })).rejects.toThrow(/Credit limit: 2,000\.00/);
    await invoice(4000, { salesOrder, invoiceDate: '2026-02-28' });
  });

  test('is one of the invoice account, in the currency of the company', async () => {
    await customer('US-004', { InvoiceAccount: 'US-001' });
    await customer('US-004', { CreditLimit: 1 });
    const of = { OrderingCustomerAccountNumber: 'US-004' };
    const salesOrder = await openOrder(1700, of);
    await parameters({ CreditLimitCheckType: 'Balance' });
    const post = (amount: number) => invoice(amount, { customerAccount: 'US-004', salesOrder });
    // 1.2 dollars a euro.
    await expect(post(1700)).rejects.toThrow(
      /Current order: 2,040\.00 .* Credit limit: 2,000\.00 Credit excess: 40\.00/,
    );
    await post(1666);
  });
});

// "Credit limit scenarios" (finance/accounts-receivable/credit-limit-scenarios) and "Customer credit groups": the shared limit
// of a group is checked first, then the customer's own; members may be of several legal entities.
describe('the limit of a credit group', () => {
  const group = (limit: number, more: object = {}) =>
    there.service.command('set-credit-group', { ...us001, group: 'CG', limit, ...more });
  const check = (values: object = { CrossCompanyCreditCheck: 'Yes' }) =>
    there.call('POST', 'CreditManagementParameters?cross-company=true', {
      dataAreaId: 'usmf',
      AllowBlankCreditLimitExpiryDate: 'Yes',
      ...values,
    });
  beforeEach(() => parameters({ CreditLimitCheckType: 'Balance' }));

  test('above the own one: the own one holds', async () => {
    await group(15_000);
    await check();
    const salesOrder = await openOrder(2500);
    await expect(invoice(2500, { salesOrder })).rejects.toThrow(/Credit limit: 2,000\.00/);
    await invoice(2000, { salesOrder });
  });

  test('below the own one: it holds, once the parameter says that groups are checked', async () => {
    await group(1500);
    const first = await openOrder(1600);
    await check({ CrossCompanyCreditCheck: 'No' });
    await invoice(100, { salesOrder: first });
    await there.call('PATCH', "CreditManagementParameters(dataAreaId='usmf')?cross-company=true", {
      CrossCompanyCreditCheck: 'Yes',
    });
    const salesOrder = await openOrder(1500);
    await expect(invoice(1500, { salesOrder })).rejects.toThrow(
      'Open balance: 100.00 Current order: 1,500.00 New balance: 1,600.00 Credit limit: 1,500.00 Credit excess: 100.00',
    );
    await invoice(1400, { salesOrder });
  });

  test('with an own one of 0: it holds; with 0 and mandatory all is refused; with unlimited credit nothing is', async () => {
    await customer('US-001', { CreditLimit: 0 });
    await group(15_000);
    await check();
    const salesOrder = await openOrder(15_000);
    await expect(invoice(15_001, { salesOrder })).rejects.toThrow(/Credit limit: 15,000\.00 Credit excess: 1\.00/);
    await invoice(15_000, { salesOrder });
    const second = await openOrder(1);
    await customer('US-001', { CredManCustUnlimitedCredit: 'Yes' });
    await invoice(1, { salesOrder: second });
    const third = await openOrder(1);
    await customer('US-001', { CredManCustUnlimitedCredit: 'No', CreditLimitIsMandatory: 'Yes' });
    await group(1_000_000);
    await expect(invoice(1, { salesOrder: third })).rejects.toThrow(/Credit limit: 0\.00/);
  });

  test('is shared with members of other legal entities, in the currency of the group', async () => {
    await group(1500);
    await group(1500, { company: 'demf', customerAccount: 'DE-001' });
    await check();
    await there.service.command('post-invoice', {
      company: 'demf',
      customerAccount: 'DE-001',
      amount: 1000,
      invoiceDate: '2026-02-20',
    });
    const salesOrder = await openOrder(301);
    // 1,000 EUR are 1,200 USD.
    await expect(invoice(301, { salesOrder })).rejects.toThrow(
      /Open balance: 1,200\.00 Current order: 301\.00 New balance: 1,501\.00 Credit limit: 1,500\.00/,
    );
    await invoice(300, { salesOrder });
  });

  test('is none once it has expired', async () => {
    await group(1, { expires: '2026-02-19' });
    await check();
    const salesOrder = await openOrder(100);
    await invoice(100, { salesOrder });
    await group(1, { expires: '2026-02-20' });
    const second = await openOrder(100);
    await expect(invoice(100, { salesOrder: second })).rejects.toThrow(/Credit limit: 1\.00/);
  });
});

test('what was posted before anybody listened is not checked', async () => {
  await parameters({ CreditLimitCheckType: 'BalanceAll', CreditLimitIsCheckedOnFreeTextInvoice: 'Yes' });
  await there.service.loadHistory([
    { company: 'usmf', customerAccount: 'US-001', kind: 'invoice', amount: 9000, date: '2025-01-01' },
    {
      company: 'usmf',
      customerAccount: 'US-001',
      kind: 'invoice',
      amount: 9000,
      date: '2025-01-02',
      isFromOrder: true,
    },
  ]);
  expect(await there.rows('CustTransOpens')).toHaveLength(2);
});
