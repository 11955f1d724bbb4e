import { toPlain, type Value, type ValueObject } from '../expressions/value.ts';
import type { ActionRecord } from './record.ts';
import type { RunRow } from './run-store.ts';

const hidden = '*** secured ***';

export function describeRun(run: RunRow) {
  return {
    id: run.id,
    flow: run.flow,
    workflowId: run.workflowId,
    status: run.status,
    startTime: run.startTime,
    endTime: run.endTime,
    error: run.error,
  };
}

/** A run with all its actions did, secured inputs and outputs hidden. */
export function describeDetail(run: RunRow, records: readonly ActionRecord[], trigger: ActionRecord['secured']) {
  const inOrder = [...records].sort((a, b) => (a.startTime < b.startTime ? -1 : a.startTime > b.startTime ? 1 : 0));
  return { ...describeRun(run), trigger: describeTrigger(run.trigger, trigger), actions: inOrder.map(describeAction) };
}

function describeTrigger(trigger: ValueObject, { outputs }: ActionRecord['secured']) {
  return toPlain(outputs ? { ...trigger, outputs: hidden } : trigger);
}

export function describeAction(record: ActionRecord) {
  const shown = (value: Value, isHidden: boolean) => (isHidden ? hidden : toPlain(value));
  return {
    name: record.name,
    path: record.path,
    status: record.status,
    code: record.code,
    startTime: record.startTime,
    endTime: record.endTime,
    attempts: record.attempts,
    retryHistory: record.retryHistory,
    inputs: shown(record.inputs, record.secured.inputs),
    outputs: shown(record.outputs, record.secured.outputs),
    error: record.error,
  };
}
