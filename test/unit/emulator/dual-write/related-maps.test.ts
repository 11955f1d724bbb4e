import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.9 "Contacts, companies, related maps in brief", and what is not carried (5.1, 5.7).
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 120_000);
afterAll(() => there.close());

const one = async (query: string) => (await there.dataverse('GET', encodeURI(query))).body.value[0];
const post = (set: string, body: object) => there.financeOperations('POST', `${set}?cross-company=true`, { body });
const customer = (account: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`;
const shared = { dataAreaId: 'usmf', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
const person = (CustomerAccount: string) => ({
  ...{ ...shared, CustomerAccount, PartyType: 'Person', PersonFirstName: 'Ada', PersonLastName: 'Byron' },
  ...{ CreditLimit: 500, SalesMemo: 'from there' },
});

describe('Customers V3 ↔ contacts', () => {
  beforeAll(() => there.platform.dualWrite.act('contacts - Customers V3', 'start', {}));
  const contact = (number: string) => one(`contacts?$filter=msdyn_contactpersonid eq '${number}'`);

  test('a customer that is a person is a sellable contact, not an account, and has no credit limit there', async () => {
    expect((await post('CustomersV3', person('US-P01'))).status).toBe(201);
    expect(await contact('US-P01')).toMatchObject({
      ...{ firstname: 'Ada', lastname: 'Byron', msdyn_sellable: true, description: 'from there', creditlimit: null },
    });
    expect(await one("accounts?$filter=accountnumber eq 'US-P01'")).toBeUndefined();
  });

  test('a change of the contact is in finance and operations; its limit is not carried', async () => {
    const { contactid } = await contact('US-P01');
    const body = {
      description: 'from here',
      address3_line1: '3 Delivery Lane',
      address3_country: 'US',
      creditlimit: 900,
    };
    expect((await there.dataverse('PATCH', `contacts(${contactid})`, { body })).body).toBeUndefined();
    expect((await there.financeOperations('GET', customer('US-P01'))).body).toMatchObject({
      ...{ SalesMemo: 'from here', DeliveryAddressStreet: '3 Delivery Lane', CreditLimit: 500 },
    });
  });

  test('a contact without a number stays in Dataverse, sellable or not', async () => {
    const count = async () =>
      (await there.financeOperations('GET', 'CustomersV3?cross-company=true')).body.value.length;
    const before = await count();
    const { _msdyn_company_value: company } = await contact('US-P01');
    const bind = { 'msdyn_company@odata.bind': `cdm_companies(${company})` };
    const names = { firstname: 'Not', lastname: 'Sold' };
    for (const body of [
      { ...names, ...bind, msdyn_sellable: false },
      { ...names, ...bind, msdyn_sellable: true },
    ])
      expect((await there.dataverse('POST', 'contacts', { body })).body).toBeUndefined();
    expect(await count()).toBe(before);
  });
});

// Section 5.1: deletes are replicated too.
test('a customer that is deleted in finance and operations is gone in Dataverse', async () => {
  expect((await post('CustomersV3', { ...shared, CustomerAccount: 'US-D01', OrganizationName: 'Brief' })).status).toBe(
    201,
  );
  expect(await one("accounts?$filter=accountnumber eq 'US-D01'")).toBeDefined();
  expect((await there.financeOperations('DELETE', customer('US-D01'))).status).toBe(204);
  expect(await one("accounts?$filter=accountnumber eq 'US-D01'")).toBeUndefined();
});

test('a currency is one of Dataverse at the rate 1; 999 stays where it is', async () => {
  for (const CurrencyCode of ['CHF', '999'])
    expect((await post('Currencies', { CurrencyCode, Name: `Currency ${CurrencyCode}`, Symbol: 'Fr' })).status).toBe(
      201,
    );
  expect(await one("transactioncurrencies?$filter=isocurrencycode eq 'CHF'")).toMatchObject({
    ...{ currencyname: 'Currency CHF', exchangerate: 1 },
  });
  expect(await one("transactioncurrencies?$filter=isocurrencycode eq '999'")).toBeUndefined();
});

// Section 8.12: what is written past the framework is invisible to dual-write and events.
test('what is written past the framework is told to nobody', async () => {
  const before = there.platform.trace.since(0).at(-1)!.sequence;
  await there.platform.financeOperations.loadHistory([
    { company: 'usmf', customerAccount: 'US-001', kind: 'invoice', amount: 10, date: '2024-01-01' },
  ]);
  await there.quiet();
  expect(there.platform.trace.since(before)).toEqual([]);
  expect(there.platform.events.list()).toEqual([]);
});
