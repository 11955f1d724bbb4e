import { isObject, type Value } from '../expressions/value.ts';

/** How often, and how long apart, a call is tried again after 408, 429 or 5xx. */
export interface RetryPolicy {
  readonly count: number;
  /** Milliseconds to wait before the retry of this number, counted from 1. */
  waitMs(retry: number): number;
}

export const isTransient = (status: number) => status === 408 || status === 429 || status >= 500;

/** Reads `inputs.retryPolicy`; nothing stated is the default of the plan. */
export function readRetryPolicy(policy: Value | undefined, byDefault: RetryPolicy): RetryPolicy {
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
