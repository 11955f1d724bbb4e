import type { EntityRow } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { accountStatuses } from '../entities/credit-entities.ts';
import { contactPersonTable } from '../entities/contact-person-table.ts';
import {
  customerPaymentMethods,
  paymentDays,
  paymentSchedules,
  paymentTerms,
  requireRow,
  taxGroups,
} from '../entities/payment-entities.ts';
import { currencyTable, customerGroupTable } from '../entities/reference-entities.ts';
import { vendors } from '../entities/vendor-entities.ts';

/** What a customer may name: field, label, and where it has to be. */
const optional = [
  ['PaymentTerms', 'Terms of payment', paymentTerms],
  ['PaymentDay', 'Payment day', paymentDays],
  ['PaymentSchedule', 'Payment schedule', paymentSchedules],
  ['PaymentMethod', 'Method of payment', customerPaymentMethods],
  ['SalesTaxGroup', 'Sales tax group', taxGroups],
  ['VendorAccount', 'Vendor account', vendors],
  ['CredManAccountStatusId', 'Credit account status', accountStatuses],
  ['ContactPersonId', 'Primary contact', { shape: contactPersonTable, key: contactPersonTable.key, label: 'Contacts' }],
] as const;

/** Mandatory fields and foreign keys of a customer. @throws Fault with the infolog's words */
export function requireReferences(customer: EntityRow, store: EntityStore): void {
  const group = String(customer['CustomerGroupId'] ?? '');
  const currency = String(customer['SalesCurrencyCode'] ?? '');
  if (group === '') throw refused("Field 'Customer group' must be filled in.");
  if (currency === '') throw refused("Field 'Currency' must be filled in.");
  const groupKey = { dataAreaId: customer['dataAreaId']!, CustomerGroupId: group };
  if (store.read(customerGroupTable, groupKey, ['CustomerGroupId']) === undefined) {
    throw refused(
      `The value '${group}' in field 'Customer group' is not found in the related table 'Customer groups'.`,
    );
  }
  if (store.read(currencyTable, { CurrencyCode: currency }, ['CurrencyCode']) === undefined) {
    throw refused(`The value '${currency}' in field 'Currency' is not found in the related table 'Currencies'.`);
  }
  for (const [name, label, to] of optional) requireRow({ name, label }, to, customer, store);
  if (Number(customer['CreditLimit'] ?? 0) < 0) throw refused("The value in field 'Credit limit' cannot be negative.");
}
