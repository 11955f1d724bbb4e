import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { contactPersonTable } from './contact-person-table.ts';
import { readFields } from './fields.ts';
import { newParty } from './new-party.ts';
import { paymentDays, paymentSchedules, paymentTerms, requireRow, taxGroups } from './payment-entities.ts';
import { currencies } from './reference-entities.ts';
import { storedEntity } from './stored-entity.ts';

export const vendorGroups = storedEntity({
  ...{ name: 'VendVendorGroupEntity', set: 'VendorGroups', label: 'Vendor groups', id: 0x1a16 },
  key: ['dataAreaId', 'VendorGroupId'],
  fields: readFields(
    'dataAreaId',
    'VendorGroupId',
    'Description',
    'DefaultPaymentTermName',
    'ClearingPeriodPaymentTermName',
    'DefaultTaxGroupCode',
  ),
  validate(row, _before, store) {
    requireRow({ name: 'DefaultPaymentTermName', label: 'Terms of payment' }, paymentTerms, row, store);
    requireRow({ name: 'ClearingPeriodPaymentTermName', label: 'Settle period' }, paymentTerms, row, store);
  },
});

const contacts = { shape: contactPersonTable, key: contactPersonTable.key, label: 'Contacts' };

function validateVendor(vendor: EntityRow, store: EntityStore): void {
  for (const [name, label] of [
    ['VendorGroupId', 'Group'],
    ['CurrencyCode', 'Currency'],
  ] as const)
    if (!vendor[name]) throw refused(`Field '${label}' must be filled in.`);
  requireRow({ name: 'VendorGroupId', label: 'Group' }, vendorGroups, vendor, store);
  if (store.read(currencies.shape, { CurrencyCode: vendor['CurrencyCode']! }) === undefined)
    throw refused(
      `The value '${String(vendor['CurrencyCode'])}' in field 'Currency' is not found in the related table 'Currencies'.`,
    );
  requireRow({ name: 'DefaultPaymentTermsName', label: 'Terms of payment' }, paymentTerms, vendor, store);
  requireRow({ name: 'DefaultPaymentDayName', label: 'Payment day' }, paymentDays, vendor, store);
  requireRow({ name: 'DefaultPaymentScheduleName', label: 'Payment schedule' }, paymentSchedules, vendor, store);
  requireRow({ name: 'SalesTaxGroupCode', label: 'Sales tax group' }, taxGroups, vendor, store);
  requireRow({ name: 'PrimaryContactPersonId', label: 'Primary contact' }, contacts, vendor, store);
}

/** Differs: name, e-mail, phone and address of a vendor are kept with it, not with its party. */
export const vendors = storedEntity({
  ...{ name: 'VendVendorV2Entity', set: 'VendorsV2', label: 'Vendors V2', id: 0x1a17 },
  key: ['dataAreaId', 'VendorAccountNumber'],
  fields: readFields(
    'dataAreaId',
    'VendorAccountNumber',
    'VendorGroupId',
    'VendorPartyNumber',
    'VendorPartyType:DirPartyType',
    'VendorOrganizationName',
    'VendorSearchName',
    'PersonFirstName',
    'PersonLastName',
    'CreditLimit:dec',
    'CreditRating',
    'CurrencyCode',
    'DUNSNumber',
    'EthnicOriginId',
    'OurAccountNumber',
    'PaymentId',
    'PrimaryURL',
    'PrimaryEmailAddress',
    'PrimaryPhoneNumber',
    'AddressStreet',
    'AddressCity',
    'AddressStateId',
    'AddressZipCode',
    'AddressCountryRegionId',
    'DefaultPaymentDayName',
    'DefaultPaymentScheduleName',
    'DefaultPaymentTermsName',
    'InvoiceVendorAccountNumber',
    'SalesTaxGroupCode',
    'PrimaryContactPersonId',
    'OrganizationEmployeeAmount:i32',
    'VendorHoldReleaseDate:dt',
    'OnHoldStatus:CustVendorBlocked',
    'IsForeignEntity:NoYes',
    'IsOneTimeVendor:NoYes',
    'HasOnlyTakenBids:NoYes',
    'IsMinorityOwned:NoYes',
    'IsVendorLocallyOwned:NoYes',
    'IsServiceVeteranOwned:NoYes',
    'IsOwnerDisabled:NoYes',
    'IsWomanOwner:NoYes',
    'IsVendorLocatedInHUBZone:NoYes',
    'ArePricesIncludingSalesTax:NoYes',
  ),
  defaults: (values, store, work) => ({
    VendorAccountNumber: String(values['VendorAccountNumber'] || store.nextNumber('Vendor', 'V')),
    VendorPartyNumber: String(values['VendorPartyNumber'] || newParty(partyOf(values), store, work)),
    VendorPartyType: values['VendorPartyType'] ?? 'Organization',
  }),
  validate: (vendor, _before, store) => validateVendor(vendor, store),
});

function partyOf(vendor: EntityRow): EntityRow {
  const isPerson = vendor['VendorPartyType'] === 'Person';
  const name = isPerson ? vendor['PersonLastName'] : vendor['VendorOrganizationName'];
  if (!name) throw refused("Field 'Name' must be filled in.");
  return isPerson
    ? {
        PartyType: 'Person',
        PersonFirstName: vendor['PersonFirstName'] ?? '',
        PersonLastName: name,
        NameAlias: String(name),
      }
    : { PartyType: 'Organization', OrganizationName: name, NameAlias: String(name).slice(0, 20) };
}
