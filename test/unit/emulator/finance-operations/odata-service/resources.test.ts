import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, section 7 "F&O OData endpoint" (odata: addressing, navigation property, property).
let there: TestFinanceOperations;
let journal: string;
beforeAll(async () => {
  there = await aFinanceOperations();
  const invoice = { company: 'usmf', customerAccount: 'US-001', invoiceDate: '2026-01-01' };
  for (const amount of [100, 250]) await there.service.command('post-invoice', { ...invoice, amount });
  await there.service.command('receive-payment', { company: 'usmf', customerAccount: 'US-001', amount: 30 });
  await there.service.command('set-credit-group', { company: 'usmf', customerAccount: 'US-001', group: 'G', limit: 1 });
  await there.service.command('set-credit-group', { company: 'demf', customerAccount: 'DE-001', group: 'G' });
  const [header] = await there.rows('CustomerPaymentJournalHeaders');
  journal = `CustomerPaymentJournalHeaders(dataAreaId='usmf',JournalBatchNumber='${header!.JournalBatchNumber}')`;
});
afterAll(() => there.close());

const get = (path: string, as?: string) => there.call('GET', path, undefined, as === undefined ? {} : { as });
const customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')";

describe('a navigation property in a path', () => {
  test('leads to the one row behind it, and on to its properties', async () => {
    const { status, body } = await get(`${customer}/CustomerGroup`);
    expect([status, body['@odata.context'], body.CustomerGroupId]).toEqual([
      200,
      expect.stringMatching(/\$metadata#CustomerGroups\/\$entity$/),
      '10',
    ]);
    expect((await get(`${customer}/CustomerGroup/Description`)).body.value).toBe('Wholesale');
    expect((await get(`${customer}/CustomerGroup/Description/$value`)).text).toBe('Wholesale');
    expect((await get(`${customer}/CustomerGroup?$select=Description`)).body).not.toHaveProperty('CustomerGroupId');
  });

  test('leads to many, with every query option, count, key and page', async () => {
    const lines = `${journal}/CustomerPaymentJournalLines`;
    const amounts = async (query: string) =>
      (await get(lines + query)).body.value.map(({ CreditAmount }: { CreditAmount: number }) => CreditAmount);
    expect(await amounts('')).toEqual([30]);
    expect(await amounts('?$filter=CreditAmount gt 30')).toEqual([]);
    expect(await amounts('?$orderby=LineNumber desc&$top=1')).toEqual([30]);
    expect((await get(`${lines}/$count`)).text).toBe('1');
    const key = `${journal.replace('CustomerPaymentJournalHeaders', '').slice(0, -1)},LineNumber=1)`;
    expect((await get(`${lines}${key}/CreditAmount`)).body.value).toBe(30);
    expect(
      (await get(`${lines}?$select=CreditAmount&$expand=CustomerPaymentJournalHeader`)).body.value[0],
    ).toMatchObject({
      CreditAmount: 30,
      CustomerPaymentJournalHeader: { IsPosted: 'Yes' },
    });
  });

  test('a row that is not among them is not found', async () => {
    await there.call('POST', 'CustomerPaymentJournalHeaders?cross-company=true', { dataAreaId: 'usmf' });
    const [, other] = await there.rows('CustomerPaymentJournalHeaders');
    const line = `(dataAreaId='usmf',JournalBatchNumber='${journal.split("'")[3]}',LineNumber=1)`;
    const path = `CustomerPaymentJournalHeaders(dataAreaId='usmf',JournalBatchNumber='${other!.JournalBatchNumber}')`;
    expect((await get(`${path}/CustomerPaymentJournalLines${line}`)).status).toBe(404);
    expect((await get(`${path}/CustomerPaymentJournalLines`)).body.value).toEqual([]);
  });

  test('one that leads nowhere has no content, and nothing below it is found', async () => {
    const path = `CustomerCreditGroupLines(Company='demf',CustAccount='DE-001')/Customer`;
    expect((await get(path, 'us@example.com')).status).toBe(204);
    expect((await get(`${path}/CreditLimit`, 'us@example.com')).status).toBe(404);
    const [open] = await there.rows('CustTransOpens');
    const disputes = await get(`CustTransactions(dataAreaId='usmf',SysRecId=${open!.SysRecId})/CustDispute`);
    expect([disputes.status, disputes.body.value]).toEqual([200, []]);
    expect((await get("SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='none')/Customer")).status).toBe(404);
  });

  test('shows nothing of a company that is not the user’s, in a path as in $expand', async () => {
    const group = "CustomerCreditGroups(CreditLimitId='G')/CustomerCreditGroupLines";
    const accounts = async (path: string, as: string) =>
      (await get(path, as)).body.value.map(({ CustAccount }: { CustAccount: string }) => CustAccount);
    expect(await accounts(group, 'both@example.com')).toEqual(['DE-001', 'US-001']);
    const line = "CustomerCreditGroupLines(Company='demf',CustAccount='DE-001')";
    expect((await get(`${line}/Customer?cross-company=true`, 'both@example.com')).body.CustomerAccount).toBe('DE-001');
    expect((await get(`${line}/Customer?cross-company=true`, 'us@example.com')).status).toBe(204);
    expect((await get(`${line}?$expand=Customer`, 'us@example.com')).body.Customer).toBeNull();
    expect((await get(`${line}?$expand=Customer`, 'both@example.com')).body.Customer.CustomerAccount).toBe('DE-001');
  });

  test('is written through to the row it leads to; inserting below it is refused by name', async () => {
    const patch = await there.call('PATCH', `${customer}/CustomerGroup`, { Description: 'Retail' });
    expect(patch.status).toBe(204);
    expect((await get(`${customer}/CustomerGroup/Description`)).body.value).toBe('Retail');
    const post = await there.call('POST', `${journal}/CustomerPaymentJournalLines`, {});
    expect([post.status, post.body.error.message]).toEqual([501, expect.stringMatching(/POST below a row/)]);
  });
});

describe('$ref', () => {
  test('gives the addresses of rows', async () => {
    const one = await get(`${customer}/CustomerGroup/$ref`);
    expect(one.body).toEqual({
      '@odata.context': expect.stringMatching(/#\$ref$/),
      '@odata.id': expect.stringMatching(/\/data\/CustomerGroups\(dataAreaId='usmf',CustomerGroupId='10'\)$/),
    });
    const many = await get("CustomersV3/$ref?cross-company=true&$filter=CustomerAccount eq '*-001'");
    expect(many.body.value.map((row: object) => Object.values(row)[0])).toEqual([
      expect.stringMatching(/CustomersV3\(dataAreaId='demf',CustomerAccount='DE-001'\)$/),
      expect.stringMatching(/CustomersV3\(dataAreaId='usmf',CustomerAccount='US-001'\)$/),
    ]);
  });
  test('is not written: relations are of values', async () => {
    expect((await there.call('PUT', `${customer}/CustomerGroup/$ref`, {})).status).toBe(501);
    expect((await there.call('DELETE', `${customer}/CustomerGroup/$ref`)).status).toBe(501);
  });
});

describe('text of a path', () => {
  test('a key may hold slashes, brackets and quotes, encoded or not', async () => {
    const account = "A/B)('x";
    const row = { CustomerAccount: account, OrganizationName: 'Odd', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
    expect((await there.call('POST', 'CustomersV3?cross-company=true', { dataAreaId: 'usmf', ...row })).status).toBe(
      201,
    );
    const quoted = account.replaceAll("'", "''");
    for (const text of [quoted, encodeURIComponent(quoted), encodeURIComponent(quoted).replaceAll("'", '%27')])
      expect((await get(`CustomersV3(dataAreaId='usmf',CustomerAccount='${text}')/CustomerGroup`)).status).toBe(200);
    const encoded = `%27${encodeURIComponent(quoted).replaceAll("'", '%27')}%27`;
    expect((await get(`CustomersV3(dataAreaId=%27usmf%27,CustomerAccount=${encoded})`)).status).toBe(200);
  });

  test.each([
    [`${customer}/CustomerGroup/Nothing`, 501],
    [`${customer}/CreditLimit/Nothing`, 501],
    ['CustomersV3/CreditLimit', 501],
    ['CustomersV3/$value', 501],
    [`${customer}/$count`, 501],
    ['Nothing/CustomerGroup', 404],
    ["CustomersV3(dataAreaId='usmf',CustomerAccount='%')", 400],
    ["CustomersV3(dataAreaId='usmf'", 400],
    ['CustomersV3(', 400],
  ])('%s is answered %i', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });
});
