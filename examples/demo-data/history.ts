import { randomNumbers } from './generate.ts';

/** An invoice or payment of the past. */
export interface HistoryEntry {
  /** Of an invoice: what its payment calls it. */
  readonly id?: string;
  /** Of a payment: the invoice it is for. */
  readonly pays?: string;
  readonly company: string;
  readonly customerAccount: string;
  readonly kind: 'invoice' | 'payment';
  readonly amount: number;
  readonly date: string;
  readonly dueDate?: string;
  /** Of an invoice: from a sales order; free text otherwise. */
  readonly isFromOrder?: boolean;
  readonly text?: string;
  readonly reference?: string;
}

/** How a customer buys and pays. */
interface Habit {
  readonly company: 'usmf' | 'demf';
  readonly account: string;
  readonly months: number;
  readonly lowest: number;
  readonly highest: number;
  /** Share of invoices paid late, from 0 to 1. */
  readonly lateShare: number;
  /** What is open now: amount and days until it is due; below 0 it is overdue. */
  readonly open: readonly (readonly [amount: number, dueInDays: number])[];
}

/** Customers with a story, as README.md tells it. */
const named: readonly Habit[] = [
  {
    company: 'usmf',
    account: 'US-001',
    months: 36,
    lowest: 220,
    highest: 980,
    lateShare: 0.12,
    open: [
      [240, -12],
      [180.5, -4],
      [415.25, 9],
      [388, 21],
    ],
  },
  {
    company: 'usmf',
    account: 'US-002',
    months: 30,
    lowest: 900,
    highest: 3200,
    lateShare: 0.05,
    open: [[2100, 14]],
  },
  {
    company: 'usmf',
    account: 'US-003',
    months: 40,
    lowest: 1500,
    highest: 6400,
    lateShare: 0.3,
    open: [
      [5200, 6],
      [3950, 25],
    ],
  },
  {
    company: 'usmf',
    account: 'US-004',
    months: 24,
    lowest: 700,
    highest: 2600,
    lateShare: 0.1,
    open: [[1850, 11]],
  },
  {
    company: 'usmf',
    account: 'US-005',
    months: 18,
    lowest: 150,
    highest: 640,
    lateShare: 0.55,
    open: [
      [610, -75],
      [320, -33],
      [280, 12],
    ],
  },
  {
    company: 'demf',
    account: 'DE-001',
    months: 36,
    lowest: 800,
    highest: 4200,
    lateShare: 0.02,
    open: [[2980, 17]],
  },
];

const termsInDays = 30;
/** Generated customers that have a history: enough to look at, few enough to start quickly. */
const mostGenerated = 400;

interface Customer {
  readonly company: string;
  readonly account: string;
}

/** What customers have bought and paid, the oldest first; the same on every machine for the same day. */
export function generateHistory(generated: readonly Customer[], today: Date): HistoryEntry[] {
  const habits = [...named, ...generated.slice(0, mostGenerated).map(habitOf)];
  const entries = habits.flatMap((habit) => historyOf(habit, today));
  return entries.sort((a, b) => a.date.localeCompare(b.date));
}

function habitOf({ company, account }: Customer): Habit {
  const random = randomOf(account);
  const lowest = 80 + Math.floor(random() * 400);
  return {
    company: company as Habit['company'],
    account,
    months: 3 + Math.floor(random() * 4),
    lowest,
    highest: lowest * (2 + Math.floor(random() * 4)),
    lateShare: random() ** 2,
    open: random() < 0.6 ? [[lowest + Math.floor(random() * lowest), Math.floor(random() * 50) - 15]] : [],
  };
}

function historyOf({ company, account, months, lowest, highest, lateShare, open }: Habit, today: Date): HistoryEntry[] {
  const random = randomOf(`${account}/history`);
  const shared = { company, customerAccount: account };
  const paid = Array.from({ length: months }, (_, index): HistoryEntry[] => {
    const invoicedDaysAgo = (months - index + 2) * 30 + Math.floor(random() * 12);
    const amount = Math.round((lowest + random() * (highest - lowest)) * 100) / 100;
    const lateBy = random() < lateShare ? 3 + Math.floor(random() * 25) : -Math.floor(random() * 12);
    const text = random() < 0.8 ? undefined : 'Service';
    return [
      {
        ...shared,
        id: `${account}/${index}`,
        kind: 'invoice',
        amount,
        date: dayBefore(today, invoicedDaysAgo),
        dueDate: dayBefore(today, invoicedDaysAgo - termsInDays),
        isFromOrder: text === undefined,
        ...(text === undefined ? {} : { text }),
      },
      {
        ...shared,
        pays: `${account}/${index}`,
        kind: 'payment',
        amount,
        date: dayBefore(today, invoicedDaysAgo - termsInDays - lateBy),
        reference: `${account}-${String(index + 1).padStart(4, '0')}`,
      },
    ];
  });
  const unpaid = open.map(([amount, dueInDays]): HistoryEntry => ({
    ...shared,
    kind: 'invoice',
    amount,
    date: dayBefore(today, termsInDays - dueInDays),
    dueDate: dayBefore(today, -dueInDays),
    isFromOrder: true,
  }));
  return [...paid.flat(), ...unpaid];
}

export const dayBefore = (today: Date, days: number): string =>
  new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10);

/** Chance that is the same for the same text: its FNV-1a hash is the seed. */
function randomOf(text: string): () => number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return randomNumbers(hash);
}
