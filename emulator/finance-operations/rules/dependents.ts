import type { EntityRow } from '../contract.ts';
import { custTransTable } from '../entities/ledger-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { ordersEntity } from '../receivables/orders.ts';

/** What keeps a customer from being deleted: its label, and the fields that name the customer there. */
const ofCustomers = [
  { label: 'Customer transactions', table: custTransTable.name, account: 'AccountNum' },
  { label: 'Sales orders', table: ordersEntity, account: 'OrderingCustomerAccountNumber' },
  { label: 'Sales orders', table: ordersEntity, account: 'InvoiceCustomerAccountNumber' },
] as const;

/**
 * Restricted delete actions of a customer (`checkRestrictedDeleteActions`).
 *
 * Decided: which tables restrict it, among those that are here.
 *
 * @throws Fault with the infolog's words
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/odata
 */
export function requireNoDependents({ dataAreaId, CustomerAccount }: EntityRow, store: EntityStore): void {
  const same = (column: string, right: EntityRow[string] | undefined) =>
    ({ kind: 'compare', left: { column }, operator: 'eq', right: right ?? null }) as const;
  for (const { label, table, account } of ofCustomers) {
    const of = [same('dataAreaId', dataAreaId), same(account, CustomerAccount)];
    const columns = ['dataAreaId', account];
    if (store.query({ table, columns, joins: [], order: [], filter: { kind: 'all', of }, top: 1 }).length > 0)
      throw refused(
        `Customer cannot be deleted while dependent ${label} exist. Delete dependent ${label} and try again.`,
      );
  }
}
