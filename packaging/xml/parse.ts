import { SaxesParser } from 'saxes';
import { PackageError } from '../package-error.ts';
import { noAttributes, type Places, type XmlElement, type XmlNode } from './tree.ts';

/** Levels of elements a file may have; forms, the deepest files of a solution, have about thirty. */
const deepest = 256;

/**
 * Reads XML into an ordered tree.
 *
 * @param name file the text is from, for errors
 * @param places filled with where each element begins
 * @throws PackageError with file, line and column; bytes that are not UTF-8, document type declarations and entities of
 *   the file's own (XXE, entity bombs), attributes given twice and elements nested beyond reason are refused
 */
export function parseXml(source: string | Buffer, name: string, places?: Places): XmlElement {
  const parser = new SaxesParser();
  const fail = (reason: string): never => {
    const place = `line ${parser.line}, column ${parser.column}`;
    throw new PackageError(`${name} is not well-formed XML: ${place}: ${reason}`, name, '0x80048013');
  };
  const tree = growTree(parser, fail, (element, line) => places?.set(element, { file: name, line }));
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')));
  parser.on('doctype', () => fail('a document type declaration is not allowed.'));
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (!/^utf-?8$/i.test(encoding)) fail(`the encoding '${encoding}' is not supported; use UTF-8.`);
  });
  parser.write(decode(source, fail)).close();
  return tree.root() ?? fail('there is no element.');
}

/** An element that is not closed yet, and where its children begin among those of all that are open. */
interface Open {
  readonly element: XmlElement;
  readonly from: number;
}

function growTree(
  parser: SaxesParser,
  fail: (reason: string) => never,
  placed: (element: XmlElement, line: number) => void,
): { root(): XmlElement | undefined } {
  let line = 1;
  let root: XmlElement | undefined;
  const open: Open[] = [];
  // Children are gathered in one list, and each element takes its own, in a list of just their number.
  const nodes: XmlNode[] = [];
  // Nodes before and after the root belong to no element: comments there are dropped.
  const add = (node: XmlNode) => void (open.length > 0 && nodes.push(node));
  parser.on('opentagstart', () => void (line = parser.line));
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= deepest) fail(`elements are nested deeper than ${deepest} levels.`);
    const element: XmlElement = { kind: 'element', name, attributes: mapOf(attributes), children: [] };
    placed(element, line);
    add(element);
    root ??= element;
    open.push({ element, from: nodes.length });
  });
  parser.on('closetag', () => {
    const { element, from } = open.pop()!;
    if (nodes.length === from) return;
    element.children = nodes.slice(from);
    nodes.length = from;
  });
  parser.on('text', (text) => add({ kind: 'text', text }));
  parser.on('cdata', (text) => add({ kind: 'cdata', text }));
  parser.on('comment', (text) => add({ kind: 'comment', text }));
  parser.on('processinginstruction', ({ target, body }) => add({ kind: 'instruction', target, text: body }));
  return { root: () => root };
}

function mapOf(attributes: object): ReadonlyMap<string, string> {
  let pairs: Map<string, string> | undefined;
  for (const name in attributes) (pairs ??= new Map()).set(name, (attributes as Record<string, string>)[name]!);
  return pairs ?? noAttributes;
}

function decode(source: string | Buffer, fail: (reason: string) => never): string {
  if (typeof source === 'string') return source.replace(/^\uFEFF/, '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch {
    return fail('the file is not UTF-8.');
  }
}
