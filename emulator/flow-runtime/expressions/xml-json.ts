import { isArray, isObject, type Value, type ValueObject } from './value.ts';
import { asText } from './as-text.ts';

/** A JSON value that is no XML document: no root, or several. */
export class XmlConversionError extends Error {}

/**
 * JSON as an XML document: `@name` is an attribute, `#text` the text beside children, `?xml` the declaration, an array the
 * same element several times.
 *
 * @throws XmlConversionError unless there is exactly one root
 */
export function toXml(value: Value): string {
  if (!isObject(value)) throw new XmlConversionError('JSON that becomes XML is an object with one root element.');
  const roots = Object.entries(value).filter(([name]) => name !== '?xml');
  const [root] = roots;
  if (roots.length !== 1 || root === undefined || isArray(root[1]))
    throw new XmlConversionError(
      'JSON root object has multiple properties. The root object must have a single property in order to create a valid XML document.',
    );
  const declaration = isObject(value['?xml']) ? `<?xml${attributesOf(value['?xml'])}?>` : '';
  return declaration + element(root[0], root[1]);
}

function element(name: string, value: Value): string {
  const tag = encodeName(name);
  if (isArray(value)) return value.map((one) => element(name, one)).join('');
  if (!isObject(value)) return value === null ? `<${tag} />` : `<${tag}>${escape(textOf(value))}</${tag}>`;
  const inside = Object.entries(value)
    .filter(([key]) => !key.startsWith('@'))
    .map(([key, part]) => (key === '#text' || key === '#cdata-section' ? escape(textOf(part)) : element(key, part)))
    .join('');
  return inside === '' ? `<${tag}${attributesOf(value)} />` : `<${tag}${attributesOf(value)}>${inside}</${tag}>`;
}

const attributesOf = (value: ValueObject) =>
  Object.entries(value)
    .filter(([key]) => key.startsWith('@'))
    .map(([key, part]) => ` ${key.slice(1)}="${escape(textOf(part))}"`)
    .join('');

/** Booleans are lower case in XML, unlike `string(true)`. */
const textOf = (value: Value) => (typeof value === 'boolean' ? String(value) : asText(value));

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export const escape = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);

export const unescape = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return Object.entries(entities).find(([, entity]) => entity === `&${name.toLowerCase()};`)?.[0] ?? whole;
  });

/** Characters an XML name cannot have, written `_x0020_`. */
export const encodeName = (name: string) =>
  name.replace(/_(?=x[\da-f]{4}_)|[^\w.:-]|^[^A-Za-z_:]/gi, (character) =>
    /[\p{L}\p{N}]/u.test(character) && !/^\d/.test(character)
      ? character
      : `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );

export const decodeName = (name: string) =>
  name.replace(/_x([\da-f]{4})_/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The part of a DOM node that is read here. */
export interface XmlDomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<XmlDomNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const elementNode = 1;
const textNodes = new Set([3, 4]);

/** An element as JSON: text alone is a string, nothing is null, several of one name an array. */
export function fromElement(node: XmlDomNode): Value {
  const result: Record<string, Value> = {};
  for (const { name, value } of Array.from(node.attributes ?? [])) result[`@${name}`] = value;
  const children = Array.from(node.childNodes);
  for (const child of children.filter((one) => one.nodeType === elementNode)) {
    const name = decodeName(child.nodeName);
    const value = fromElement(child);
    const known = result[name];
    result[name] = known === undefined ? value : isArray(known) ? [...known, value] : [known, value];
  }
  const text = children
    .filter((one) => textNodes.has(one.nodeType))
    .map((one) => one.nodeValue ?? '')
    .join('');
  const hasText = text.trim() !== '';
  if (Object.keys(result).length === 0) return hasText ? text : null;
  if (hasText) result['#text'] = text;
  return result;
}
