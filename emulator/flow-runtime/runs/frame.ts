import type { Value } from '../expressions/value.ts';
import type { ActionRecord } from './record.ts';

/**
 * Where in a run an action stands. The flow is the outermost frame; each repetition of a loop opens one inside it, so that
 * `outputs('X')` in a loop means the X of the same repetition.
 */
export interface Frame {
  readonly parent: Frame | undefined;
  /** Prefix of the paths of the actions in it. */
  readonly path: string;
  readonly records: Map<string, ActionRecord>;
  /** Repetitions of loops in this frame that are read after their end, by loop. */
  readonly repetitions: Map<string, readonly Frame[]>;
  readonly loop: { readonly name: string; readonly item: Value; readonly index: bigint } | undefined;
  /** Aborted when the run has ended, or the limit of a container around has passed: what runs is cancelled. */
  readonly cut: AbortSignal;
}

const never = new AbortController().signal;

export function outermostFrame(cut: AbortSignal = never): Frame {
  return { parent: undefined, path: '', records: new Map(), repetitions: new Map(), loop: undefined, cut };
}

export function repetition(parent: Frame, name: string, index: number, item: Value): Frame {
  const path = `${parent.path}${name}[${index}]/`;
  const loop = { name, item, index: BigInt(index) };
  return { parent, path, records: new Map(), repetitions: new Map(), loop, cut: parent.cut };
}

/** The record of an action in this frame or one around it. */
export function findRecord(frame: Frame | undefined, name: string): ActionRecord | undefined {
  for (let here = frame; here !== undefined; here = here.parent) {
    const record = here.records.get(name);
    if (record !== undefined) return record;
  }
  return undefined;
}

/** The nearest loop around, or the one of this name (spaces and underscores are the same). */
export function findLoop(frame: Frame | undefined, name?: string): Frame['loop'] {
  const wanted = name?.replaceAll(' ', '_').toLowerCase();
  for (let here = frame; here !== undefined; here = here.parent) {
    if (here.loop === undefined) continue;
    if (wanted === undefined || here.loop.name.replaceAll(' ', '_').toLowerCase() === wanted) return here.loop;
  }
  return undefined;
}
