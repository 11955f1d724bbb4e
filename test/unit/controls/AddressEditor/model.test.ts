import {
  addressFrom,
  differingFields,
  isSameText,
  onOneLine,
  propertyOf,
  type Address,
} from '../../../../controls/AddressEditor/model.ts';

const address = (given: Partial<Address>) => addressFrom((field) => given[field] ?? '');

test('properties are called as the manifest calls them', () => {
  expect(propertyOf('shipping', 'postalCode')).toBe('shippingPostalCode');
  expect(propertyOf('billing', 'street')).toBe('billingStreet');
});

test('space at the ends and the kind of line break make no difference; upper case and space inside do', () => {
  expect(isSameText('1 Main St\r\nSuite 2', ' 1 Main St\nSuite 2 ')).toBe(true);
  expect(isSameText('', '  ')).toBe(true);
  expect(isSameText('Seattle', 'SEATTLE')).toBe(false);
  expect(isSameText('New  York', 'New York')).toBe(false);
});

test('names the fields that differ, in the order they are drawn', () => {
  expect(differingFields(address({ country: 'US', street: 'a' }), address({ country: 'DE', street: 'b' }))).toEqual([
    'street',
    'country',
  ]);
});

test('an address is read on one line, without gaps for what is missing', () => {
  const whole = {
    street: '1 Main St\nSuite 2',
    city: 'Seattle',
    state: 'WA',
    postalCode: '98101',
    county: 'King',
    country: 'US',
  };
  expect(onOneLine(whole)).toBe('1 Main St, Suite 2, Seattle, WA 98101, King, US');
  expect(onOneLine(address({ city: 'Bonn', postalCode: '53111' }))).toBe('Bonn, 53111');
  expect(onOneLine(address({}))).toBe('');
});
