import { quoted } from '../shared/odata-text';

export const parts = ['Street', 'City', 'State', 'PostalCode', 'County', 'Country'] as const;
export type Part = (typeof parts)[number];
export type Kind = 'shipping' | 'billing';
export type Address = Readonly<Record<Part, string>>;
export type Addresses = Readonly<Record<Kind, Address>>;

/** Columns of the virtual customer: shipping is Delivery there, billing is Invoice. */
const prefixes: Readonly<Record<Kind, string>> = { shipping: 'mserp_deliveryaddress', billing: 'mserp_invoiceaddress' };
const suffixes: Readonly<Record<Part, string>> = { Street: 'street', City: 'city', State: 'state', PostalCode: 'zipcode', County: 'county', Country: 'countryregionisocode' };

/** One narrow query for what finance and operations holds. */
export function customerQuery(accountNumber: string, companyCode: string): string {
  const columns = (['shipping', 'billing'] as const).map((kind) => parts.map((part) => prefixes[kind] + suffixes[part]).join(','));
  return `?$select=${columns.join(',')}&$filter=mserp_customeraccount eq ${quoted(accountNumber)} and mserp_dataareaid eq ${quoted(companyCode)}&$top=1`;
}

export function readCustomer(row: Readonly<Record<string, unknown>>): Addresses {
  const read = (kind: Kind): Address => mapParts((part) => String(row[prefixes[kind] + suffixes[part]] ?? ''));
  return { shipping: read('shipping'), billing: read('billing') };
}

export function mapParts(value: (part: Part) => string): Address {
  return { Street: value('Street'), City: value('City'), State: value('State'), PostalCode: value('PostalCode'), County: value('County'), Country: value('Country') };
}

export const isEmpty = (address: Address): boolean => parts.every((part) => address[part].trim() === '');

/** Texts compare without white space around them; country codes without case. */
export function differs(part: Part, here: string, there: string): boolean {
  const plain = (text: string) => (part === 'Country' ? text.trim().toUpperCase() : text.trim());
  return plain(here) !== plain(there);
}

export interface FieldError {
  readonly key: 'countryRequired' | 'countryForm' | 'tooLong';
  readonly argument: string;
}

/** What is wrong with a field before it is sent. */
export function validate(part: Part, address: Address, maxLength: number | undefined): FieldError | undefined {
  const value = address[part];
  if (maxLength !== undefined && value.length > maxLength) return { key: 'tooLong', argument: String(maxLength) };
  if (part !== 'Country') return undefined;
  if (value.trim() === '') return isEmpty(address) ? undefined : { key: 'countryRequired', argument: '' };
  return /^[A-Za-z]{2}$/.test(value.trim()) ? undefined : { key: 'countryForm', argument: '' };
}
