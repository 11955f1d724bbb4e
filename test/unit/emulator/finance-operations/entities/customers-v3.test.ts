import { aFinanceOperations } from '../../../../support/a-finance-operations.ts';

test('a new customer gets a party number that nobody has given by hand', async () => {
  const there = await aFinanceOperations();
  const customer = { dataAreaId: 'usmf', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
  const add = async (CustomerAccount: string) =>
    (await there.call('POST', 'CustomersV3', { ...customer, CustomerAccount, OrganizationName: CustomerAccount })).body
      .PartyNumber as string;
  const first = Number(await add('PN-1'));
  const taken = String(first + 1).padStart(9, '0');
  const party = { PartyNumber: taken, PartyType: 'Organization', OrganizationName: 'By hand' };
  expect((await there.call('POST', 'CDSParties', party)).status).toBe(201);
  expect(Number(await add('PN-2'))).toBe(first + 2);
  there.close();
});
