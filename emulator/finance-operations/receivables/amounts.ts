import type { EntityRow } from '../contract.ts';
import { dayValue as day, noDate } from '../entities/entity.ts';
import { ledgers } from '../entities/ledgers.ts';
import { exchangeRates } from '../entities/reference-entities.ts';
import type { EntityStore } from '../entity-store.ts';
import { refused } from '../faults.ts';

export const round = (amount: number): number => Math.round((amount + Number.EPSILON * Math.sign(amount)) * 100) / 100;

export { dayValue as day } from '../entities/entity.ts';

/** A day as the contract of a business event has it: midnight. */
export const eventDate = (date: unknown): Date => new Date(String(date).slice(0, 10));

export function addDays(date: string, days: number): string {
  const moved = new Date(Date.parse(date.slice(0, 10)) + days * 86_400_000);
  return day(moved.toISOString());
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);

const defaultRateType = 'Default';

export function accountingCurrency(store: EntityStore, company: string): string {
  const currency = store.read(ledgers.shape, { LegalEntityId: company })?.['AccountingCurrency'];
  if (currency) return String(currency);
  throw refused(`The legal entity '${company}' has no ledger with an accounting currency.`);
}

/**
 * What one unit of a currency is in another on a day.
 *
 * Decided: a rate says how many of *To currency* one (by the conversion factor) of *From currency* is; the other way round it is inverted.
 *
 * @throws Fault with the infolog's words when there is no rate
 */
export function exchangeRate(store: EntityStore, from: string, to: string, on: string, rateType?: string): number {
  if (from === to) return 1;
  const type = rateType || defaultRateType;
  const valid = (FromCurrency: string, ToCurrency: string): EntityRow | undefined =>
    store
      .find(exchangeRates.shape, { RateTypeName: type, FromCurrency, ToCurrency })
      .filter((row) => String(row['StartDate']).slice(0, 10) <= on.slice(0, 10) && !hasEnded(row, on))
      .sort((a, b) => String(b['StartDate']).localeCompare(String(a['StartDate'])))[0];
  const direct = valid(from, to);
  if (direct !== undefined) return perUnit(direct);
  const inverse = valid(to, from);
  if (inverse !== undefined) return 1 / perUnit(inverse);
  throw refused(
    `There is no exchange rate of type '${type}' from currency '${from}' to currency '${to}' on ${on.slice(0, 10)}.`,
  );
}

const hasEnded = (row: EntityRow, on: string) =>
  row['EndDate'] !== noDate && String(row['EndDate']).slice(0, 10) < on.slice(0, 10);
const factors: Readonly<Record<string, number>> = {
  One: 1,
  Ten: 10,
  Hundred: 100,
  Thousand: 1000,
  TenThousand: 10_000,
};
const perUnit = (row: EntityRow) => Number(row['Rate']) / (factors[String(row['ConversionFactor'])] ?? 1);

export function toAccountingCurrency(
  store: EntityStore,
  company: string,
  amount: number,
  currency: string,
  on: string,
): { readonly amount: number; readonly rate: number } {
  const rate = exchangeRate(store, currency, accountingCurrency(store, company), on);
  return { amount: round(amount * rate), rate };
}
