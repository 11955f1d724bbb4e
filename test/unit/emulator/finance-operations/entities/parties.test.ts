import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 5.8 "Party and global address book" and 5.10 "Error texts to reproduce".
let there: TestFinanceOperations;
let party: string;
beforeEach(async () => {
  there = await aFinanceOperations();
  party = (await there.rows('CustomersV3', "CustomerAccount eq 'US-001'"))[0]!.PartyNumber;
});
afterEach(() => there.close());

const refusal = async (method: string, path: string, body: object) => {
  const answer = await there.call(method, path, body);
  return answer.status < 400 ? 'taken' : answer.body.error.innererror.message.replace(/^.*Infolog: Error: /, '');
};
const customerKey = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const addLocation = async (LocationId: string, more: object) => {
  expect(await refusal('POST', 'CDSPostalAddressLocations', { LocationId, Description: LocationId })).toBe('taken');
  const address = { LocationId, Street: `${LocationId} Street`, City: 'Reno', State: 'NV', CountryRegionId: 'USA' };
  expect(await refusal('POST', 'CDSPostalAddressHistoryV2', address)).toBe('taken');
  return refusal('POST', 'CDSPartyPostalAddressLocations', { PartyNumber: party, LocationId, ...more });
};

test('a customer of a party that is not there is refused, and so is one of another type', async () => {
  const customer = { dataAreaId: 'usmf', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
  const path = 'CustomersV3?cross-company=true';
  expect(await refusal('POST', path, { ...customer, PartyNumber: '99', PartyType: 'Organization' })).toBe(
    "Party record not found for party type 'Organization'",
  );
  expect(await refusal('PATCH', customerKey, { PartyType: 'Person' })).toBe(
    "Cannot update a party's type from 'DirOrganization' to 'DirPerson', a delete of the existing party followed by an insert with the new type should be performed instead.",
  );
});

test('a location is a party’s once', async () => {
  expect(await addLocation('L-1', { Purpose: 'Business' })).toBe('taken');
  expect(await refusal('POST', 'CDSPartyPostalAddressLocations', { PartyNumber: party, LocationId: 'L-1' })).toMatch(
    /^A record that has the attribute values Location ID already exists\./,
  );
});

test('a party has one primary address: a new one takes its place', async () => {
  expect(await addLocation('L-1', { Purpose: 'Business', IsPrimary: 'Yes' })).toBe('taken');
  expect(await addLocation('L-2', { Purpose: 'Home' })).toBe('taken');
  const primary = async () =>
    (await there.rows('CDSPartyPostalAddressLocations', `PartyNumber eq '${party}' and IsPrimary eq 'Yes'`)).map(
      ({ LocationId }) => LocationId,
    );
  expect(await primary()).toEqual(['L-1']);
  const key = `CDSPartyPostalAddressLocations(PartyNumber='${party}',LocationId='L-2')`;
  expect(await refusal('PATCH', key, { IsPrimary: 'Yes' })).toBe('taken');
  expect(await primary()).toEqual(['L-2']);
  const customers = await there.rows('CustomersV3', "CustomerAccount eq 'US-001'");
  expect(customers.map(({ AddressStreet }) => AddressStreet)).toEqual(['L-2 Street']);
});

test('a customer stays one row though its party has several addresses for a purpose', async () => {
  expect(await addLocation('L-1', { Purpose: 'Delivery' })).toBe('taken');
  expect(await addLocation('L-2', { Purpose: 'Delivery;Invoice' })).toBe('taken');
  const customers = await there.rows('CustomersV3', "CustomerAccount eq 'US-001'");
  expect(customers).toHaveLength(1);
});

// Section 7: a delete begins with checkRestrictedDeleteActions.
test('a customer with transactions or orders cannot be deleted; one without can', async () => {
  const order = { dataAreaId: 'usmf', OrderingCustomerAccountNumber: 'US-002', OrderTotalAmount: 1 };
  expect(await refusal('POST', 'SalesOrderHeadersV2?cross-company=true', order)).toBe('taken');
  const invoice = { company: 'usmf', customerAccount: 'US-001', amount: 1, invoiceDate: '2026-02-20' };
  await there.service.command('post-invoice', invoice);
  const remove = (account: string) =>
    refusal('DELETE', `CustomersV3(dataAreaId='usmf',CustomerAccount='${account}')?cross-company=true`, {});
  const words = (label: string) =>
    `Customer cannot be deleted while dependent ${label} exist. Delete dependent ${label} and try again.`;
  expect(await remove('US-001')).toBe(words('Customer transactions'));
  expect(await remove('US-002')).toBe(words('Sales orders'));
  expect(await remove('US-004')).toBe('taken');
});

test('group and currency of a customer are mandatory, in the metadata and when one is written', async () => {
  const { Properties } = (await there.call('GET', "/metadata/PublicEntities('CustomerV3')")).body;
  const mandatory = Properties.filter((one: { IsMandatory: boolean }) => one.IsMandatory).map(
    ({ Name }: { Name: string }) => Name,
  );
  expect(mandatory).toEqual(['dataAreaId', 'CustomerAccount', 'CustomerGroupId', 'SalesCurrencyCode']);
  expect(await refusal('PATCH', customerKey, { CustomerGroupId: '' })).toBe(
    "Field 'Customer group' must be filled in.",
  );
  expect(await refusal('PATCH', customerKey, { SalesCurrencyCode: '' })).toBe("Field 'Currency' must be filled in.");
});

// Appendix: what CDSParties and CustomersV3 show of a person is the party's, whichever of them it is written through.
test('a person’s data is the party’s', async () => {
  expect(await refusal('PATCH', customerKey, { PersonGender: 'Female', PersonHobbies: 'Sailing' })).toBe('taken');
  const key = `CDSParties('${party}')`;
  expect((await there.call('GET', key)).body).toMatchObject({ PersonGender: 'Female', PersonHobbies: 'Sailing' });
  expect(await refusal('PATCH', key, { PersonMaritalStatus: 'Married' })).toBe('taken');
  expect((await there.call('GET', customerKey)).body.PersonMaritalStatus).toBe('Married');
});

test('an address is told in one text, too', async () => {
  expect(await addLocation('L-1', { Purpose: 'Business' })).toBe('taken');
  const text = 'L-1 Street\nReno, NV\nUSA';
  expect(await there.rows('CDSPostalAddressHistoryV2', "LocationId eq 'L-1'")).toMatchObject([
    { Address: text, IsPrivate: 'No' },
  ]);
  expect(await there.rows('PartyLocationPostalAddressesV2', "LocationId eq 'L-1'")).toMatchObject([
    { Address: text, FormattedDeliveryAddress: text, IsPrivatePostalAddress: 'No', PostBox: '' },
  ]);
});

test('clients choose among the legal entities', async () => {
  const companies = await there.rows('OfficeAddinLegalEntities');
  expect(companies.map(({ CompanyId, CompanyName }) => [CompanyId, CompanyName])).toEqual([
    ['demf', 'demf'],
    ['usmf', 'usmf'],
  ]);
  expect((await there.call('POST', 'OfficeAddinLegalEntities', { CompanyId: 'x' })).status).toBe(405);
});

test.each([
  ["CustomerGroups(dataAreaId='usmf',CustomerGroupId='10')", 'Customer group', 'Customers'],
  ["PaymentTerms(dataAreaId='usmf',Name='Net30')", 'Terms of payment', 'Customers'],
  ["Currencies('USD')", 'Currency', 'Customers'],
  ["ExchangeRateTypes('Default')", 'Exchange rate type', 'Exchange rates'],
])('%s, which others stand on, cannot be deleted', async (path, what, label) => {
  expect(await refusal('DELETE', `${path}?cross-company=true`, {})).toBe(
    `${what} cannot be deleted while dependent ${label} exist. Delete dependent ${label} and try again.`,
  );
});

test('what nothing stands on is deleted, though another company has something that does', async () => {
  await there.call('POST', 'CustomerGroups?cross-company=true', { dataAreaId: 'usmf', CustomerGroupId: '99' });
  const key = "CustomerGroups(dataAreaId='usmf',CustomerGroupId='99')?cross-company=true";
  expect(await refusal('DELETE', key, {})).toBe('taken');
  const vendor = { dataAreaId: 'usmf', VendorGroupId: 'V' };
  await there.call('POST', 'VendorGroups?cross-company=true', vendor);
  expect(await refusal('DELETE', "VendorGroups(dataAreaId='usmf',VendorGroupId='V')?cross-company=true", {})).toBe(
    'taken',
  );
});

// Section 7, "Create order", "Update order": validateField, defaultRow, validateWrite, write.
test('fields are validated before defaults are given, and those before the row is', async () => {
  const post = (row: object) => refusal('POST', 'CustomersV3?cross-company=true', { dataAreaId: 'usmf', ...row });
  const tooLong = { CustomerAccount: 'x'.repeat(21) };
  // No name, no group, no currency, and a field that is too long: the field comes first.
  expect(await post(tooLong)).toBe(
    "The value in field 'CustomerAccount' is longer than the 20 characters it can hold.",
  );
  expect(await post({ OrganizationName: 'X' })).toBe("Field 'Customer group' must be filled in.");
  const whole = { OrganizationName: 'X', CustomerGroupId: '10', SalesCurrencyCode: 'USD' };
  const created = await there.call('POST', 'CustomersV3?cross-company=true', { dataAreaId: 'usmf', ...whole });
  // The number sequence and initValue have given what the caller did not.
  expect(created.body).toMatchObject({ CustomerAccount: expect.stringMatching(/^C\d+$/), OnHoldStatus: 'No' });
  const update = (row: object) => refusal('PATCH', customerKey, row);
  expect(await update({ CustomerGroupId: '', InvoiceAccount: 'x'.repeat(200) })).toMatch(/is longer than/);
  expect(await update({ CustomerGroupId: '' })).toBe("Field 'Customer group' must be filled in.");
});
