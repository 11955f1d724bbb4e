import type { ActionStatus } from '../definition/model.ts';
import type { Value, ValueObject } from '../expressions/value.ts';

/** What one action did, once (in a loop: in one repetition). */
export interface ActionRecord {
  readonly name: string;
  /** Place in the run, e.g. `For_each[2]/Update_row`. */
  readonly path: string;
  readonly status: ActionStatus;
  readonly code: string;
  readonly inputs: Value;
  readonly outputs: Value;
  readonly error: ActionError | undefined;
  readonly startTime: string;
  readonly endTime: string;
  readonly attempts: number;
  /** Attempts before the last, which failed. */
  readonly retryHistory?: readonly Retry[];
  /** The variable it set, so that a resumed run can set it again without running the action. */
  readonly variable: { readonly name: string; readonly value: Value } | undefined;
  /** Inputs or outputs are hidden from history. */
  readonly secured: { readonly inputs: boolean; readonly outputs: boolean };
}

/** One attempt that failed and was followed by another. */
export interface Retry {
  readonly startTime: string;
  readonly endTime: string;
  readonly code: string;
  readonly message: string;
}

export interface ActionError {
  readonly code: string;
  readonly message: string;
}

export type RunStatus = 'Waiting' | 'Running' | 'Succeeded' | 'Failed' | 'Cancelled' | 'TimedOut';

/** The record as expressions see it: `actions('X')`, an element of `result('Scope')`. */
export function asValue(record: ActionRecord): ValueObject {
  return {
    name: record.name,
    inputs: record.inputs,
    outputs: record.outputs,
    startTime: record.startTime,
    endTime: record.endTime,
    trackingId: record.path,
    clientTrackingId: record.path,
    code: record.code,
    status: record.status,
    ...(record.error === undefined ? {} : { error: { code: record.error.code, message: record.error.message } }),
  };
}

/** What an action did in all repetitions of a loop, in order: its inputs and outputs are lists. */
export function overRepetitions(name: string, records: readonly ActionRecord[]): ValueObject {
  const [first, last] = [records[0], records.at(-1)];
  const worst = records.find(({ status }) => status !== 'Succeeded' && status !== 'Skipped') ?? last;
  return {
    name,
    inputs: records.map(({ inputs }) => inputs),
    outputs: records.map(({ outputs }) => outputs),
    startTime: first?.startTime ?? null,
    endTime: last?.endTime ?? null,
    trackingId: first?.path ?? null,
    clientTrackingId: first?.path ?? null,
    code: worst?.code ?? null,
    status: worst?.status ?? 'Skipped',
    ...(worst?.error === undefined ? {} : { error: { code: worst.error.code, message: worst.error.message } }),
  };
}
