import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.9: "CDS sales order headers → salesorders" and "Sales invoice headers V2 → invoices".
let there: TestPlatform;
const orders = 'salesorders - CDS sales order headers';
const invoices = 'invoices - Sales invoice headers V2';
beforeAll(async () => {
  there = await aPlatform();
  for (const map of [orders, invoices]) await there.platform.dualWrite.act(map, 'start', {});
}, 300_000);
afterAll(() => there.close());

const list = async (query: string) => (await there.dataverse('GET', encodeURI(query))).body.value;
const one = async (query: string) => (await list(query))[0];
const orderKey = (number: string) =>
  `SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='${number}')?cross-company=true`;
const there2 = async (number: string) => (await there.financeOperations('GET', orderKey(number))).body;
const made = async (values: object) => {
  const body = { dataAreaId: 'usmf', OrderingCustomerAccountNumber: 'US-001', OrderTotalAmount: 500, ...values };
  const answer = await there.financeOperations('POST', 'SalesOrderHeadersV2?cross-company=true', { body });
  expect(answer.status).toBe(201);
  return answer.body.SalesOrderNumber as string;
};
const orderOf = (number: string) =>
  one(`salesorders?$filter=msdyn_salesordernumber eq '${number}'&$expand=customerid_account`);
const post = (customerAccount: string, more: object) =>
  there.platform.financeOperations.command('post-invoice', {
    company: 'usmf',
    customerAccount,
    amount: 500,
    taxAmount: 40,
    ...more,
  });

