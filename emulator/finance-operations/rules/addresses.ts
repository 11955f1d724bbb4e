import type { EntityRow } from '../contract.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { EntityStore } from '../entity-store.ts';
import { customerRuleTable, locationTable, partyLocationTable, postalAddressTable } from '../entities/base-tables.ts';
import { endOfTime, usualTimeZone } from '../entities/entity.ts';
import { customerTable } from '../entities/customer-table.ts';
import { refused } from '../faults.ts';
import { countryOfIso, isoOfCountry, validateAddress } from './address-checks.ts';

export type AddressRole = 'Delivery' | 'Invoice';
export type AddressValues = Readonly<Record<string, string | number | null>>;

/** Rule that closes a customer's addresses for editing. */
export const addressEditingClosed = 'AddressEditingClosed';

/** The version in force at a location. */
export function currentAddress(store: EntityStore, locationId: string): EntityRow | undefined {
  return store.find(postalAddressTable, { LocationId: locationId, ValidTo: endOfTime })[0];
}

/** The location a party uses for a role: of several the primary one, else the first that got it. */
export function locationForRole(store: EntityStore, partyNumber: string, role: AddressRole): string | undefined {
  const [first, ...others] = store.find(partyLocationTable, { PartyNumber: partyNumber, [`IsRole${role}`]: 'Yes' });
  if (first === undefined) return undefined;
  const rank = (row: EntityRow) => (row['IsPrimary'] === 'Yes' ? 0 : 1);
  const isBefore = (one: EntityRow, other: EntityRow) =>
    rank(one) === rank(other) ? Number(one['RecId']) < Number(other['RecId']) : rank(one) < rank(other);
  return String(others.reduce((best, one) => (isBefore(one, best) ? one : best), first)['LocationId']);
}

/** A party has one primary address: where there is a new one, the others are it no more. */
export function keepOnePrimary(row: EntityRow, store: EntityStore, log: UnitOfWork): void {
  if (row['IsPrimary'] !== 'Yes') return;
  for (const other of store.find(partyLocationTable, { PartyNumber: String(row['PartyNumber']), IsPrimary: 'Yes' })) {
    if (other['LocationId'] === row['LocationId']) continue;
    log.touch('DirPartyPostalAddressLocationCDSEntity', other);
    store.update(partyLocationTable, other, { IsPrimary: 'No' });
  }
}

/** Changes, or gives, the address a party has for a role. Values that change nothing make no new version. */
export function writeRoleAddress(
  partyNumber: string,
  role: AddressRole,
  values: AddressValues,
  store: EntityStore,
  log: UnitOfWork,
): void {
  const locationId = locationForRole(store, partyNumber, role);
  if (locationId !== undefined) return writeAddress(locationId, values, store, log);
  // A time zone alone is no address.
  const isEmpty = ([name, value]: [string, unknown]) =>
    name === 'TimeZone' || value === '' || value === null || value === 0;
  if (Object.entries(values).every(isEmpty)) return;
  const fresh = store.nextNumber('Location', '0');
  addLocation({ LocationId: fresh, Description: String(values['Description'] || role) }, store, log);
  addPartyLocation(
    {
      PartyNumber: partyNumber,
      LocationId: fresh,
      [`IsRole${role}`]: 'Yes',
      Purpose: role,
      IsPrimary: role === 'Delivery' ? 'Yes' : 'No',
      IsLocationOwner: 'Yes',
    },
    store,
    log,
  );
  writeAddress(fresh, values, store, log);
}

/** Closes the version in force and opens the next. @throws Fault with the infolog's words */
export function writeAddress(locationId: string, values: AddressValues, store: EntityStore, log: UnitOfWork): void {
  const current = currentAddress(store, locationId);
  const next = withCountry(current, values, store);
  const isSame =
    current !== undefined &&
    Object.keys(values).every((name) => held(next, name) === held(current, name)) &&
    next['CountryRegionId'] === current['CountryRegionId'];
  if (isSame) return;
  requireOpen(locationId, store);
  validateAddress(next, store);
  const now = store.now();
  const from = String(values['ValidFrom'] ?? now);
  touchAddress(locationId, [String(current?.['ValidFrom'] ?? from), from], store, log);
  if (current?.['ValidFrom'] === from) {
    // Decided: a second change within the same second changes the version it made.
    store.update(postalAddressTable, current, withoutKey(next));
    return;
  }
  if (current !== undefined) store.update(postalAddressTable, current, { ValidTo: secondBefore(from) });
  const { RecId: _recId, ...version } = next;
  store.insert(postalAddressTable, { ...version, LocationId: locationId, ValidFrom: from, ValidTo: endOfTime });
}

