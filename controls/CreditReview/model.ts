/** A day as `2026-03-01`. Days are compared as text, and never move with a time zone. */
export type Day = string;

/** A transaction of the customer in the accounting currency of the company. */
export interface Transaction {
  readonly kind: 'invoice' | 'creditNote' | 'payment';
  readonly on: Day;
  /** Empty where nothing is due. */
  readonly due: Day;
  readonly amount: number;
  /** What is not settled yet, with the sign of the amount. */
  readonly open: number;
  /** Empty while it is open. */
  readonly closed: Day;
}

/** Open amounts by how long they have been due; `upTo` is undefined for the last. */
export interface AgeBucket {
  readonly from: number;
  readonly upTo: number | undefined;
  readonly amount: number;
}

export interface Month {
  /** The first day. */
  readonly start: Day;
  readonly invoiced: number;
  readonly paid: number;
  /** Days from invoice to settlement, of the invoices settled in the month; undefined for none. */
  readonly daysToPay: number | undefined;
}

/** What the transactions of a customer come to. */
export interface History {
  readonly open: number;
  readonly overdue: number;
  readonly ages: readonly AgeBucket[];
  readonly months: readonly Month[];
  readonly daysToPay: number | undefined;
  /** Whole days invoices were settled after they were due; negative for before. */
  readonly daysLate: number | undefined;
  /** Whether there were more transactions than are read. */
  readonly isCut: boolean;
}

export interface Customer {
  readonly limit: number;
  readonly salesCurrency: string;
  /** In the words of finance and operations. */
  readonly onHold: string;
  readonly isUnlimited: string;
  readonly limitExpires: Day;
  /** Empty where it is the customer itself. */
  readonly invoiceAccount: string;
  readonly paymentTerms: string;
}

/** Statistics of credit management, of the day they were updated last. */
export interface Exposure {
  readonly balance: number;
  readonly exposure: number;
  readonly on: Day;
}

export interface TemporaryLimit {
  readonly limit: number;
  readonly from: Day;
  readonly to: Day;
  readonly isInForce: boolean;
}

/** What finance and operations does with a limit that comes from outside. */
export type Effect = 'appliedAtOnce' | 'proposed' | 'refused' | 'notKnown';

/** What is known when somebody is about to approve. */
export interface Consequence {
  readonly effect: Effect;
  /** Above this a manager approves, too; undefined where the environment does not say. */
  readonly secondAbove: number | undefined;
  /** Above this nobody approves. */
  readonly highest: number | undefined;
}
