import type { LazyFiles } from '../lazy-files.ts';
import { PackageError } from '../package-error.ts';
import { attribute, parseXml } from '../xml/index.ts';
import { verbatimFolders } from './layout.ts';
import type { SourceTree } from './source-tree.ts';

/** Adds the files that go into the zip as they are. */
export function addVerbatim(tree: SourceTree, files: LazyFiles): void {
  for (const folder of verbatimFolders) {
    for (const path of tree.below(`${folder}/`)) {
      const content = tree.reader(path, folder);
      // `<folder>/<name>/<component>.xml`; data sets of tables, below Assets, follow rules of their own.
      if (folder !== 'Assets' && /^[^/]+\/[^/]+\/[^/]+\.xml$/.test(path)) requireBare(tree, path, content());
      files.set(path, content);
    }
  }
}

/** The server fails with an unexpected error on a declaration, a comment or a byte-order mark in these files. */
function requireBare(tree: SourceTree, path: string, content: Buffer): void {
  const root = parseXml(content, path);
  const found =
    /^(\uFEFF|<\?xml|<!--)/.exec(content.toString('utf8'))?.[1] ?? (content.includes('<!--') ? '<!--' : undefined);
  if (found !== undefined) {
    const what = { '\uFEFF': 'a byte-order mark', '<?xml': 'an XML declaration', '<!--': 'a comment' }[found];
    const why = `${path} must not have ${what}: the import fails with an unexpected error.`;
    tree.report('content', new PackageError(why, path, '0x80040216'));
  }
  const name = attribute(root, 'schemaname');
  const folder = path.split('/')[1];
  if (name !== undefined && name !== folder)
    tree.report('file-name', new PackageError(`${path} is of '${name}', but its folder is named '${folder}'.`, path));
}
