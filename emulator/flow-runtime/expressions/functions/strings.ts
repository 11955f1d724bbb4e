import { ExpressionError } from '../expression-error.ts';
import { formatNumber, readFloat } from '../number-format.ts';
import { asText } from '../as-text.ts';
import { isArray, isObject, type Value } from '../value.ts';
import { amount, count, define, list, text, textOrEmpty, wrongType } from './function-entry.ts';

const source = (value: Value | undefined, name: string, index: number) => {
  if (typeof value === 'string' || isArray(value)) return value;
  throw wrongType(name, index, 'a string or an array', value);
};

/** @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (string functions) */
export const strings = [
  define(
    'concat',
    [1, Infinity],
    concat,
    ["concat('a', 1, 'b')", '"a1b"'],
    ["concat('a', null)", '"a"'],
    ['concat(createArray(1), createArray(2))', '[1,2]'],
  ),
  define('toLower', [1, 1], (v) => text('toLower', v, 0).toLowerCase(), ["toLower('ÀB')", '"àb"']),
  define('toUpper', [1, 1], (v) => upper(text('toUpper', v, 0)), ["toUpper('ab')", '"AB"']),
  define('trim', [1, 1], (v) => text('trim', v, 0).trim(), ["trim('  a b ')", '"a b"']),
  define(
    'length',
    [1, 1],
    (v) => BigInt(source(v[0], 'length', 0).length),
    ["length('abc')", '3'],
    ['length(createArray(1,2))', '2'],
    ['length(null)', 'throws'],
  ),
  define(
    'replace',
    [3, 3],
    replace,
    ["replace('the old', 'old', 'new')", '"the new"'],
    ["replace('Aa', 'a', '')", '"A"'],
  ),
  define('split', [1, 2], split, ["split('a,b', ',')", '["a","b"]'], ["split('a', ';')", '["a"]']),
  define(
    'join',
    [2, 2],
    (v) =>
      list('join', v, 0)
        .map(asText)
        .join(text('join', v, 1)),
    ["join(createArray('a',1), '-')", '"a-1"'],
  ),
  define('startsWith', [2, 2], (v) => fold(v, 'startsWith', 0).startsWith(fold(v, 'startsWith', 1)), [
    "startsWith('Hello', 'hE')",
    'true',
  ]),
  define('endsWith', [2, 2], (v) => fold(v, 'endsWith', 0).endsWith(fold(v, 'endsWith', 1)), [
    "endsWith('Hello', 'LO')",
    'true',
  ]),
  define(
    'indexOf',
    [2, 2],
    (v) => BigInt(fold(v, 'indexOf', 0).indexOf(fold(v, 'indexOf', 1))),
    ["indexOf('hello', 'L')", '2'],
    ["indexOf('a', 'x')", '-1'],
  ),
  define(
    'lastIndexOf',
    [2, 2],
    lastIndexOf,
    ["lastIndexOf('hello', 'L')", '3'],
    ["lastIndexOf('abc', '')", '2'],
    ["lastIndexOf('', '')", '0'],
  ),
  define(
    'nthIndexOf',
    [3, 3],
    nthIndexOf,
    ["nthIndexOf('123456789123465789', '1', 1)", '0'],
    ["nthIndexOf('123456789123465789', '1', 2)", '9'],
    ["nthIndexOf('1212', '2', -1)", '3'],
    ["nthIndexOf('12', '3', 1)", '-1'],
  ),
  define(
    'substring',
    [2, 3],
    substring,
    ["substring('hello', 1, 3)", '"ell"'],
    ["substring('hello', 2)", '"llo"'],
    ["substring('a', 1, 1)", 'throws'],
  ),
  define(
    'slice',
    [2, 3],
    slice,
    ["slice('Hello World', 2)", '"llo World"'],
    ["slice('Hello', -2)", '"lo"'],
    ["slice('Hello', 9)", '""'],
    ["slice('Hello', 3, 2)", '""'],
  ),
  define('guid', [0, 1], guid, ['length(guid())', '36'], ["length(guid('N'))", '32']),
  define(
    'formatNumber',
    [2, 3],
    (v) =>
      formatNumber(
        amount('formatNumber', v, 0),
        text('formatNumber', v, 1),
        v[2] === undefined ? 'en-US' : text('formatNumber', v, 2),
      ),
    ["formatNumber(1234567890, '0,0.00', 'en-US')", '"1,234,567,890.00"'],
    ["formatNumber(17.35, 'C2')", '"$17.35"'],
    ["formatNumber(5, 'D3')", '"005"'],
  ),
  define(
    'isInt',
    [1, 1],
    (v) => /^\s*[+-]?\d+\s*$/.test(textOrEmpty('isInt', v, 0)),
    ["isInt('10')", 'true'],
    ["isInt('10.0')", 'false'],
  ),
  define(
    'isFloat',
    [1, 2],
    (v) => readFloat(textOrEmpty('isFloat', v, 0), v[1] === undefined ? 'en-US' : text('isFloat', v, 1)) !== undefined,
    ["isFloat('10.5')", 'true'],
    ["isFloat('x')", 'false'],
  ),
  define('trimByteOrderMark', [1, 1], (v) => text('trimByteOrderMark', v, 0).replace(/^\uFEFF/, ''), [
    "trimByteOrderMark('a')",
    '"a"',
  ]),
  define('utf8Length', [1, 1], (v) => BigInt(Buffer.byteLength(text('utf8Length', v, 0))), ["utf8Length('é')", '2']),
  define('utf16Length', [1, 1], (v) => BigInt(text('utf16Length', v, 0).length), ["utf16Length('é')", '1']),
];

