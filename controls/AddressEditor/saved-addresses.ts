import { plainId, quoted } from '../shared/odata-text';
import { textOf, type RowReader } from '../shared/rows';
import { addressesFrom, addressParts, type Addresses, type Field, type Side } from './model';

/** The account as it is saved: a control is told the form's values and never whether they have been saved. */
export interface SavedAddresses {
  readonly addresses: Addresses;
  readonly version: string;
}

const number: Readonly<Record<Side, string>> = { shipping: 'address1', billing: 'address2' };
const suffix: Readonly<Record<Field, string>> = {
  street: 'line1',
  city: 'city',
  state: 'stateorprovince',
  postalCode: 'postalcode',
  county: 'county',
  country: 'country',
};

const columnOf = (side: Side, field: Field) => `${number[side]}_${suffix[field]}`;
const columns = addressParts.map(([side, field]) => columnOf(side, field));

/** @returns undefined when there is no such account, as on a form that has never been saved */
export async function readSavedAddresses(
  accountNumber: string,
  companyId: string,
  reader: RowReader,
): Promise<SavedAddresses | undefined> {
  const filter = `accountnumber eq ${quoted(accountNumber)} and _msdyn_company_value eq ${plainId(companyId)}`;
  const query = `?$select=${[...columns, 'versionnumber'].join(',')}&$filter=${filter}&$top=1`;
  const { entities } = await reader.retrieveMultipleRecords('account', query);
  const [row] = entities;
  if (row === undefined) return undefined;
  const addresses = addressesFrom((side, field) => textOf(row, columnOf(side, field)));
  return { addresses, version: textOf(row, 'versionnumber') };
}
