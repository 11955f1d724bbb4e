import { isNumber, sameValue, type Value } from '../value.ts';
import { define, wrongType } from './function-entry.ts';

/**
 * In logical functions null counts as an empty string.
 *
 * Decided: `if`, `and` and `or` evaluate all their arguments first, as field reports say the real engine does.
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
  define('if', [3, 3], (v) => (truth('if', v, 0) ? v[1]! : v[2]!), ["if(equals(1, 1), 'yes', 'no')", '"yes"']),
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
  if (typeof a !== 'string') throw wrongType(name, 0, 'a number or a string', left);
  if (typeof b !== 'string') throw wrongType(name, 1, 'a value of the type of the first', right);
  return a < b ? -1 : a > b ? 1 : 0;
}
