import { fromDate, readMoment, toMilliseconds } from '../expressions/moment.ts';
import { shift } from '../expressions/functions/dates.ts';
import { isObject } from '../expressions/value.ts';
import { failed, succeeded } from '../runs/outcome.ts';
import { cancelled } from './within-limit.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';

/** Delay and Delay until, by the emulator's clock. */
export const wait: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const { clock, callbacks } = run.services;
  const path = frame.path + action.name;
  const now = clock.now();
  const noted = callbacks?.noted(path)?.['due'];
  const { interval, until } = inputs;
  let due: number;
  if (typeof noted === 'bigint') due = Number(noted);
  else if (isObject(interval))
    due = toMilliseconds(shift('wait', fromDate(now), Number(interval['count'] ?? 0), String(interval['unit'] ?? '')));
  else if (isObject(until)) due = toMilliseconds(readMoment('wait', String(until['timestamp'] ?? '')));
  else
    return failed('InvalidWait', `The action '${action.name}' names neither an interval nor a time to wait until.`, {
      inputs,
    });
  if (noted === undefined) await callbacks?.note(path, { due: BigInt(due) });
  if (due > now.getTime()) await run.services.sleep(due - now.getTime(), frame.cut);
  if (frame.cut.aborted) return cancelled(inputs);
  return succeeded(null, { inputs });
};
