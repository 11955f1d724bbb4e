import { aFinanceOperations, type TestFinanceOperations } from '../../../../support/a-finance-operations.ts';

// "Address setup" of the global address book: the tables addresses are looked up in and the parameters that say which parts
// are. The order and the narrowing (state within country, county within state …) are those of the published procedure
// `VALIDATEADDRESS` of the Commerce channel database.
let there: TestFinanceOperations;
beforeEach(async () => {
  there = await aFinanceOperations();
});
afterEach(() => there.close());

const add = async (set: string, row: object) => {
  const { status, text } = await there.call('POST', `${set}?cross-company=true`, row);
  if (status !== 201) throw new Error(text);
};
const move = (address: object) =>
  there.call(
    'PATCH',
    "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true",
    Object.fromEntries(Object.entries(address).map(([name, value]) => [`DeliveryAddress${name}`, value])),
  );
const infolog = (body: { error: { innererror: { message: string } } }) =>
  body.error.innererror.message.replace(/^.*Infolog: Error: /, '');
const refusal = async (address: object) => {
  const { status, body } = await move(address);
  return status === 204 ? 'taken' : infolog(body);
};
const parameters = (values: object) => there.call('PATCH', 'AddressParameters(0)', values);

test('countries are rows: one that is added can be written in an address, by its code or its ISO code', async () => {
  const atlantis = { Street: '1 Reef', City: 'Poseidonis', State: '', County: '', ZipCode: '' };
  expect(await refusal({ ...atlantis, CountryRegionId: 'ATL' })).toBe(
    "The value 'ATL' in field 'Country/region' is not found in the related table 'Country/region'.",
  );
  await add('AddressCountryRegions', { CountryRegion: 'ATL', ISOcode: 'AX' });
  expect(await refusal({ ...atlantis, CountryRegionId: 'ATL' })).toBe('taken');
  expect((await there.rows('CustomersV3', "CustomerAccount eq 'US-001'"))[0]).toMatchObject({
    DeliveryAddressCountryRegionId: 'ATL',
    DeliveryAddressCountryRegionISOCode: 'AX',
  });
  expect(await refusal({ ...atlantis, Street: '2 Reef', CountryRegionISOCode: 'ax' })).toBe('taken');
  expect(await there.rows('AddressCountryRegions', "ISOcode eq 'DE'")).toMatchObject([{ CountryRegion: 'DEU' }]);
});

test('a state is looked up within its country', async () => {
  const shown = (state: string, country: string) =>
    `The value '${state}' in field 'State' is not found in the related table 'State' for country/region '${country}'.`;
  expect(await refusal({ City: 'X', State: 'BY', CountryRegionId: 'USA' })).toBe(shown('BY', 'USA'));
  expect(await refusal({ City: 'X', State: 'BY', County: '', CountryRegionId: 'DEU' })).toBe('taken');
  expect(await refusal({ City: 'X', State: 'WA', CountryRegionId: 'AUS' })).toBe('taken');
  expect(await refusal({ City: 'X', State: 'ZH', CountryRegionId: 'CHE' })).toBe(shown('ZH', 'CHE'));
  await add('AddressStates', { CountryRegionId: 'CHE', State: 'ZH', Name: 'Zürich' });
  expect(await refusal({ City: 'X', State: 'ZH', CountryRegionId: 'CHE' })).toBe('taken');
});

test('a county is looked up within its state, unless its validation is disabled', async () => {
  await add('AddressCounties', { CountryRegionId: 'USA', StateId: 'OR', CountyId: 'Lane' });
  const words =
    "The value 'Lane' in field 'County' is not found in the related table 'County' for country/region 'USA'.";
  expect((await parameters({ DisableCountyValidation: 'No' })).status).toBe(204);
  expect(await refusal({ State: 'OR', County: 'Lane', CountryRegionId: 'USA' })).toBe('taken');
  expect(await refusal({ State: 'CA', County: 'Lane', CountryRegionId: 'USA' })).toBe(words);
  expect((await parameters({ DisableCountyValidation: 'Yes' })).status).toBe(204);
  expect(await refusal({ State: 'CA', County: 'Lane', CountryRegionId: 'USA' })).toBe('taken');
});

test('city, district and postal code are looked up once the parameters say so', async () => {
  const somewhere = { City: 'Nowhere', DistrictName: 'Nook', ZipCode: '00000', State: 'CA', County: '' };
  expect(await refusal({ ...somewhere, CountryRegionId: 'USA' })).toBe('taken');
  await add('AddressCities', { CityKey: 'Fresno', Name: 'Fresno', CountryRegionId: 'USA', StateId: 'CA' });
  await add('AddressDistricts', { District: 'Tower', CityKey: 'Fresno', CountryRegionId: 'USA', StateId: 'CA' });
  await add('AddressPostalCodes', { ZipCode: '93650', CountryRegionId: 'USA', StateId: 'CA' });
  const step = (values: object) => refusal({ Street: 'Changed', State: 'CA', County: '', ...values });
  await parameters({ ValidateCity: 'Yes' });
  expect(await step({ City: 'Nowhere' })).toMatch(/^The value 'Nowhere' in field 'City' /);
  expect(await step({ City: 'Fresno', State: 'OR' })).toMatch(/in field 'City'/);
  expect(await step({ City: 'Fresno' })).toBe('taken');
  await parameters({ ValidateDistrict: 'Yes' });
  expect(await step({ Street: '2', DistrictName: 'Nook' })).toMatch(/^The value 'Nook' in field 'District' /);
  expect(await step({ Street: '3', DistrictName: 'Tower' })).toBe('taken');
  await parameters({ ValidateZipCode: 'Yes' });
  expect(await step({ Street: '4', ZipCode: '00000' })).toMatch(/^The value '00000' in field 'ZIP\/postal code' /);
  expect(await step({ Street: '5', ZipCode: '93650' })).toBe('taken');
});

test('the setup itself is checked: a state needs its country, a county its state, a district its city', async () => {
  const message = async (set: string, row: object) => infolog((await there.call('POST', set, row)).body);
  expect(await message('AddressStates', { CountryRegionId: 'XXX', State: 'A' })).toMatch(/^The value 'XXX'/);
  const county = { CountryRegionId: 'USA', StateId: 'XX', CountyId: 'A' };
  expect(await message('AddressCounties', county)).toMatch(/^The value 'XX' in field 'State'/);
  const district = { District: 'A', CityKey: 'None', CountryRegionId: 'USA' };
  expect(await message('AddressDistricts', district)).toMatch(/^The value 'None' in field 'City'/);
  expect((await there.call('POST', 'AddressParameters', { Key: 1 })).status).toBe(501);
});
