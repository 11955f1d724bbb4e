import { PackageError } from '../package-error.ts';
import { requireRootComponents } from '../root-components.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { elements, type XmlElement } from '../xml/index.ts';
import { besideTheLayout, fragmentFolders, wholeFiles, type FragmentFolder } from './layout.ts';
import { choose } from './managed-twins.ts';
import { readManifest } from './manifest.ts';
import { readMappingFile } from './mapping-file.ts';
import { addPayload } from './payload.ts';
import { asPart, placeholder } from './placeholder.ts';
import { insertRelationships } from './relationships.ts';
import { SourceTree } from './source-tree.ts';
import { insertTables } from './tables.ts';
import { addVerbatim } from './verbatim.ts';

export type PackageType = 'managed' | 'unmanaged';

export interface ReadFolderOptions {
  readonly type: PackageType;
  /** Mapping file that brings in files from elsewhere. */
  readonly map?: string;
  /** Replaces `Version` of the manifest. */
  readonly version?: string;
}

/**
 * Reads an unpacked solution in SolutionPackager's classic layout. Files on disk are the truth: what the official tool
 * drops in silence (a missing placeholder, an orphan file, a root component without a file) is an error here.
 *
 * @throws PackageError naming the file
 */
export async function readFolder(folder: string, options: ReadFolderOptions): Promise<SolutionPackage> {
  const tree = new SourceTree(folder, options.map === undefined ? [] : readMappingFile(options.map, folder));
  const manifest = readManifest(tree, options);
  const customizations = tree.readXml('Other/Customizations.xml');
  insertTables(tree, customizations, options.type);
  for (const fragments of fragmentFolders) insertFragments(tree, customizations, fragments, options.type);
  insertRelationships(tree, customizations);
  for (const { node, path } of wholeFiles) insertWhole(tree, customizations, node, path, options.type);
  const files = new Map<string, Buffer>();
  addPayload(tree, customizations, files);
  addVerbatim(tree, files);
  refuseOrphans(tree);
  requireRootComponents({ manifest, customizations });
  return { manifest, customizations, files };
}

function insertFragments(
  tree: SourceTree,
  customizations: XmlElement,
  { node, folder, file, hasManagedTwins }: FragmentFolder,
  type: PackageType,
): void {
  const found = tree.below(folder).filter((path) => file.test(path.slice(folder.length)));
  const paths = hasManagedTwins ? choose(tree, found, type) : found;
  if (paths.length === 0) return;
  placeholder(customizations, node, folder).children = paths.map((path) => asPart(tree.readXml(path)));
}

function insertWhole(
  tree: SourceTree,
  customizations: XmlElement,
  node: string,
  path: string,
  type: PackageType,
): void {
  const twins = [path, path.replace('.xml', '_managed.xml')].filter((one) => tree.has(one));
  for (const chosen of choose(tree, twins, type)) {
    const whole = asPart(tree.readXml(chosen));
    const place = placeholder(customizations, node, path);
    place.children = elements(whole);
    for (const [name, value] of whole.attributes) place.attributes.set(name, value);
  }
}

function refuseOrphans(tree: SourceTree): void {
  const orphan = tree.unused().find((path) => !besideTheLayout.test(path));
  if (orphan === undefined) return;
  const why = orphan.startsWith('Resources/')
    ? 'texts taken out with /localize are not supported; unpack without it.'
    : 'it belongs to no component: nothing in the solution refers to it.';
  throw new PackageError(`${orphan}: ${why}`, orphan);
}
