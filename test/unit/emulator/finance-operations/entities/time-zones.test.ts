import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// finance-operations reference, appendix: `…TimeZone:Timezone` of customers, addresses and orders.
let there: TestFinanceOperations;
beforeAll(async () => {
  there = await aFinanceOperations();
});
afterAll(() => there.close());

const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true";
const utc = 'GMT_COORDINATEDUNIVERSALTIME';
const berlin = 'GMTPLUS0100_AMSTERDAM_BERLIN_BERN_ROME';
const customer = async () => (await there.call('GET', path)).body;
const write = (body: object) => there.call('PATCH', path, body);
const versions = () => there.rows('CustomerPostalAddresses', "CustomerAccountNumber eq 'US-001'");

test('an address has one time zone, the same wherever it shows; a time zone alone is no address', async () => {
  expect((await write({ DeliveryAddressTimeZone: berlin })).status).toBe(204);
  expect(await versions()).toEqual([]);
  expect((await customer()).DeliveryAddressTimeZone).toBe(utc);
  const address = { DeliveryAddressStreet: 'Hauptstraße 1', DeliveryAddressCountryRegionId: 'DEU' };
  expect((await write(address)).status).toBe(204);
  expect(await versions()).toMatchObject([{ AddressTimeZone: utc }]);
  await write({ DeliveryAddressTimeZone: utc });
  expect(await versions()).toHaveLength(1);
  there.clock.advance(1000);
  await write({ DeliveryAddressTimeZone: berlin });
  expect((await versions()).map(({ AddressTimeZone }) => AddressTimeZone)).toEqual([utc, berlin]);
  expect(await customer()).toMatchObject({ DeliveryAddressTimeZone: berlin, InvoiceAddressTimeZone: utc });
  expect(await there.rows('PartyLocationPostalAddressesV2', `TimeZone eq '${berlin}'`)).toHaveLength(1);
  expect(await there.rows('CDSPostalAddressHistoryV2', `TimeZone eq '${berlin}'`)).toHaveLength(1);
});

test('a time zone there is not is refused', async () => {
  expect((await write({ DeliveryAddressTimeZone: 'Berlin' })).status).toBe(400);
});
