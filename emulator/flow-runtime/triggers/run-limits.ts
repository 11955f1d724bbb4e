import type { TriggerDefinition } from '../definition/model.ts';
import { isObject } from '../expressions/value.ts';

/** How many runs of a flow go at once, and how many may wait; no limit of the trigger's own is Infinity. */
export interface RunLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

/**
 * Trigger concurrency: `concurrency.runs` of 1 to 100, 25 when it is on without a number, and 10 more than that may wait.
 * The older `SingleInstance` runs one and lets none wait.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers#change-trigger-concurrency
 */
export function runLimitsOf({ raw }: TriggerDefinition): RunLimits {
  if (/singleinstance/i.test(String(raw['operationOptions'] ?? ''))) return { atOnce: 1, waiting: 0 };
  const settings = isObject(raw['runtimeConfiguration']) ? raw['runtimeConfiguration'] : {};
  const concurrency = settings['concurrency'];
  if (!isObject(concurrency)) return { atOnce: Infinity, waiting: 0 };
  const atOnce = Math.min(Math.max(Number(concurrency['runs'] ?? 25), 1), 100);
  return { atOnce, waiting: Number(concurrency['maximumWaitingRuns'] ?? atOnce + 10) };
}
