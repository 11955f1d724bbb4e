import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, 5.8 "Party contacts V3". Key and fields: set `PartyContactsV3` of `ntrtd/d365-agent`.
let there: TestFinanceOperations;
let PartyNumber: string;
beforeEach(async () => {
  there = await aFinanceOperations();
  PartyNumber = (await there.rows('CustomersV3', "CustomerAccount eq 'US-001'"))[0]!.PartyNumber;
});
afterEach(() => there.close());

const customerKey = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const customer = async () => (await there.call('GET', customerKey)).body;

const ofType = async (type: string) =>
  (await there.rows('PartyContactsV3', `PartyNumber eq '${PartyNumber}'`)).filter((row) => row.Type === type);
const add = (body: object) => there.call('POST', 'PartyContactsV3', { PartyNumber, ...body });
const refusal = async (answer: ReturnType<typeof add>) =>
  (await answer).body.error.innererror.message.replace(/^.*Infolog: Error: /, '');

test('what is written to a customer is the primary address of its party, and goes when it is emptied', async () => {
  const body = { PrimaryContactEmail: 'a@b.example', PrimaryContactEmailDescription: 'Office' };
  expect((await there.call('PATCH', customerKey, body)).status).toBe(204);
  const ElectronicAddressId: unknown = expect.stringMatching(/^E\d+$/);
  expect(await ofType('Email')).toMatchObject([
    { Locator: 'a@b.example', Description: 'Office', IsPrimary: 'Yes', ElectronicAddressId },
  ]);
  expect((await customer()).PrimaryContactEmailRecordId).toBeGreaterThan(0);
  expect((await there.call('PATCH', customerKey, { PrimaryContactEmail: '' })).status).toBe(204);
  expect(await ofType('Email')).toEqual([]);
  expect((await customer()).PrimaryContactEmailRecordId).toBe(0);
});

test('a party has one primary address of a type, which its customers show', async () => {
  const made = await add({ Type: 'Phone', Locator: '1', IsPrimary: 'Yes', IsMobilePhone: 'Yes' });
  expect(made.status).toBe(201);
  expect(await customer()).toMatchObject({ PrimaryContactPhone: '1', PrimaryContactPhoneIsMobile: 'Yes' });
  await add({ Type: 'Phone', Locator: '2', IsPrimary: 'No' });
  expect((await customer()).PrimaryContactPhone).toBe('1');
  await add({ Type: 'Email', Locator: 'x@y.example', IsPrimary: 'Yes' });
  await add({ Type: 'Phone', Locator: '3', IsPrimary: 'Yes' });
  expect((await ofType('Phone')).map((row) => `${row.Locator} ${row.IsPrimary}`).sort()).toEqual([
    '1 No',
    '2 No',
    '3 Yes',
  ]);
  expect(await customer()).toMatchObject({ PrimaryContactPhone: '3', PrimaryContactEmail: 'x@y.example' });
});

test('an address that is changed or deleted shows in the customers', async () => {
  const { ElectronicAddressId } = (await add({ Type: 'URL', Locator: 'https://one.example', IsPrimary: 'Yes' })).body;
  const key = `PartyContactsV3(PartyNumber='${PartyNumber}',ElectronicAddressId='${ElectronicAddressId}')`;
  expect((await there.call('PATCH', key, { Locator: 'https://two.example' })).status).toBe(204);
  expect((await customer()).PrimaryContactURL).toBe('https://two.example');
  expect((await there.call('DELETE', key)).status).toBe(204);
  expect((await customer()).PrimaryContactURL).toBe('');
});

test('a new customer of a party shows what the party has, and takes nothing from it', async () => {
  await add({ Type: 'Email', Locator: 'x@y.example', IsPrimary: 'Yes' });
  const body = {
    ...{ dataAreaId: 'demf', CustomerAccount: 'DE-900', CustomerGroupId: '10', SalesCurrencyCode: 'EUR', PartyNumber },
    ...{ PrimaryContactEmail: '', PrimaryContactPhone: '7' },
  };
  const made = await there.call('POST', 'CustomersV3?cross-company=true', body);
  expect(made.body).toMatchObject({ PrimaryContactEmail: 'x@y.example', PrimaryContactPhone: '7' });
  expect(await customer()).toMatchObject({ PrimaryContactEmail: 'x@y.example', PrimaryContactPhone: '7' });
});

test('an address of nobody, of no type, of another type or without a number is refused', async () => {
  const phone = { Type: 'Phone', Locator: '1' };
  expect(await refusal(add({ ...phone, PartyNumber: '99' }))).toBe(
    "The value '99' in field 'Party ID' is not found in the related table 'Parties'.",
  );
  expect(await refusal(add({ Locator: '1' }))).toBe("Field 'Type' must be filled in.");
  expect(await refusal(add({ Type: 'Phone' }))).toBe("Field 'Contact number/address' must be filled in.");
  const { ElectronicAddressId } = (await add(phone)).body;
  const key = `PartyContactsV3(PartyNumber='${PartyNumber}',ElectronicAddressId='${ElectronicAddressId}')`;
  expect(await refusal(there.call('PATCH', key, { Type: 'Fax' }))).toMatch(/^Field 'Type' cannot be changed\./);
});
