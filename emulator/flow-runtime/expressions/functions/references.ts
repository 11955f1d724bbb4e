import { ExpressionError } from '../expression-error.ts';
import type { Scope } from '../evaluate.ts';
import { isArray, isObject, type Value } from '../value.ts';
import { define, text } from './function-entry.ts';

/**
 * What an expression asks of its run. They have no examples: they are nothing without a run.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (workflow functions)
 */
export const references = [
  define('triggerOutputs', [0, 0], (_, scope) => member(scope.trigger(), 'outputs')),
  define('triggerBody', [0, 0], (_, scope) => member(member(scope.trigger(), 'outputs'), 'body')),
  define('trigger', [0, 0], (_, scope) => scope.trigger()),
  define('outputs', [1, 1], (v, scope) => member(action('outputs', v, scope), 'outputs')),
  define('actionOutputs', [1, 1], (v, scope) => member(action('actionOutputs', v, scope), 'outputs')),
  define('body', [1, 1], (v, scope) => bodyOf(action('body', v, scope))),
  define('actionBody', [1, 1], (v, scope) => bodyOf(action('actionBody', v, scope))),
  define('actions', [1, 1], (v, scope) => action('actions', v, scope)),
  define('action', [0, 0], (_, scope) => scope.current() ?? notInLoop('action')),
  define('result', [1, 1], (v, scope) => scope.result(text('result', v, 0))),
  define('variables', [1, 1], variable),
  define('parameters', [1, 1], parameter),
  define('item', [0, 0], (_, scope) => scope.item() ?? notInLoop('item')),
  define('items', [1, 1], (v, scope) => scope.item(text('items', v, 0)) ?? notInLoop('items')),
  define(
    'iterationIndexes',
    [1, 1],
    (v, scope) => scope.iterationIndex(text('iterationIndexes', v, 0)) ?? notInLoop('iterationIndexes'),
  ),
  define('workflow', [0, 0], (_, scope) => scope.workflow()),
  define('listCallbackUrl', [0, 0], (_, scope) => scope.callbackUrl() ?? notInLoop('listCallbackUrl')),
];

function member(value: Value, name: string): Value {
  return isObject(value) ? (value[name] ?? null) : null;
}

/** Of an action in a loop that has ended: the bodies of all its repetitions. */
function bodyOf(record: Value): Value {
  const outputs = member(record, 'outputs');
  return isArray(outputs) ? outputs.map((one) => member(one, 'body')) : member(outputs, 'body');
}

/** The record of an action; one that has not run reads as null, so that `coalesce` of two branches works. */
function action(name: string, values: readonly Value[], scope: Scope): Value {
  const wanted = text(name, values, 0);
  const record = scope.action(wanted);
  if (record !== undefined) return record;
  throw new ExpressionError(
    `The template language function '${name}' refers to the action '${wanted}', which this flow does not have.`,
  );
}

function variable(values: readonly Value[], scope: Scope): Value {
  const name = text('variables', values, 0);
  const value = scope.variable(name);
  if (value === undefined) throw new ExpressionError(`The variable '${name}' is not initialized.`);
  return value;
}

function parameter(values: readonly Value[], scope: Scope): Value {
  const name = text('parameters', values, 0);
  const value = scope.parameter(name);
  if (value === undefined) throw new ExpressionError(`The workflow parameter '${name}' is not found.`);
  return value;
}

function notInLoop(name: string): never {
  throw new ExpressionError(`The template language function '${name}' has nothing to refer to here.`);
}
