import type { ActionDefinition, ActionMap, FlowDefinition } from '../definition/model.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import type { Expression } from '../expressions/parse.ts';
import { parseTemplate } from '../expressions/template.ts';
import { isArray, isObject, type Value } from '../expressions/value.ts';

/** An action and the containers around it, outermost first. */
export interface Placed {
  readonly action: ActionDefinition;
  readonly around: readonly ActionDefinition[];
}

/** Every action of a flow, whatever it is inside of. */
export function placed(actions: ActionMap, around: readonly ActionDefinition[] = []): Placed[] {
  return [...actions.values()].flatMap((action) => [
    { action, around },
    ...placed(action.actions, [...around, action]),
    ...[...action.branches.values()].flatMap((branch) => placed(branch, [...around, action])),
  ]);
}

const containers = ['actions', 'else', 'default', 'cases', 'runAfter'];

/** Calls in the strings of an action itself, not of the actions inside it. */
export function callsOf(action: ActionDefinition): { calls: Call[]; errors: string[] } {
  const own = Object.fromEntries(Object.entries(action.raw).filter(([name]) => !containers.includes(name)));
  return callsIn(own);
}

export const callsOfTrigger = ({ trigger }: FlowDefinition) => callsIn(trigger.raw);

export interface Call {
  readonly name: string;
  readonly arguments: readonly Expression[];
}

function callsIn(value: Value): { calls: Call[]; errors: string[] } {
  const calls: Call[] = [];
  const errors: string[] = [];
  for (const text of textsIn(value)) {
    try {
      const template = parseTemplate(text);
      if (template.kind === 'expression') collect(template.expression, calls);
      if (template.kind === 'interpolation')
        for (const part of template.parts) if (typeof part !== 'string') collect(part, calls);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      errors.push(error.message);
    }
  }
  return { calls, errors };
}

function* textsIn(value: Value): Generator<string> {
  if (typeof value === 'string') {
    if (value.includes('@')) yield value;
  } else if (isArray(value)) for (const part of value) yield* textsIn(part);
  else if (isObject(value))
    for (const [name, part] of Object.entries(value)) {
      if (name.includes('@{')) yield name;
      yield* textsIn(part);
    }
}

function collect(expression: Expression, calls: Call[]): void {
  if (expression.kind === 'member') {
    collect(expression.of, calls);
    collect(expression.key, calls);
  }
  if (expression.kind !== 'call') return;
  calls.push({ name: expression.name, arguments: expression.arguments });
  for (const argument of expression.arguments) collect(argument, calls);
}
