import { offsetPeriods } from '../query/index.ts';
import type { SqlValue } from './database.ts';

/** A stored moment as the wall clock of a zone shows it, for `strftime`. */
export function localTime(value: string, timeZone: string, parameters: SqlValue[]): string {
  if (timeZone === 'UTC') return value;
  const periods = offsetPeriods(timeZone);
  // The latest period that has begun decides; the first began before all time.
  const cases = periods.slice(1).reverse();
  parameters.push(
    ...cases.flatMap(({ from, minutes }) => [from, `${minutes} minutes`]),
    `${periods[0]!.minutes} minutes`,
  );
  const offset = cases.length === 0 ? '?' : `case ${cases.map(() => `when ${value} >= ? then ?`).join(' ')} else ? end`;
  return `datetime(${value}, ${offset})`;
}
