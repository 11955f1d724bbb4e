import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  differences,
  extractResources,
  identityOf,
  readFolder,
  readZipFile,
  unpack,
  withResources,
  writeFolder,
  zipChunks,
  type SolutionPackage,
  type Unpacked,
} from '../packaging/index.ts';
import { writeTogether } from './write-together.ts';
import { BuildError } from './build-error.ts';

/** How one zip fared. */
export interface RoundTrip {
  readonly zip: string;
  readonly entries: number;
  readonly verdict: 'same' | 'DIFFERENT' | 'NOT READ';
  /** What was lost or changed, or why the zip could not be read; none when all is well. */
  readonly problems: readonly string[];
}

export const roundtripUsage = `npm run alm -- roundtrip FOLDER|ZIP [--localize]

  FOLDER  every zip in it and below it, or the one zip, is unpacked, packed again, compared and unpacked once more;
          ends with 1 when one did not come back the same. Nothing in the folder is changed.
  --localize
          by way of resource files`;

/** `npm run alm -- roundtrip FOLDER|ZIP`: unpacks the zip, or every zip below the folder, packs it again and compares. */
export async function roundtrip(options: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: options,
    allowPositionals: true,
    options: { localize: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(roundtripUsage);
  const [given, second] = positionals;
  if (given === undefined || second !== undefined)
    throw new BuildError('Name one folder or zip: npm run alm -- roundtrip FOLDER|ZIP');
  const place = resolve(given);
  if (!existsSync(place)) throw new BuildError(`There is no folder or zip ${place}.`);
  const isZip = statSync(place).isFile();
  const zips = isZip ? [place] : zipsBelow(place);
  if (zips.length === 0) throw new BuildError(`There is no zip in ${place}.`);
  const trips: RoundTrip[] = [];
  for (const zip of zips) trips.push(await tripOf(zip, isZip ? basename(zip) : relative(place, zip), values));
  console.log(table(trips));
  const failed = trips.filter(({ problems }) => problems.length > 0);
  if (failed.length > 0) throw new BuildError(`${failed.length} of ${trips.length} did not come back the same.`);
}

/** Unpacks, packs, compares, and unpacks again, which must give the same bytes. */
export async function tripOf(zip: string, name: string, { localize = false } = {}): Promise<RoundTrip> {
  const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
  let entries = 0;
  try {
    const before = await readZipFile(zip);
    entries = before.files.size + 3;
    const first = takenApart(before, name, localize);
    writeFolder(folder, first);
    const after = await packAgain(folder, before, localize);
    const second = takenApart(after, name, localize).files;
    const unstable = [...first.files].filter(([path, content]) => second.get(path)?.equals(content) !== true);
    const changed = unstable.map(([path]) => `${path} is not the same when it is unpacked again`);
    const problems = [...differences(before, after), ...changed];
    return { zip: name, entries, verdict: problems.length === 0 ? 'same' : 'DIFFERENT', problems };
  } catch (error) {
    return { zip: name, entries, verdict: 'NOT READ', problems: [(error as Error).message] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function takenApart(solution: SolutionPackage, file: string, localize: boolean): Unpacked {
  if (!localize) return unpack(solution);
  const source = { file, packageType: identityOf(solution).isManaged ? 'Managed' : 'Unmanaged' } as const;
  return withResources(unpack(solution), extractResources([solution], { source, template: 'auto' }));
}

async function packAgain(folder: string, { manifest }: SolutionPackage, localize: boolean): Promise<SolutionPackage> {
  const type = identityOf({ manifest }).isManaged ? 'managed' : 'unmanaged';
  const again = join(folder, '.again.zip');
  const packed = await readFolder(folder, { type, localize, useUnmanagedForMissingManaged: false, isLazy: true });
  writeTogether([{ file: again, content: zipChunks(packed) }]);
  return readZipFile(again);
}

function zipsBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return zipsBelow(path);
    return entry.isFile() && /\.zip$/i.test(entry.name) ? [path] : [];
  });
}

/** A line a zip; what is wrong with it below. */
export function table(trips: readonly RoundTrip[]): string {
  const width = Math.max(...trips.map(({ zip }) => zip.length));
  const lines = trips.flatMap(({ zip, entries, verdict, problems }) => [
    `${zip.padEnd(width)}  ${String(entries).padStart(5)} entries  ${verdict}`,
    ...problems.map((problem) => `  ${problem}`),
  ]);
  return lines.join('\n');
}
