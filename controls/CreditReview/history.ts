import type { Row } from '../shared/rows';
import { textOf } from '../shared/rows';
import type { AgeBucket, Day, History, Month, Transaction } from './model';

const edges = [0, 30, 60, 90];
export const monthsShown = 12;

/** The day in what a virtual table answers for a date; empty for none. */
export function dayOf(row: Row, column: string): Day {
  const text = textOf(row, column).slice(0, 10);
  return text.startsWith('1900-01-01') ? '' : text;
}

export const numberOf = (row: Row, column: string): number => Number(row[column] ?? 0) || 0;

/** Sums of decimals carry no dust. */
const cents = (amount: number) => Math.round(amount * 100) / 100;

const dayNumber = (day: Day) =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
export const daysBetween = (from: Day, to: Day): number => Math.round((dayNumber(to) - dayNumber(from)) / 86_400_000);

/** The first day of the month, some months before. */
export function monthBefore(day: Day, months: number): Day {
  const date = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 - months, 1));
  return date.toISOString().slice(0, 10);
}

/**
 * A row of the customer's transactions.
 *
 * Decided: what it is follows from its sign and its invoice number. The type is a choice whose numbers differ by environment
 * and whose labels by language.
 */
export function transactionFrom(row: Row): Transaction {
  const amount = numberOf(row, 'mserp_amountmst');
  const isInvoiced = textOf(row, 'mserp_invoice') !== '';
  return {
    kind: amount >= 0 ? 'invoice' : isInvoiced ? 'creditNote' : 'payment',
    on: dayOf(row, 'mserp_transdate'),
    due: dayOf(row, 'mserp_duedate'),
    amount,
    open: cents(amount - numberOf(row, 'mserp_settleamountmst')),
    closed: dayOf(row, 'mserp_closed'),
  };
}

export function historyOf(transactions: readonly Transaction[], today: Day, isCut: boolean): History {
  const open = transactions.filter(({ closed }) => closed === '');
  const first = monthBefore(today, monthsShown - 1);
  const settled = transactions.filter(({ kind, closed }) => kind === 'invoice' && closed !== '' && closed >= first);
  const ages = agesOf(open, today);
  return {
    open: sum(open, (one) => one.open),
    overdue: cents(ages.slice(1).reduce((total, { amount }) => total + amount, 0)),
    ages,
    months: Array.from({ length: monthsShown }, (_, index) =>
      monthOf(transactions, settled, monthBefore(today, monthsShown - 1 - index)),
    ),
    daysToPay: average(settled.map(({ on, closed }) => daysBetween(on, closed))),
    daysLate: average(settled.filter(({ due }) => due !== '').map(({ due, closed }) => daysBetween(due, closed))),
    isCut,
  };
}

/** What is owed, by how late it is. Payments on account have no age: they only lower what is open. */
function agesOf(open: readonly Transaction[], today: Day): AgeBucket[] {
  const owed = open.filter((one) => one.open > 0);
  const late = (one: Transaction) => Math.max(0, daysBetween(one.due === '' ? one.on : one.due, today));
  return [...edges, undefined].map((upTo, index) => {
    const from = index === 0 ? 0 : edges[index - 1]! + 1;
    const within = owed.filter((one) => late(one) >= from && (upTo === undefined || late(one) <= upTo));
    return { from, upTo, amount: sum(within, (one) => one.open) };
  });
}

function monthOf(transactions: readonly Transaction[], settled: readonly Transaction[], start: Day): Month {
  const isWithin = (day: Day) => day.slice(0, 7) === start.slice(0, 7);
  const within = transactions.filter(({ on }) => isWithin(on));
  return {
    start,
    invoiced: sum(
      within.filter(({ kind }) => kind !== 'payment'),
      (one) => one.amount,
    ),
    paid: sum(
      within.filter(({ kind }) => kind === 'payment'),
      (one) => -one.amount,
    ),
    daysToPay: average(
      settled.filter(({ closed }) => isWithin(closed)).map(({ on, closed }) => daysBetween(on, closed)),
    ),
  };
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number) =>
  cents(items.reduce((total, item) => total + of(item), 0));

function average(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  return Math.round(numbers.reduce((total, number) => total + number, 0) / numbers.length);
}
