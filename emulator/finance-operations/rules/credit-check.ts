import type { EntityRow } from '../contract.ts';
import { customerParameters } from '../entities/credit-entities.ts';
import { requireCustomer } from '../entities/receivables-entities.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { round, toAccountingCurrency } from '../receivables/amounts.ts';
import { limitInForce } from '../receivables/credit.ts';
import { openTransactions } from '../receivables/ledger.ts';
import { orderAmount, ordersIn } from '../receivables/orders.ts';

/** A document that adds to what a customer owes. */
export interface CreditedDocument {
  readonly kind: 'salesOrder' | 'packingSlip' | 'invoice' | 'freeTextInvoice';
  readonly company: string;
  /** The invoice account: the limit is one of whom the invoice goes to. */
  readonly account: string;
  /** Number of the sales order; empty for a free text invoice, and for an order that has none yet. */
  readonly salesOrder: string;
  readonly amount: number;
  readonly currency: string;
  readonly on: string;
}

/** Symbol of `TypeOfCreditmaxCheck` → states of orders that count beside the balance. */
const counted: Readonly<Record<string, readonly string[]>> = {
  Balance: [],
  BalanceDelivered: ['Delivered'],
  BalanceAll: ['Delivered', 'Backorder'],
};

/** Parameter that has to be on for a document to be checked; the others are always checked. */
const switches: Readonly<Record<string, string>> = {
  salesOrder: 'CreditLimitIsCheckedOnSalesOrder',
  freeTextInvoice: 'CreditLimitIsCheckedOnFreeTextInvoice',
};

/**
 * Whether a document would take a customer beyond the credit limit in force: refused, or warned of, as *Message when exceeding
 * credit limit* says. A limit of 0 is none unless it is mandatory; a customer with unlimited credit is not checked.
 *
 * Decided: the check of the customer form; blocking rules, checkpoints and the hold list of credit management are not emulated.
 *
 * @returns the warning; undefined when there is nothing to say
 * @throws Fault with the infolog's words
 * @see https://learn.microsoft.com/dynamics365/supply-chain/sales-marketing/credit-limits-customers
 */
export function checkCreditLimit(document: CreditedDocument, store: EntityStore): string | undefined {
  const { company, account } = document;
  const customer = requireCustomer(company, account, store);
  const parameters = store.read(customerParameters.shape, { dataAreaId: company }) ?? {};
  const states = countedStates(document, customer, parameters);
  if (states === undefined) return undefined;
  const limit = limitInForce(customer, document.on, store);
  if (limit === 0 && customer['CreditLimitIsMandatory'] !== 'Yes') return undefined;
  const open = round(balanceOf(company, account, store) + orderedOf(document, states, store));
  const current = toAccountingCurrency(store, company, document.amount, document.currency, document.on).amount;
  const total = round(open + current);
  if (total <= limit) return undefined;
  const message = `${nameOf(document)} Credit limit exceeded Open balance: ${shown(open)} Current order: ${shown(current)} New balance: ${shown(total)} Credit limit: ${shown(limit)} Credit excess: ${shown(total - limit)}`;
  if (parameters['CreditLimitMessageTypeShownWhenExceeding'] === 'Warning') return message;
  throw refused(message);
}

/** States of orders that count; undefined when nothing is checked. */
function countedStates(
  { kind }: CreditedDocument,
  customer: EntityRow,
  parameters: EntityRow,
): readonly string[] | undefined {
  if (customer['CredManCustUnlimitedCredit'] === 'Yes') return undefined;
  const needed = switches[kind];
  if (needed !== undefined && parameters[needed] !== 'Yes') return undefined;
  const type = String(parameters['CreditLimitCheckType'] ?? 'None');
  return counted[type] ?? (customer['CreditLimitIsMandatory'] === 'Yes' ? counted['Balance'] : undefined);
}

const balanceOf = (company: string, account: string, store: EntityStore) =>
  openTransactions(store, company, account).reduce(
    (sum, row) => sum + Number(row['AmountMST']) - Number(row['SettleAmountMST']),
    0,
  );

/** Other orders of the customer that count. */
function orderedOf(
  { company, account, salesOrder, on }: CreditedDocument,
  states: readonly string[],
  store: EntityStore,
): number {
  if (states.length === 0) return 0;
  return ordersIn(company, states, store, account)
    .filter((order) => order['SalesOrderNumber'] !== salesOrder)
    .reduce((sum, order) => sum + orderAmount(order, on, store), 0);
}

const nameOf = ({ kind, salesOrder, account }: CreditedDocument) =>
  kind === 'freeTextInvoice' || salesOrder === '' ? `Customer ${account}` : `Sales order ${salesOrder}`;

const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const shown = (amount: number) => format.format(amount);
