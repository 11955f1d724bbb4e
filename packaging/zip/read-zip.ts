import type { Entry } from 'yauzl';
import { findOrphans, requireCoverage } from './content-types.ts';
import { openZip, openZipFile, requireChecksum } from './entries.ts';
import { LazyFiles } from '../lazy-files.ts';
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
 * Reads a solution zip held in memory.
 *
 * @throws PackageError for a file that is no zip, path traversal, duplicate names, wrong checksums, bombs, missing or
 *   malformed root files, parts that [Content_Types].xml does not cover; always with the entry's name
 */
export async function readZip(zip: Buffer, options: ReadZipOptions = {}): Promise<SolutionPackage> {
  const files = new Map<string, Buffer>();
  const archive = await openZip(zip);
  for await (const entry of accepted(archive.entries(), options)) {
    const content = await archive.read(entry);
    requireChecksum(entry, content);
    files.set(entry.fileName, content);
  }
  return asPackage(files, options);
}

/**
 * Reads a solution zip on disk. The content of a file is read when it is asked for, and not kept.
 *
 * @throws PackageError as `readZip`; for a damaged file when its content is asked for
 */
export async function readZipFile(path: string, options: ReadZipOptions = {}): Promise<SolutionPackage> {
  const files = new LazyFiles();
  const archive = await openZipFile(path);
  try {
    for await (const entry of accepted(archive.entries(), options)) files.set(entry.fileName, archive.reader(entry));
  } finally {
    archive.close();
  }
  return asPackage(files, options);
}

type Files = ReadonlyMap<string, Buffer> & { delete(path: string): boolean };

function asPackage(files: Files, { report, places }: ReadZipOptions): SolutionPackage {
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

function takeRoot(files: Files, name: string): Buffer {
  const content = files.get(name);
  if (content !== undefined) {
    files.delete(name);
    return content;
  }
  const other = [...files.keys()].find((path) => path.split('/').at(-1)!.toLowerCase() === name.toLowerCase());
  const hint = other === undefined ? '' : ` (it has '${other}'; place and letter case matter)`;
  throw new PackageError(`The package has no ${name} at its root${hint}.`, other ?? name);
}

/** Entries that are files of a package, within its limits. */
async function* accepted(
  entries: AsyncGenerator<Entry>,
  { limits = generous, report }: ReadZipOptions,
): AsyncGenerator<Entry> {
  const { mostEntries, mostBytes } = limits;
  const seen = new Set<string>();
  let total = 0;
  for await (const entry of entries) {
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
    yield entry;
  }
}

const tooLarge = (name: string, mostBytes: number) =>
  new PackageError(`The package unpacks to more than ${mostBytes} bytes; '${name}' is where it passes that.`, name);
