import { ZipFile } from 'yazl';
import { contentTypes } from './content-types.ts';
import { PackageError } from '../package-error.ts';
import { staysBelow } from '../safe-path.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { writeXml, type XmlElement } from '../xml/index.ts';
import { customizationsName, manifestName, typesName } from './root-names.ts';

/**
 * Fixed, so that the same content gives the same bytes everywhere. Decided: entries are stored, not deflated; what
 * deflating gives depends on the zlib Node was built with, and both are read everywhere.
 */
const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true, compress: false } as const;

/**
 * Writes a solution zip; the same package gives the same bytes on every machine.
 *
 * @throws PackageError for a path that could not be read back: absolute, leading out, with backslashes, taken twice
 */
export async function writeZip({ manifest, customizations, files }: SolutionPackage): Promise<Buffer> {
  const paths = [...files.keys()].sort();
  requireReadable(paths);
  const zip = new ZipFile();
  zip.addBuffer(rootFile(customizations), customizationsName, fixed);
  zip.addBuffer(rootFile(manifest), manifestName, fixed);
  for (const path of paths) zip.addBuffer(files.get(path)!, path, fixed);
  zip.addBuffer(Buffer.from(contentTypes(paths)), typesName, fixed);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
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
