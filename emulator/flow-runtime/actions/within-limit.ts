import type { ActionDefinition } from '../definition/model.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import type { Frame } from '../runs/frame.ts';
import { failed, type Outcome } from '../runs/outcome.ts';
import { readDuration } from '../runs/retry.ts';

/** `limit.timeout` of an action, in milliseconds. The limit of an Until is the loop's own: it ends no action inside. */
function timeoutOf({ type, raw }: ActionDefinition): number | undefined {
  const limit = raw['limit'];
  return isObject(limit) && type.toLowerCase() !== 'until' ? readDuration(limit['timeout']) : undefined;
}

/**
 * Does the work in a frame that is cut when the action's limit has passed: what waits in it, and in containers what runs
 * in it, ends then. A limit goes on counting over a restart.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-actions-triggers#asynchronous-limits
 */
export async function withinLimit(
  action: ActionDefinition,
  frame: Frame,
  run: FlowRun,
  work: (frame: Frame) => Promise<Outcome>,
): Promise<Outcome> {
  const limit = timeoutOf(action);
  if (limit === undefined) return work(frame);
  const passed = new AbortController();
  const { clock } = run.services;
  const due = await dueOf(action, frame, run, limit);
  const forget = clock.at(new Date(due), () => passed.abort());
  if (due <= clock.now().getTime()) passed.abort();
  try {
    const outcome = await work({ ...frame, cut: AbortSignal.any([frame.cut, passed.signal]) });
    return passed.signal.aborted && outcome.status !== 'Succeeded' ? timedOut(action, outcome.inputs) : outcome;
  } finally {
    forget();
  }
}

/** When the limit passes, in milliseconds since 1970. */
async function dueOf({ name }: ActionDefinition, frame: Frame, run: FlowRun, limit: number): Promise<number> {
  const { clock, callbacks } = run.services;
  const path = `${frame.path}${name}#limit`;
  const noted = callbacks?.noted(path)?.['due'];
  if (typeof noted === 'bigint') return Number(noted);
  const due = clock.now().getTime() + limit;
  await callbacks?.note(path, { due: BigInt(due) });
  return due;
}

/** Does the work and waits for it no longer than until the frame is cut; what hangs is left to itself. */
export async function untilCut({ cut }: Frame, inputs: Value, work: () => Promise<Outcome>): Promise<Outcome> {
  if (cut.aborted) return cancelled(inputs);
  let stopListening = () => {};
  const isCut = new Promise<Outcome>((end) => {
    const tell = () => end(cancelled(inputs));
    cut.addEventListener('abort', tell, { once: true });
    stopListening = () => cut.removeEventListener('abort', tell);
  });
  try {
    return await Promise.race([isCut, work()]);
  } finally {
    stopListening();
  }
}

/** The status `runAfter` names is TimedOut, the code ActionTimedOut. */
function timedOut(action: ActionDefinition, inputs: Value | undefined): Outcome {
  const message = `The execution of template action '${action.name}' is timed out: its limit has passed.`;
  return { status: 'TimedOut', code: 'ActionTimedOut', inputs, error: { code: 'ActionTimedOut', message } };
}

export const cancelled = (inputs: Value): Outcome =>
  failed('ActionCancelled', 'What the action was part of has ended.', { inputs });
