import { ExpressionError } from '../expression-error.ts';
import { isArray, isNumber, isObject, sameValue, type Value, type ValueObject } from '../value.ts';
import { count, define, list, text, wrongType } from './function-entry.ts';

/** @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (collection functions) */
export const collections = [
  define(
    'contains',
    [2, 2],
    contains,
    ["contains('hello', 'ell')", 'true'],
    ["contains('Hello', 'hello')", 'false'],
    ['contains(createArray(1,2), 2)', 'true'],
    [`contains(json('{"a":1}'), 'a')`, 'true'],
  ),
  define(
    'empty',
    [1, 1],
    empty,
    ["empty('')", 'true'],
    ['empty(null)', 'true'],
    ['empty(createArray(1))', 'false'],
    [`empty(json('{}'))`, 'true'],
  ),
  define(
    'first',
    [1, 1],
    (v) => end('first', v, 0),
    ["first('abc')", '"a"'],
    ['first(createArray(3,4))', '3'],
    ["first(json('[]'))", 'null'],
  ),
  define('last', [1, 1], (v) => end('last', v, -1), ["last('abc')", '"c"'], ['last(createArray(3,4))', '4']),
  define(
    'take',
    [2, 2],
    (v) => part('take', v, 0, Math.max(count('take', v, 1), 0)),
    ["take('abcde', 3)", '"abc"'],
    ['take(createArray(0,1,2), 2)', '[0,1]'],
  ),
  define(
    'skip',
    [2, 2],
    (v) => part('skip', v, Math.max(count('skip', v, 1), 0), Infinity),
    ['skip(createArray(0,1,2), 1)', '[1,2]'],
    ["skip('abc', 1)", '"bc"'],
  ),
  define(
    'chunk',
    [2, 2],
    chunk,
    ["chunk('abcdefgh', 3)", '["abc","def","gh"]'],
    ['chunk(createArray(1,2,3), 2)', '[[1,2],[3]]'],
    ["chunk('a', 0)", 'throws'],
  ),
  define('reverse', [1, 1], (v) => [...list('reverse', v, 0)].reverse(), ['reverse(createArray(1,2))', '[2,1]']),
  define(
    'sort',
    [1, 2],
    sort,
    ['sort(createArray(2,1,3))', '[1,2,3]'],
    [`sort(json('[{"n":"b"},{"n":"a"}]'), 'n')`, '[{"n":"a"},{"n":"b"}]'],
  ),
  define(
    'union',
    [1, Infinity],
    union,
    ['union(createArray(1,2), createArray(2,3))', '[1,2,3]'],
    [`union(json('{"a":1}'), json('{"a":2}'))`, '{"a":2}'],
  ),
  define(
    'intersection',
    [1, Infinity],
    intersection,
    ['intersection(createArray(1,2,3), createArray(101,2,1))', '[1,2]'],
    [`intersection(json('{"a":1,"b":2}'), json('{"b":2}'))`, '{"b":2}'],
  ),
  define('createArray', [1, Infinity], (v) => v, ["createArray('h', 1)", '["h",1]']),
  define('array', [1, 1], (v) => [v[0]!], ["array('hello')", '["hello"]']),
  define('range', [2, 2], range, ['range(1, 4)', '[1,2,3,4]'], ['range(1, 0)', 'throws']),
];

function contains([whole, wanted]: readonly Value[]): Value {
  if (typeof whole === 'string') return typeof wanted === 'string' && whole.includes(wanted);
  if (isArray(whole)) return whole.some((item) => sameValue(item, wanted!));
  if (isObject(whole)) return typeof wanted === 'string' && Object.hasOwn(whole, wanted);
  if (whole === null) return false;
  throw wrongType('contains', 0, 'a string, an array or an object', whole);
}

function empty([value]: readonly Value[]): Value {
  if (value === null || value === '') return true;
  if (typeof value === 'string') return false;
  if (isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  throw wrongType('empty', 0, 'a string, an array or an object', value);
}

function end(name: string, [whole]: readonly Value[], place: 0 | -1): Value {
  if (typeof whole === 'string') return [...whole].at(place) ?? null;
  if (isArray(whole)) return whole.at(place) ?? null;
  throw wrongType(name, 0, 'a string or an array', whole);
}

function part(name: string, [whole]: readonly Value[], from: number, to: number): Value {
  if (typeof whole === 'string') return whole.slice(from, to);
  if (isArray(whole)) return whole.slice(from, to);
  throw wrongType(name, 0, 'a string or an array', whole);
}

function chunk(values: readonly Value[]): Value {
  const size = count('chunk', values, 1);
  const whole = values[0]!;
  if (size < 1) throw new ExpressionError("The template language function 'chunk' expects a length above 0.");
  if (typeof whole !== 'string' && !isArray(whole)) throw wrongType('chunk', 0, 'a string or an array', whole);
  const pieces: Value[] = [];
  for (let at = 0; at < whole.length; at += size) pieces.push(whole.slice(at, at + size) as Value);
  return pieces;
}

function sort(values: readonly Value[]): Value {
  const by = values[1] === undefined ? undefined : text('sort', values, 1);
  const key = (item: Value) => (by === undefined ? item : isObject(item) ? (item[by] ?? null) : null);
  return [...list('sort', values, 0)].sort((left, right) => compare(key(left), key(right)));
}

function compare(left: Value, right: Value): number {
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [String(left ?? ''), String(right ?? '')];
  return a < b ? -1 : a > b ? 1 : 0;
}

function union(values: readonly Value[]): Value {
  if (values.every(isObject)) return Object.assign({}, ...values) as ValueObject;
  return values.flatMap((_, index) => list('union', values, index)).reduce<Value[]>(addNew, []);
}

function addNew(known: Value[], item: Value): Value[] {
  if (!known.some((other) => sameValue(other, item))) known.push(item);
  return known;
}

function intersection(values: readonly Value[]): Value {
  const [head, ...rest] = values;
  if (isObject(head)) {
    const inAll = ([name, value]: [string, Value]) =>
      rest.every((other) => isObject(other) && Object.hasOwn(other, name) && sameValue(other[name]!, value));
    return Object.fromEntries(Object.entries(head).filter(inAll));
  }
  const others = rest.map((_, index) => list('intersection', values, index + 1));
  return list('intersection', values, 0)
    .filter((item) => others.every((other) => other.some((one) => sameValue(one, item))))
    .reduce<Value[]>(addNew, []);
}

function range(values: readonly Value[]): Value {
  const start = count('range', values, 0);
  const length = count('range', values, 1);
  if (length < 1 || length > 100_000 || start + length > 2147483647) {
    throw new ExpressionError("The template language function 'range' expects a count from 1 to 100000.");
  }
  return Array.from({ length }, (_, index) => BigInt(start + index));
}
