import type { RetryPolicy } from './retry.ts';

export const planNames = ['low', 'medium', 'high'] as const;
export type PlanName = (typeof planNames)[number];

/**
 * What the performance profile of a flow's owner allows.
 *
 * @see https://learn.microsoft.com/power-automate/limits-and-config
 */
export interface Plan {
  /** Where an action states no policy. */
  readonly retry: RetryPolicy;
  readonly foreachItems: number;
  readonly splitOnItems: number;
  readonly pagedItems: number;
}

/** Two retries scaled by five minutes, the last after ten. */
const patient: RetryPolicy = { count: 2, waitMs: (retry) => retry * 5 * 60_000 };
/** Eight retries scaled by seven seconds, the last after about fifteen minutes. */
const dense: RetryPolicy = { count: 8, waitMs: (retry) => 7000 * 2 ** (retry - 1) };

const large = { retry: dense, foreachItems: 100_000, splitOnItems: 100_000, pagedItems: 100_000 };

export const plans: Readonly<Record<PlanName, Plan>> = {
  low: { retry: patient, foreachItems: 5000, splitOnItems: 5000, pagedItems: 5000 },
  medium: large,
  high: large,
};

/** With concurrency of the trigger, what it splits may be no longer than this. */
export const splitOnItemsWithConcurrency = 100;
/** Times round an Until, whatever its limit says. */
export const untilCount = 5000;
/** Days a run may last. */
export const runDays = 30;
