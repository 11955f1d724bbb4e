/** Parts of an address, in the order they are drawn. */
export const fields = ['street', 'city', 'state', 'postalCode', 'county', 'country'] as const;
export type Field = (typeof fields)[number];
export type Address = Readonly<Record<Field, string>>;

/** Shipping is address 1 of an account and *delivery* in finance and operations; billing is address 2 and *invoice*. */
export const sides = ['shipping', 'billing'] as const;
export type Side = (typeof sides)[number];
export type Addresses = Readonly<Record<Side, Address>>;

/** Every part of both addresses. */
export const addressParts = sides.flatMap((side) => fields.map((field) => [side, field] as const));

/** Name of the manifest's property, e.g. `shippingPostalCode`. */
export type PropertyName = `${Side}${Capitalize<Field>}`;

export function propertyOf(side: Side, field: Field): PropertyName {
  return `${side}${field.charAt(0).toUpperCase()}${field.slice(1)}` as PropertyName;
}

export function addressFrom(value: (field: Field) => string): Address {
  return Object.fromEntries(fields.map((field) => [field, value(field)])) as Address;
}

export function addressesFrom(value: (side: Side, field: Field) => string): Addresses {
  return {
    shipping: addressFrom((field) => value('shipping', field)),
    billing: addressFrom((field) => value('billing', field)),
  };
}

export function withField(addresses: Addresses, side: Side, field: Field, text: string): Addresses {
  return { ...addresses, [side]: { ...addresses[side], [field]: text } };
}

/** Two texts of one column: space at the ends and the kind of line break do not make them differ; upper case does. */
export function isSameText(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

const plain = (text: string) => text.replace(/\r\n?/g, '\n').trim();

export function differingFields(one: Address, other: Address): Field[] {
  return fields.filter((field) => !isSameText(one[field], other[field]));
}

export function isSameAddresses(one: Addresses, other: Addresses): boolean {
  return sides.every((side) => differingFields(one[side], other[side]).length === 0);
}

/** An address on one line, the way it is read out. */
export function onOneLine({ street, city, state, postalCode, county, country }: Address): string {
  const place = [plain(state), plain(postalCode)].filter(Boolean).join(' ');
  const parts = [...plain(street).split('\n'), plain(city), place, plain(county), plain(country)];
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(', ');
}

/** What the user typed, as the column wants it: country codes are upper case. */
export function normalised(field: Field, text: string): string {
  return field === 'country' ? text.trim().toUpperCase() : text;
}
