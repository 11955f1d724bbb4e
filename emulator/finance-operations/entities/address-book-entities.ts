import type { EntityField, EntityRow } from '../contract.ts';
import type { ColumnShape } from '../../query/index.ts';
import type { EntityStore } from '../entity-store.ts';
import { enums } from '../enums.ts';
import { refused } from '../faults.ts';
import { addLocation, addPartyLocation, keepOnePrimary, touchCustomers, writeAddress } from '../rules/addresses.ts';
import { locationTable, partyLocationTable, partyTable, postalAddressTable } from './base-tables.ts';
import { columnShape, defineEntity, noDate, refuseWrite, usualTimeZone, type EntityDefinition } from './entity.ts';
import addressFields from './customer-postal-addresses.fields.json';
import { entityView, type Source } from './entity-view.ts';
import { publishedFields } from './fields.ts';
import { newRow } from './stored-entity.ts';
import { timeState } from '../row-versions/untracked.ts';

const text = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string' }));
const yesNo = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'enum', enumType: 'NoYes' }));

/** CDS parties: the global address book's people and organisations. */
export const parties: EntityDefinition = defineEntity({
  name: 'DirPartyCDSEntity',
  set: 'CDSParties',
  label: 'CDS Parties',
  id: 0x2b01,
  ...publishedFields('DirPartyCDSEntity'),
  storedAs: partyTable.storedAs,
  writer: {
    insert(values, store, log) {
      const PartyNumber = String(values['PartyNumber'] || store.nextNumber('Party', '0'));
      if (store.read(partyTable, { PartyNumber }) !== undefined)
        throw refused(`Cannot create a record in Parties. Party ID: ${PartyNumber}. The record already exists.`);
      const PartyType = partyTypeOf(values);
      if (!values[PartyType === 'Person' ? 'PersonLastName' : 'OrganizationName'])
        throw refused("Field 'Name' must be filled in.");
      log.touch('DirPartyCDSEntity', { PartyNumber });
      store.insert(partyTable, { ...newRow(parties, { ...values, PartyType }), PartyNumber });
    },
    update(before, values, store, log) {
      log.touch('DirPartyCDSEntity', before);
      touchCustomers(String(before['PartyNumber']), store, log);
      const typed = values['PartyType'] === undefined ? values : { ...values, PartyType: partyTypeOf(values) };
      store.update(partyTable, before, typed);
    },
    delete: () => refuseWrite(parties, 'DELETE'),
  },
});

/** The type is a text in the metadata, and holds a symbol of `DirPartyType`: value maps write it in small letters. */
function partyTypeOf({ PartyType }: EntityRow): string {
  const given = String(PartyType || 'Organization');
  return enums['DirPartyType']?.find((symbol) => symbol.toLowerCase() === given.toLowerCase()) ?? given;
}

export const locations: EntityDefinition = defineEntity({
  name: 'CDSPostalAddressLocationsEntity',
  set: 'CDSPostalAddressLocations',
  label: 'CDS postal address locations',
  id: 0x2b02,
  key: ['LocationId'],
  fields: text('LocationId', 'Description', 'ParentLocationId'),
  storedAs: locationTable.storedAs,
  writer: {
    insert: (values, store, log) =>
      addLocation(
        { ...values, LocationId: String(values['LocationId'] || store.nextNumber('Location', '0')) },
        store,
        log,
      ),
    update(before, values, store, log) {
      log.touch('CDSPostalAddressLocationsEntity', before);
      store.update(locationTable, before, values);
    },
    delete: () => refuseWrite(locations, 'DELETE'),
  },
});

const addressTexts = [
  'Street',
  'StreetNumber',
  'BuildingCompliment',
  'City',
  'DistrictName',
  'County',
  'State',
  'ZipCode',
  'CountryRegionId',
  'CountryRegionISOCode',
  'Description',
] as const;

