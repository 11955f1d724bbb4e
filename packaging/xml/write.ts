import { PackageError } from '../package-error.ts';
import type { XmlElement, XmlNode } from './tree.ts';

export interface WriteXmlOptions {
  /** Begins with `<?xml version="1.0" encoding="utf-8"?>` and a new line. */
  readonly declaration?: boolean;
  /**
   * Two blanks for every level. White space counts where there is text, so an element that holds any is left as it is,
   * and so is a leaf; doing it twice changes nothing.
   */
  readonly isIndented?: boolean;
}

/**
 * Writes the tree as it is, adding no white space unless it is to be indented; parsing the result gives the same tree.
 *
 * @throws PackageError for characters XML cannot hold
 */
export function writeXml(
  element: XmlElement,
  { declaration = false, isIndented = false }: WriteXmlOptions = {},
): string {
  const start = declaration ? '<?xml version="1.0" encoding="utf-8"?>\n' : '';
  return start + writeElement(element, isIndented ? '\n' : undefined);
}

/** @param line the line end and blanks before the element, where it is indented */
function writeElement({ name, attributes, children }: XmlElement, line: string | undefined): string {
  let out = `<${name}`;
  for (const [key, value] of attributes) out += ` ${key}="${escapeAttribute(value)}"`;
  if (children.length === 0) return `${out} />`;
  out += '>';
  const lines = line === undefined || !isOfLines(children) ? undefined : line;
  const inner = lines === undefined ? undefined : `${lines}  `;
  for (const node of children) {
    if (inner === undefined) out += writeNode(node, inner);
    else if (!isBlank(node)) out += inner + writeNode(node, inner);
  }
  return `${out}${lines ?? ''}</${name}>`;
}

const isBlank = (node: XmlNode) => node.kind === 'text' && node.text.trim() === '';

/** Whether there are elements or comments, and no text beside them. */
const isOfLines = (children: readonly XmlNode[]) =>
  children.every((node) => (node.kind !== 'text' && node.kind !== 'cdata') || isBlank(node)) &&
  !children.every(isBlank);

function writeNode(node: XmlNode, line: string | undefined): string {
  switch (node.kind) {
    case 'element':
      return writeElement(node, line);
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
const escape = (character: string) => escapes[character]!;
/** What may have to be escaped, or refused; most texts have none of it. */
const inTexts = /[^\t\n\u0020-\u0025\u0027-\u003B\u003D\u003F-\uD7FF\uE000-\uFFFD]/;
const inAttributes = /[^\u0020\u0021\u0023-\u0025\u0027-\u003B\u003D\u003F-\uD7FF\uE000-\uFFFD]/;
const escapeText = (text: string) => (inTexts.test(text) ? allowed(text).replace(/[&<>\r]/g, escape) : text);
const escapeAttribute = (text: string) =>
  inAttributes.test(text) ? allowed(text).replace(/[&<>"\n\r\t]/g, escape) : text;

/** Control characters, halves of surrogate pairs and the two non-characters have no place in XML, escaped or not. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function allowed(text: string): string {
  const found = forbidden.exec(text)?.[0];
  if (found === undefined) return text;
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw new PackageError(`XML cannot hold the character U+${code}, found in '${text.slice(0, 80)}'.`, '', '0x80048013');
}
