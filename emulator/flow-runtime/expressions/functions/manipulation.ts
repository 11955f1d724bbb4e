import { ExpressionError } from '../expression-error.ts';
import { isObject, type Value } from '../value.ts';
import { define, object, text } from './function-entry.ts';

/** @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (manipulation and URI functions) */
export const manipulation = [
  define(
    'setProperty',
    [3, 3],
    (v) => ({ ...object('setProperty', v, 0), [text('setProperty', v, 1)]: v[2]! }),
    [`setProperty(json('{"a":1}'), 'a', 2)`, '{"a":2}'],
    [`setProperty(json('{}'), 'b', null)`, '{"b":null}'],
  ),
  define(
    'addProperty',
    [3, 3],
    addProperty,
    [`addProperty(json('{"a":1}'), 'b', 2)`, '{"a":1,"b":2}'],
    [`addProperty(json('{"a":1}'), 'a', 2)`, 'throws'],
  ),
  define(
    'removeProperty',
    [2, 2],
    removeProperty,
    [`removeProperty(json('{"a":1,"b":2}'), 'a')`, '{"b":2}'],
    [`removeProperty(json('{"a":1}'), 'x')`, '{"a":1}'],
  ),
  define('mergeObjects', [1, Infinity], (v) => v.map((_, index) => object('mergeObjects', v, index)).reduce(merge), [
    `mergeObjects(json('{"a":{"b":1}}'), json('{"a":{"c":2}}'))`,
    '{"a":{"b":1,"c":2}}',
  ]),
  define('uriHost', [1, 1], (v) => uri('uriHost', v).hostname, [
    "uriHost('https://www.localhost.com:8080')",
    '"www.localhost.com"',
  ]),
  define('uriPath', [1, 1], (v) => uri('uriPath', v).pathname, [
    "uriPath('https://www.contoso.com/catalog/shownew.htm?date=today')",
    '"/catalog/shownew.htm"',
  ]),
  define('uriPathAndQuery', [1, 1], (v) => uri('uriPathAndQuery', v).pathname + uri('uriPathAndQuery', v).search, [
    "uriPathAndQuery('https://a.b/c?d=e')",
    '"/c?d=e"',
  ]),
  define('uriPort', [1, 1], port, ["uriPort('https://www.localhost:8080')", '8080'], ["uriPort('https://a.b')", '443']),
  define('uriQuery', [1, 1], (v) => uri('uriQuery', v).search, ["uriQuery('https://a.b/c?d=e')", '"?d=e"']),
  define('uriScheme', [1, 1], (v) => uri('uriScheme', v).protocol.slice(0, -1), [
    "uriScheme('https://a.b')",
    '"https"',
  ]),
];

function addProperty(values: readonly Value[]): Value {
  const whole = object('addProperty', values, 0);
  const name = text('addProperty', values, 1);
  if (Object.hasOwn(whole, name))
    throw new ExpressionError(
      `The template language function 'addProperty' cannot add '${name}': the object already has it. Use 'setProperty'.`,
    );
  return { ...whole, [name]: values[2]! };
}

function removeProperty(values: readonly Value[]): Value {
  const { [text('removeProperty', values, 1)]: _removed, ...rest } = object('removeProperty', values, 0);
  return rest;
}

function merge(
  left: Readonly<Record<string, Value>>,
  right: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const merged = { ...left };
  for (const [name, value] of Object.entries(right)) {
    const old = merged[name];
    merged[name] = isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return merged;
}

function uri(name: string, values: readonly Value[]): URL {
  try {
    return new URL(text(name, values, 0));
  } catch {
    throw new ExpressionError(`The template language function '${name}' expects an absolute URI.`);
  }
}

function port(values: readonly Value[]): Value {
  const { port: named, protocol } = uri('uriPort', values);
  const usual: Record<string, bigint> = { 'https:': 443n, 'http:': 80n, 'ftp:': 21n };
  return named === '' ? (usual[protocol] ?? -1n) : BigInt(named);
}
