import type { EntityRow } from '../contract.ts';
import { customerTable } from '../entities/customer-table.ts';
import { custTransTable } from '../entities/ledger-tables.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';

interface Dependent {
  readonly label: string;
  readonly table: string;
  /** Column there → field of what would be deleted. */
  readonly columns: Readonly<Record<string, string>>;
}

const dependent = (label: string, table: string, column: string, field: string, isOfCompany = true): Dependent => ({
  label,
  table,
  columns: { ...(isOfCompany ? { dataAreaId: 'dataAreaId' } : {}), [column]: field },
});
const orders = (column: string) => dependent('Sales orders', 'SalesOrderHeaderV2Entity', column, 'CustomerAccount');

/**
 * What keeps a row of a data entity from being deleted.
 *
 * Decided: which tables restrict which, among those that are here.
 */
const restricted: Readonly<Record<string, { readonly label: string; readonly by: readonly Dependent[] }>> = {
  CustCustomerV3Entity: {
    label: 'Customer',
    by: [
      dependent('Customer transactions', custTransTable.name, 'AccountNum', 'CustomerAccount'),
      orders('OrderingCustomerAccountNumber'),
      orders('InvoiceCustomerAccountNumber'),
    ],
  },
  CustCustomerGroupEntity: {
    label: 'Customer group',
    by: [dependent('Customers', customerTable.name, 'CustomerGroupId', 'CustomerGroupId')],
  },
  PaymentTermEntity: {
    label: 'Terms of payment',
    by: [
      dependent('Customers', customerTable.name, 'PaymentTerms', 'Name'),
      dependent('Vendors', 'VendVendorV2Entity', 'DefaultPaymentTermsName', 'Name'),
    ],
  },
  VendVendorGroupEntity: {
    label: 'Vendor group',
    by: [dependent('Vendors', 'VendVendorV2Entity', 'VendorGroupId', 'VendorGroupId')],
  },
  CurrencyEntity: {
    label: 'Currency',
    by: [
      dependent('Customers', customerTable.name, 'SalesCurrencyCode', 'CurrencyCode', false),
      dependent('Exchange rates', 'ExchangeRateEntity', 'FromCurrency', 'CurrencyCode', false),
      dependent('Exchange rates', 'ExchangeRateEntity', 'ToCurrency', 'CurrencyCode', false),
    ],
  },
  ExchangeRateTypeEntity: {
    label: 'Exchange rate type',
    by: [dependent('Exchange rates', 'ExchangeRateEntity', 'RateTypeName', 'Name', false)],
  },
};

/**
 * Restricted delete actions (`checkRestrictedDeleteActions`): the first step of a delete.
 *
 * @param entity AOT name of what would be deleted
 * @throws Fault with the infolog's words
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/odata
 */
export function requireNoDependents(entity: string, row: EntityRow, store: EntityStore): void {
  const { label: what = '', by = [] } = restricted[entity] ?? {};
  for (const { label, table, columns } of by) {
    const of = Object.entries(columns).map(([column, field]) => ({
      kind: 'compare' as const,
      left: { column },
      operator: 'eq' as const,
      right: row[field] ?? null,
    }));
    const query = { table, columns: Object.keys(columns), joins: [], order: [], filter: { kind: 'all' as const, of } };
    if (store.query({ ...query, top: 1 }).length > 0)
      throw refused(
        `${what} cannot be deleted while dependent ${label} exist. Delete dependent ${label} and try again.`,
      );
  }
}
