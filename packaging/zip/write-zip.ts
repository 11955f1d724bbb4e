import { contentTypes } from './content-types.ts';
import { PackageError } from '../package-error.ts';
import { staysBelow } from '../safe-path.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { writeXml, type XmlElement } from '../xml/index.ts';
import { customizationsName, manifestName, typesName } from './root-names.ts';
import { storedZip, type StoredEntry } from './stored-zip.ts';

/**
 * Writes a solution zip; the same package gives the same bytes on every machine.
 *
 * @throws PackageError for a path that could not be read back: absolute, leading out, with backslashes, taken twice
 */
export function writeZip(solution: SolutionPackage): Promise<Buffer> {
  return Promise.resolve().then(() => Buffer.concat([...zipChunks(solution)]));
}

/**
 * The same zip piece by piece, with one file in memory at a time. Decided: entries are stored, not deflated; what
 * deflating gives depends on the zlib Node was built with, and both are read everywhere.
 *
 * @throws PackageError as `writeZip`, before the first piece
 */
export function zipChunks({ manifest, customizations, files }: SolutionPackage): Iterable<Buffer> {
  const paths = [...files.keys()].sort();
  requireReadable(paths);
  const held = (name: string, content: () => Buffer): StoredEntry => ({ name, content });
  return storedZip([
    held(customizationsName, () => rootFile(customizations)),
    held(manifestName, () => rootFile(manifest)),
    ...paths.map((path) => held(path, () => files.get(path)!)),
    held(typesName, () => Buffer.from(contentTypes(paths))),
  ]);
}

const rootFile = (root: XmlElement) => Buffer.from(`\uFEFF${writeXml(root, { declaration: true })}`);

function requireReadable(paths: readonly string[]): void {
  const seen = new Set([manifestName, customizationsName, typesName.toLowerCase()]);
  for (const path of paths) {
    if (!staysBelow(path)) throw new PackageError(`'${path}' cannot be the name of a file in a package.`, path);
    if (seen.has(path.toLowerCase())) throw new PackageError(`The package would have '${path}' twice.`, path);
    seen.add(path.toLowerCase());
  }
}
