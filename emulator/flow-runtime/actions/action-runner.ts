import type { ActionDefinition } from '../definition/model.ts';
import { resolve } from '../expressions/template.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import type { Frame } from '../runs/frame.ts';
import type { Outcome } from '../runs/outcome.ts';

/** Runs one action of one type. An ExpressionError it throws becomes the action's failure. */
export type ActionRunner = (action: ActionDefinition, frame: Frame, run: FlowRun) => Promise<Outcome>;

/** The action's inputs with every expression evaluated. */
export function resolvedInputs(action: ActionDefinition, frame: Frame, run: FlowRun): Value {
  return resolve(action.inputs, run.scope(frame));
}

export function resolvedObject(action: ActionDefinition, frame: Frame, run: FlowRun): ValueObject {
  const inputs = resolvedInputs(action, frame, run);
  return isObject(inputs) ? inputs : {};
}
