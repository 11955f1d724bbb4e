import { checkAddress } from '../../../../controls/AddressEditor/check.ts';
import { addressFrom, type Address } from '../../../../controls/AddressEditor/model.ts';

const address = (given: Partial<Address>) => addressFrom((field) => given[field] ?? '');

test('an empty address has nothing wrong with it', () => {
  expect(checkAddress(address({ street: '  ' }), {})).toEqual({});
});

test.each(['street', 'city', 'state', 'postalCode', 'county'] as const)(
  'a country is needed once %s is filled in',
  (field) => {
    expect(checkAddress(address({ [field]: 'x' }), {})).toEqual({ country: { text: 'CountryRequired', values: [] } });
  },
);

test.each(['USA', 'U', '12', 'Ü1', 'u s'])('%s is no country code', (country) => {
  expect(checkAddress(address({ country }), {})).toEqual({ country: { text: 'CountryCode', values: [] } });
});

test.each(['US', 'de', ' US '])('%s is a country code', (country) => {
  expect(checkAddress(address({ country }), {})).toEqual({});
});

test('a text longer than its column says how long it may be', () => {
  const given = address({ country: 'US', city: '12345678901', street: '1234567890' });
  expect(checkAddress(given, { city: 10, street: 10 })).toEqual({ city: { text: 'TooLong', values: ['10', '11'] } });
});
