import { quoted } from '../shared/odata-text';
import { textOf, type RowReader } from '../shared/rows';
import { addressesFrom, addressParts, type Addresses, type Field, type Side } from './model';

/** What finance and operations holds of a customer; no addresses when it does not know the customer. */
export interface HeldAddresses {
  readonly companyCode: string;
  readonly addresses: Addresses | undefined;
}

const prefix: Readonly<Record<Side, string>> = { shipping: 'mserp_deliveryaddress', billing: 'mserp_invoiceaddress' };
const suffix: Readonly<Record<Field, string>> = {
  street: 'street',
  city: 'city',
  state: 'state',
  postalCode: 'zipcode',
  county: 'county',
  country: 'countryregionisocode',
};

const columnOf = (side: Side, field: Field) => prefix[side] + suffix[field];
const columns = addressParts.map(([side, field]) => columnOf(side, field));

/**
 * Reads the customer's virtual row. It is found by values, account number and company: a native row has no lookup to it.
 * Only the columns shown are asked for, since every lookup left in would cost another query of finance and operations.
 */
export async function readHeldAddresses(
  accountNumber: string,
  companyCode: string,
  reader: RowReader,
): Promise<HeldAddresses> {
  const filter = `mserp_customeraccount eq ${quoted(accountNumber)} and mserp_dataareaid eq ${quoted(companyCode)}`;
  const query = `?$select=${columns.join(',')}&$filter=${filter}&$top=1`;
  const { entities } = await reader.retrieveMultipleRecords('mserp_custcustomerv3entity', query);
  const [row] = entities;
  if (row === undefined) return { companyCode, addresses: undefined };
  return { companyCode, addresses: addressesFrom((side, field) => textOf(row, columnOf(side, field))) };
}