const folded = (alias: string, column: string, name: string) =>
  `${alias}."${column}" as "${name}", ${alias}."${column}__folded" as "${name}__folded"`;
const plain = (alias: string, column: string, name: string) => `${alias}."${column}" as "${name}"`;

/** Decided: how an address is written in one text; the platform formats it as its country has it. */
const part = (column: string) => `coalesce(a."${column}", '')`;
const cityLine = `trim(${part('City')} || ', ' || ${part('State')} || ' ' || ${part('ZipCode')}, ', ')`;
const formatted = `trim(${[part('Street'), cityLine, part('CountryRegionId')].join(' || char(10) || ')}, char(10) || ' ')`;

const timeZone = `coalesce(a."TimeZone", '${usualTimeZone}')`;

/** Fields of an address version, and where they come from. */
const versionSources: Readonly<Record<string, Source>> = {
  ...Object.fromEntries(
    [...addressTexts, 'Latitude', 'Longitude', 'ValidFrom', 'ValidTo'].map((name): [string, Source] => [
      name,
      ['a', name],
    ]),
  ),
  PostBox: ['a', 'Postbox'],
  TimeZone: timeZone,
  Address: formatted,
};

const history = publishedFields('CDSPostalAddressHistoryV2Entity');

export const addressHistory: EntityDefinition = defineEntity({
  name: 'CDSPostalAddressHistoryV2Entity',
  set: 'CDSPostalAddressHistoryV2',
  label: 'CDS postal address history V2',
  id: 0x2b03,
  ...history,
  storedAs: 'fno$CDSPostalAddressHistoryV2Entity',
  untracked: timeState('LogisticsPostalAddress'),
  view: entityView(
    'fno$CDSPostalAddressHistoryV2Entity',
    history.fields,
    { ...versionSources, LocationId: ['a', 'LocationId'], IsPrivate: `coalesce(a."IsPrivate", 'No')` },
    'a."RecId"',
    '"fno$postaladdress" a',
  ),
  writer: {
    insert(values, store, log) {
      const { PostBox, LocationId, ValidTo: _validTo, ...address } = values;
      if (store.read(locationTable, { LocationId: LocationId! }) === undefined)
        throw refused(
          `The value '${String(LocationId)}' in field 'Location' is not found in the related table 'Locations'.`,
        );
      writeAddress(
        String(LocationId),
        { ...address, ...(PostBox === undefined ? {} : { Postbox: PostBox }) },
        store,
        log,
      );
    },
    update(before, values, store, log) {
      const { PostBox, LocationId: _location, ValidFrom: _from, ValidTo, ...address } = values;
      requireInForce(before, store);
      log.touch('CDSPostalAddressHistoryV2Entity', before);
      // A version that dual-write closes is only closed; its successor comes as a row of its own.
      if (ValidTo !== undefined && ValidTo !== before['ValidTo']) store.update(postalAddressTable, before, { ValidTo });
      else
        writeAddress(
          String(before['LocationId']),
          { ...address, ...(PostBox === undefined ? {} : { Postbox: PostBox }) },
          store,
          log,
        );
    },
    delete: () => refuseWrite(addressHistory, 'DELETE'),
  },
});

/** Decided: the words. Dual-write shows a version at once whose time has not come, and edits of it fail until then. */
function requireInForce({ LocationId, ValidFrom }: EntityRow, store: EntityStore): void {
  if (String(ValidFrom) > store.now())
    throw refused(
      `The address of location ${String(LocationId)} is not current before ${String(ValidFrom)} and cannot be changed.`,
    );
}

const roles = ['Delivery', 'Invoice', 'Business', 'Home'] as const;

/** Role flags that a list of purposes means. */
export function roleFlags(purposes: string): EntityRow {
  const named = purposes.split(/[;,]/).map((purpose) => purpose.trim().toLowerCase());
  return Object.fromEntries(roles.map((role) => [`IsRole${role}`, named.includes(role.toLowerCase()) ? 'Yes' : 'No']));
}

