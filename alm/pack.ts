import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readFolder, zipChunks, type PackageType } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { packSolution } from './pack-solution.ts';
import { managedTwin, wantedType } from './package-type.ts';
import { solutionFolder } from './solution-folder.ts';
import { writeTogether } from './write-together.ts';

export const packUsage = `npm run alm -- pack [--folder DIR] [--zip FILE] [--type managed|unmanaged|both] [--map FILE]

  --folder  an unpacked solution; ours when left out
  --zip     where the package goes; with both, the managed one is FILE_managed.zip.
            Left out (ours only): both into dist/, or --out DIR
  --type    managed, unmanaged (when left out) or both
  --map     mapping file; ours is solution/map.xml
  --use-unmanaged-for-missing-managed
            forms, apps and site maps without a _managed file go into the managed package as they are
  --localize
            texts of Resources/ count, whatever the XML says; languages that come with them are added`;

/** `npm run alm -- pack`: makes zips of what is built already. */
export async function pack(options: string[]): Promise<void> {
  const root = join(__dirname, '..');
  const { values } = parseArgs({
    args: options,
    options: {
      folder: { type: 'string' },
      zip: { type: 'string' },
      type: { type: 'string', default: 'unmanaged' },
      map: { type: 'string' },
      out: { type: 'string', default: join(root, 'dist') },
      localize: { type: 'boolean', default: false },
      'use-unmanaged-for-missing-managed': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(packUsage);
  const { folder, map, isOurs } = solutionFolder(root, values);
  if (values.zip === undefined) {
    if (!isOurs) throw new BuildError('Say where the package goes: --zip FILE.');
    const zips = await oneAtATime(root, () => packSolution(root, values.out));
    return console.log(`packed ${zips.unmanaged}\n       ${zips.managed}`);
  }
  // Our tree is kept for both: it has no twins, and needs none.
  const useUnmanagedForMissingManaged = isOurs || values['use-unmanaged-for-missing-managed'];
  const zips = await packFolder({
    folder,
    map,
    zip: resolve(values.zip),
    type: values.type,
    useUnmanagedForMissingManaged,
    localize: values.localize,
  });
  console.log(`packed ${zips.join('\n       ')}`);
}

interface PackFolderOptions {
  readonly folder: string;
  readonly zip: string;
  readonly type: string;
  readonly map?: string | undefined;
  readonly useUnmanagedForMissingManaged: boolean;
  readonly localize: boolean;
}

/** Packs a folder; all zips are written, or none. */
async function packFolder({ folder, zip, type, ...options }: PackFolderOptions): Promise<string[]> {
  const wanted = wantedType(type);
  const types: PackageType[] = wanted === 'both' ? ['unmanaged', 'managed'] : [wanted];
  const notes = new Set<string>();
  const files = [];
  for (const one of types) {
    const solution = await readFolder(folder, { ...options, type: one, isLazy: true, note: (text) => notes.add(text) });
    const file = wanted === 'both' && one === 'managed' ? managedTwin(zip) : zip;
    files.push({ file, content: zipChunks(solution) });
  }
  writeTogether(files);
  for (const text of notes) console.log(`note: ${text}`);
  return files.map(({ file }) => file);
}
