import type { LazyFiles } from '../lazy-files.ts';
import { elements, text, type XmlElement } from '../xml/index.ts';
import { besideTheLayout, ownedFolders } from './layout.ts';
import type { SourceTree } from './source-tree.ts';

const topFolder = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

/** Whether a file stands in a folder of a component type that we do not know. */
export function isOfUnknownType(path: string): boolean {
  const folder = topFolder(path);
  return folder !== '' && !besideTheLayout.test(path) && !ownedFolders.includes(folder);
}

/** Adds files that a component kept in `Other/Customizations.xml` names, whatever its type. */
export function addReferenced(tree: SourceTree, customizations: XmlElement, files: LazyFiles): void {
  const unused = new Set(tree.unused());
  if (unused.size === 0) return;
  for (const value of leafTexts(customizations)) {
    const path = value.replace(/^\//, '');
    if (path !== value && unused.has(path)) files.set(path, tree.reader(path, 'The solution'));
  }
}

/** Adds components of types we do not know as they are: the platform may know them. */
export function addUnknown(tree: SourceTree, files: LazyFiles, note?: (text: string) => void): void {
  const unknown = tree.unused().filter(isOfUnknownType);
  for (const path of unknown) files.set(path, tree.reader(path, 'The solution'));
  for (const folder of new Set(unknown.map(topFolder)))
    note?.(`${folder}/ is of a component type that is not known here: its files are taken along as they are.`);
}

function* leafTexts(element: XmlElement): Generator<string> {
  const inner = elements(element);
  if (inner.length === 0) yield text(element);
  for (const one of inner) yield* leafTexts(one);
}
