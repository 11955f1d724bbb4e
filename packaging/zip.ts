import { crc32 } from 'node:zlib';
import { fromBufferPromise as openZip } from './yauzl-promise.ts';
import { ZipFile } from 'yazl';
import { contentTypes, requireCoverage } from './content-types.ts';
import { PackageError } from './package-error.ts';
import type { SolutionPackage } from './solution-package.ts';
import { parseXml, writeXml } from './xml.ts';

/** What a package may hold at most; well above any real one. */
const mostEntries = 20_000;
const mostBytes = 1024 ** 3;

const manifestName = 'solution.xml';
const customizationsName = 'customizations.xml';
const typesName = '[Content_Types].xml';

/**
 * Reads a solution zip.
 *
 * @throws PackageError for a file that is no zip, path traversal, duplicate names, wrong checksums, bombs, missing or
 *   malformed root files, parts that [Content_Types].xml does not cover; always with the entry's name
 */
export async function readZip(zip: Buffer): Promise<SolutionPackage> {
  const files = await readEntries(zip);
  const take = (name: string): Buffer => {
    const content = files.get(name);
    if (content !== undefined) {
      files.delete(name);
      return content;
    }
    const other = [...files.keys()].find((path) => path.toLowerCase() === name.toLowerCase());
    const hint = other === undefined ? '' : ` (it has '${other}'; letter case matters)`;
    throw new PackageError(`The package has no ${name} at its root${hint}.`, other ?? name);
  };
  const manifest = take(manifestName);
  const customizations = take(customizationsName);
  requireCoverage(take(typesName), [manifestName, customizationsName, ...files.keys()]);
  return {
    manifest: parseXml(manifest, manifestName),
    customizations: parseXml(customizations, customizationsName),
    files,
  };
}

async function readEntries(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const seen = new Set<string>();
  let total = 0;
  const archive = await openZip(zip).catch((error: Error) => {
    throw new PackageError(`The file is not a zip: ${error.message}`, '');
  });
  for await (const entry of archive.entries()) {
    const name = entry.fileName;
    if (seen.size >= mostEntries) throw new PackageError(`The package has more than ${mostEntries} entries.`, name);
    if (seen.has(name.toLowerCase())) throw new PackageError(`The package has two entries named '${name}'.`, name);
    seen.add(name.toLowerCase());
    if (name.endsWith('/')) continue;
    total += entry.uncompressedSize;
    if (total > mostBytes)
      throw new PackageError(`The package is larger than 1 GB when unpacked; '${name}' is where it passes that.`, name);
    const content = await archive.read(entry);
    if (crc32(content) !== entry.crc32)
      throw new PackageError(`The checksum of '${name}' is wrong: the file is damaged.`, name);
    files.set(name, content);
  }
  return files;
}

/** Fixed, so that the same content gives the same bytes everywhere. */
const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true, compressionLevel: 9 } as const;

/** Writes a solution zip; the same package gives the same bytes on every machine. */
export async function writeZip({ manifest, customizations, files }: SolutionPackage): Promise<Buffer> {
  const paths = [...files.keys()].sort();
  const zip = new ZipFile();
  const xml = (root: Parameters<typeof writeXml>[0]) =>
    Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-8"?>\n${writeXml(root)}`);
  zip.addBuffer(xml(customizations), customizationsName, fixed);
  zip.addBuffer(xml(manifest), manifestName, fixed);
  for (const path of paths) zip.addBuffer(files.get(path)!, path, fixed);
  zip.addBuffer(Buffer.from(contentTypes(paths)), typesName, fixed);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
