import { SaxesParser } from 'saxes';
import { PackageError } from './package-error.ts';

export type XmlNode = XmlElement | XmlText | XmlComment;

/** An element of the ordered tree solution files are read into; order and text are kept as they were. */
export interface XmlElement {
  readonly kind: 'element';
  name: string;
  /** In the order they stood. */
  attributes: Map<string, string>;
  children: XmlNode[];
}

export interface XmlText {
  readonly kind: 'text' | 'cdata';
  text: string;
}

export interface XmlComment {
  readonly kind: 'comment';
  text: string;
}

/**
 * Reads XML into an ordered tree.
 *
 * @param name file the text is from, for errors
 * @throws PackageError with file, line and column; DTDs and entities of their own are refused (XXE, entity bombs)
 */
export function parseXml(source: string | Buffer, name: string): XmlElement {
  const text = (typeof source === 'string' ? source : source.toString('utf8')).replace(/^\uFEFF/, '');
  const parser = new SaxesParser();
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  const fail = (reason: string): never => {
    throw new PackageError(
      `${name} is not well-formed XML: line ${parser.line}, column ${parser.column}: ${reason}`,
      name,
      '0x80048013',
    );
  };
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')));
  parser.on('doctype', () => fail('a document type declaration is not allowed.'));
  parser.on('opentag', ({ name: tag, attributes }) => {
    const element: XmlElement = {
      kind: 'element',
      name: tag,
      attributes: new Map(Object.entries(attributes as Record<string, string>)),
      children: [],
    };
    stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  parser.on('closetag', () => void stack.pop());
  parser.on('text', (value) => void stack.at(-1)?.children.push({ kind: 'text', text: value }));
  parser.on('cdata', (value) => void stack.at(-1)?.children.push({ kind: 'cdata', text: value }));
  parser.on('comment', (value) => void stack.at(-1)?.children.push({ kind: 'comment', text: value }));
  parser.write(text).close();
  return root ?? fail('there is no element.');
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#xA;',
  '\r': '&#xD;',
  '\t': '&#x9;',
};
const escapeText = (text: string) => text.replace(/[&<>\r]/g, (character) => escapes[character]!);
const escapeAttribute = (text: string) => text.replace(/[&<>"\n\r\t]/g, (character) => escapes[character]!);

/** Writes the tree as it is, adding no white space; parsing the result gives the same tree. */
export function writeXml(element: XmlElement): string {
  const attributes = [...element.attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  if (element.children.length === 0) return `<${element.name}${attributes} />`;
  return `<${element.name}${attributes}>${element.children.map(writeNode).join('')}</${element.name}>`;
}

function writeNode(node: XmlNode): string {
  if (node.kind === 'element') return writeXml(node);
  if (node.kind === 'cdata') return `<![CDATA[${node.text}]]>`;
  return node.kind === 'comment' ? `<!--${node.text}-->` : escapeText(node.text);
}

/** Makes an element; used by builders. */
export function xmlElement(
  name: string,
  attributes: Record<string, string> = {},
  children: (XmlNode | string)[] = [],
): XmlElement {
  const nodes = children.map((node): XmlNode => (typeof node === 'string' ? { kind: 'text', text: node } : node));
  return { kind: 'element', name, attributes: new Map(Object.entries(attributes)), children: nodes };
}

export function elements(parent: XmlElement): XmlElement[] {
  return parent.children.filter((node): node is XmlElement => node.kind === 'element');
}

/** Child elements of this name. */
export function children(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent === undefined ? [] : elements(parent).filter((element) => element.name === name);
}

/** The first child element of this name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return children(parent, name)[0];
}

/** The element at the end of a path of child names. */
export function descend(parent: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((here, name) => child(here, name), parent);
}

/** All text inside, without leading and trailing white space. */
export function text(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  return element.children
    .map((node) => (node.kind === 'element' ? text(node) : node.kind === 'comment' ? '' : node.text))
    .join('')
    .trim();
}

/** The text of a child element; empty when there is none. */
export function childText(parent: XmlElement | undefined, name: string): string {
  return text(child(parent, name));
}

/** An attribute in any letter case (`id` and `Id` both occur). */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  const exact = element.attributes.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of element.attributes) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/** Every element of this name below, in document order. */
export function* descendants(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const element of elements(parent)) {
    if (element.name === name) yield element;
    yield* descendants(element, name);
  }
}

/** The tree without white space between elements, comments and empty differences: for comparing files as XML. */
export function normalized(element: XmlElement): unknown {
  const inside = element.children.filter((node) => node.kind !== 'comment');
  const hasElements = inside.some((node) => node.kind === 'element');
  const parts = hasElements ? elements(element).map(normalized) : [text(element)].filter((value) => value !== '');
  return {
    name: element.name,
    attributes: [...element.attributes].filter(([name]) => name !== 'xmlns:xsi').sort(),
    parts,
  };
}
