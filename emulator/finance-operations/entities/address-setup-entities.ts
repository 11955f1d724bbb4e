import { notEmulated } from '../../kernel/index.ts';
import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import addressSetup from './address-setup.json';
import type { EntityDefinition } from './entity.ts';
import { readFields } from './fields.ts';
import { newRow, storedEntity } from './stored-entity.ts';

// *Organization administration > Global address book > Addresses > Address setup*: what addresses are checked against.

/** Differs: without time zones and the codes of single countries; formats of addresses are missing. */
export const countryRegions = storedEntity({
  name: 'LogisticsAddressCountryRegionEntity',
  set: 'AddressCountryRegions',
  label: 'Countries / Regions',
  id: 0x3101,
  key: ['CountryRegion'],
  fields: readFields('CountryRegion', 'ISOcode', 'CurrencyCode', 'ParentCountryRegion'),
  defaults: ({ CountryRegion, ISOcode = '' }) => ({
    CountryRegion: String(CountryRegion ?? '').toUpperCase(),
    ISOcode: String(ISOcode).toUpperCase(),
  }),
});

export const addressStates = storedEntity({
  name: 'LogisticsAddressStateEntity',
  set: 'AddressStates',
  label: 'State / Province',
  id: 0x3102,
  key: ['CountryRegionId', 'State'],
  fields: readFields('CountryRegionId', 'State', 'Name', 'IntrastatCode', 'DefaultStateForCountryRegion:NoYes'),
  validate: (row, _before, store) => requireCountry(row, store),
});

export const addressCounties = storedEntity({
  name: 'LogisticsAddressCountyEntity',
  set: 'AddressCounties',
  label: 'County',
  id: 0x3103,
  key: ['CountryRegionId', 'StateId', 'CountyId'],
  optionalKey: ['StateId'],
  fields: readFields('CountryRegionId', 'StateId', 'CountyId', 'Description'),
  validate: requireParents,
});

export const addressCities = storedEntity({
  name: 'LogisticsAddressCityEntity',
  set: 'AddressCities',
  label: 'Cities',
  id: 0x3104,
  key: ['CityKey'],
  fields: readFields('CityKey', 'Name', 'Description', 'CountryRegionId', 'StateId', 'CountyId'),
  validate: requireParents,
});

export const addressDistricts = storedEntity({
  name: 'LogisticsAddressDistrictEntity',
  set: 'AddressDistricts',
  label: 'Districts',
  id: 0x3105,
  key: ['District', 'CityKey', 'CountryRegionId', 'StateId', 'CountyId'],
  optionalKey: ['StateId', 'CountyId'],
  fields: readFields('District', 'CityKey', 'CountryRegionId', 'StateId', 'CountyId', 'Description'),
  validate(row, before, store) {
    requireParents(row, before, store);
    const { CityKey = '' } = row;
    if (store.read(addressCities.shape, { CityKey }) === undefined) throw missing(CityKey, 'City', 'City');
  },
});

/** Differs: ranges of street numbers are kept, and not checked. */
export const addressPostalCodes = storedEntity({
  name: 'LogisticsAddressZipCodeEntity',
  set: 'AddressPostalCodes',
  label: 'Zip / Postal codes',
  id: 0x3106,
  key: [
    ...['ZipCode', 'CountryRegionId', 'StateId', 'CountyId', 'CityId', 'DistrictId'],
    ...['StreetNumberMinimum', 'StreetNumberMaximum'],
  ],
  optionalKey: ['StateId', 'CountyId', 'CityId', 'DistrictId', 'StreetNumberMinimum', 'StreetNumberMaximum'],
  fields: readFields(
    ...['ZipCode', 'CountryRegionId', 'StateId', 'CountyId', 'CityId', 'DistrictId'],
    ...['StreetNumberMinimum', 'StreetNumberMaximum'],
  ),
  validate: requireParents,
});

/** Which parts of an address are checked: *Parameters* of the same page. One row, of the key 0. */
export const addressParameters = storedEntity({
  name: 'LogisticsAddressParametersEntity',
  set: 'AddressParameters',
  label: 'Address parameters',
  id: 0x3107,
  key: ['Key'],
  fields: readFields(
    ...['Key:i32', 'ValidateZipCode:NoYes', 'DisableCountyValidation:NoYes'],
    ...['ValidateDistrict:NoYes', 'ValidateCity:NoYes'],
  ),
  validate({ Key }) {
    if (Number(Key) !== 0) throw notEmulated(`Address parameters of the key '${Key}'`, 'Write the row of the key 0.');
  },
});

const missing = (value: unknown, field: string, table: string) =>
  refused(`The value '${String(value)}' in field '${field}' is not found in the related table '${table}'.`);

function requireCountry({ CountryRegionId = '' }: EntityRow, store: EntityStore): void {
  if (store.read(countryRegions.shape, { CountryRegion: CountryRegionId }) === undefined)
    throw missing(CountryRegionId, 'Country/region', 'Country/region');
}

/** Country, state and county a row lies in, as far as it names them. */
function requireParents(row: EntityRow, _before: EntityRow | undefined, store: EntityStore): void {
  requireCountry(row, store);
  const { CountryRegionId = '', StateId = '', CountyId = '' } = row;
  if (StateId !== '' && store.read(addressStates.shape, { CountryRegionId, State: StateId }) === undefined)
    throw missing(StateId, 'State', 'State');
  // A county is not looked for where it is made.
  const isThere = (): boolean =>
    store.read(addressCounties.shape, { CountryRegionId, StateId, CountyId }) !== undefined;
  if ('CityKey' in row && CountyId !== '' && !isThere()) throw missing(CountyId, 'County', 'County');
}

/** RecIds of what comes with an environment count from here: they are the same in every database. */
const firstRecId = 5_637_144_576;

/**
 * The countries, states and parameters of a fresh environment.
 *
 * Decided: which countries and states; counties, cities, districts and postal codes are not checked until the parameters say so.
 */
export function setUpAddresses(store: EntityStore): void {
  if (store.read(addressParameters.shape, { Key: 0 }) !== undefined) return;
  const insert = (entity: EntityDefinition, rows: readonly EntityRow[]) =>
    rows.forEach((row, index) => store.insert(entity.shape, { ...newRow(entity, row), RecId: firstRecId + index }));
  const { countries, states } = addressSetup;
  insert(
    countryRegions,
    Object.entries(countries).map(([CountryRegion, ISOcode]) => ({ CountryRegion, ISOcode })),
  );
  insert(
    addressStates,
    Object.entries(states).flatMap(([CountryRegionId, ofCountry]) =>
      Object.entries(ofCountry).map(([State, Name]) => ({ CountryRegionId, State, Name })),
    ),
  );
  insert(addressParameters, [{ Key: 0, DisableCountyValidation: 'Yes' }]);
}
