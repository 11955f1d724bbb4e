import { customerTable } from '../entities/customer-table.ts';
import { electronicAddressTable } from '../entities/base-tables.ts';
import type { EntityRow, EntityValue } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

/** AOT name of the entity electronic addresses are shown in. */
export const electronicAddressEntity = 'DirPartyContactV3Entity';

/** Types of which a customer shows the primary address of its party (`PrimaryContactEmail` …), by symbol. */
const shownTypes = ['Phone', 'Email', 'URL', 'Telex', 'Fax', 'Facebook', 'Twitter', 'LinkedIn'] as const;

/** Suffix of a customer's field → field of the address. */
const suffixes: Readonly<Record<string, string>> = {
  '': 'Locator',
  Description: 'Description',
  Extension: 'LocatorExtension',
  Purpose: 'Purpose',
  IsIM: 'IsInstantMessage',
  IsMobile: 'IsMobilePhone',
};

/** Fields of a customer that show its party's primary address of a type → field of the address. */
function fieldsOf(type: string): readonly (readonly [shown: string, field: string])[] {
  return Object.entries({ ...suffixes, RecordId: 'RecId' })
    .map(([suffix, field]): [string, string] => [`PrimaryContact${type}${suffix}`, field])
    .filter(([name]) => customerTable.columns.has(name));
}

const fieldsByType = new Map(shownTypes.map((type) => [type as string, fieldsOf(type)]));
const nothing = (field: string): EntityValue => (field === 'RecId' ? 0 : field.startsWith('Is') ? 'No' : '');

const primaryOf = (PartyNumber: string, Type: string, store: EntityStore): EntityRow | undefined =>
  store.find(electronicAddressTable, { PartyNumber, Type, IsPrimary: 'Yes' })[0];

/** A party has one primary address of each type: where there is a new one, the others are it no more. */
export function keepOnePrimaryOfType(row: EntityRow, store: EntityStore, work: UnitOfWork): void {
  if (row['IsPrimary'] !== 'Yes') return;
  const same = { PartyNumber: String(row['PartyNumber']), Type: String(row['Type']), IsPrimary: 'Yes' };
  for (const other of store.find(electronicAddressTable, same)) {
    if (other['ElectronicAddressId'] === row['ElectronicAddressId']) continue;
    work.touch(electronicAddressEntity, other);
    store.update(electronicAddressTable, other, { IsPrimary: 'No' });
  }
}

/** Customers of a party show its primary address of a type. */
export function showInCustomers(PartyNumber: string, type: string, store: EntityStore, work: UnitOfWork): void {
  const fields = fieldsByType.get(type);
  if (fields === undefined) return;
  const primary = primaryOf(PartyNumber, type, store);
  const values = Object.fromEntries(fields.map(([shown, field]) => [shown, primary?.[field] ?? nothing(field)]));
  for (const customer of store.find(customerTable, { PartyNumber })) {
    if (Object.entries(values).every(([name, value]) => customer[name] === value)) continue;
    const key = { dataAreaId: customer['dataAreaId']!, CustomerAccount: customer['CustomerAccount']! };
    work.touch('CustCustomerV3Entity', key);
    store.update(customerTable, key, values);
  }
}

/** What is written to a customer's primary contact fields changes, makes or takes away the primary address of its party. */
export function writePrimaryContacts(
  PartyNumber: string,
  values: EntityRow,
  store: EntityStore,
  work: UnitOfWork,
): void {
  for (const type of shownTypes) {
    const given = Object.fromEntries(
      fieldsByType
        .get(type)!
        .filter(([shown, field]) => field !== 'RecId' && values[shown] !== undefined && values[shown] !== null)
        .map(([shown, field]) => [field, values[shown]!]),
    );
    if (Object.keys(given).length > 0) writePrimary({ PartyNumber, Type: type }, given, store, work);
  }
}

/** What a new customer of a party that was there before shows of it. */
export function primaryContactsOf(PartyNumber: string, store: EntityStore): EntityRow {
  const primaries = store.find(electronicAddressTable, { PartyNumber, IsPrimary: 'Yes' });
  return Object.fromEntries(
    primaries.flatMap((row) =>
      (fieldsByType.get(String(row['Type'])) ?? []).map(([shown, field]) => [shown, row[field]!]),
    ),
  );
}

function writePrimary(
  of: { readonly PartyNumber: string; readonly Type: string },
  given: EntityRow,
  store: EntityStore,
  work: UnitOfWork,
): void {
  const { PartyNumber, Type } = of;
  const current = primaryOf(PartyNumber, Type, store);
  const locator = given['Locator'] ?? current?.['Locator'] ?? '';
  if (current === undefined && locator === '') return;
  if (current === undefined) {
    const ElectronicAddressId = newElectronicAddressId(PartyNumber, store);
    work.touch(electronicAddressEntity, { PartyNumber, ElectronicAddressId });
    store.insert(electronicAddressTable, { ...emptyAddress, ...given, ...of, ElectronicAddressId, IsPrimary: 'Yes' });
  } else {
    if (Object.entries(given).every(([name, value]) => current[name] === value)) return;
    work.touch(electronicAddressEntity, current);
    if (locator === '') store.remove(electronicAddressTable, current);
    else store.update(electronicAddressTable, current, given);
  }
  showInCustomers(PartyNumber, Type, store, work);
}

const emptyAddress: EntityRow = {
  ...{ CountryRegionCode: '', Description: '', LocationId: '', Locator: '', LocatorExtension: '', Purpose: '' },
  ...{ IsInstantMessage: 'No', IsMobilePhone: 'No', IsPrivate: 'No' },
};

/** Decided: numbers begin with `E`, so that they never meet those Dataverse gives. */
export function newElectronicAddressId(PartyNumber: string, store: EntityStore): string {
  let ElectronicAddressId: string;
  do ElectronicAddressId = store.nextNumber('ElectronicAddress', 'E');
  while (store.read(electronicAddressTable, { PartyNumber, ElectronicAddressId }) !== undefined);
  return ElectronicAddressId;
}
