import type { EntityRow } from '../contract.ts';
import { requireCustomer, salesInvoiceHeaders } from '../entities/receivables-entities.ts';
import { salesOrders } from '../entities/sales-orders.ts';
import { newRow } from '../entities/stored-entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { currentAddress, locationForRole } from '../rules/addresses.ts';
import { checkCreditLimit } from '../rules/credit-check.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { addDays, day, eventDate, round, toAccountingCurrency } from './amounts.ts';
import { postTransaction } from './ledger.ts';
import { orderIn } from './orders.ts';

export interface NewInvoice {
  readonly company: string;
  /** The customer that has ordered; whom the invoice goes to is theirs to say. */
  readonly customerAccount: string;
  /** Total with tax, in the currency of the invoice. */
  readonly amount: number;
  readonly taxAmount?: number;
  /** The customer's sales currency by default. */
  readonly currency?: string;
  readonly invoiceDate: string;
  readonly dueDate?: string;
  /** Missing for a free text invoice. */
  readonly salesOrder?: string;
  readonly text?: string;
  /** It was posted before anybody listened: nobody checks it. */
  readonly isPast?: boolean;
}

/** An invoice that was posted, and what the infolog warned of. */
export interface PostedInvoice {
  readonly transaction: EntityRow;
  readonly warnings: readonly string[];
}

/** Decided: days in the name of the terms (`Net30`), 30 when there are none. */
const daysOf = (terms: string) => Number(/\d+/.exec(terms)?.[0] ?? 30);

/** Posts an invoice of a sales order or a free text invoice. @throws Fault with the infolog's words; nothing is written then */
export function postInvoice(given: NewInvoice, store: EntityStore, work: UnitOfWork): PostedInvoice {
  const { company } = given;
  const customer = requireCustomer(company, given.customerAccount, store);
  requireNotOnHold(customer);
  const account = String(customer['InvoiceAccount'] || customer['CustomerAccount']);
  const payer = requireCustomer(company, account, store);
  if (payer !== customer) requireNotOnHold(payer);
  const order = given.salesOrder === undefined ? undefined : requireOrder(given, store);
  const amount = round(given.amount);
  if (!(amount > 0)) throw refused('The amount of an invoice must be greater than 0.');
  const isFreeText = order === undefined;
  const terms = String(order?.['PaymentTermsName'] || customer['PaymentTerms'] || '');
  const date = day(given.invoiceDate);
  const currency = given.currency ?? String(order?.['CurrencyCode'] || customer['SalesCurrencyCode']);
  const warning =
    given.isPast === true
      ? undefined
      : checkCreditLimit({ ...documentOf(given), account, amount, currency, on: date }, store);
  const invoice = store.nextNumber(
    `${isFreeText ? 'FreeTextInvoice' : 'Invoice'}:${company}`,
    isFreeText ? 'FTI-' : 'CIV-',
  );
  const voucher = store.nextNumber(`InvoiceVoucher:${company}`, isFreeText ? 'FTV-' : 'SIV-');
  const transaction = postTransaction(
    {
      company,
      account,
      orderAccount: given.customerAccount,
      type: isFreeText ? 'Cust' : 'Sales',
      voucher,
      invoice,
      amount,
      currency,
      date,
      dueDate: given.dueDate ?? addDays(date, daysOf(terms)),
      text: given.text ?? (isFreeText ? 'Free text invoice' : `Sales order ${String(given.salesOrder)}`),
      paymentTerms: terms,
      paymentMethod: String(customer['PaymentMethod'] ?? ''),
    },
    store,
    work,
  );
  writeJournal({ transaction, taxAmount: round(given.taxAmount ?? 0), order, customer }, store, work);
  if (order !== undefined) closeOrder(order, store, work);
  raisePosted(transaction, round(given.taxAmount ?? 0), given.salesOrder, store, work);
  return { transaction, warnings: warning === undefined ? [] : [warning] };
}

const documentOf = ({ company, salesOrder }: NewInvoice) =>
  salesOrder === undefined
    ? ({ kind: 'freeTextInvoice', company, salesOrder: '' } as const)
    : ({ kind: 'invoice', company, salesOrder } as const);

function requireNotOnHold(customer: EntityRow): void {
  const hold = String(customer['OnHoldStatus']);
  if (hold === 'All' || hold === 'Invoice')
    throw refused(`Customer ${String(customer['CustomerAccount'])} is on hold for ${hold}.`);
}

