import { daysBetween, historyOf, monthBefore, transactionFrom } from '../../../../controls/CreditReview/history.ts';
import type { Transaction } from '../../../../controls/CreditReview/model.ts';

const today = '2026-03-15';
const invoice = (amount: number, on: string, due: string, more: Partial<Transaction> = {}): Transaction => ({
  kind: 'invoice',
  on,
  due,
  amount,
  open: 0,
  closed: '',
  ...more,
});
const payment = (amount: number, on: string, more: Partial<Transaction> = {}): Transaction => ({
  kind: 'payment',
  on,
  due: '',
  amount: -amount,
  open: 0,
  closed: on,
  ...more,
});

const row = {
  mserp_transdate: '2026-01-10T12:00:00Z',
  mserp_duedate: '2026-02-09T12:00:00Z',
  mserp_amountmst: 100.1,
  mserp_settleamountmst: 40.2,
  mserp_closed: null,
  mserp_invoice: 'CIV-1',
};

test('a row is an invoice, a credit note or a payment by its sign and its invoice number', () => {
  expect(transactionFrom(row)).toEqual({
    kind: 'invoice',
    on: '2026-01-10',
    due: '2026-02-09',
    amount: 100.1,
    open: 59.9,
    closed: '',
  });
  expect(transactionFrom({ ...row, mserp_amountmst: -5 }).kind).toBe('creditNote');
  expect(transactionFrom({ ...row, mserp_amountmst: -5, mserp_invoice: '' }).kind).toBe('payment');
});

test('1900 is no date, as null is none', () => {
  expect(transactionFrom({ ...row, mserp_closed: '1900-01-01T00:00:00Z', mserp_duedate: null })).toMatchObject({
    closed: '',
    due: '',
  });
});

test('what is open is aged by the days it is due, the edges of each age in it', () => {
  const late = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  const due = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 400];
  const { ages, open, overdue } = historyOf(
    due.map((days) => invoice(10, '2025-01-01', late(days), { open: 10 })),
    today,
    false,
  );
  expect(ages.map(({ from, upTo, amount }) => [from, upTo, amount])).toEqual([
    [0, 0, 20],
    [1, 30, 20],
    [31, 60, 20],
    [61, 90, 20],
    [91, undefined, 20],
  ]);
  expect([open, overdue]).toEqual([100, 80]);
});

test('a payment on account lowers what is open, and makes nothing less overdue', () => {
  const { open, overdue } = historyOf(
    [invoice(100, '2026-01-01', '2026-01-31', { open: 100 }), payment(30, '2026-03-01', { open: -30, closed: '' })],
    today,
    false,
  );
  expect([open, overdue]).toEqual([70, 100]);
});

test('an invoice without a due date is due the day it is made', () => {
  expect(historyOf([invoice(7, '2026-03-05', '', { open: 7 })], today, false).ages[1]!.amount).toBe(7);
});

test('twelve months end with this one; a credit note lowers what is invoiced', () => {
  const { months } = historyOf(
    [
      invoice(100, '2026-03-01', '2026-03-31', { open: 100 }),
      { ...invoice(-20, '2026-03-02', ''), kind: 'creditNote' },
      payment(50, '2025-04-30'),
      invoice(999, '2025-03-31', '2025-04-30', { closed: '2025-04-01' }),
    ],
    today,
    false,
  );
  expect(months.map(({ start }) => start.slice(0, 7))).toEqual([
    '2025-04',
    '2025-05',
    '2025-06',
    '2025-07',
    '2025-08',
    '2025-09',
    '2025-10',
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
    '2026-03',
  ]);
  expect(months[11]).toEqual({ start: '2026-03-01', invoiced: 80, paid: 0, daysToPay: undefined });
  expect(months[0]).toEqual({ start: '2025-04-01', invoiced: 0, paid: 50, daysToPay: 1 });
});

test('days to pay are counted from the invoice to its settlement, days late from when it was due', () => {
  const { daysToPay, daysLate, months } = historyOf(
    [
      invoice(1, '2026-01-01', '2026-01-31', { closed: '2026-02-10' }),
      invoice(1, '2026-01-01', '2026-01-31', { closed: '2026-01-31' }),
      invoice(1, '2024-01-01', '2024-01-31', { closed: '2024-12-31' }),
      payment(2, '2026-02-10'),
    ],
    today,
    false,
  );
  expect([daysToPay, daysLate]).toEqual([35, 5]);
  expect(months.slice(9, 11).map((one) => one.daysToPay)).toEqual([30, 40]);
});

test('nothing paid has no average', () => {
  expect(historyOf([], today, true)).toMatchObject({ daysToPay: undefined, daysLate: undefined, isCut: true, open: 0 });
});

test('cents do not gather dust, and months end where they end', () => {
  const dusty = [0.1, 0.2].map((open) => invoice(open, '2026-03-01', '2026-03-02', { open }));
  expect(historyOf(dusty, today, false).open).toBe(0.3);
  expect(monthBefore('2026-01-31', 1)).toBe('2025-12-01');
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
});
