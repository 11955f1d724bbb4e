import { PackageError } from '../package-error.ts';
import { LazyFiles } from '../lazy-files.ts';
import { requireRootComponents } from '../root-components.ts';
import type { Report } from '../problem.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { setAttribute, type Places, type XmlElement } from '../xml/index.ts';
import { besideTheLayout, fragmentFolders, wholeFiles, type FragmentFolder } from './layout.ts';
import { choose } from './managed-twins.ts';
import { readManifest } from './manifest.ts';
import { readMappingFile } from './mapping-file.ts';
import { addPayload } from './payload.ts';
import { asPart, placeholder } from './placeholder.ts';
import { insertRelationships } from './relationships.ts';
import { SourceTree } from './source-tree.ts';
import { insertTables } from './tables.ts';
import { takeResources } from './take-resources.ts';
import { refuseNewerFormat } from './newer-format.ts';
import { addReferenced, addUnknown } from './unknown-components.ts';
import { addVerbatim } from './verbatim.ts';

export type PackageType = 'managed' | 'unmanaged';

export interface ReadFolderOptions {
  readonly type: PackageType;
  /** Mapping file that brings in files from elsewhere. */
  readonly map?: string;
  /** Replaces `Version` of the manifest. */
  readonly version?: string;
  /**
   * Forms, apps and site maps without a `_managed` twin go into a managed package as they are (the default). Without it
   * such a file is an error: the official tool would leave it out.
   */
  readonly useUnmanagedForMissingManaged?: boolean;
  /** Texts of `Resources/` count; without it such files are an error. */
  readonly localize?: boolean;
  /** Told what is taken along without being understood. */
  readonly note?: (text: string) => void;
  /** Told of all that is wrong and can be passed over; without it the first such problem is thrown. */
  readonly report?: Report;
  /** The content of files is read when it is asked for, and not kept: the folder must stay as it is until then. */
  readonly isLazy?: boolean;
  /** Filled with the file and line of each element. */
  readonly places?: Places;
}

/**
 * Reads an unpacked solution in SolutionPackager's classic layout. Files on disk are the truth: what the official tool
 * drops in silence (a missing placeholder, an orphan file, a root component without a file) is an error here.
 *
 * @throws PackageError naming the file
 */
export async function readFolder(folder: string, options: ReadFolderOptions): Promise<SolutionPackage> {
  refuseNewerFormat(folder);
  const mappings = options.map === undefined ? [] : readMappingFile(options.map, folder);
  const tree = new SourceTree(folder, mappings, options.report, options.places);
  const { manifest, customizations } = readParts(tree, options);
  if (options.localize === true)
    takeResources(tree, { manifest, customizations }, options, () => {
      const type = options.type === 'managed' ? 'unmanaged' : 'managed';
      return readParts(new SourceTree(folder, mappings, () => {}), { type });
    });
  const files = new LazyFiles();
  addPayload(tree, customizations, files);
  addVerbatim(tree, files);
  addReferenced(tree, customizations, files);
  addUnknown(tree, files, options.note);
  refuseOrphans(tree);
  // Whoever wants all problems compares the two lists of the package, too.
  if (options.report === undefined) requireRootComponents({ manifest, customizations });
  return { manifest, customizations, files: options.isLazy === true ? files : new Map(files) };
}

/** The two XML files of the package. */
function readParts(tree: SourceTree, options: ReadFolderOptions): Pick<SolutionPackage, 'manifest' | 'customizations'> {
  const manifest = readManifest(tree, options);
  const customizations = tree.readXml('Other/Customizations.xml');
  insertTables(tree, customizations, options);
  for (const fragments of fragmentFolders) insertFragments(tree, customizations, fragments, options);
  insertRelationships(tree, customizations);
  for (const whole of wholeFiles) insertWhole(tree, customizations, whole, options);
  return { manifest, customizations };
}

function insertFragments(
  tree: SourceTree,
  customizations: XmlElement,
  { node, folder, file, hasManagedTwins }: FragmentFolder,
  options: ReadFolderOptions,
): void {
  const found = tree.below(folder).filter((path) => file.test(path.slice(folder.length)));
  const paths = hasManagedTwins ? choose(tree, found, options) : found;
  if (paths.length === 0) return;
  placeholder(customizations, { node, files: folder }, tree.report).children = paths.map((path) =>
    asPart(tree.readXml(path)),
  );
}

function insertWhole(
  tree: SourceTree,
  customizations: XmlElement,
  { node, path, hasManagedTwins }: (typeof wholeFiles)[number],
  options: ReadFolderOptions,
): void {
  const twins = [path, path.replace('.xml', '_managed.xml')].filter((one) => tree.has(one));
  const lenient = { ...options, useUnmanagedForMissingManaged: true };
  for (const chosen of choose(tree, twins, hasManagedTwins ? options : lenient)) {
    const whole = asPart(tree.readXml(chosen));
    const place = placeholder(customizations, { node, files: path }, tree.report);
    place.children = whole.children;
    for (const [name, value] of whole.attributes) setAttribute(place, name, value);
  }
}

function refuseOrphans(tree: SourceTree): void {
  for (const orphan of tree.unused().filter((path) => !besideTheLayout.test(path))) {
    const why = orphan.startsWith('Resources/')
      ? 'it holds texts, which count with --localize. Say it, or remove Resources/: all languages are in the XML as well.'
      : 'it belongs to no component: nothing in the solution refers to it.';
    tree.report('orphan-file', new PackageError(`${orphan}: ${why}`, orphan));
  }
}
