import type { EntityRow } from '../contract.ts';
import { creditGroupLines, creditGroups, creditParameters, customerParameters } from '../entities/credit-entities.ts';
import { noDate } from '../entities/entity.ts';
import { requireCustomer } from '../entities/receivables-entities.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';
import { accountingCurrency, exchangeRate, round, toAccountingCurrency } from '../receivables/amounts.ts';
import { totalLimit } from '../receivables/credit-limit.ts';
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
 * credit limit* says. A limit of 0 is none unless it is mandatory; a customer with unlimited credit is not checked. The limit of
 * the customer's credit group is checked before the customer's own; it holds for what all members owe together.
 *
 * Decided: the check of the customer form; blocking rules, checkpoints and the hold list of credit management are not emulated.
 *
 * @returns the warning; undefined when there is nothing to say
 * @throws Fault with the infolog's words
 * @see https://learn.microsoft.com/dynamics365/supply-chain/sales-marketing/credit-limits-customers
 * @see https://learn.microsoft.com/dynamics365/finance/accounts-receivable/credit-limit-scenarios
 */
export function checkCreditLimit(document: CreditedDocument, store: EntityStore): string | undefined {
  const { company, account, on } = document;
  const customer = requireCustomer(company, account, store);
  const parameters = store.read(customerParameters.shape, { dataAreaId: company }) ?? {};
  const states = countedStates(document, customer, parameters);
  if (states === undefined) return undefined;
  const isMandatory = customer['CreditLimitIsMandatory'] === 'Yes';
  const limit = totalLimit(customer, on, store);
  const open = () => openOf(document, states, store);
  const excess =
    groupExcess(document, states, store) ??
    (limit.isNone && !isMandatory ? undefined : excessOf(document, open(), limit.amount, company, store));
  if (excess === undefined) return undefined;
  const message = `${nameOf(document)} Credit limit exceeded Open balance: ${shown(excess.open)} Current order: ${shown(excess.current)} New balance: ${shown(excess.total)} Credit limit: ${shown(excess.limit)} Credit excess: ${shown(excess.total - excess.limit)}`;
  if (parameters['CreditLimitMessageTypeShownWhenExceeding'] === 'Warning') return message;
  throw refused(message);
}

interface Excess {
  readonly open: number;
  readonly current: number;
  readonly total: number;
  readonly limit: number;
}

/** By how much a document exceeds a limit, in the currency of the limit; undefined when it does not. */
function excessOf(
  { amount, currency, on }: CreditedDocument,
  open: number,
  limit: number,
  company: string,
  store: EntityStore,
): Excess | undefined {
  const current = toAccountingCurrency(store, company, amount, currency, on).amount;
  const total = round(open + current);
  return total <= limit ? undefined : { open, current, total, limit };
}

/** What an account owes and has ordered, the document itself apart. */
const openOf = (document: CreditedDocument, states: readonly string[], store: EntityStore): number =>
  round(balanceOf(document.company, document.account, store) + orderedOf(document, states, store));

/**
 * The same for the limit of the credit group of the customer, when *Check customer credit groups credit limit* is on.
 *
 * Decided: that parameter is `CrossCompanyCreditCheck`, since members may be of several legal entities; members count with what
 * they owe and have ordered in theirs, in the currency of the group; a group of which the limit has expired is passed over.
 */
function groupExcess(document: CreditedDocument, states: readonly string[], store: EntityStore): Excess | undefined {
  const { company, account, on, amount, currency } = document;
  const parameters = store.read(creditParameters.shape, { dataAreaId: company });
  if (parameters?.['CrossCompanyCreditCheck'] !== 'Yes') return undefined;
  const line = store.read(creditGroupLines.shape, { Company: company, CustAccount: account });
  const CreditLimitId = line?.['CreditLimitId'];
  if (CreditLimitId === undefined || CreditLimitId === null) return undefined;
  const group = store.read(creditGroups.shape, { CreditLimitId })!;
  if (group['ExpiryDate'] !== noDate && String(group['ExpiryDate']).slice(0, 10) < on.slice(0, 10)) return undefined;
  const own = String(group['CurrencyCode']);
  const inGroup = (value: number, from: string) => round(value * exchangeRate(store, from, own, on));
  const open = store.find(creditGroupLines.shape, { CreditLimitId }).reduce((sum, member) => {
    const of = { ...document, company: String(member['Company']), account: String(member['CustAccount']) };
    return sum + inGroup(openOf(of, states, store), accountingCurrency(store, of.company));
  }, 0);
  const current = inGroup(amount, currency);
  const [limit, total] = [Number(group['CreditMax']), round(open + current)];
  return total <= limit ? undefined : { open: round(open), current, total, limit };
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
