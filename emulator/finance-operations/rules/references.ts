import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { currencyTable, customerGroupTable } from '../entities/reference-entities.ts';

/** Mandatory fields and foreign keys of a customer. @throws Fault with the infolog's words */
export function requireReferences(customer: EntityRow, store: EntityStore): void {
  const group = String(customer['CustomerGroupId'] ?? '');
  const currency = String(customer['SalesCurrencyCode'] ?? '');
  if (group === '') throw refused("Field 'Customer group' must be filled in.");
  if (currency === '') throw refused("Field 'Currency' must be filled in.");
  if (store.read(customerGroupTable, { dataAreaId: customer['dataAreaId']!, CustomerGroupId: group }) === undefined) {
    throw refused(
      `The value '${group}' in field 'Customer group' is not found in the related table 'Customer groups'.`,
    );
  }
  if (store.read(currencyTable, { CurrencyCode: currency }) === undefined) {
    throw refused(`The value '${currency}' in field 'Currency' is not found in the related table 'Currencies'.`);
  }
  if (Number(customer['CreditLimit'] ?? 0) < 0) throw refused("The value in field 'Credit limit' cannot be negative.");
}
