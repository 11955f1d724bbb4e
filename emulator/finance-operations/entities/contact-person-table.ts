import type { EntityField } from '../contract.ts';
import { base } from './base-tables.ts';
import { readFields } from './fields.ts';

/** Fields of the person itself, and where its party keeps them. */
export const personFields: Readonly<Record<string, string>> = {
  FirstName: 'PersonFirstName',
  MiddleName: 'PersonMiddleName',
  LastName: 'PersonLastName',
};

/** What both data entities show of a contact person. */
export const commonFields = readFields(
  'EmploymentProfession',
  'EmploymentDepartment',
  'GovernmentIdentificationNumber',
  'IsReceivingDirectMail:NoYes',
  'IsInactive:NoYes',
  'Notes',
  'SpouseName',
);

/** What *CDS Contacts V2* shows beside it. */
export const cdsFields = readFields(
  'dataAreaId',
  'ContactPersonPartyNumber',
  'AssociatedContactType:smmContactPersonCDSAssociatedContactType',
  'AssociatedContactNumber',
  'ContactPersonId',
  ...Object.keys(personFields),
  'Gender:Gender',
  'MaritalStatus:DirPersonMaritalStatus',
  'PrimaryEmailAddress',
  'PrimaryPhoneNumber',
  'PrimaryFaxNumber',
  'PrimaryURL',
  'PrimaryAddressStreet',
  'PrimaryAddressCity',
  'PrimaryAddressCountyId',
  'PrimaryAddressStateId',
  'PrimaryAddressZipCode',
  'PrimaryAddressCountryRegionId',
);

export const isOwn = ({ name }: EntityField): boolean => personFields[name] === undefined;

/**
 * ContactPerson, with what the data entities show of the electronic and postal addresses of its party.
 *
 * Differs: those are kept with the contact person.
 */
export const contactPersonTable = base(
  'fno$contactperson',
  ['dataAreaId', 'ContactPersonId'],
  [...cdsFields, ...commonFields].filter(isOwn),
);

export const contactTables = [
  {
    shape: contactPersonTable,
    indexes: [
      ['dataAreaId', 'AssociatedContactNumber'],
      ['dataAreaId', 'ContactPersonPartyNumber'],
    ],
  },
] as const;
