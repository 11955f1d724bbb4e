import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 2.12 (entities) and 3.3 (business events).
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const us001 = { company: 'usmf', customerAccount: 'US-001' };
const run = (name: string, parameters: object) =>
  there.service.command(name, parameters as Record<string, unknown>) as Promise<Record<string, unknown>>;
const refusal = (name: string, parameters: object) =>
  run(name, parameters).then(
    () => 'done',
    (error: Error) => error.message,
  );
const openOf = async (account: string) =>
  (await there.rows('CustTransOpens', `AccountNum eq '${account}'`)).map(({ AmountCur }) => AmountCur);

test('a free text invoice is in the ledger, open, and in the invoice journal; its event has the contract of the catalogue', async () => {
  const { invoice, voucher, dueDate } = await run('post-invoice', { ...us001, amount: 120.5, taxAmount: 20.5 });
  expect(dueDate).toBe('2026-03-31');
  const [row] = await there.rows('CustTransBiEntities', `Invoice eq '${String(invoice)}'`);
  expect(row).toMatchObject({
    AccountNum: 'US-001',
    TransType: 'Cust',
    AmountCur: 120.5,
    AmountMST: 120.5,
    SettleAmountMST: 0,
    TransDate: '2026-03-01T12:00:00Z',
    DueDate: '2026-03-31T12:00:00Z',
    Closed: '1900-01-01T00:00:00Z',
    Voucher: voucher,
  });
  expect(await there.rows('CustTransOpens')).toMatchObject([{ RefRecId: row!.SourceKey, AmountMST: 120.5 }]);
  expect(await there.rows('SalesInvoiceHeadersV2')).toMatchObject([
    {
      InvoiceNumber: invoice,
      LedgerVoucher: voucher,
      TotalInvoiceAmount: 120.5,
      TotalTaxAmount: 20.5,
      SalesOrderNumber: '',
    },
  ]);
  expect(there.raised).toEqual([
    {
      id: 'CustFreeTextInvoicePostedBusinessEvent',
      legalEntity: 'usmf',
      fields: {
        InvoiceAccount: 'US-001',
        InvoiceAmountInAccountingCurrency: 120.5,
        InvoiceDate: new Date('2026-03-01'),
        InvoiceDueDate: new Date('2026-03-31'),
        InvoiceId: invoice,
        InvoiceTaxAmount: 20.5,
        LegalEntity: 'USMF',
      },
    },
  ]);
});

test('a sales order is invoiced once, by the customer it is for', async () => {
  const order = {
    dataAreaId: 'usmf',
    SalesOrderNumber: 'SO-1',
    OrderingCustomerAccountNumber: 'US-001',
    OrderTotalAmount: 300,
  };
  expect((await there.call('POST', 'SalesOrderHeadersV2?cross-company=true', order)).status).toBe(201);
  const invoice = { ...us001, amount: 300, salesOrder: 'SO-1' };
  expect(await refusal('post-invoice', { ...invoice, customerAccount: 'US-002' })).toMatch(
    /not one of customer US-002/,
  );
  await run('post-invoice', invoice);
  expect(there.raised).toMatchObject([{ id: 'SalesInvoicePostedBusinessEvent', fields: { SalesOrderId: 'SO-1' } }]);
  expect(await there.rows('SalesOrderHeadersV2')).toMatchObject([{ SalesOrderStatus: 'Invoiced' }]);
  expect(await refusal('post-invoice', invoice)).toMatch(/has been invoiced already/);
  expect(await there.rows('CustTransactions')).toHaveLength(1);
});

test('an invoice in a foreign currency is kept in both, at the rate of its day', async () => {
  await run('post-invoice', { company: 'usmf', customerAccount: 'US-004', amount: 100, invoiceDate: '2026-01-15' });
  await run('post-invoice', { company: 'usmf', customerAccount: 'US-004', amount: 100 });
  expect(await there.rows('CustTransactions', "AccountNum eq 'US-004'")).toMatchObject([
    { CurrencyCode: 'EUR', AmountCur: 100, AmountMST: 110, ExchRate: 110 },
    { CurrencyCode: 'EUR', AmountCur: 100, AmountMST: 120, ExchRate: 120 },
  ]);
});

