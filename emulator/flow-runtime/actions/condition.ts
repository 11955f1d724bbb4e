import type { Scope } from '../expressions/evaluate.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { findFunction } from '../expressions/functions/index.ts';
import { resolve } from '../expressions/template.ts';
import { isArray, isObject, type Value } from '../expressions/value.ts';

/**
 * Evaluates the condition of an If, a trigger or an Until: an expression string, or a tree of single-key objects
 * `{ "and": [ { "equals": [ "@x", 1 ] } ] }` whose names are the functions of the language.
 */
export function evaluateCondition(condition: Value, scope: Scope): boolean {
  if (!isObject(condition)) return asBoolean(resolve(condition, scope));
  const [entry, ...others] = Object.entries(condition);
  if (entry === undefined || others.length > 0)
    throw new ExpressionError('A condition is an object with one operator.');
  const [operator, operands] = entry;
  switch (operator.toLowerCase()) {
    case 'and':
      return parts(operator, operands).every((part) => evaluateCondition(part, scope));
    case 'or':
      return parts(operator, operands).some((part) => evaluateCondition(part, scope));
    case 'not':
      return !evaluateCondition(isArray(operands) ? (operands[0] ?? null) : operands, scope);
    default:
      return asBoolean(
        findFunction(operator).run(
          parts(operator, operands).map((operand) => resolve(operand, scope)),
          scope,
        ),
      );
  }
}

function parts(operator: string, operands: Value): readonly Value[] {
  if (isArray(operands)) return operands;
  throw new ExpressionError(`The operands of '${operator}' in a condition are an array.`);
}

function asBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new ExpressionError('A condition must give true or false.');
}
