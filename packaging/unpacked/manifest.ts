import { PackageError } from '../package-error.ts';
import { child, childText, text, type XmlElement } from '../xml/index.ts';
import type { ReadFolderOptions } from './read-folder.ts';
import type { SourceTree } from './source-tree.ts';

const path = 'Other/Solution.xml';
const refusal = (message: string, code: string) => new PackageError(`${path} ${message}`, path, code);

/**
 * `solution.xml` of the package wanted.
 *
 * @throws PackageError when the source is of the other kind, or name or version would be refused by the import
 */
export function readManifest(tree: SourceTree, { type, version }: ReadFolderOptions): XmlElement {
  const manifest = tree.readXml(path);
  const solution = child(manifest, 'SolutionManifest');
  const [managed, versionNode] = [child(solution, 'Managed'), child(solution, 'Version')];
  if (managed === undefined || versionNode === undefined)
    throw refusal('needs SolutionManifest with Version and Managed.', '0x80048013');
  const wanted = type === 'managed' ? '1' : '0';
  if (text(managed) !== '2' && text(managed) !== wanted)
    tree.report(
      'managed-flag',
      refusal(`says Managed ${text(managed)}; it cannot be packed as ${type}. Use 2 for both.`, '0x80048060'),
    );
  managed.children = [{ kind: 'text', text: wanted }];
  if (version !== undefined) versionNode.children = [{ kind: 'text', text: version }];
  requireIdentity(tree, childText(solution, 'UniqueName'), text(versionNode));
  return manifest;
}

function requireIdentity(tree: SourceTree, uniqueName: string, version: string): void {
  if (!/^[A-Za-z0-9_]+$/.test(uniqueName))
    tree.report(
      'content',
      refusal(`has the unique name '${uniqueName}'; letters, digits and _ are allowed.`, '0x8004F002'),
    );
  if (!/^\d+(\.\d+){1,3}$/.test(version))
    tree.report('content', refusal(`has the version '${version}'; two to four numbers are allowed.`, '0x8004F01E'));
}
