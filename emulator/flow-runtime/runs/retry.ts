import { isObject, type Value } from '../expressions/value.ts';

/** How often, and how long apart, a call is tried again after 408, 429 or 5xx. */
export interface RetryPolicy {
  readonly count: number;
  /** Milliseconds to wait before the retry of this number, counted from 1. */
  waitMs(retry: number): number;
}

/**
 * Power Automate's default for the Low performance profile: two retries, scaled by five minutes. (Medium and High have
 * eight, scaled by seven seconds.)
 *
 * @see https://learn.microsoft.com/power-automate/limits-and-config#retry-policy
 */
const byDefault: RetryPolicy = { count: 2, waitMs: (retry) => retry * 5 * 60_000 };

export const isTransient = (status: number) => status === 408 || status === 429 || status >= 500;

/** Reads `inputs.retryPolicy`; nothing stated is the default. */
export function readRetryPolicy(policy: Value | undefined): RetryPolicy {
  if (!isObject(policy)) return byDefault;
  const type = String(policy['type'] ?? 'default').toLowerCase();
  if (type === 'none') return { count: 0, waitMs: () => 0 };
  const count = Number(policy['count'] ?? 4);
  const interval = readDuration(policy['interval']) ?? 7500;
  if (type === 'fixed') return { count, waitMs: () => interval };
  if (type !== 'exponential') return byDefault;
  const least = readDuration(policy['minimumInterval']) ?? 0;
  const most = readDuration(policy['maximumInterval']) ?? 24 * 3600_000;
  // The documents give a range to draw from; the middle of it keeps runs repeatable.
  return { count, waitMs: (retry) => Math.min(Math.max(2 ** (retry - 1) * interval * 0.75, least), most) };
}

const duration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** Milliseconds of an ISO 8601 duration of weeks to seconds; undefined when it is none. */
export function readDuration(value: Value | undefined): number | undefined {
  const match = typeof value === 'string' ? duration.exec(value.trim()) : null;
  if (match === null) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