/** What posting asks of an order. */
const asked = [
  ...['dataAreaId', 'SalesOrderNumber', 'OrderingCustomerAccountNumber', 'SalesOrderStatus', 'CurrencyCode'],
  ...['PaymentTermsName', 'CustomersOrderReference'],
];

function requireOrder({ company, salesOrder, customerAccount }: NewInvoice, store: EntityStore): EntityRow {
  const order = store.read(salesOrders.shape, { dataAreaId: company, SalesOrderNumber: salesOrder! }, asked);
  if (order === undefined) throw refused(`There is no sales order '${salesOrder}' in '${company}'.`);
  if (order['OrderingCustomerAccountNumber'] !== customerAccount)
    throw refused(`Sales order ${salesOrder} is not one of customer ${customerAccount}.`);
  if (order['SalesOrderStatus'] === 'Invoiced') throw refused(`Sales order ${salesOrder} has been invoiced already.`);
  if (order['SalesOrderStatus'] === 'Canceled') throw refused(`Sales order ${salesOrder} has been canceled.`);
  return order;
}

interface Journal {
  readonly transaction: EntityRow;
  readonly taxAmount: number;
  readonly order: EntityRow | undefined;
  readonly customer: EntityRow;
}

function writeJournal(
  { transaction, taxAmount, order, customer }: Journal,
  store: EntityStore,
  work: UnitOfWork,
): void {
  const key = {
    dataAreaId: transaction['dataAreaId']!,
    InvoiceNumber: transaction['Invoice']!,
    InvoiceDate: transaction['TransDate']!,
    LedgerVoucher: transaction['Voucher']!,
  };
  work.touch(salesInvoiceHeaders.name, key);
  work.touch('SalesInvoiceJournalHeaderEntity', key);
  const address = invoiceAddress(String(customer['PartyNumber']), store);
  store.insert(
    salesInvoiceHeaders.shape,
    newRow(salesInvoiceHeaders, {
      ...key,
      ...address,
      CurrencyCode: transaction['CurrencyCode']!,
      InvoiceCustomerAccountNumber: transaction['AccountNum']!,
      PaymentTermsName: transaction['PaymTermId']!,
      SalesOrderNumber: order?.['SalesOrderNumber'] ?? '',
      CustomersOrderReference: order?.['CustomersOrderReference'] ?? '',
      ContactPersonId: String(customer['ContactPersonId'] ?? ''),
      TotalInvoiceAmount: transaction['AmountCur']!,
      TotalTaxAmount: taxAmount,
    }),
  );
}

const addressParts = ['City', 'CountryRegionId', 'CountryRegionISOCode', 'State', 'Street', 'StreetNumber', 'ZipCode'];

/** The address an invoice goes to, as it is today. */
function invoiceAddress(partyNumber: string, store: EntityStore): EntityRow {
  const location = locationForRole(store, partyNumber, 'Invoice') ?? locationForRole(store, partyNumber, 'Delivery');
  const address = location === undefined ? undefined : currentAddress(store, location);
  return Object.fromEntries(addressParts.map((part) => [`InvoiceAddress${part}`, address?.[part] ?? '']));
}

function closeOrder(order: EntityRow, store: EntityStore, work: UnitOfWork): void {
  work.touch(salesOrders.name, order);
  store.update(salesOrders.shape, order, orderIn('Invoiced'));
}

function raisePosted(
  transaction: EntityRow,
  taxAmount: number,
  salesOrder: string | undefined,
  store: EntityStore,
  work: UnitOfWork,
): void {
  const company = String(transaction['dataAreaId']);
  const fields = {
    InvoiceAccount: String(transaction['AccountNum']),
    InvoiceAmountInAccountingCurrency: Number(transaction['AmountMST']),
    InvoiceDate: eventDate(transaction['TransDate']),
    InvoiceDueDate: eventDate(transaction['DueDate']),
    InvoiceId: String(transaction['Invoice']),
    InvoiceTaxAmount: toAccountingCurrency(
      store,
      company,
      taxAmount,
      String(transaction['CurrencyCode']),
      String(transaction['TransDate']),
    ).amount,
    LegalEntity: company.toUpperCase(),
  };
  if (salesOrder === undefined) work.raise('CustFreeTextInvoicePostedBusinessEvent', company, fields);
  else work.raise('SalesInvoicePostedBusinessEvent', company, { ...fields, SalesOrderId: salesOrder });
}
