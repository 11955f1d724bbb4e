import type { ActionDefinition } from '../definition/model.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { failed, type Outcome } from '../runs/outcome.ts';
import { readDuration } from '../runs/retry.ts';

/** `limit.timeout` of an action, in milliseconds. */
export function timeoutOf(action: ActionDefinition): number | undefined {
  const limit = action.raw['limit'];
  return isObject(limit) ? readDuration(limit['timeout']) : undefined;
}

/**
 * Does the work, but waits for it no longer than the action's limit, nor beyond the end of the run: what hangs is left to
 * itself.
 *
 * @param work is told by the signal that nobody waits for it any more
 */
export async function withinLimit(
  action: ActionDefinition,
  inputs: Value,
  run: FlowRun,
  work: (cut: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const { clock } = run.services;
  const limit = timeoutOf(action);
  const passed = new AbortController();
  const forget =
    limit === undefined ? undefined : clock.at(new Date(clock.now().getTime() + limit), () => passed.abort());
  const cut = limit === undefined ? run.endedSignal : AbortSignal.any([run.endedSignal, passed.signal]);
  let stopListening = () => {};
  const isCut = new Promise<Outcome>((end) => {
    const tell = () => end(passed.signal.aborted ? timedOut(action, inputs) : cancelled(inputs));
    if (cut.aborted) return tell();
    cut.addEventListener('abort', tell, { once: true });
    stopListening = () => cut.removeEventListener('abort', tell);
  });
  try {
    return await Promise.race([isCut, work(cut)]);
  } finally {
    forget?.();
    stopListening();
  }
}

/** The status `runAfter` names is TimedOut, the code ActionTimedOut. */
export function timedOut(action: ActionDefinition, inputs: Value): Outcome {
  const message = `The execution of template action '${action.name}' is timed out: its limit has passed.`;
  return { status: 'TimedOut', code: 'ActionTimedOut', inputs, error: { code: 'ActionTimedOut', message } };
}

export const cancelled = (inputs: Value): Outcome => failed('WorkflowRunCancelled', 'The run has ended.', { inputs });
