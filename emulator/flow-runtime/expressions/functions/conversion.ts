import Decimal from 'decimal.js';
import { ExpressionError } from '../expression-error.ts';
import { asText } from '../as-text.ts';
import { readJson } from '../json.ts';
import { readFloat } from '../number-format.ts';
import { isNumber, isObject, type Value } from '../value.ts';
import { define, text, textOrEmpty, wrongType } from './function-entry.ts';
import { jsonOfXml, xmlText } from './xml.ts';

const encode = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const toBase64 = (value: string) => Buffer.from(value).toString('base64');
const binaryOf = (value: string) => ({ '$content-type': 'application/octet-stream', $content: toBase64(value) });

/** @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (conversion functions) */
export const conversion = [
  define(
    'string',
    [1, 1],
    toText,
    ['string(10)', '"10"'],
    ['string(null)', '""'],
    [`string(json('{"a": 1}'))`, '"{\\"a\\":1}"'],
    ['string(true)', '"True"'],
  ),
  define('int', [1, 1], toInteger, ["int('10')", '10'], ["int('1.5')", 'throws'], ['int(1.0)', '1']),
  define(
    'float',
    [1, 2],
    toFloat,
    ["float('10,000.333')", '10000.333'],
    ["float('12-')", '-12.0'],
    ["float('x')", 'throws'],
  ),
  define('decimal', [1, 1], toDecimal, ["decimal('1.5')", '1.5']),
  define('bool', [1, 1], toBoolean, ['bool(1)', 'true'], ["bool('false')", 'false'], ['bool(0)', 'false']),
  define(
    'json',
    [1, 1],
    toJson,
    [`json('{"a":[1,2.5,null]}')`, '{"a":[1,2.5,null]}'],
    ["json('x')", 'throws'],
    ['json(null)', 'throws'],
  ),
  define('base64', [1, 1], (v) => toBase64(text('base64', v, 0)), ["base64('hello')", '"aGVsbG8="']),
  define('base64ToString', [1, 1], (v) => fromBase64('base64ToString', v), ["base64ToString('aGVsbG8=')", '"hello"']),
  define('decodeBase64', [1, 1], (v) => fromBase64('decodeBase64', v), ["decodeBase64('aGVsbG8=')", '"hello"']),
  define(
    'base64ToBinary',
    [1, 1],
    (v) => ({ '$content-type': 'application/octet-stream', $content: text('base64ToBinary', v, 0) }),
    ["base64ToBinary('aA==')", '{"$content-type":"application/octet-stream","$content":"aA=="}'],
  ),
  define('binary', [1, 1], (v) => binaryOf(text('binary', v, 0)), [
    "binary('h')",
    '{"$content-type":"application/octet-stream","$content":"aA=="}',
  ]),
  define('dataUriToBinary', [1, 1], (v) => binaryOf(text('dataUriToBinary', v, 0)), [
    "dataUriToBinary('data:,h')",
    '{"$content-type":"application/octet-stream","$content":"ZGF0YTosaA=="}',
  ]),
  define('uriComponentToBinary', [1, 1], (v) => binaryOf(text('uriComponentToBinary', v, 0)), [
    "uriComponentToBinary('a%20b')",
    '{"$content-type":"application/octet-stream","$content":"YSUyMGI="}',
  ]),
  define('dataUri', [1, 1], (v) => `data:text/plain;charset=utf-8;base64,${toBase64(text('dataUri', v, 0))}`, [
    "dataUri('hello')",
    '"data:text/plain;charset=utf-8;base64,aGVsbG8="',
  ]),
  define('dataUriToString', [1, 1], (v) => fromDataUri('dataUriToString', v), [
    "dataUriToString('data:text/plain;charset=utf-8;base64,aGVsbG8=')",
    '"hello"',
  ]),
  define('decodeDataUri', [1, 1], (v) => fromDataUri('decodeDataUri', v), ["decodeDataUri('data:,hello')", '"hello"']),
  define('uriComponent', [1, 1], (v) => encode(textOrEmpty('uriComponent', v, 0)), [
    "uriComponent('a b/ü')",
    '"a%20b%2F%C3%BC"',
  ]),
  define('encodeUriComponent', [1, 1], (v) => encode(textOrEmpty('encodeUriComponent', v, 0)), [
    "encodeUriComponent(':/?')",
    '"%3A%2F%3F"',
  ]),
  define('uriComponentToString', [1, 1], (v) => decode('uriComponentToString', v), [
    "uriComponentToString('a%20b')",
    '"a b"',
  ]),
  define('decodeUriComponent', [1, 1], (v) => decode('decodeUriComponent', v), ["decodeUriComponent('%3A')", '":"']),
];

function toText([value = null]: readonly Value[]): Value {
  if (isObject(value) && typeof value['$content'] === 'string')
    return Buffer.from(value['$content'], 'base64').toString();
  return asText(value);
}

function toInteger([value]: readonly Value[]): Value {
  const whole = wholeNumber(value);
  if (whole !== undefined && BigInt.asIntN(64, whole) === whole) return whole;
  throw new ExpressionError(
    `The template language function 'int' was invoked with a parameter that is not valid. The value '${String(value)}' cannot be converted to the target type.`,
  );
}

function wholeNumber(value: Value | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  const isWhole = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value);
  return isWhole ? BigInt(value.trim().replace(/^\+/, '')) : undefined;
}

function toFloat(values: readonly Value[]): Value {
  const value = values[0];
  if (isNumber(value)) return Number(value);
  const read = readFloat(text('float', values, 0), values[1] === undefined ? 'en-US' : text('float', values, 1));
  if (read !== undefined) return read;
  throw new ExpressionError(
    `The template language function 'float' was invoked with a parameter that is not valid. The value '${String(value)}' cannot be converted to the target type.`,
  );
}

/** Differs: a decimal is carried as a Float; digits beyond a double are lost. */
function toDecimal(values: readonly Value[]): Value {
  const value = values[0];
  if (isNumber(value)) return value;
  try {
    return new Decimal(text('decimal', values, 0).trim()).toNumber();
  } catch {
    throw new ExpressionError(`The template language function 'decimal' cannot convert the value '${String(value)}'.`);
  }
}

function toBoolean([value]: readonly Value[]): Value {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(value) !== 0;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new ExpressionError(`The template language function 'bool' cannot convert the value '${String(value)}'.`);
}

function toJson(values: readonly Value[]): Value {
  const value = values[0];
  const xml = xmlText(value);
  if (xml !== undefined) return jsonOfXml(xml);
  if (isObject(value)) return value;
  if (typeof value !== 'string') throw wrongType('json', 0, 'a string', value);
  try {
    return readJson(value);
  } catch (error) {
    throw new ExpressionError(
      `The template language function 'json' parameter is not valid. The provided value cannot be parsed: ${(error as Error).message}`,
    );
  }
}

function fromBase64(name: string, values: readonly Value[]): Value {
  return Buffer.from(text(name, values, 0), 'base64').toString();
}

function fromDataUri(name: string, values: readonly Value[]): Value {
  const match = /^data:([^,]*),(.*)$/s.exec(text(name, values, 0));
  if (match === null) throw new ExpressionError(`The template language function '${name}' expects a data URI.`);
  return match[1]!.endsWith(';base64') ? Buffer.from(match[2]!, 'base64').toString() : decodeURIComponent(match[2]!);
}

function decode(name: string, values: readonly Value[]): Value {
  try {
    return decodeURIComponent(text(name, values, 0));
  } catch {
    throw new ExpressionError(`The template language function '${name}' expects text that is percent-encoded.`);
  }
}
