import { PackageError } from '../package-error.ts';
import { LazyFiles } from '../lazy-files.ts';
import { identityOf, type SolutionPackage } from '../solution-package.ts';
import { child, noAttributes, descend, elements, type XmlElement } from '../xml/index.ts';
import { fragmentFolders, inlineNodes, wholeFiles } from './layout.ts';
import { splitFragments } from './split-fragments.ts';
import { splitRelationships } from './split-relationships.ts';
import { splitTables } from './split-tables.ts';
import { unpackPayload } from './unpack-payload.ts';
import { UnpackedFiles } from './unpacked-files.ts';

/** The files of an unpacked solution by path, and what is worth telling about them. */
export interface Unpacked {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly notes: readonly string[];
}

/**
 * Takes a package apart into SolutionPackager's classic layout; `readFolder` puts it together again. A component type
 * that has no place in the layout stays where it is, with a note.
 *
 * @throws PackageError naming the entry that would be lost, or that leads out of the folder
 */
export function unpack(solution: SolutionPackage): Unpacked {
  const out = new UnpackedFiles();
  const frame = frameOf(solution.customizations);
  const suffix = identityOf(solution).isManaged ? '_managed.xml' : '.xml';
  unpackPayload(solution, out);
  splitTables(frame, out, suffix);
  for (const fragments of fragmentFolders) splitFragments(frame, fragments, out, suffix);
  splitRelationships(frame, out);
  for (const whole of wholeFiles) splitWhole(frame, whole, out, suffix);
  noteInline(frame, out);
  out.putXml('Other/Customizations.xml', frame);
  out.putXml('Other/Solution.xml', solution.manifest);
  return out;
}

/** `customizations.xml` with copies of all that is emptied on the way: the lists, and the parts of tables. */
function frameOf(customizations: XmlElement): XmlElement {
  const lists = customizations.children.map((list) =>
    list.kind === 'element' ? copied(list, list.name === 'Entities' ? 3 : 1) : list,
  );
  return { ...customizations, children: lists };
}

/** A copy of so many levels of elements; what is below them is shared. */
function copied(element: XmlElement, levels: number): XmlElement {
  if (levels === 1) return { ...element };
  const inner = element.children.map((node) => (node.kind === 'element' ? copied(node, levels - 1) : node));
  return { ...element, children: inner };
}

function splitWhole(
  frame: XmlElement,
  { node, path, hasManagedTwins }: (typeof wholeFiles)[number],
  out: UnpackedFiles,
  suffix: string,
): void {
  const whole = child(frame, node);
  if (whole === undefined || elements(whole).length === 0) return;
  out.putXml(hasManagedTwins ? path.replace('.xml', suffix) : path, { ...whole });
  Object.assign(whole, { children: [], attributes: noAttributes });
}

const staysFilled = (name: string) => inlineNodes.includes(name) || name.includes('_');

function noteInline(frame: XmlElement, out: UnpackedFiles): void {
  for (const list of elements(frame)) {
    if (elements(list).length === 0 || staysFilled(list.name)) continue;
    out.note(
      `${list.name} stays in Other/Customizations.xml: there is no place for its parts. The official tool may skip it when it packs.`,
    );
  }
}

/**
 * Takes both packages of one solution apart into one tree: `Managed` is 2, and forms, apps and site maps of the managed
 * one stand beside the others as `…_managed.xml`. Whatever else differs is as in the unmanaged one, with a note.
 *
 * @throws PackageError when they are not the two packages of one version, or only the managed one has a component
 */
export function unpackBoth(unmanaged: SolutionPackage, managed: SolutionPackage): Unpacked {
  requirePair(unmanaged, managed);
  const [plain, twins] = [unpack(asBoth(unmanaged, '0')), unpack(asBoth(managed, '1'))];
  const files = new LazyFiles();
  for (const path of plain.files.keys()) files.set(path, () => plain.files.get(path)!);
  const notes = [...plain.notes];
  for (const [path, content] of twins.files) {
    if (path.endsWith('_managed.xml')) files.set(path, content);
    else if (!files.has(path))
      throw new PackageError(`${path} is of the managed package only; unpack the two one by one.`, path);
    else if (!files.get(path)!.equals(content) && path !== 'Other/Solution.xml')
      notes.push(`${path} differs in the managed package; it is kept as in the unmanaged one.`);
  }
  const solution = files.get('Other/Solution.xml')!.toString().replace('<Managed>0</Managed>', '<Managed>2</Managed>');
  files.set('Other/Solution.xml', Buffer.from(solution));
  return { files, notes };
}

function requirePair(unmanaged: SolutionPackage, managed: SolutionPackage): void {
  const [one, other] = [identityOf(unmanaged), identityOf(managed)];
  const refuse = (why: string) => new PackageError(`The two packages are not of one solution: ${why}`, 'solution.xml');
  if (one.isManaged || !other.isManaged) throw refuse('one must be unmanaged and the other managed.');
  for (const part of ['uniqueName', 'version'] as const)
    if (one[part] !== other[part]) throw refuse(`${part} is '${one[part]}' in one and '${other[part]}' in the other.`);
}

/** A copy whose flag is written without white space, so that it can be found again. */
function asBoth(solution: SolutionPackage, flag: string): SolutionPackage {
  const manifest = structuredClone(solution.manifest);
  descend(manifest, 'SolutionManifest', 'Managed')!.children = [{ kind: 'text', text: flag }];
  return { ...solution, manifest };
}
