import { ExpressionError } from '../expression-error.ts';
import { isArray, type Value } from '../value.ts';
import { amount, count, define, list } from './function-entry.ts';

type Amount = bigint | number;

/**
 * Two Integers give an Integer, exact to 64 bits; a Float on either side gives a Float.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (math functions)
 */
export const math = [
  define(
    'add',
    [2, 2],
    binary(
      'add',
      (a, b) => a + b,
      (a, b) => a + b,
    ),
    ['add(1, 1.5)', '2.5'],
    ['add(9007199254740993, 1)', '9007199254740994'],
    ["add('1', 2)", 'throws'],
  ),
  define(
    'sub',
    [2, 2],
    binary(
      'sub',
      (a, b) => a - b,
      (a, b) => a - b,
    ),
    ['sub(10.3, 0.3)', '10.0'],
    ['sub(1, 3)', '-2'],
  ),
  define(
    'mul',
    [2, 2],
    binary(
      'mul',
      (a, b) => a * b,
      (a, b) => a * b,
    ),
    ['mul(2, 3)', '6'],
    ['mul(1.5, 2)', '3.0'],
  ),
  define(
    'div',
    [2, 2],
    binary(
      'div',
      (a, b) => a / nonZero('div', b),
      (a, b) => a / nonZero('div', b),
    ),
    ['div(11, 5)', '2'],
    ['div(11, 5.0)', '2.2'],
    ['div(1, 0)', 'throws'],
  ),
  define(
    'mod',
    [2, 2],
    binary(
      'mod',
      (a, b) => a % nonZero('mod', b),
      (a, b) => a % nonZero('mod', b),
    ),
    ['mod(3, 2)', '1'],
    ['mod(-5, 2)', '-1'],
  ),
  define(
    'max',
    [1, Infinity],
    (v) => extreme('max', v, (a, b) => a > b),
    ['max(1, 2, 3)', '3'],
    ['max(createArray(1, 2.5))', '2.5'],
  ),
  define('min', [1, Infinity], (v) => extreme('min', v, (a, b) => a < b), ['min(1, 2, 3)', '1']),
  define('rand', [2, 2], rand, ['rand(1, 2)', '1']),
];

function binary(name: string, exact: (a: bigint, b: bigint) => bigint, loose: (a: number, b: number) => number) {
  return (values: readonly Value[]): Value => {
    const a = amount(name, values, 0);
    const b = amount(name, values, 1);
    if (typeof a === 'bigint' && typeof b === 'bigint') return within64Bits(name, exact(a, b));
    return loose(Number(a), Number(b));
  };
}

function within64Bits(name: string, value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new ExpressionError(`The result of '${name}' does not fit a 64-bit integer.`);
}

function nonZero<T extends Amount>(name: string, value: T): T {
  if (Number(value) !== 0) return value;
  throw new ExpressionError(`Attempt to divide an integral or decimal value by zero in function '${name}'.`);
}

function extreme(name: string, values: readonly Value[], better: (a: Amount, b: Amount) => boolean): Value {
  const all = values.length === 1 && isArray(values[0]) ? list(name, values, 0) : values;
  if (all.length === 0)
    throw new ExpressionError(`The template language function '${name}' expects at least one number.`);
  return all.map((_, index) => amount(name, all, index)).reduce((best, next) => (better(next, best) ? next : best));
}

function rand(values: readonly Value[]): Value {
  const least = count('rand', values, 0);
  const most = count('rand', values, 1);
  if (most <= least)
    throw new ExpressionError(
      "The template language function 'rand' expects its second parameter to be greater than its first.",
    );
  return BigInt(least + Math.floor(Math.random() * (most - least)));
}