describe('a sales order', () => {
  test('of finance and operations is one of Dataverse, with its customer, its totals and the type of the map', async () => {
    const number = await made({ SalesOrderName: 'Spring', OrderTotalTaxAmount: 40, OrderTotalChargesAmount: 5 });
    expect(await orderOf(number)).toMatchObject({
      ...{ name: 'Spring', totalamount: 500, totaltax: 40, freightamount: 5, msdyn_ordertype: 192350000 },
      ...{ msdyn_isocurrencycode: 'USD', customerid_account: { accountnumber: 'US-001' } },
    });
  });

  test('is changed both ways; totals go to Dataverse only', async () => {
    const number = await made({});
    const { salesorderid } = await orderOf(number);
    const body = { shipto_city: 'Reno', shipto_country: 'united states', totalamount: 1, name: 'Renamed' };
    expect((await there.dataverse('PATCH', `salesorders(${salesorderid})`, { body })).status).toBe(204);
    expect(await there2(number)).toMatchObject({
      ...{
        DeliveryAddressCity: 'Reno',
        DeliveryAddressCountryRegionISOCode: 'us',
        OrderTotalAmount: 500,
        SalesOrderName: '',
      },
      ...{ InvoiceCustomerAccountNumber: 'US-001', CurrencyCode: 'USD' },
    });
    const change = { body: { OrderTotalAmount: 700, CustomerRequisitionNumber: 'R-1' } };
    expect((await there.financeOperations('PATCH', orderKey(number), change)).status).toBe(204);
    expect(await orderOf(number)).toMatchObject({ totalamount: 700, msdyn_customerrequisitionnumber: 'R-1' });
    expect((await there.financeOperations('DELETE', orderKey(number))).status).toBe(204);
    expect(await orderOf(number)).toBeUndefined();
  });

  test('of Dataverse gets its number in finance and operations; one of another type stays', async () => {
    const { accountid, _msdyn_company_value: company } = await one("accounts?$filter=accountnumber eq 'US-001'");
    const bind = {
      'customerid_account@odata.bind': `accounts(${accountid})`,
      'msdyn_company@odata.bind': `cdm_companies(${company})`,
      'transactioncurrencyid@odata.bind': "transactioncurrencies(isocurrencycode='USD')",
    };
    const dates = { requestdeliveryby: '2026-12-24', msdyn_confirmedreceiptdate: null };
    const body = { ...bind, ...dates, name: 'From here', msdyn_customersorderreference: 'C-1' };
    expect((await there.dataverse('POST', 'salesorders', { body })).body).toBeUndefined();
    const { msdyn_salesordernumber: number } = await one("salesorders?$filter=name eq 'From here'");
    expect(await there2(number)).toMatchObject({
      OrderingCustomerAccountNumber: 'US-001',
      ...{ CustomersOrderReference: 'C-1', RequestedShippingDate: '2026-12-24T12:00:00Z' },
      ConfirmedReceiptDate: '1900-01-01T00:00:00Z',
    });
    const service = { ...body, name: 'Service', msdyn_ordertype: 690970002 };
    expect((await there.dataverse('POST', 'salesorders', { body: service })).body).toBeUndefined();
    expect((await one("salesorders?$filter=name eq 'Service'")).msdyn_salesordernumber).toBeNull();
  });

  test('of a customer Dataverse does not have is refused in finance and operations', async () => {
    await there.platform.dualWrite.act('accounts - Customers V3', 'stop', {});
    const customer = { dataAreaId: 'usmf', CustomerAccount: 'US-N1', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
    const body = { ...customer, OrganizationName: 'Not there' };
    expect((await there.financeOperations('POST', 'CustomersV3?cross-company=true', { body })).status).toBe(201);
    const order = { dataAreaId: 'usmf', OrderingCustomerAccountNumber: 'US-N1' };
    const refused = await there.financeOperations('POST', 'SalesOrderHeadersV2?cross-company=true', { body: order });
    expect(refused.body.error.innererror.message).toContain('Unable to lookup account, contact with values {US-N1}.');
    await there.platform.dualWrite.act('accounts - Customers V3', 'start', {});
  });
});

describe('an invoice', () => {
  test('that is posted for a sales order is a native row, billed, of its order and customer', async () => {
    const salesOrder = await made({ CustomersOrderReference: 'C-9' });
    await post('US-001', { salesOrder });
    const order = await orderOf(salesOrder);
    const [invoice] = await list(
      `invoices?$filter=_salesorderid_value eq ${order.salesorderid}&$expand=customerid_account`,
    );
    expect(invoice).toMatchObject({
      ...{ totalamount: 500, totaltax: 40, statuscode: 4, statecode: 0, ispricelocked: false, description: 'C-9' },
      ...{ msdyn_invoicenumber: expect.stringMatching(/^CIV-/), msdyn_ledgervoucher: expect.stringMatching(/^SIV-/) },
      customerid_account: { accountnumber: 'US-001' },
    });
    expect(invoice.msdyn_invoicedate).toMatch(/^\d{4}-\d\d-\d\d$/);
    const change = { body: { totalamount: 1 } };
    expect((await there.dataverse('PATCH', `invoices(${invoice.invoiceid})`, change)).status).toBe(204);
    const filter = encodeURIComponent(`InvoiceNumber eq '${invoice.msdyn_invoicenumber}'`);
    const [posted] = (
      await there.financeOperations('GET', `SalesInvoiceHeadersV2?cross-company=true&$filter=${filter}`)
    ).body.value;
    expect(posted.TotalInvoiceAmount).toBe(500);
  });

  test('without a sales order stays in finance and operations', async () => {
    const before = (await list('invoices')).length;
    await post('US-001', {});
    expect(await list('invoices')).toHaveLength(before);
  });

  test('that was posted before the map ran comes with its initial write; its order is the same on both sides', async () => {
    await there.platform.dualWrite.act(invoices, 'stop', {});
    const salesOrder = await made({});
    await post('US-001', { salesOrder });
    expect(await list(`invoices?$filter=salesorderid/msdyn_salesordernumber eq '${salesOrder}'`)).toEqual([]);
    await there.platform.dualWrite.act(invoices, 'initial-write', { master: 'finance-operations' });
    await there.quiet();
    expect(await list(`invoices?$filter=salesorderid/msdyn_salesordernumber eq '${salesOrder}'`)).toHaveLength(1);
    const [report] = (await there.platform.dualWrite.reconciliation({ map: orders, kind: 'different' })).value;
    expect(report!.rows.map(({ key }) => key)).not.toContain(`usmf|${salesOrder}`);
  });
});
