import { isLoop, type Place } from '../definition/places.ts';
import type { ActionDefinition } from '../definition/model.ts';
import type { Value } from '../expressions/value.ts';
import { findRecord, type Frame } from './frame.ts';
import { asValue, overRepetitions } from './record.ts';

/**
 * What an action comes to where it is read: in its own repetition, the record of that; after an Apply to each around it,
 * its outputs in all repetitions, in order; after an Until around it, the record of the last.
 *
 * @returns undefined when it has not run
 * @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (result)
 * @see https://github.com/microsoft/Dynamics-AX-Integration/blob/master/FileBasedIntegrationSamples/LogicAppSamples/d365_to_oneDrive_logic_app/azuredeploy.json (reads an Until's last status)
 */
export function readRecord(frame: Frame, { action, loops }: Place): Value | undefined {
  const closed = loops.filter(({ name }) => !isOpen(frame, name));
  const [outermost, ...inner] = closed;
  if (outermost === undefined) {
    const record = findRecord(frame, action.name);
    return record === undefined ? undefined : asValue(record);
  }
  const kept = repetitionsOf(frame, outermost.name);
  if (kept === undefined) return undefined;
  let repetitions = shown(outermost, kept);
  for (const loop of inner)
    repetitions = repetitions.flatMap((one) => shown(loop, one.repetitions.get(loop.name) ?? []));
  const records = repetitions.flatMap((one) => one.records.get(action.name) ?? []);
  if (closed.some(({ type }) => type.toLowerCase() === 'foreach')) return overRepetitions(action.name, records);
  const last = records.at(-1);
  return last === undefined ? undefined : asValue(last);
}

/** Elements of `result('X')`: what the first-level actions of a scope came to; of a loop, over all its repetitions. */
export function resultOf(frame: Frame, { action, loops }: Place): readonly Value[] {
  const around = isLoop(action) ? [...loops, action] : loops;
  const inside = [action.actions, ...action.branches.values()].flatMap((actions) => [...actions.values()]);
  return inside.flatMap((one) => {
    if (!isLoop(action)) return readRecord(frame, { action: one, loops: around }) ?? [];
    const repetitions = repetitionsOf(frame, action.name) ?? [];
    const records = repetitions.flatMap(({ records }) => records.get(one.name) ?? []);
    return repetitions.length === 0 ? [] : overRepetitions(one.name, records);
  });
}

/** Of an Until only the last counts. */
const shown = ({ type }: ActionDefinition, repetitions: readonly Frame[]) =>
  type.toLowerCase() === 'until' ? repetitions.slice(-1) : repetitions;

function isOpen(frame: Frame | undefined, loop: string): boolean {
  for (let here = frame; here !== undefined; here = here.parent) if (here.loop?.name === loop) return true;
  return false;
}

/** Of a loop that has ended in this frame or one around it. */
function repetitionsOf(frame: Frame | undefined, loop: string): readonly Frame[] | undefined {
  for (let here = frame; here !== undefined; here = here.parent) {
    const kept = here.repetitions.get(loop);
    if (kept !== undefined) return kept;
  }
  return undefined;
}