test('a payment settles the oldest invoices first, the last in part, and stands in a posted journal', async () => {
  for (const invoiceDate of ['2026-02-01', '2026-01-01'])
    await run('post-invoice', { ...us001, amount: 100, invoiceDate });
  const payment = await run('receive-payment', { ...us001, amount: 130, reference: 'wire 7' });
  expect(payment['notSettled']).toBe(0);
  const invoices = await there.rows('CustTransactions', "TransType eq 'Cust'");
  expect(
    invoices.map(({ DueDate, SettleAmountCur, Closed }) => [DueDate.slice(0, 7), SettleAmountCur, Closed.slice(0, 10)]),
  ).toEqual([
    ['2026-03', 30, '1900-01-01'],
    ['2026-01', 100, '2026-03-01'],
  ]);
  expect(await openOf('US-001')).toEqual([70]);
  expect(await there.rows('CustomerPaymentJournalHeaders')).toMatchObject([{ IsPosted: 'Yes' }]);
  expect(await there.rows('CustomerPaymentJournalLines')).toMatchObject([
    { AccountDisplayValue: 'US-001', CreditAmount: 130, PaymentReference: 'wire 7', Voucher: payment['voucher'] },
  ]);
  const settlements = await there.rows('CustSettlementBiEntities');
  expect(settlements.map(({ SettleAmountMST }) => SettleAmountMST)).toEqual([100, -100, 30, -30]);
  expect(there.raised.at(-1)).toMatchObject({
    id: 'CustomerPaymentPostedBusinessEvent',
    fields: { CustomerAccount: 'US-001', PaymentAmount: 130, PaymentReference: 'wire 7' },
  });
});

test('a payment may be for one invoice, or on account, and be settled later', async () => {
  const first = await run('post-invoice', { ...us001, amount: 100, invoiceDate: '2026-01-01' });
  const second = await run('post-invoice', { ...us001, amount: 50 });
  await run('receive-payment', { ...us001, amount: 50, invoice: second['invoice'] });
  expect(await openOf('US-001')).toEqual([100]);
  expect(await refusal('receive-payment', { ...us001, amount: 5, invoice: second['invoice'] })).toMatch(
    /settled already/,
  );
  const onAccount = await run('receive-payment', { ...us001, amount: 80, settle: false });
  expect((await openOf('US-001')).sort()).toEqual([-80, 100]);
  const parameters = { ...us001, invoice: first['invoice'], payment: onAccount['voucher'] };
  expect(await run('settle', { ...parameters, amount: 30 })).toMatchObject({ settled: 30 });
  expect(await run('settle', parameters)).toMatchObject({ settled: 50 });
  expect(await openOf('US-001')).toEqual([20]);
});

test('a closed transaction is settled to the cent in both currencies; the difference of rates is its exchange adjustment', async () => {
  const account = { company: 'usmf', customerAccount: 'US-004' };
  await run('post-invoice', { ...account, amount: 99.99, invoiceDate: '2026-01-15' });
  for (const amount of [33.33, 33.33, 33.33]) await run('receive-payment', { ...account, amount });
  const rows = await there.rows('CustTransactions', "AccountNum eq 'US-004'");
  for (const row of rows) {
    expect(row.Closed).toBe('2026-03-01T12:00:00Z');
    expect([row.SettleAmountCur, row.SettleAmountMST]).toEqual([row.AmountCur, row.AmountMST]);
  }
  expect(rows[0]!.ExchAdjustment).toBeCloseTo(99.99 * 1.2 - 99.99 * 1.1, 1);
});

test('what is open of an invoice can be written off', async () => {
  const { invoice } = await run('post-invoice', { ...us001, amount: 100 });
  await run('receive-payment', { ...us001, amount: 60 });
  await run('write-off', { ...us001, invoice });
  expect(await openOf('US-001')).toEqual([]);
  expect(there.raised.at(-1)).toMatchObject({
    id: 'CustTransWrittenOffBusinessEvent',
    fields: { InvoiceId: invoice, WriteOffAmountInAccountingCurrency: 40 },
  });
  expect(await refusal('write-off', { ...us001, invoice })).toMatch(/nothing open/);
});

