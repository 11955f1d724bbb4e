import { PackageError } from '../package-error.ts';
import { attribute, children, type XmlElement } from '../xml/index.ts';
import { placeholder } from './placeholder.ts';
import type { SourceTree } from './source-tree.ts';

const indexFile = 'Other/Relationships.xml';

/**
 * Puts the relationships into the frame in the order of the index.
 *
 * @throws PackageError for one that is in a file and not in the index, or the other way round, or twice in either
 */
export function insertRelationships(tree: SourceTree, customizations: XmlElement): void {
  const index = tree.has(indexFile) ? namesOf(tree.readXml(indexFile)) : [];
  const names = new Set<string>();
  for (const name of index) {
    if (names.has(name)) tree.report('relationship-index', twice(name, indexFile));
    names.add(name);
  }
  const found = new Map<string, XmlElement>();
  for (const path of tree.below('Other/Relationships/')) {
    for (const relationship of children(tree.readXml(path), 'EntityRelationship')) {
      const name = attribute(relationship, 'Name') ?? '';
      if (found.has(name)) tree.report('relationship-index', twice(name, path));
      if (!names.has(name)) {
        tree.report(
          'relationship-index',
          unknown(`The relationship '${name}' of ${path} is not in ${indexFile}.`, path),
        );
        names.add(name);
      }
      found.set(name, relationship);
    }
  }
  for (const missing of [...names].filter((name) => !found.has(name)))
    tree.report(
      'relationship-index',
      unknown(`${indexFile} names the relationship '${missing}', which no file holds.`, indexFile),
    );
  if (names.size === 0) return;
  const where = { node: 'EntityRelationships', files: 'Other/Relationships/' };
  const frame = placeholder(customizations, where, tree.report);
  frame.children = [...names].flatMap((name) => found.get(name) ?? []);
}

const namesOf = (index: XmlElement) => children(index, 'EntityRelationship').map((one) => attribute(one, 'Name') ?? '');

const unknown = (message: string, path: string) => new PackageError(message, path, '0x80048548');
const twice = (name: string, path: string) =>
  new PackageError(`${path} holds the relationship '${name}' a second time.`, path, '0x80048834');
