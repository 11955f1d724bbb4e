import type { EntityRow } from '../contract.ts';
import type { Condition } from '../../query/index.ts';
import type { EntityStore } from '../entity-store.ts';
import { toAccountingCurrency } from './amounts.ts';

/** AOT name of the entity orders are kept in. */
export const ordersEntity = 'SalesOrderHeaderV2Entity';

/** `SalesStatus` → `SalesOrderProcessingStatus` of an order that is delivered and invoiced whole. */
const processing = { Backorder: 'Active', Delivered: 'Delivered', Invoiced: 'Invoiced' } as const;

/** Both states of an order; they follow from posting. */
export const orderIn = (SalesOrderStatus: keyof typeof processing): EntityRow => ({
  SalesOrderStatus,
  SalesOrderProcessingStatus: processing[SalesOrderStatus],
});

const columns = [
  ...['dataAreaId', 'SalesOrderNumber', 'SalesOrderStatus', 'InvoiceCustomerAccountNumber'],
  ...['OrderTotalAmount', 'CurrencyCode'],
];

/** Orders of a company in one of these states (`SalesStatus`), of one invoice account when it is given; what amounts need of them. */
export function ordersIn(
  company: string,
  states: readonly string[],
  store: EntityStore,
  account?: string,
): EntityRow[] {
  const same = (column: string, right: string): Condition => ({
    kind: 'compare',
    left: { column },
    operator: 'eq',
    right,
  });
  const of: Condition[] = [
    same('dataAreaId', company),
    { kind: 'in', left: { column: 'SalesOrderStatus' }, values: [...states] },
    ...(account === undefined ? [] : [same('InvoiceCustomerAccountNumber', account)]),
  ];
  return store.query({ table: ordersEntity, columns, joins: [], order: [], filter: { kind: 'all', of } });
}

/** Total of an order in the currency of its company. */
export const orderAmount = (order: EntityRow, on: string, store: EntityStore): number =>
  toAccountingCurrency(
    store,
    String(order['dataAreaId']),
    Number(order['OrderTotalAmount']),
    String(order['CurrencyCode']),
    on,
  ).amount;
