import { ExpressionError } from '../expression-error.ts';
import { isNumber, sameValue, typeName, type Value } from '../value.ts';
import { define, wrongType } from './function-entry.ts';

/**
 * In logical functions null counts as an empty string.
 *
 * `if` evaluates only the branch it takes: published flows guard with it what would fail, e.g. the first of an empty list
 * (microsoft/coe-starter-kit, AdminCapacityAlerts, `Set_emailGUID_to_localized_row`). Decided: `and` and `or` evaluate all.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (logical comparison functions)
 */
export const logic = [
  define(
    'and',
    [1, Infinity],
    (v) => v.every((_, index) => truth('and', v, index)),
    ['and(true, 1)', 'throws'],
    ['and(true, equals(1,1))', 'true'],
    ['and(true, false)', 'false'],
  ),
  define('or', [1, Infinity], (v) => v.some((_, index) => truth('or', v, index)), ['or(false, true)', 'true']),
  define('not', [1, 1], (v) => !truth('not', v, 0), ['not(false)', 'true']),
  {
    ...define(
      'if',
      [3, 3],
      (v) => (truth('if', v, 0) ? v[1]! : v[2]!),
      ["if(equals(1, 1), 'yes', 'no')", '"yes"'],
      ['if(empty(null), null, formatDateTime(null))', 'null'],
      ["if(false, first(createArray(1))['id'], 2)", '2'],
      ['if(1, 2, 3)', 'throws'],
    ),
    choose: (condition: Value) => (truth('if', [condition], 0) ? 1 : 2),
  },
  define(
    'equals',
    [2, 2],
    (v) => sameValue(v[0]!, v[1]!),
    ['equals(true, 1)', 'true'],
    ["equals('abc', 'abcd')", 'false'],
    ["equals('a', 'A')", 'false'],
    ['equals(1, 1.0)', 'true'],
    ["equals(null, '')", 'false'],
  ),
  define('less', [2, 2], (v) => order('less', v) < 0, ['less(5, 10)', 'true'], ["less('banana', 'apple')", 'false']),
  define('lessOrEquals', [2, 2], (v) => order('lessOrEquals', v) <= 0, ['lessOrEquals(10, 10)', 'true']),
  define(
    'greater',
    [2, 2],
    (v) => order('greater', v) > 0,
    ['greater(10, 5)', 'true'],
    ["greater('apple', 'banana')", 'false'],
  ),
  define('greaterOrEquals', [2, 2], (v) => order('greaterOrEquals', v) >= 0, ['greaterOrEquals(5, 5)', 'true']),
  define(
    'coalesce',
    [1, Infinity],
    (v) => v.find((value) => value !== null) ?? null,
    ["coalesce(null, '', 'b')", '""'],
    ['coalesce(null, null)', 'null'],
  ),
];

function truth(name: string, values: readonly Value[], index: number): boolean {
  const value = values[index];
  if (typeof value === 'boolean') return value;
  throw wrongType(name, index, 'a boolean', value);
}

function order(name: string, [left, right]: readonly Value[]): number {
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [left ?? '', right ?? ''];
  if (typeof a !== 'string' || typeof b !== 'string')
    throw new ExpressionError(
      `The template language function '${name}' expects two parameter of matching types. The function was invoked with values of type '${typeName(left)}' and '${typeName(right)}' that do not match.`,
    );
  return a < b ? -1 : a > b ? 1 : 0;
}