test('the collection status of an invoice is a dispute, and raises its event when it changes', async () => {
  const { invoice } = await run('post-invoice', { ...us001, amount: 100 });
  const status = { ...us001, invoice, status: 'PromiseToPay', followUpDate: '2026-03-15' };
  await run('set-collection-status', status);
  await run('set-collection-status', { ...status, note: 'called again' });
  expect(await there.rows('CustDisputes')).toMatchObject([
    { Status: 'PromiseToPay', FollowUpDate: '2026-03-15T12:00:00Z', TransactionBalance: 100, Note: 'called again' },
  ]);
  const events = there.raised.filter(({ id }) => id === 'CollectionStatusUpdatedBusinessEvent');
  expect(events).toMatchObject([{ fields: { CustomerAccount: 'US-001', InvoiceId: invoice, Status: 'PromiseToPay' } }]);
});

test('aging is empty until it has run, and then tells what is due since when, and the last payment', async () => {
  for (const dueDate of ['2026-03-20', '2026-02-20', '2026-01-01', '2025-06-01'])
    await run('post-invoice', { ...us001, amount: 100, invoiceDate: '2025-05-01', dueDate });
  await run('receive-payment', { ...us001, amount: 30, date: '2026-02-10' });
  expect(await there.rows('CustAgedBalances')).toEqual([]);
  await run('run-aging', {});
  expect(await there.rows('CustAgedBalances')).toMatchObject([
    {
      dataAreaId: 'usmf',
      CustAccount: 'US-001',
      CustName: 'US-001',
      AgingPeriod1: 100,
      AgingPeriod2: 100,
      AgingPeriod3: 100,
      AgingPeriod4: 0,
      AgingPeriod6: 70,
      SumOfAmountDueMst: 370,
      NumOpenInvoices: 4,
      LastPaymentAmount: 30,
      LastPaymentDate: '2026-02-10T12:00:00Z',
    },
  ]);
});

test('a balance that has become zero is zero in the next snapshot', async () => {
  await run('post-invoice', { ...us001, amount: 100 });
  await run('run-aging', { company: 'usmf' });
  await run('receive-payment', { ...us001, amount: 100 });
  await run('run-aging', { company: 'usmf' });
  expect(await there.rows('CustAgedBalances')).toMatchObject([{ SumOfAmountDueMst: 0, NumOpenInvoices: 0 }]);
});

test('statistics: balance, exposure with what is ordered, the limit in force; one row a day', async () => {
  await run('post-invoice', { ...us001, amount: 100 });
  const order = { dataAreaId: 'usmf', OrderingCustomerAccountNumber: 'US-001', OrderTotalAmount: 250 };
  await there.call('POST', 'SalesOrderHeadersV2?cross-company=true', order);
  await run('set-temporary-credit-limit', { ...us001, limit: 9000, from: '2026-03-01', to: '2026-03-01' });
  await run('run-balance-statistics', { company: 'usmf' });
  await run('run-balance-statistics', { company: 'usmf' });
  there.clock.advance(86_400_000);
  await run('run-balance-statistics', { company: 'usmf' });
  expect(await there.rows('CustBalanceStats', "CustAccount eq 'US-001'")).toMatchObject([
    { BalanceDate: '2026-03-01T12:00:00Z', Balance: 100, Exposure: 350, CreditLimit: 9000 },
    { BalanceDate: '2026-03-02T12:00:00Z', Balance: 100, Exposure: 350, CreditLimit: 2000 },
  ]);
});

test('open amounts, aging and statistics agree whatever was posted', async () => {
  const amounts = [17.3, 200, 45.01, 99.99, 310.5];
  for (const [index, amount] of amounts.entries())
    await run('post-invoice', { ...us001, amount, invoiceDate: `2026-01-0${index + 1}` });
  for (const amount of [20, 211.11, 0.01]) await run('receive-payment', { ...us001, amount });
  await run('run-aging', {});
  await run('run-balance-statistics', {});
  const open = (await openOf('US-001')).reduce((sum: number, one: number) => sum + one, 0);
  const [aged] = await there.rows('CustAgedBalances', "CustAccount eq 'US-001'");
  const [statistics] = await there.rows('CustBalanceStats', "CustAccount eq 'US-001'");
  const expected = amounts.reduce((sum, one) => sum + one, 0) - 231.12;
  expect(open).toBeCloseTo(expected, 5);
  expect([aged!.SumOfAmountDueMst, statistics!.Balance]).toEqual([Number(open.toFixed(2)), Number(open.toFixed(2))]);
});

