import { crc32 } from 'node:zlib';
import { findOrphans, requireCoverage } from './content-types.ts';
import { openZip } from './entries.ts';
import { PackageError } from '../package-error.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { stopAtTheFirst, type Report } from '../problem.ts';
import { parseXml, type Places } from '../xml/index.ts';
import { customizationsName, manifestName, typesName } from './root-names.ts';

/** What a package may hold at most. */
export interface ZipLimits {
  readonly mostEntries: number;
  /** All entries together, unpacked. */
  readonly mostBytes: number;
}

export interface ReadZipOptions {
  readonly limits?: ZipLimits;
  /** Told of all that is wrong and can be passed over; without it the first that matters is thrown. */
  readonly report?: Report;
  /** Filled with the file and line of each element of the root files. */
  readonly places?: Places;
}

/** Well above any real package. */
const generous: ZipLimits = { mostEntries: 20_000, mostBytes: 1024 ** 3 };

/**
 * Reads a solution zip.
 *
 * @throws PackageError for a file that is no zip, path traversal, duplicate names, wrong checksums, bombs, missing or
 *   malformed root files, parts that [Content_Types].xml does not cover; always with the entry's name
 */
export async function readZip(zip: Buffer, options: ReadZipOptions = {}): Promise<SolutionPackage> {
  const { report, places } = options;
  const files = await readEntries(zip, options);
  const manifest = takeRoot(files, manifestName);
  const customizations = takeRoot(files, customizationsName);
  const types = takeRoot(files, typesName);
  const paths = [manifestName, customizationsName, ...files.keys()];
  requireCoverage(types, paths, report ?? stopAtTheFirst);
  if (report !== undefined) findOrphans(types, paths, report);
  return {
    manifest: parseXml(manifest, manifestName, places),
    customizations: parseXml(customizations, customizationsName, places),
    files,
  };
}

function takeRoot(files: Map<string, Buffer>, name: string): Buffer {
  const content = files.get(name);
  if (content !== undefined) {
    files.delete(name);
    return content;
  }
  const other = [...files.keys()].find((path) => path.split('/').at(-1)!.toLowerCase() === name.toLowerCase());
  const hint = other === undefined ? '' : ` (it has '${other}'; place and letter case matter)`;
  throw new PackageError(`The package has no ${name} at its root${hint}.`, other ?? name);
}

async function readEntries(zip: Buffer, { limits = generous, report }: ReadZipOptions): Promise<Map<string, Buffer>> {
  const { mostEntries, mostBytes } = limits;
  const files = new Map<string, Buffer>();
  const seen = new Set<string>();
  let total = 0;
  const archive = await openZip(zip);
  for await (const entry of archive.entries()) {
    const name = entry.fileName;
    // Part names differ in more than letter case.
    if (seen.has(name.toLowerCase())) throw new PackageError(`The package has two entries named '${name}'.`, name);
    seen.add(name.toLowerCase());
    if (seen.size > mostEntries) throw new PackageError(`The package has more than ${mostEntries} entries.`, name);
    if (name.endsWith('/')) {
      // A folder of its own holds nothing.
      report?.('directory-entry', new PackageError(`The package has an entry for the folder '${name}'.`, name));
      continue;
    }
    total += entry.uncompressedSize;
    if (total > mostBytes) throw tooLarge(name, mostBytes);
    const content = await archive.read(entry);
    if (crc32(content) !== entry.crc32)
      throw new PackageError(`The checksum of '${name}' is wrong: the file is damaged.`, name);
    files.set(name, content);
  }
  return files;
}

const tooLarge = (name: string, mostBytes: number) =>
  new PackageError(`The package unpacks to more than ${mostBytes} bytes; '${name}' is where it passes that.`, name);
