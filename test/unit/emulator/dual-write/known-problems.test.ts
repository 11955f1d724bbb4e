import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 8, what people get wrong, as far as it is dual-write's: 8.2 is in tracking.test.ts, 8.4 and 8.5
// in address-book.test.ts, 8.6 in account-map.test.ts.
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
}, 300_000);
afterAll(() => there.close());

const account = async (number: string) =>
  (
    await there.dataverse(
      'GET',
      encodeURI(`accounts?$filter=accountnumber eq '${number}'&$expand=transactioncurrencyid($select=isocurrencycode)`),
    )
  ).body.value[0];
const key = (number: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${number}')?cross-company=true`;
const customer = async (number: string) => (await there.financeOperations('GET', key(number))).body;

// 8.7, and 5.7 "Currency trap": cm-add-credit-mgmt-information-customer, "Credit limit in customer currency".
describe('a customer that buys in another currency than its company keeps its books in', () => {
  test('has its limit in that of the company, and the number alone is carried: Dataverse shows it in the other', async () => {
    const { value } = (await there.financeOperations('GET', "Ledgers?$filter=LegalEntityId eq 'usmf'")).body;
    expect(value[0].AccountingCurrency).toBe('USD');
    expect((await there.financeOperations('PATCH', key('US-004'), { body: { CreditLimit: 1080 } })).status).toBe(204);
    const { SalesCurrencyCode, CreditLimit, CredManCustCreditMaxAlt } = await customer('US-004');
    expect([SalesCurrencyCode, CreditLimit]).toEqual(['EUR', 1080]);
    expect(await account('US-004')).toMatchObject({
      ...{ creditlimit: 1080, transactioncurrencyid: { isocurrencycode: 'EUR' } },
    });
    // What the limit is in euro stands in a field no map carries.
    expect(CredManCustCreditMaxAlt).toBeGreaterThan(0);
    expect(CredManCustCreditMaxAlt).not.toBe(1080);
  });

  test('gets a limit in dollars from one that was meant in euro', async () => {
    const { accountid } = await account('US-004');
    expect((await there.dataverse('PATCH', `accounts(${accountid})`, { body: { creditlimit: 500 } })).status).toBe(204);
    expect((await customer('US-004')).CreditLimit).toBe(500);
  });

  test('which does not happen where both are the same', async () => {
    expect((await there.financeOperations('PATCH', key('US-001'), { body: { CreditLimit: 2345 } })).status).toBe(204);
    expect(await customer('US-001')).toMatchObject({ CreditLimit: 2345, CredManCustCreditMaxAlt: 2345 });
    expect(await account('US-001')).toMatchObject({
      creditlimit: 2345,
      transactioncurrencyid: { isocurrencycode: 'USD' },
    });
  });
});

// 8.3: party-gab, "Known issues and limitations": the address might not be there, because of the order things are written in.
describe('a customer that is made in finance and operations together with its address', () => {
  beforeAll(() => there.platform.dualWrite.useGeneration('B'), 300_000);
  const addresses = async (number: string) => {
    const { accountid } = await account(number);
    const query = `customeraddresses?$filter=_parentid_value eq ${accountid} and line1 ne null&$select=line1,addressnumber`;
    return (await there.dataverse('GET', encodeURI(query))).body.value;
  };
  const make = (CustomerAccount: string, more: object = {}) =>
    there.financeOperations('POST', 'CustomersV3?cross-company=true', {
      body: {
        ...{ dataAreaId: 'usmf', CustomerAccount, CustomerGroupId: '10', SalesCurrencyCode: 'USD' },
        ...{ OrganizationName: 'Fabrik', ...more },
      },
    });
  const address = { DeliveryAddressStreet: '1 Together', DeliveryAddressCountryRegionId: 'USA' };

  test('has it in Dataverse here: what it stands on is written first', async () => {
    expect((await make('US-T1', address)).status).toBe(201);
    expect(await addresses('US-T1')).toMatchObject([{ line1: '1 Together', addressnumber: 1 }]);
  });

  test('and so it has when it is made first and its address added, as the documents advise', async () => {
    expect((await make('US-T2')).status).toBe(201);
    expect(await addresses('US-T2')).toEqual([]);
    expect((await there.financeOperations('PATCH', key('US-T2'), { body: address })).status).toBe(204);
    expect(await addresses('US-T2')).toMatchObject([{ line1: '1 Together', addressnumber: 1 }]);
  });
});
