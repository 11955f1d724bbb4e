import type { EntityRow } from '../contract.ts';
import {
  addressCities,
  addressCounties,
  addressDistricts,
  addressParameters,
  addressPostalCodes,
  addressStates,
  countryRegions,
} from '../entities/address-setup-entities.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';

type Address = Readonly<Record<string, string | number | null>>;

/** ISO code of a country/region; undefined for one that is not set up. */
export const isoOfCountry = (code: string, store: EntityStore): string | undefined =>
  store.read(countryRegions.shape, { CountryRegion: code.toUpperCase() })?.['ISOcode'] as string | undefined;

/** Country/region by its ISO code; undefined for one that is not set up. */
export const countryOfIso = (iso: string, store: EntityStore): string | undefined =>
  store.find(countryRegions.shape, { ISOcode: iso.toUpperCase() })[0]?.['CountryRegion'] as string | undefined;

/**
 * Looks up the parts of an address in the address setup: the state always, the county unless that is switched off, city,
 * district and postal code where the parameters say so. Each within what the address names above it.
 *
 * @throws Fault with the infolog's words
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/fin-ops/organization-administration/overview-global-address-book
 */
export function validateAddress(address: Address, store: EntityStore): void {
  const [country, state, county] = ['CountryRegionId', 'State', 'County'].map((name) => textOf(address, name)) as [
    string,
    string,
    string,
  ];
  const [city, district, zip] = ['City', 'DistrictName', 'ZipCode'].map((name) => textOf(address, name)) as [
    string,
    string,
    string,
  ];
  if (country === '') throw refused("Field 'Country/region' must be filled in.");
  const parameters = store.read(addressParameters.shape, { Key: 0 }) ?? {};
  const isOn = (name: string) => parameters[name] === 'Yes';
  const find = (entity: EntityDefinition, by: Readonly<Record<string, string>>) =>
    store.find(entity.shape, { CountryRegionId: country, ...by });
  const require = (value: string, field: string, isThere: () => boolean) => {
    if (value === '' || isThere()) return;
    throw refused(
      `The value '${value}' in field '${field}' is not found in the related table '${field}' for country/region '${country}'.`,
    );
  };
  const inState = (row: EntityRow) => state === '' || isSame(row['StateId'], state);
  const inCounty = (row: EntityRow) => county === '' || row['CountyId'] === '' || isSame(row['CountyId'], county);
  const cities = () => find(addressCities, { Name: city }).filter((row) => inState(row) && inCounty(row));

  require(state, 'State', () => find(addressStates, { State: state }).length > 0);
  if (!isOn('DisableCountyValidation'))
    require(county, 'County', () => find(addressCounties, { CountyId: county }).some(inState));
  if (isOn('ValidateCity')) require(city, 'City', () => cities().length > 0);
  if (isOn('ValidateDistrict'))
    require(district, 'District', () => {
      const keys = cities().map(({ CityKey }) => CityKey);
      const there = find(addressDistricts, { District: district });
      return there.some(({ CityKey }) => city === '' || keys.includes(CityKey!));
    });
  if (isOn('ValidateZipCode'))
    require(zip, 'ZIP/postal code', () => find(addressPostalCodes, { ZipCode: zip }).some(inState));
}

const textOf = (address: Address, name: string): string => String(address[name] ?? '');
const isSame = (value: EntityRow[string] | undefined, text: string) =>
  String(value ?? '').toLowerCase() === text.toLowerCase();
