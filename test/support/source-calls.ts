import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow } from './files-below.ts';

const root = join(__dirname, '../..');

/** A source file and its tree. */
export interface Source {
  /** Below the root, e.g. `emulator/kernel/fault.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Every TypeScript source of these folders. */
export function readSources(...folders: readonly string[]): Source[] {
  const files = folders.flatMap((folder) => filesBelow(folder, /\.tsx?$/));
  return files.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
  });
}

/** Visits every node of a source, outermost first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const inner: ts.Node[] = [];
  node.forEachChild((child) => void inner.push(child));
  for (const child of inner) yield* nodesOf(child);
}

/** Arguments of every call of `name`, and of `new name`; `a.b` is also the end of a longer path. */
export function callsOf({ tree }: Source, name: string): (readonly ts.Expression[])[] {
  const found: (readonly ts.Expression[])[] = [];
  for (const node of nodesOf(tree)) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
    const called = node.expression.getText();
    if (called === name || (name.includes('.') && called.endsWith(`.${name}`))) found.push(node.arguments ?? []);
  }
  return found;
}

/** The text of a literal, with `…` for what a template puts in; undefined for anything else. */
export function textOf(node: ts.Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  return undefined;
}

/** The outermost literals in an expression, e.g. of `JSON.stringify({ text: '…' })`. */
export function textsIn(node: ts.Node): string[] {
  const text = textOf(node);
  if (text !== undefined) return [text];
  const inner: string[] = [];
  node.forEachChild((child) => void inner.push(...textsIn(child)));
  return inner;
}

/** The comments of a source, each as one line of text; `//` lines that follow each other are one comment. */
export function commentsOf({ text }: Source): string[] {
  const blocks = [...text.matchAll(/\/\*\*?([^]*?)\*\/|((?:^[ \t]*\/\/.*\n)+)/gm)];
  return blocks.map(([, block, lines]) =>
    (block ?? lines ?? '')
      .split('\n')
      .map((line) => line.replace(/^\s*(\*|\/\/)?\s?/, '').trim())
      .join(' ')
      .trim(),
  );
}