describe('nothing is written, and nothing told', () => {
  test.each([
    ['an invoice of nothing', 'post-invoice', { ...us001, amount: 0 }, /greater than 0/],
    [
      'an invoice of a customer there is not',
      'post-invoice',
      { ...us001, customerAccount: 'XX', amount: 5 },
      /There is no customer 'XX'/,
    ],
    [
      'an invoice in a currency without a rate',
      'post-invoice',
      { ...us001, amount: 5, currency: 'JPY' },
      /no exchange rate/,
    ],
    [
      'a payment for an invoice there is not',
      'receive-payment',
      { ...us001, amount: 5, invoice: 'X-1' },
      /no transaction with invoice 'X-1'/,
    ],
    ['a parameter there is not', 'post-invoice', { ...us001, amount: 5, colour: 'red' }, /has no parameter 'colour'/],
    ['a parameter that is missing', 'post-invoice', us001, /needs the parameter 'amount'/],
    ['an amount that is none', 'post-invoice', { ...us001, amount: 'much' }, /is a number/],
    ['a day that is none', 'post-invoice', { ...us001, amount: 5, invoiceDate: '2026-02-31' }, /is a date/],
    [
      'a status there is not',
      'set-collection-status',
      { ...us001, invoice: 'X', status: 'Angry' },
      /is one of None, Disputed/,
    ],
    ['a journal there is not', 'post-payment-journal', { company: 'usmf', journal: '9' }, /no payment journal/],
    ['a command there is not', 'make-coffee', {}, /There is no command 'make-coffee'/],
  ])('%s', async (_what, name, parameters, message) => {
    expect(await refusal(name, parameters)).toMatch(message);
    expect(await there.rows('CustTransactions')).toEqual([]);
    expect(await there.rows('CustomerPaymentJournalHeaders')).toEqual([]);
    expect(there.raised).toEqual([]);
  });

  test('when the second line of a journal is refused', async () => {
    const header = { dataAreaId: 'usmf', JournalBatchNumber: 'J1' };
    await there.call('POST', 'CustomerPaymentJournalHeaders?cross-company=true', header);
    const line = { ...header, CreditAmount: 10, CurrencyCode: 'USD', TransactionDate: '2026-03-01' };
    for (const AccountDisplayValue of ['US-001', 'US-002'])
      expect(
        (await there.call('POST', 'CustomerPaymentJournalLines?cross-company=true', { ...line, AccountDisplayValue }))
          .status,
      ).toBe(201);
    await run('put-on-hold', { company: 'usmf', customerAccount: 'US-002', hold: 'Payment' });
    expect(await refusal('post-payment-journal', { company: 'usmf', journal: 'J1' })).toMatch(/on hold for Payment/);
    expect(await there.rows('CustTransactions')).toEqual([]);
    expect(await there.rows('CustomerPaymentJournalHeaders')).toMatchObject([{ IsPosted: 'No' }]);
    expect(there.raised).toEqual([]);
    await run('put-on-hold', { company: 'usmf', customerAccount: 'US-002', hold: 'No' });
    await run('post-payment-journal', { company: 'usmf', journal: 'J1' });
    expect(await there.rows('CustTransactions')).toHaveLength(2);
    expect(await refusal('post-payment-journal', { company: 'usmf', journal: 'J1' })).toMatch(/posted already/);
  });
});

test('a customer on hold gets no invoice', async () => {
  await run('put-on-hold', { ...us001, hold: 'Invoice' });
  expect(await refusal('post-invoice', { ...us001, amount: 5 })).toMatch(/on hold for Invoice/);
  expect(await run('receive-payment', { ...us001, amount: 5 })).toMatchObject({ notSettled: 5 });
});

test('the ledger is read-only through its entities', async () => {
  await run('post-invoice', { ...us001, amount: 100 });
  const [row] = await there.rows('CustTransactions');
  const path = `CustTransactions(dataAreaId='usmf',SysRecId=${row!.SysRecId})?cross-company=true`;
  expect((await there.call('GET', path)).body.AmountCur).toBe(100);
  for (const method of ['PATCH', 'DELETE']) expect((await there.call(method, path, { AmountCur: 1 })).status).toBe(405);
  expect((await there.call('POST', 'CustTransactions?cross-company=true', { AccountNum: 'US-001' })).status).toBe(405);
});
