import { isUtf8 } from 'node:buffer';
import { PackageError } from '../package-error.ts';
import { Cursor } from './cursor.ts';
import { resolved } from './references.ts';
import {
  noAttributes,
  type Places,
  type XmlComment,
  type XmlElement,
  type XmlInstruction,
  type XmlNode,
  type XmlText,
} from './tree.ts';

/** Levels of elements a file may have; forms, the deepest files of a solution, have about thirty. */
const deepest = 256;

/**
 * Reads XML 1.0 into an ordered tree. A solution is megabytes of XML, most of it in one file: the text is searched for
 * its mark-up, not walked through character by character.
 *
 * @param name file the text is from, for errors
 * @param places filled with where each element begins
 * @throws PackageError with file, line and column; bytes that are not UTF-8, document type declarations and entities of
 *   the file's own (XXE, entity bombs), attributes given twice and elements nested beyond reason are refused
 */
export function parseXml(source: string | Buffer, name: string, places?: Places): XmlElement {
  const cursor = new Cursor(decode(source, name), (reason, place) => notWellFormed(name, place, reason));
  skipDeclaration(cursor);
  skipAround(cursor);
  if (cursor.isAtEnd()) cursor.fail('there is no element.');
  const root = readRoot(cursor, (element, back = 0) => places?.set(element, { file: name, line: cursor.line(back) }));
  skipAround(cursor);
  if (!cursor.isAtEnd()) cursor.fail('only comments and instructions may follow the first element.');
  return root;
}

const notWellFormed = (name: string, place: string, reason: string) =>
  new PackageError(`${name} is not well-formed XML: ${place}: ${reason}`, name, '0x80048013');

function decode(source: string | Buffer, name: string): string {
  if (typeof source !== 'string' && !isUtf8(source))
    throw notWellFormed(name, 'line 1, column 0', 'the file is not UTF-8.');
  const text = source.toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const declaration =
  /<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/y;

function skipDeclaration(cursor: Cursor): void {
  const found = cursor.match(declaration);
  const encoding = found?.[1] ?? found?.[2] ?? 'utf-8';
  if (!/^utf-?8$/i.test(encoding)) cursor.fail(`the encoding '${encoding}' is not supported; use UTF-8.`);
}

/** Comments and instructions around the root belong to no element: they are dropped. */
function skipAround(cursor: Cursor): void {
  for (cursor.skipSpace(); cursor.isAt('<!') || cursor.isAt('<?'); cursor.skipSpace())
    if (readSpecial(cursor).kind === 'cdata') cursor.fail('text stands outside of the first element.');
}

/** Told of each element, and how far behind the cursor it begins. */
type Placed = (element: XmlElement, back?: number) => void;

/** An element that is not closed yet, and where its children begin among those of all that are open. */
interface Open {
  readonly element: XmlElement;
  readonly from: number;
}

function readRoot(cursor: Cursor, placed: Placed): XmlElement {
  const root = beginTag(cursor, placed);
  const open: Open[] = endTag(cursor, root) ? [] : [{ element: root, from: 0 }];
  // Children are gathered in one list, and each element takes its own, in a list of just their number.
  const nodes: XmlNode[] = [];
  for (let inside = open.at(-1); inside !== undefined; inside = open.at(-1)) {
    while (open.length < deepest && readLeaf(cursor, nodes, placed));
    readText(cursor, inside.element, nodes);
    const next = cursor.code(1);
    if (next === slash) {
      closeTag(cursor, inside.element);
      inside.element.children = nodes.slice(inside.from);
      nodes.length = inside.from;
      open.pop();
    } else if (next === exclamation || next === question) nodes.push(readSpecial(cursor));
    else {
      if (open.length >= deepest) cursor.fail(`elements are nested deeper than ${deepest} levels.`);
      const element = beginTag(cursor, placed);
      nodes.push(element);
      if (!endTag(cursor, element)) open.push({ element, from: nodes.length });
    }
  }
  return root;
}

/** `<Name>text</Name>` with what stands before it: most of a solution, read in one step. */
const leaf = /([^<&\]]*)<([A-Za-z_][\w:.-]*)>([^<&\]]*)<\/\2>/y;

