import type { EntityRow } from '../contract.ts';
import { paymentJournalHeaders, paymentJournalLines, requireCustomer } from '../entities/receivables-entities.ts';
import { newRow } from '../entities/stored-entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { custTransTable } from '../entities/ledger-tables.ts';
import { refused } from '../faults.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { accountingCurrency, day, eventDate, exchangeRate, round } from './amounts.ts';
import { findTransaction, openTransactions, postTransaction, remaining, settle } from './ledger.ts';

export interface NewPayment {
  readonly company: string;
  readonly customerAccount: string;
  readonly amount: number;
  /** The customer's sales currency by default. */
  readonly currency?: string;
  readonly date: string;
  /** The invoice it is for; the oldest ones when missing. */
  readonly invoice?: string;
  /** False leaves it open, as a payment on account. */
  readonly settles?: boolean;
  readonly reference?: string;
  readonly method?: string;
}

/** Receives a payment through a payment journal of one line, and posts that. @throws Fault with the infolog's words */
export function receivePayment(given: NewPayment, store: EntityStore, work: UnitOfWork): EntityRow {
  const { company } = given;
  const customer = requireCustomer(company, given.customerAccount, store);
  if (!(given.amount > 0)) throw refused('The amount of a payment must be greater than 0.');
  const header = newRow(paymentJournalHeaders, {
    dataAreaId: company,
    JournalBatchNumber: store.nextNumber('Journal', ''),
    JournalName: 'CustPay',
    Description: 'Customer payments',
  });
  work.touch(paymentJournalHeaders.name, header);
  store.insert(paymentJournalHeaders.shape, header);
  const line = newRow(paymentJournalLines, {
    dataAreaId: company,
    JournalBatchNumber: header['JournalBatchNumber']!,
    LineNumber: 1,
    AccountType: 'Cust',
    AccountDisplayValue: given.customerAccount,
    Company: company,
    CreditAmount: round(given.amount),
    CurrencyCode: given.currency ?? customer['SalesCurrencyCode']!,
    TransactionDate: day(given.date),
    TransactionText: 'Customer payment',
    MarkedInvoice: given.invoice ?? '',
    MarkedInvoiceCompany: given.invoice === undefined ? '' : company,
    PaymentReference: given.reference ?? '',
    PaymentMethodName: given.method ?? String(customer['PaymentMethod'] ?? ''),
    OffsetAccountType: 'Bank',
    SettleVoucher: given.invoice === undefined ? 'None' : 'SelectedTransact',
  });
  work.touch(paymentJournalLines.name, line);
  store.insert(paymentJournalLines.shape, line);
  return postPaymentJournal(company, String(header['JournalBatchNumber']), store, work, given.settles)[0]!;
}

/** Posts every line of a payment journal. @throws Fault with the infolog's words; nothing is posted then */
export function postPaymentJournal(
  dataAreaId: string,
  JournalBatchNumber: string,
  store: EntityStore,
  work: UnitOfWork,
  settles = true,
): EntityRow[] {
  const key = { dataAreaId, JournalBatchNumber };
  const header = store.read(paymentJournalHeaders.shape, key);
  if (header === undefined) throw refused(`There is no payment journal '${JournalBatchNumber}' in '${dataAreaId}'.`);
  if (header['IsPosted'] === 'Yes') throw refused(`Journal ${JournalBatchNumber} has been posted already.`);
  const lines = store.find(paymentJournalLines.shape, key);
  if (lines.length === 0) throw refused(`Journal ${JournalBatchNumber} has no lines.`);
  work.touch(paymentJournalHeaders.name, key);
  store.update(paymentJournalHeaders.shape, key, { IsPosted: 'Yes' });
  return lines.map((line) => postLine(line, settles, store, work));
}

function postLine(line: EntityRow, settles: boolean, store: EntityStore, work: UnitOfWork): EntityRow {
  const company = String(line['dataAreaId']);
  const account = String(line['AccountDisplayValue']);
  const customer = requireCustomer(company, account, store);
  const hold = String(customer['OnHoldStatus']);
  if (hold === 'All' || hold === 'Payment') throw refused(`Customer ${account} is on hold for ${hold}.`);
  const date = String(line['TransactionDate']);
  const currency = String(line['CurrencyCode']);
  const amount = round(Number(line['CreditAmount']) - Number(line['DebitAmount']));
  const voucher = store.nextNumber(`PaymentVoucher:${company}`, 'PAY-');
  work.touch(paymentJournalLines.name, line);
  store.update(paymentJournalLines.shape, line, {
    Voucher: voucher,
    ExchangeRate: round(exchangeRate(store, currency, accountingCurrency(store, company), date) * 100_000) / 1000,
  });
  const payment = postTransaction(
    {
      company,
      account,
      type: 'Payment',
      voucher,
      amount: -amount,
      currency,
      date,
      text: String(line['TransactionText'] || 'Customer payment'),
      paymentMethod: String(line['PaymentMethodName']),
      reference: String(line['PaymentReference']),
    },
    store,
    work,
  );
  const marked = String(line['MarkedInvoice']);
  if (marked !== '') settleInvoice(payment, marked, store, work);
  else if (settles && amount > 0) settleOldest(payment, store, work);
  raisePosted(payment, work);
  return payment;
}

function settleInvoice(payment: EntityRow, invoice: string, store: EntityStore, work: UnitOfWork): void {
  const company = String(payment['dataAreaId']);
  const row = findTransaction(store, company, String(payment['AccountNum']), { Invoice: invoice });
  if (remaining(row) <= 0) throw refused(`Invoice ${invoice} has been settled already.`);
  settle(row, payment, String(payment['TransDate']), store, work);
}

/** Decided: automatic settlement takes the invoice due first, in the currency of the payment. */
function settleOldest(payment: EntityRow, store: EntityStore, work: UnitOfWork): void {
  const company = String(payment['dataAreaId']);
  const key = { dataAreaId: company, RecId: payment['RecId']! };
  for (const row of openTransactions(store, company, String(payment['AccountNum']))) {
    const left = store.read(custTransTable, key)!;
    if (remaining(left) === 0) return;
    if (remaining(row) > 0 && row['CurrencyCode'] === payment['CurrencyCode'])
      settle(row, left, String(payment['TransDate']), store, work);
  }
}

function raisePosted(payment: EntityRow, work: UnitOfWork): void {
  const company = String(payment['dataAreaId']);
  work.raise('CustomerPaymentPostedBusinessEvent', company, {
    CustomerAccount: String(payment['AccountNum']),
    LegalEntity: company.toUpperCase(),
    PaymentAmount: Math.abs(Number(payment['AmountCur'])),
    PaymentAmountInAccountingCurrency: Math.abs(Number(payment['AmountMST'])),
    PaymentCurrency: String(payment['CurrencyCode']),
    PaymentDate: eventDate(payment['TransDate']),
    PaymentReference: String(payment['PaymReference']),
    Voucher: String(payment['Voucher']),
  });
}