export const partyLocations: EntityDefinition = defineEntity({
  name: 'DirPartyPostalAddressLocationCDSEntity',
  set: 'CDSPartyPostalAddressLocations',
  label: 'CDS Party postal address locations',
  id: 0x2b04,
  key: ['PartyNumber', 'LocationId'],
  fields: [...text('PartyNumber', 'LocationId', 'Purpose'), ...yesNo('IsPrimary', 'IsPrivate', 'IsLocationOwner')],
  storedAs: partyLocationTable.storedAs,
  writer: {
    insert(values, store, log) {
      const key = { PartyNumber: values['PartyNumber']!, LocationId: values['LocationId']! };
      if (store.read(partyLocationTable, key) !== undefined)
        throw refused(`A record that has the attribute values Location ID already exists. (${String(key.LocationId)})`);
      addPartyLocation({ ...values, ...roleFlags(String(values['Purpose'] ?? '')) }, store, log);
    },
    update(before, values, store, log) {
      log.touch('DirPartyPostalAddressLocationCDSEntity', before);
      touchCustomers(String(before['PartyNumber']), store, log);
      const flags = values['Purpose'] === undefined ? {} : roleFlags(String(values['Purpose']));
      keepOnePrimary({ ...before, ...values }, store, log);
      store.update(partyLocationTable, before, { ...values, ...flags });
    },
    delete: () => refuseWrite(partyLocations, 'DELETE'),
  },
});

const writtenTexts: readonly string[] = [...addressTexts, 'TimeZone'];

const ofParty = publishedFields('DirPartyLocationPostalAddressV2Entity');

export const partyAddresses: EntityDefinition = defineEntity({
  name: 'DirPartyLocationPostalAddressV2Entity',
  set: 'PartyLocationPostalAddressesV2',
  label: 'Party location postal addresses V2',
  id: 0x2b05,
  ...ofParty,
  storedAs: 'fno$DirPartyLocationPostalAddressV2Entity',
  untracked: timeState('LogisticsPostalAddress'),
  view: entityView(
    'fno$DirPartyLocationPostalAddressV2Entity',
    ofParty.fields,
    {
      ...versionSources,
      ...Object.fromEntries(
        [
          'PartyNumber',
          'LocationId',
          'IsPrimary',
          'IsPrivate',
          'IsLocationOwner',
          ...roles.map((role) => `IsRole${role}`),
        ].map((name): [string, Source] => [name, ['pl', name]]),
      ),
      Roles: ['pl', 'Purpose'],
      FormattedDeliveryAddress: formatted,
      IsPrivatePostalAddress: `coalesce(a."IsPrivate", 'No')`,
    },
    'a."RecId"',
    '"fno$partylocation" pl join "fno$postaladdress" a on a."LocationId" = pl."LocationId"',
  ),
  writer: {
    update: (before, values, store, log) =>
      writeAddress(
        String(before['LocationId']),
        Object.fromEntries(Object.entries(values).filter(([name]) => writtenTexts.includes(name))),
        store,
        log,
      ),
    insert: () => refuseWrite(partyAddresses, 'POST'),
    delete: () => refuseWrite(partyAddresses, 'DELETE'),
  },
});

const customerAddressFields = addressFields as readonly EntityField[];

