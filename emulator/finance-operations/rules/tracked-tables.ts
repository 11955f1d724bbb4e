import { addressField, partyFields } from '../entities/customer-table.ts';

/** What changes of a table do to the rows of a data entity: a line of `BusinessEventsDefinition`. */
export interface TrackedTable {
  /** AOT name of the table. */
  readonly table: string;
  /** Field of the entity that holds the RecId of the row; the rows of the root table are the entity's own. */
  readonly recIdField?: string;
}

/**
 * Data sources of *Customers V3* whose link to it the framework cannot see by itself, as its method
 * `getEntityDataSourceToFieldMapping` names them.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-troubleshooting-live-sync
 */
const customersV3: readonly TrackedTable[] = [
  { table: 'CustTable' },
  { table: 'LogisticsPostalAddress', recIdField: 'AddressRecordId' },
  { table: 'LogisticsElectronicAddress', recIdField: 'PrimaryContactURLRecordId' },
  { table: 'LogisticsElectronicAddress', recIdField: 'PrimaryContactPhoneRecordId' },
  { table: 'LogisticsElectronicAddress', recIdField: 'PrimaryContactEmailRecordId' },
  { table: 'LogisticsElectronicAddress', recIdField: 'PrimaryContactFaxRecordId' },
  { table: 'DirPartyLocation', recIdField: 'DirPartyLocationRecordId' },
  { table: 'LogisticsPostalAddress', recIdField: 'InvoiceAddressRecordId' },
  { table: 'LogisticsPostalAddress', recIdField: 'DeliveryAddressRecordId' },
  { table: 'DirPartyTable', recIdField: 'PartyRecordId' },
];

/** Root tables of data entities. Decided: those not named have the name of the entity without *Entity*. */
const roots: Readonly<Record<string, string>> = {
  CustCustomerGroupEntity: 'CustGroup',
  CDSPostalAddressHistoryV2Entity: 'LogisticsPostalAddress',
  CDSPostalAddressLocationsEntity: 'LogisticsLocation',
  CurrencyEntity: 'Currency',
  CustomerPaymentMethodEntity: 'CustPaymModeTable',
  DirPartyCDSEntity: 'DirPartyTable',
  DirPartyContactV3Entity: 'LogisticsElectronicAddress',
  DirPartyPostalAddressLocationCDSEntity: 'DirPartyLocation',
  LogisticsLocationRoleCDSEntity: 'LogisticsLocationRole',
  OMLegalEntity: 'CompanyInfo',
  PaymentDayCDSEntity: 'PaymDay',
  PaymentScheduleEntity: 'PaymSched',
  PaymentTermEntity: 'PaymTerm',
  SalesInvoiceHeaderV2Entity: 'CustInvoiceJour',
  SalesOrderHeaderCDSEntity: 'SalesTable',
  smmContactPersonCDSV2Entity: 'ContactPerson',
  smmContactPersonV2Entity: 'ContactPerson',
  TaxGroupEntity: 'TaxGroupHeading',
  VendVendorGroupEntity: 'VendGroup',
  VendVendorV2Entity: 'VendTable',
};

const rootOf = (entity: string): string => roots[entity] ?? entity.replace(/Entity$/, '');

/** The lines a data entity has once a map of it is started. Decided: other entities than *Customers V3* follow their root table. */
export const trackedTables = (entity: string): readonly TrackedTable[] =>
  entity === 'CustCustomerV3Entity' ? customersV3 : [{ table: rootOf(entity) }];

/** Where a field of a data entity comes from. */
export function sourceOf(entity: string, field: string): TrackedTable {
  if (entity !== 'CustCustomerV3Entity') return { table: rootOf(entity) };
  const address = addressField(field);
  if (address !== undefined) return { table: 'LogisticsPostalAddress', recIdField: `${address.prefix}RecordId` };
  const [, contact] = /^PrimaryContact(Email|Facebook|Fax|LinkedIn|Phone|Telex|Twitter|URL)/.exec(field) ?? [];
  if (contact !== undefined) {
    const recIdField = `PrimaryContact${contact}RecordId`;
    // Decided: kinds without a line of their own go with any line of their table.
    return customersV3.some((one) => one.recIdField === recIdField)
      ? { table: 'LogisticsElectronicAddress', recIdField }
      : { table: 'LogisticsElectronicAddress' };
  }
  if (field in partyFields) return { table: 'DirPartyTable' };
  return { table: field.endsWith('Roles') ? 'DirPartyLocation' : 'CustTable' };
}
