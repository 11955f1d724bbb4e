import { salesOrders } from '../entities/sales-orders.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { checkCreditLimit } from '../rules/credit-check.ts';
import { orderIn } from './orders.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

interface PackingSlip {
  readonly company: string;
  readonly salesOrder: string;
  readonly on: string;
}

/** Posts the packing slip of a whole order: it is delivered then. @returns warnings @throws Fault with the infolog's words */
export function postPackingSlip({ company, salesOrder, on }: PackingSlip, store: EntityStore, work: UnitOfWork) {
  const key = { dataAreaId: company, SalesOrderNumber: salesOrder };
  const order = store.read(salesOrders.shape, key);
  if (order === undefined) throw refused(`There is no sales order '${salesOrder}' in '${company}'.`);
  if (order['SalesOrderStatus'] !== 'Backorder')
    throw refused(`Sales order ${salesOrder} is ${String(order['SalesOrderStatus'])}; nothing is left to deliver.`);
  const warning = checkCreditLimit(
    {
      kind: 'packingSlip',
      company,
      account: String(order['InvoiceCustomerAccountNumber']),
      salesOrder,
      amount: Number(order['OrderTotalAmount']),
      currency: String(order['CurrencyCode']),
      on,
    },
    store,
  );
  work.touch(salesOrders.name, key);
  store.update(salesOrders.shape, key, orderIn('Delivered'));
  return warning === undefined ? [] : [warning];
}
