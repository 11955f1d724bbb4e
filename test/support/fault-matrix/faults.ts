import type { FaultEffect, FaultRule } from '../../../emulator/kernel/index.ts';

type Rule = Pick<FaultRule, 'effect' | 'when' | 'times'>;

const once = (effect: FaultEffect, when: FaultRule['when'] = 'before'): Rule => ({ effect, when, times: 1 });

/** What can befall one call of a connector. */
export const callFaults = {
  'fails once with 500': once({ status: 500 }),
  'fails always': { effect: { status: 500 }, when: 'before' },
  'is throttled (429, Retry-After)': once({ status: 429, retryAfterSeconds: 30 }),
  'times out before the effect': once({ timeout: true }),
  'times out after the effect': once({ timeout: true }, 'after'),
  'process ends before the call': once({ crash: true }),
  'process ends after the call': once({ crash: true }, 'after'),
} as const satisfies Readonly<Record<string, Rule>>;

/** What can befall any action: the process ends once the outcome of the action is kept, before the next begins. */
export const actionFaults = {
  'process ends after the action': once({ crash: true }, 'after'),
} as const satisfies Readonly<Record<string, Rule>>;

/** What can befall the event that starts a flow. */
export const deliveryFaults = {
  'is delivered twice': once({ duplicate: true }),
  'has its answer lost': once({ drop: true }, 'after'),
  'is delivered late': once({ delayMs: 60_000 }),
  'is overtaken by the next': once({ reorder: true }),
} as const satisfies Readonly<Record<string, Rule>>;

export type FaultName = keyof typeof callFaults | keyof typeof actionFaults | keyof typeof deliveryFaults;

/** A call that keeps failing ends the run; somebody has to see to it. */
export const isForGood = (fault: FaultName) => fault === 'fails always';
