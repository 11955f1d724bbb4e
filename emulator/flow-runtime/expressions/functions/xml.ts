import { DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { select } from 'xpath';
import { ExpressionError } from '../expression-error.ts';
import { isObject, type Value } from '../value.ts';
import {
  decodeName,
  encodeName,
  escape,
  fromElement,
  toXml,
  unescape,
  XmlConversionError,
  type XmlDomNode,
} from '../xml-json.ts';
import { define, text, wrongType } from './function-entry.ts';

const contentType = 'application/xml;charset=utf-8';

/** XML inside the language: like a file, its content in base64. */
const wrapped = (xml: string): Value => ({
  '$content-type': contentType,
  $content: Buffer.from(xml).toString('base64'),
});

/** @see https://learn.microsoft.com/azure/logic-apps/expression-functions-reference (xml, xpath and their kin) */
export const xmlFunctions = [
  define(
    'xml',
    [1, 1],
    makeXml,
    [`string(xml(json('{"a":{"@id":"1","b":["x","y"]}}')))`, '"<a id=\\"1\\"><b>x</b><b>y</b></a>"'],
    [`string(xml('<a>1</a>'))`, '"<a>1</a>"'],
    [`xml('<a>')`, 'throws'],
    [`xml(json('{"a":1,"b":2}'))`, 'throws'],
  ),
  define(
    'xpath',
    [2, 2],
    evaluatePath,
    [`xpath(xml('<r><v>1</v><v>2</v></r>'), '//v/text()')`, '["1","2"]'],
    [`xpath(xml('<r><v>1</v><v>2</v></r>'), 'sum(//v)')`, '3'],
    [`xpath(xml('<r><v>1</v></r>'), 'string(/r/v)')`, '"1"'],
    [`xpath(xml('<r a="7"/>'), 'string(/r/@a)')`, '"7"'],
    [`string(first(xpath(xml('<r><v>1</v></r>'), '/r/v')))`, '"<v>1</v>"'],
    [`xpath(xml('<r/>'), '//[')`, 'throws'],
    [
      `json(xml('<?xml version="1.0"?><r a="1"><v>x</v><v/></r>'))`,
      '{"?xml":{"@version":"1.0"},"r":{"@a":"1","v":["x",null]}}',
    ],
  ),
  define('encodeXmlValue', [1, 1], (v) => escape(text('encodeXmlValue', v, 0)), [
    'encodeXmlValue(\'a<b & "c"\')',
    '"a&lt;b &amp; &quot;c&quot;"',
  ]),
  define('decodeXmlValue', [1, 1], (v) => unescape(text('decodeXmlValue', v, 0)), [
    "decodeXmlValue('a&lt;b &amp; &#65;')",
    '"a<b & A"',
  ]),
  define('encodeXmlName', [1, 1], (v) => encodeName(text('encodeXmlName', v, 0)), [
    "encodeXmlName('my name')",
    '"my_x0020_name"',
  ]),
  define('decodeXmlName', [1, 1], (v) => decodeName(text('decodeXmlName', v, 0)), [
    "decodeXmlName('my_x0020_name')",
    '"my name"',
  ]),
];

function makeXml([value]: readonly Value[]): Value {
  if (isXml(value)) return value;
  try {
    const xml = typeof value === 'string' ? value : toXml(value ?? null);
    parse(xml, 'xml');
    return wrapped(xml);
  } catch (error) {
    if (!(error instanceof XmlConversionError)) throw error;
    throw new ExpressionError(`The template language function 'xml' parameter is not valid. ${error.message}`);
  }
}

const isXml = (value: Value | undefined): value is { readonly $content: string } =>
  isObject(value) && typeof value['$content'] === 'string' && /xml/i.test(String(value['$content-type']));

/** XML of a value that is XML; undefined for any other. */
export function xmlText(value: Value | undefined): string | undefined {
  return isXml(value) ? Buffer.from(value.$content, 'base64').toString() : undefined;
}

function parse(xml: string, name: string) {
  try {
    return new DOMParser({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message);
      },
    }).parseFromString(xml.replace(/^\uFEFF/, ''), 'text/xml');
  } catch (error) {
    throw new ExpressionError(
      `The template language function '${name}' parameter is not valid. The provided value cannot be converted to XML: '${(error as Error).message}'.`,
    );
  }
}

function evaluatePath(values: readonly Value[]): Value {
  const xml = xmlText(values[0]);
  if (xml === undefined) throw wrongType('xpath', 0, 'an XML object', values[0]);
  const path = text('xpath', values, 1);
  let found: unknown;
  try {
    found = select(path, parse(xml, 'xpath') as unknown as Node);
  } catch (error) {
    throw new ExpressionError(
      `The template language function 'xpath' parameter is not valid. The XPath expression '${path}': ${(error as Error).message}`,
    );
  }
  if (typeof found === 'number') return Number.isInteger(found) ? BigInt(found) : found;
  if (!Array.isArray(found)) return found as string | boolean;
  return (found as Node[]).map(asValue);
}

/** Decided: text and attributes are their text, elements XML of their own. */
function asValue(node: Node): Value {
  const elementNode = 1;
  if (node.nodeType !== elementNode) return node.nodeValue ?? '';
  return wrapped(new XMLSerializer().serializeToString(node as never));
}

/** `json(xml(…))` */
export function jsonOfXml(xml: string): Value {
  const document = parse(xml, 'json') as unknown as XmlDomNode & { readonly documentElement: XmlDomNode };
  const declaration = /^\uFEFF?<\?xml\s+([^?]*)\?>/.exec(xml)?.[1];
  const root = document.documentElement;
  return {
    ...(declaration === undefined ? {} : { '?xml': attributesOf(declaration) }),
    [decodeName(root.nodeName)]: fromElement(root),
  };
}

const attributesOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/([\w-]+)\s*=\s*["']([^"']*)["']/g)].map(([, name, value]) => [`@${name}`, value!]),
  );
