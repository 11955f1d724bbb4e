import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PackageError } from '../package-error.ts';
import { normalized, parseXml } from '../xml/index.ts';
import { besideTheLayout, ownedFolders, verbatimFolders } from './layout.ts';
import { target, type Mapping } from './mapping.ts';
import type { Unpacked } from './unpack.ts';

/** What writing a tree changed, by path. */
export interface FolderChanges {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Makes a folder hold the unpacked solution: files the solution no longer has are removed, files beside the layout stay,
 * files that are mapped to elsewhere are not written, and a file that says the same in XML is not touched. When anything
 * fails the folder is as it was.
 *
 * @throws PackageError for a folder that holds something else than an unpacked solution
 */
export function writeFolder(folder: string, { files }: Unpacked, mappings: readonly Mapping[] = []): FolderChanges {
  const present = existsSync(folder) ? filesBelow(folder) : [];
  const own = present.filter((path) => !besideTheLayout.test(path));
  if (own.length > 0 && !own.includes('Other/Solution.xml'))
    throw new PackageError(
      `${folder} holds files and is no unpacked solution (there is no Other/Solution.xml): nothing is written, so that ` +
        'nothing is lost. Name an empty or a new folder.',
      folder,
    );
  const isElsewhere = (path: string) => (target(mappings, path) ?? join(folder, path)) !== join(folder, path);
  const written = [...files.keys()].filter(
    (path) => !isElsewhere(path) && !(present.includes(path) && saysTheSame(join(folder, path), files.get(path)!)),
  );
  const removed = own.filter((path) => isOurs(path, files) && !files.has(path) && !isElsewhere(path));
  if (existsSync(folder)) change(folder, { written, files, removed });
  else create(resolve(folder), files, written);
  return { written, removed };
}

/** Only folders of the layout, and those the solution itself fills, are cleared of what is no longer in it. */
function isOurs(path: string, files: ReadonlyMap<string, Buffer>): boolean {
  const folder = path.split('/')[0]!;
  if (folder === path) return false;
  const known = [...ownedFolders, ...verbatimFolders].includes(folder);
  return known || [...files.keys()].some((file) => file.startsWith(`${folder}/`));
}

function saysTheSame(file: string, content: Buffer): boolean {
  const present = readFileSync(file);
  if (present.equals(content)) return true;
  if (!file.endsWith('.xml') || isVerbatim(content)) return false;
  try {
    const [one, other] = [parseXml(present, file), parseXml(content, file)];
    return JSON.stringify(normalized(one)) === JSON.stringify(normalized(other));
  } catch {
    return false;
  }
}

/** Files we write ourselves begin with a byte-order mark; those of the package keep every byte. */
const isVerbatim = (content: Buffer) => !content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));

/** A folder that was not there is written beside its place, and takes it whole. */
function create(folder: string, files: ReadonlyMap<string, Buffer>, written: readonly string[]): void {
  const aside = `${folder}.unpacking-${process.pid}`;
  try {
    writeAll(aside, files, written);
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}

/** Writes everything aside first and then only moves files, keeping what each replaces until all is done. */
function change(
  folder: string,
  { written, files, removed }: FolderChanges & { readonly files: ReadonlyMap<string, Buffer> },
): void {
  const aside = join(folder, `.unpacking-${process.pid}`);
  const undo: (() => void)[] = [];
  const move = (from: string, to: string) => {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    undo.push(() => renameSync(to, from));
  };
  try {
    writeAll(join(aside, 'new'), files, written);
    // Removed first: a new file may differ in letter case only, or be named like a folder that goes.
    for (const path of removed) move(join(folder, path), join(aside, 'old', path));
    for (const path of written) {
      if (existsSync(join(folder, path))) move(join(folder, path), join(aside, 'old', path));
      move(join(aside, 'new', path), join(folder, path));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
  for (const path of removed) removeEmpty(folder, dirname(join(folder, path)));
}

function writeAll(folder: string, files: ReadonlyMap<string, Buffer>, written: readonly string[]): void {
  const made = new Set<string>();
  for (const path of written) {
    const file = join(folder, path);
    const place = dirname(file);
    if (!made.has(place)) mkdirSync(place, { recursive: true });
    made.add(place);
    writeFileSync(file, files.get(path)!);
  }
}

/** Removes folders that have become empty, upwards. */
function removeEmpty(top: string, folder: string): void {
  if (folder === top || !existsSync(folder) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(top, dirname(folder));
}

function filesBelow(top: string, folder = top): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(top, path) : [relative(top, path).replaceAll('\\', '/')];
  });
}
