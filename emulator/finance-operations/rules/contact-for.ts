import type { TableShape } from '../../query/index.ts';
import type { EntityRow } from '../contract.ts';
import { customerTable } from '../entities/customer-table.ts';
import { vendors } from '../entities/vendor-entities.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';

/** Whom a contact person may be for: where they are kept, their account and their party. */
const sides: Readonly<Record<string, { shape: TableShape; account: string; party: string; label: string }>> = {
  Customer: { shape: customerTable, account: 'CustomerAccount', party: 'PartyNumber', label: 'Customers' },
  Vendor: { shape: vendors.shape, account: 'VendorAccountNumber', party: 'VendorPartyNumber', label: 'Vendors' },
};

const notFound = (value: string, label: string) =>
  refused(`The value '${value}' in field 'Contact for' is not found in the related table '${label}'.`);

/** @throws Fault unless the customer or vendor the contact person is for is there */
export function requirePartyOf(contact: EntityRow, store: EntityStore): void {
  const number = String(contact['AssociatedContactNumber'] ?? '');
  if (number === '') throw refused("Field 'Contact for' must be filled in.");
  const { shape, account, party, label } = sides[String(contact['AssociatedContactType'])]!;
  const key = { dataAreaId: contact['dataAreaId']!, [account]: number };
  if (store.read(shape, key, [party]) === undefined) throw notFound(number, label);
}

/** The customer, or else the vendor, of the company that a party is. @throws Fault when it is neither */
export function associatedWith(dataAreaId: string, partyNumber: string, store: EntityStore): EntityRow {
  for (const [type, { shape, account, party }] of Object.entries(sides)) {
    const [found] = store.find(shape, { dataAreaId, [party]: partyNumber });
    if (found !== undefined) return { AssociatedContactType: type, AssociatedContactNumber: found[account]! };
  }
  throw notFound(partyNumber, 'Parties');
}
