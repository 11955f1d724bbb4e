import { PackageError } from '../package-error.ts';
import type { XmlElement, XmlNode } from './tree.ts';

export interface WriteXmlOptions {
  /** Begins with `<?xml version="1.0" encoding="utf-8"?>` and a new line. */
  readonly declaration?: boolean;
}

/**
 * Writes the tree as it is, adding no white space; parsing the result gives the same tree.
 *
 * @throws PackageError for characters XML cannot hold
 */
export function writeXml(element: XmlElement, { declaration = false }: WriteXmlOptions = {}): string {
  return (declaration ? '<?xml version="1.0" encoding="utf-8"?>\n' : '') + writeElement(element);
}

function writeElement({ name, attributes, children }: XmlElement): string {
  const start = `<${name}${[...attributes].map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`).join('')}`;
  return children.length === 0 ? `${start} />` : `${start}>${children.map(writeNode).join('')}</${name}>`;
}

function writeNode(node: XmlNode): string {
  switch (node.kind) {
    case 'element':
      return writeElement(node);
    case 'text':
      return escapeText(node.text);
    case 'cdata':
      return `<![CDATA[${allowed(node.text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    case 'comment':
      if (/--|-$/.test(node.text)) throw new PackageError(`A comment cannot hold '${node.text}'.`, '', '0x80048013');
      return `<!--${allowed(node.text)}-->`;
    case 'instruction':
      return `<?${node.target} ${allowed(node.text)}?>`;
  }
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
const escapeText = (text: string) => allowed(text).replace(/[&<>\r]/g, (character) => escapes[character]!);
const escapeAttribute = (text: string) => allowed(text).replace(/[&<>"\n\r\t]/g, (character) => escapes[character]!);

/** Control characters, halves of surrogate pairs and the two non-characters have no place in XML, escaped or not. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function allowed(text: string): string {
  const found = forbidden.exec(text)?.[0];
  if (found === undefined) return text;
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw new PackageError(`XML cannot hold the character U+${code}, found in '${text.slice(0, 80)}'.`, '', '0x80048013');
}