const held = (address: EntityRow, name: string) => address[name] ?? (name === 'TimeZone' ? usualTimeZone : '');

const withoutKey = ({
  LocationId: _id,
  ValidFrom: _from,
  ValidTo: _to,
  RecId: _recId,
  ...rest
}: EntityRow): EntityRow => rest;
const secondBefore = (time: string) => `${new Date(Date.parse(time) - 1000).toISOString().slice(0, 19)}Z`;

/** Everything a change of this location shows in. */
export function touchAddress(
  locationId: string,
  versions: readonly string[],
  store: EntityStore,
  log: UnitOfWork,
): void {
  for (const ValidFrom of new Set(versions))
    log.touch('CDSPostalAddressHistoryV2Entity', { LocationId: locationId, ValidFrom });
  for (const { PartyNumber } of store.find(partyLocationTable, { LocationId: locationId }))
    touchCustomers(String(PartyNumber), store, log);
}

export function touchCustomers(partyNumber: string, store: EntityStore, log: UnitOfWork): void {
  for (const customer of store.find(customerTable, { PartyNumber: partyNumber })) {
    log.touch('CustCustomerV3Entity', {
      dataAreaId: customer['dataAreaId']!,
      CustomerAccount: customer['CustomerAccount']!,
    });
  }
}

export function addLocation(row: EntityRow, store: EntityStore, log: UnitOfWork): void {
  log.touch('CDSPostalAddressLocationsEntity', { LocationId: row['LocationId']! });
  store.insert(locationTable, { ParentLocationId: '', Description: '', ...row });
}

export function addPartyLocation(row: EntityRow, store: EntityStore, log: UnitOfWork): void {
  log.touch('DirPartyPostalAddressLocationCDSEntity', {
    PartyNumber: row['PartyNumber']!,
    LocationId: row['LocationId']!,
  });
  touchCustomers(String(row['PartyNumber']), store, log);
  const no = {
    IsPrimary: 'No',
    IsPrivate: 'No',
    IsLocationOwner: 'No',
    IsRoleDelivery: 'No',
    IsRoleInvoice: 'No',
    IsRoleBusiness: 'No',
    IsRoleHome: 'No',
    Purpose: '',
  };
  keepOnePrimary(row, store, log);
  store.insert(partyLocationTable, { ...no, ...row });
}

/** The two country codes say the same; the one that was written decides. */
function withCountry(
  current: EntityRow | undefined,
  written: AddressValues,
  store: EntityStore,
): Record<string, string | number | null> {
  const next = { ...current, ...written };
  const iso = written['CountryRegionISOCode'];
  const code = written['CountryRegionId'];
  if (typeof code === 'string' && code !== '') {
    const known = isoOfCountry(code, store);
    if (known === undefined) throw unknownCountry(code);
    return { ...next, CountryRegionId: code.toUpperCase(), CountryRegionISOCode: known };
  }
  if (typeof iso === 'string' && iso !== '') {
    const known = countryOfIso(iso, store);
    if (known === undefined) throw unknownCountry(iso);
    return { ...next, CountryRegionISOCode: iso.toUpperCase(), CountryRegionId: known };
  }
  if (iso === '' || code === '') return { ...next, CountryRegionId: '', CountryRegionISOCode: '' };
  return next;
}

const unknownCountry = (code: string) =>
  refused(`The value '${code}' in field 'Country/region' is not found in the related table 'Country/region'.`);

function requireOpen(locationId: string, store: EntityStore): void {
  for (const { PartyNumber } of store.find(partyLocationTable, { LocationId: locationId })) {
    for (const customer of store.find(customerTable, { PartyNumber: String(PartyNumber) })) {
      const key = {
        dataAreaId: customer['dataAreaId']!,
        CustomerAccount: customer['CustomerAccount']!,
        Rule: addressEditingClosed,
      };
      if (store.read(customerRuleTable, key) !== undefined)
        throw refused(
          `The address of customer ${String(customer['CustomerAccount'])} cannot be changed because it is closed for editing.`,
        );
    }
  }
}
