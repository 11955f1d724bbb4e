import { PackageError } from '../package-error.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { besideTheLayout, ownedFolders, verbatimFolders } from './layout.ts';
import { claimedFolders, controlFolders, payloadFiles } from './payload-rules.ts';
import type { UnpackedFiles } from './unpacked-files.ts';

/**
 * Puts the files of a package at their place in the tree.
 *
 * @throws PackageError for one that a component names and the package lacks, and for one that nothing names: the
 *   official tool would drop it in silence
 */
export function unpackPayload({ customizations, files }: SolutionPackage, out: UnpackedFiles): void {
  const places = new Map<string, string>();
  for (const { zipPath, source, neededBy } of payloadFiles(customizations)) {
    if (!files.has(zipPath)) throw missing(zipPath, neededBy, files);
    const other = places.get(zipPath);
    if (other !== undefined && other !== source)
      throw new PackageError(`Two components point at the file ${zipPath}.`, zipPath);
    places.set(zipPath, source);
  }
  const controls = controlFolders(customizations);
  for (const path of files.keys()) out.put(places.get(path) ?? placeOf(path, controls), () => files.get(path)!);
  noteUnknown(
    [...files.keys()].filter((path) => !places.has(path)),
    out,
  );
}

/** Where a file is put that no component names by itself. */
function placeOf(path: string, controls: readonly string[]): string {
  const folder = path.slice(0, path.indexOf('/') + 1).slice(0, -1);
  const known = [...ownedFolders, ...claimedFolders, ...verbatimFolders];
  const otherCase = known.find((name) => name !== folder && name.toLowerCase() === folder.toLowerCase());
  if (otherCase !== undefined && !known.includes(folder))
    throw new PackageError(`'${path}': the folder is spelt '${otherCase}'; letter case matters.`, path);
  if (folder === 'Controls' && controls.some((control) => path.startsWith(control))) return path;
  if (folder === 'Reports' || folder === 'Templates') return path;
  if (folder === '' || besideTheLayout.test(path))
    throw new PackageError(`'${path}' has no place in an unpacked solution.`, path);
  if (ownedFolders.includes(folder) || claimedFolders.includes(folder))
    throw new PackageError(`'${path}' belongs to no component: nothing in the package refers to it.`, path);
  return path;
}

function noteUnknown(paths: readonly string[], out: UnpackedFiles): void {
  const folders = new Set(paths.map((path) => path.split('/')[0]!));
  for (const folder of folders) {
    if (folder === 'Controls' || verbatimFolders.includes(folder)) continue;
    out.note(`${folder}/ is of a component type that is not known here: its files are taken along as they are.`);
  }
}

function missing(path: string, neededBy: string, files: ReadonlyMap<string, Buffer>): PackageError {
  const near = [...files.keys()].find((other) => other.toLowerCase() === path.toLowerCase());
  const hint = near === undefined ? '' : ` (the package has '${near}'; letter case matters)`;
  return new PackageError(
    `${neededBy} needs the file ${path}, which is not in the package${hint}.`,
    path,
    '0x8004F11A',
  );
}
