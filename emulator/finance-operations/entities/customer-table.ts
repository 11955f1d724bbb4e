import type { EntityField } from '../contract.ts';
import type { ColumnShape, TableShape } from '../../query/index.ts';
import fieldList from './customers-v3.fields.json';
import { columnShape } from './entity.ts';

export const customerFields = fieldList as readonly EntityField[];

/** Fields CustomersV3 shows of the customer's party: name there → name on the party. */
export const partyFields: Readonly<Record<string, string>> = {
  PartyType: 'PartyType',
  OrganizationName: 'OrganizationName',
  NameAlias: 'NameAlias',
  KnownAs: 'KnownAs',
  LanguageId: 'LanguageId',
  OrganizationNumber: 'OrganizationNumber',
  OrganizationNumberOfEmployees: 'OrganizationNumOfEmployees',
  OrganizationABCCode: 'OrganizationABCCode',
  OrganizationPhoneticName: 'OrganizationPhoneticName',
  PersonFirstName: 'PersonFirstName',
  PersonMiddleName: 'PersonMiddleName',
  PersonLastName: 'PersonLastName',
  PersonAnniversaryDay: 'PersonAnniversaryDay',
  PersonAnniversaryMonth: 'PersonAnniversaryMonth',
  PersonAnniversaryYear: 'PersonAnniversaryYear',
  PersonChildrenNames: 'PersonChildrenNames',
  PersonGender: 'PersonGender',
  PersonHobbies: 'PersonHobbies',
  PersonInitials: 'PersonInitials',
  PersonLastNamePrefix: 'PersonLastNamePrefix',
  PersonMaritalStatus: 'PersonMaritalStatus',
  PersonPhoneticFirstName: 'PersonPhoneticFirstName',
  PersonPhoneticLastName: 'PersonPhoneticLastName',
  PersonPhoneticMiddleName: 'PersonPhoneticMiddleName',
  PersonProfessionalSuffix: 'PersonProfessionalSuffix',
  PersonProfessionalTitle: 'PersonProfessionalTitle',
};

/** Suffix of an address field of CustomersV3 → column of the address version. */
export const addressSuffixes: Readonly<Record<string, string>> = {
  BuildingComplement: 'BuildingCompliment',
  City: 'City',
  CountryRegionId: 'CountryRegionId',
  CountryRegionISOCode: 'CountryRegionISOCode',
  County: 'County',
  Description: 'Description',
  DistrictName: 'DistrictName',
  Latitude: 'Latitude',
  LocationId: 'LocationId',
  Longitude: 'Longitude',
  Postbox: 'Postbox',
  State: 'State',
  Street: 'Street',
  StreetNumber: 'StreetNumber',
  TimeZone: 'TimeZone',
  ValidFrom: 'ValidFrom',
  ValidTo: 'ValidTo',
  ZipCode: 'ZipCode',
};

export type AddressPrefix = 'DeliveryAddress' | 'InvoiceAddress' | 'Address';

/** Which address, and which column of it, a field of CustomersV3 shows. */
export function addressField(name: string): { prefix: AddressPrefix; column: string } | undefined {
  for (const prefix of ['DeliveryAddress', 'InvoiceAddress', 'Address'] as const) {
    const column = name.startsWith(prefix) ? addressSuffixes[name.slice(prefix.length)] : undefined;
    if (column !== undefined) return { prefix, column };
  }
  return undefined;
}

/** Fields kept with the customer itself. */
export const ownFields = customerFields.filter(
  (field) => partyFields[field.name] === undefined && addressField(field.name) === undefined,
);

/** CustTable */
export const customerTable: TableShape = {
  name: 'fno$customer',
  storedAs: 'fno$customer',
  key: ['dataAreaId', 'CustomerAccount'],
  columns: new Map<string, ColumnShape>([
    ['RecId', { name: 'RecId', type: 'bigint' }],
    ...ownFields.map((field): [string, ColumnShape] => [field.name, columnShape(field)]),
  ]),
};
