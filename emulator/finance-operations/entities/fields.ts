import type { EntityField } from '../contract.ts';
import published from './entity-fields.json';

const types: Readonly<Record<string, EntityField['type']>> = {
  dec: 'real',
  dt: 'utcDateTime',
  i32: 'int',
  i64: 'int64',
  Guid: 'guid',
};

/** Lengths of texts, by the extended data type their name tells; others hold 100 characters. */
const lengths: Readonly<Record<string, number>> = {
  AccountNum: 20,
  Address: 250,
  AccountDisplayValue: 500,
  AddressBooks: 1000,
  Company: 4,
  CompanyId: 4,
  CurrencyCode: 3,
  CustAccount: 20,
  CustAccountDataArea: 4,
  Invoice: 20,
  InvoiceNumber: 20,
  LegalEntityId: 4,
  Locator: 255,
  LocatorExtension: 10,
  FormattedDeliveryAddress: 250,
  Note: 8000,
  OrderAccount: 20,
  Purpose: 1000,
  Roles: 1000,
  Street: 250,
  SysDataAreaId: 4,
  Txt: 60,
  Voucher: 20,
  dataAreaId: 4,
};
const usualLength = 100;

/** Metadata has one type for both kinds of dates: names tell which have no time. */
const isDay = (name: string) => /(Date|Deadline)$|^(Closed|LastExchAdj|PeriodFrom|PeriodTo)$/.test(name);

/** A field as the list has it: `Name`, `Name:dec`, `Name:dt`, `Name:i32`, `Name:i64` or `Name:<enum>`. */
function readField(text: string): EntityField {
  const [name = '', suffix] = text.split(':');
  if (suffix === undefined) return { name, type: 'string', maxLength: lengths[name] ?? usualLength };
  const type = suffix === 'dt' && isDay(name) ? 'date' : types[suffix];
  return type === undefined ? { name, type: 'enum', enumType: suffix } : { name, type };
}

/** Fields written as in the list of published ones. */
export const readFields = (...fields: readonly string[]): readonly EntityField[] => fields.map(readField);

/** Key and fields of a data entity as they are published, key first. */
export function publishedFields(entity: keyof typeof published): {
  readonly key: readonly string[];
  readonly fields: readonly EntityField[];
} {
  const { key, fields } = published[entity];
  const keyFields = key.map(readField);
  return { key: keyFields.map(({ name }) => name), fields: [...keyFields, ...fields.map(readField)] };
}
