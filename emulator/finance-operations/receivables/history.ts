import type { HistoryEntry } from '../contract.ts';
import { requireCustomer } from '../entities/receivables-entities.ts';
import { salesOrders } from '../entities/sales-orders.ts';
import { newRow } from '../entities/stored-entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { silently } from '../unit-of-work.ts';
import { day } from './amounts.ts';
import { postInvoice } from './invoices.ts';
import { orderIn } from './orders.ts';
import { receivePayment } from './payments.ts';

/** Posts invoices and payments of the past, in the order given. @throws Fault with the infolog's words */
export function loadHistory(entries: readonly HistoryEntry[], store: EntityStore): void {
  const invoices = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind === 'payment') pay(entry, invoices.get(entry.pays ?? ''), store);
    else {
      const { Invoice } = invoice(entry, store).transaction;
      if (entry.id !== undefined) invoices.set(entry.id, String(Invoice));
    }
  }
}

function invoice(entry: HistoryEntry, store: EntityStore) {
  const salesOrder = entry.isFromOrder === true ? order(entry, store) : undefined;
  return postInvoice(
    {
      company: entry.company,
      customerAccount: entry.customerAccount,
      amount: entry.amount,
      isPast: true,
      invoiceDate: entry.date,
      ...(entry.dueDate === undefined ? {} : { dueDate: entry.dueDate }),
      ...(salesOrder === undefined ? {} : { salesOrder }),
      ...(entry.text === undefined ? {} : { text: entry.text }),
    },
    store,
    silently,
  );
}

/** The order behind an invoice. */
function order({ company, customerAccount, amount, date }: HistoryEntry, store: EntityStore): string {
  const customer = requireCustomer(company, customerAccount, store);
  const SalesOrderNumber = store.nextNumber('SalesOrder', '');
  store.insert(
    salesOrders.shape,
    newRow(salesOrders, {
      dataAreaId: company,
      SalesOrderNumber,
      OrderingCustomerAccountNumber: customerAccount,
      InvoiceCustomerAccountNumber: String(customer['InvoiceAccount'] || customerAccount),
      CurrencyCode: customer['SalesCurrencyCode']!,
      ...orderIn('Backorder'),
      OrderTotalAmount: amount,
      OrderCreationDateTime: day(date),
    }),
  );
  return SalesOrderNumber;
}

function pay(entry: HistoryEntry, pays: string | undefined, store: EntityStore): void {
  const { company, customerAccount, amount, date, reference } = entry;
  receivePayment(
    {
      company,
      customerAccount,
      amount,
      date,
      ...(pays === undefined ? {} : { invoice: pays }),
      ...(reference === undefined ? {} : { reference }),
    },
    store,
    silently,
  );
}