function readLeaf(cursor: Cursor, nodes: XmlNode[], placed: Placed): boolean {
  const found = cursor.match(leaf);
  if (found === undefined) return false;
  const [whole, before, name, text] = found as unknown as [string, string, string, string];
  if (before !== '') nodes.push({ kind: 'text', text: before });
  const children: XmlNode[] = text === '' ? [] : [{ kind: 'text', text }];
  const element: XmlElement = { kind: 'element', name, attributes: noAttributes, children };
  placed(element, whole.length - before.length);
  nodes.push(element);
  return true;
}

const [slash, exclamation, question] = [0x2f, 0x21, 0x3f];

function readText(cursor: Cursor, inside: XmlElement, nodes: XmlNode[]): void {
  const text = cursor.before('<') ?? cursor.fail(`<${inside.name}> is not closed.`);
  if (text === '') return;
  if (text.includes(']]>')) cursor.fail("a text holds ']]>'.");
  nodes.push({ kind: 'text', text: resolved(text, cursor) });
}

function closeTag(cursor: Cursor, { name }: XmlElement): void {
  cursor.take('</');
  const closed = cursor.name();
  cursor.skipSpace();
  if (closed !== name || !cursor.take('>')) cursor.fail(`</${closed}> closes <${name}>.`);
}

function beginTag(cursor: Cursor, placed: Placed): XmlElement {
  if (!cursor.take('<')) cursor.fail('text stands outside of the first element.');
  const element: XmlElement = { kind: 'element', name: cursor.name(), attributes: noAttributes, children: [] };
  placed(element);
  return element;
}

/** The attributes and the end of an opening tag. @returns whether it closes itself */
function endTag(cursor: Cursor, element: XmlElement): boolean {
  let attributes: Map<string, string> | undefined;
  for (;;) {
    const isApart = cursor.skipSpace();
    if (cursor.take('>')) return false;
    if (cursor.take('/>')) return true;
    if (!isApart) cursor.fail(`the tag <${element.name}> is malformed.`);
    if (attributes === undefined) element.attributes = attributes = new Map();
    readAttribute(cursor, attributes);
  }
}

function readAttribute(cursor: Cursor, attributes: Map<string, string>): void {
  const name = cursor.name();
  if (attributes.has(name)) cursor.fail(`the attribute '${name}' is given twice.`);
  cursor.skipSpace();
  if (!cursor.take('=')) cursor.fail(`the attribute '${name}' has no value.`);
  cursor.skipSpace();
  const quote = cursor.take('"') ? '"' : cursor.take("'") ? "'" : cursor.fail(`the value of '${name}' has no quotes.`);
  const value = cursor.through(quote, 'the value of an attribute');
  if (value.includes('<')) cursor.fail(`the value of '${name}' holds '<'.`);
  // White space is a blank, unless it is written as a reference.
  attributes.set(name, resolved(/[\t\n]/.test(value) ? value.replace(/[\t\n]/g, ' ') : value, cursor));
}

/** What begins with `<!` or `<?`. */
function readSpecial(cursor: Cursor): XmlText | XmlComment | XmlInstruction {
  if (cursor.take('<!--')) {
    const text = cursor.through('--', 'a comment');
    return cursor.take('>') ? { kind: 'comment', text } : cursor.fail("a comment holds '--'.");
  }
  if (cursor.take('<![CDATA[')) return { kind: 'cdata', text: cursor.through(']]>', 'a CDATA section') };
  if (!cursor.take('<?')) return cursor.fail('a document type declaration is not allowed.');
  const target = cursor.name();
  if (/^xml$/i.test(target)) cursor.fail('an XML declaration stands at the very beginning, and is well-formed.');
  if (cursor.take('?>')) return { kind: 'instruction', target, text: '' };
  if (!cursor.skipSpace()) cursor.fail(`the instruction '${target}' is malformed.`);
  return { kind: 'instruction', target, text: cursor.through('?>', `the instruction '${target}'`) };
}