function concat(values: readonly Value[]): Value {
  if (values.every(isArray)) return (values as readonly (readonly Value[])[]).flat();
  if (values.some(isObject)) throw wrongType('concat', values.findIndex(isObject), 'a string', values.find(isObject));
  return values.map(asText).join('');
}

/** Character by character, as .NET does: `ß` has no capital of one letter and stays. */
const upper = (value: string) =>
  value.replace(/./gsu, (one) => (one.toUpperCase().length === one.length ? one.toUpperCase() : one));

function replace(values: readonly Value[]): Value {
  const old = text('replace', values, 1);
  if (old === '')
    throw new ExpressionError("The template language function 'replace' expects its second parameter not to be empty.");
  return text('replace', values, 0).replaceAll(old, () => textOrEmpty('replace', values, 2));
}

function split(values: readonly Value[]): Value {
  const delimiter = values[1] === undefined ? ' ' : text('split', values, 1);
  return delimiter === '' ? [text('split', values, 0)] : text('split', values, 0).split(delimiter);
}

function fold(values: readonly Value[], name: string, index: number): string {
  return textOrEmpty(name, values, index).toLowerCase();
}

function lastIndexOf(values: readonly Value[]): Value {
  const whole = fold(values, 'lastIndexOf', 0);
  const part = fold(values, 'lastIndexOf', 1);
  if (part === '') return BigInt(Math.max(whole.length - 1, 0));
  return BigInt(whole.lastIndexOf(part));
}

function nthIndexOf(values: readonly Value[]): Value {
  const whole = fold(values, 'nthIndexOf', 0);
  const part = fold(values, 'nthIndexOf', 1);
  const occurrence = count('nthIndexOf', values, 2);
  const places: number[] = [];
  for (let at = whole.indexOf(part); at >= 0 && part !== ''; at = whole.indexOf(part, at + part.length))
    places.push(at);
  const place = occurrence > 0 ? places[occurrence - 1] : places[places.length + occurrence];
  return BigInt(place ?? -1);
}

function substring(values: readonly Value[]): Value {
  const whole = text('substring', values, 0);
  const start = count('substring', values, 1);
  const length = values[2] === undefined ? whole.length - start : count('substring', values, 2);
  if (start < 0 || length < 0 || start + length > whole.length) {
    throw new ExpressionError(
      "The template language function 'substring' parameters are out of range: 'start index' and 'length' must be non-negative integers and their sum must be no larger than the length of the string.",
    );
  }
  return whole.slice(start, start + length);
}

function slice(values: readonly Value[]): Value {
  const end = values[2] === undefined ? undefined : count('slice', values, 2);
  return text('slice', values, 0).slice(count('slice', values, 1), end);
}

function guid(values: readonly Value[], scope: { newId(): string }): Value {
  const id = scope.newId();
  const format = values[0] === undefined ? 'D' : text('guid', values, 0).toUpperCase();
  const shapes: Record<string, string> = {
    N: id.replaceAll('-', ''),
    D: id,
    B: `{${id}}`,
    P: `(${id})`,
    X: asHexadecimal(id),
  };
  const shaped = shapes[format];
  if (shaped === undefined)
    throw new ExpressionError(
      `The template language function 'guid' does not know the format '${format}'; use N, D, B, P or X.`,
    );
  return shaped;
}

/** `{0x6f9619ff,0x8b86,0xd011,{0xb4,0x2d,0x00,0xcf,0x4f,0xc9,0x64,0xff}}` */
function asHexadecimal(id: string): string {
  const [first, second, third, ...rest] = id.split('-');
  const bytes = rest
    .join('')
    .match(/../g)!
    .map((byte) => `0x${byte}`);
  return `{0x${first},0x${second},0x${third},{${bytes.join(',')}}}`;
}