/** Field of CustomerPostalAddresses → where it comes from: the address, the party's location, or the customer. */
const customerAddressSources: Readonly<Record<string, readonly [alias: string, column: string]>> = {
  dataAreaId: ['c', 'dataAreaId'],
  CustomerAccountNumber: ['c', 'CustomerAccount'],
  CustomerLegalEntityId: ['c', 'dataAreaId'],
  AddressLocationId: ['a', 'LocationId'],
  Effective: ['a', 'ValidFrom'],
  Expiration: ['a', 'ValidTo'],
  AddressStreet: ['a', 'Street'],
  AddressStreetNumber: ['a', 'StreetNumber'],
  AddressCity: ['a', 'City'],
  AddressState: ['a', 'State'],
  AddressZipCode: ['a', 'ZipCode'],
  AddressCountyId: ['a', 'County'],
  AddressDistrictName: ['a', 'DistrictName'],
  AddressCountryRegionId: ['a', 'CountryRegionId'],
  AddressCountryRegionISOCode: ['a', 'CountryRegionISOCode'],
  AddressDescription: ['a', 'Description'],
  AddressPostBox: ['a', 'Postbox'],
  AddressTimeZone: ['a', 'TimeZone'],
  BuildingCompliment: ['a', 'BuildingCompliment'],
  AddressLatitude: ['a', 'Latitude'],
  AddressLongitude: ['a', 'Longitude'],
  IsPrimary: ['pl', 'IsPrimary'],
  IsPrivate: ['pl', 'IsPrivate'],
  IsLocationOwner: ['pl', 'IsLocationOwner'],
  IsRoleDelivery: ['pl', 'IsRoleDelivery'],
  IsRoleInvoice: ['pl', 'IsRoleInvoice'],
  IsRoleBusiness: ['pl', 'IsRoleBusiness'],
  IsRoleHome: ['pl', 'IsRoleHome'],
  AddressLocationRoles: ['pl', 'Purpose'],
};

function customerAddressColumn(field: EntityField): string {
  const shape: ColumnShape = columnShape(field);
  const source = customerAddressSources[field.name];
  if (field.name === 'AddressTimeZone')
    return `${timeZone} as "${field.name}", lower(${timeZone}) as "${field.name}__folded"`;
  if (source !== undefined)
    return shape.type === 'text' ? folded(source[0], source[1], field.name) : plain(source[0], source[1], field.name);
  const empty = shape.type === 'text' ? "''" : shape.type === 'datetime' ? `'${noDate}'` : '0';
  return shape.type === 'text'
    ? `${empty} as "${field.name}", ${empty} as "${field.name}__folded"`
    : `${empty} as "${field.name}"`;
}

/** Decided: versions that are no longer in force are returned too; `Effective` is part of the key. */
export const customerAddresses: EntityDefinition = defineEntity({
  name: 'CustomerPostalAddressEntity',
  set: 'CustomerPostalAddresses',
  label: 'Customer postal addresses',
  id: 0x2b06,
  key: ['dataAreaId', 'CustomerAccountNumber', 'CustomerLegalEntityId', 'AddressLocationId', 'Effective'],
  fields: customerAddressFields,
  relations: [
    {
      name: 'Customer',
      to: 'CustCustomerV3Entity',
      fields: { CustomerAccountNumber: 'CustomerAccount', CustomerLegalEntityId: 'dataAreaId' },
    },
  ],
  storedAs: 'fno$CustomerPostalAddressEntity',
  untracked: timeState('LogisticsPostalAddress'),
  view: `create view if not exists "fno$CustomerPostalAddressEntity" as select a."RecId" as "RecId", ${customerAddressFields.map(customerAddressColumn).join(', ')}
    from "fno$customer" c join "fno$partylocation" pl on pl."PartyNumber" = c."PartyNumber" join "fno$postaladdress" a on a."LocationId" = pl."LocationId"`,
  writer: {
    update(before, values, store, log) {
      const address = Object.fromEntries(
        Object.entries(values).flatMap(([name, value]) =>
          customerAddressSources[name]?.[0] === 'a' && !['Effective', 'Expiration', 'AddressLocationId'].includes(name)
            ? [[customerAddressSources[name][1], value]]
            : [],
        ),
      );
      writeAddress(String(before['AddressLocationId']), address, store, log);
    },
    insert: () => refuseWrite(customerAddresses, 'POST'),
    delete: () => refuseWrite(customerAddresses, 'DELETE'),
  },
});
