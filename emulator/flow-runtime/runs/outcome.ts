import type { ActionStatus } from '../definition/model.ts';
import type { Value } from '../expressions/value.ts';
import type { ActionError, ActionRecord } from './record.ts';

/** What running an action came to; the run adds times and place. */
export interface Outcome {
  readonly status: ActionStatus;
  readonly code?: string;
  readonly inputs?: Value;
  readonly outputs?: Value;
  readonly error?: ActionError;
  readonly attempts?: number;
  readonly retryHistory?: ActionRecord['retryHistory'];
  readonly variable?: ActionRecord['variable'];
}

export function succeeded(outputs: Value, more: Omit<Outcome, 'status' | 'outputs'> = {}): Outcome {
  return { status: 'Succeeded', code: 'OK', outputs, ...more };
}

export function failed(code: string, message: string, more: Omit<Outcome, 'status' | 'error'> = {}): Outcome {
  return { status: 'Failed', code, error: { code, message }, ...more };
}
