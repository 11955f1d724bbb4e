import { join } from 'node:path';
import { identityOf, PackageError, readFolder, zipChunks, type PackageType } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import { writeTogether } from './write-together.ts';

/** Where the zips are. */
export interface SolutionZips {
  readonly unmanaged: string;
  readonly managed: string;
}

/**
 * Packs `solution/` into `<name>_<version>.zip` and its managed twin; both are written, or neither.
 *
 * @throws BuildError with the file that is wrong
 */
export async function packSolution(root: string, outDir: string): Promise<SolutionZips> {
  const unmanaged = await pack(root, 'unmanaged');
  const managed = await pack(root, 'managed');
  const zips = { unmanaged: join(outDir, unmanaged.name), managed: join(outDir, managed.name) };
  writeTogether([
    { file: zips.unmanaged, content: unmanaged.zip },
    { file: zips.managed, content: managed.zip },
  ]);
  return zips;
}

async function pack(root: string, type: PackageType): Promise<{ name: string; zip: Iterable<Buffer> }> {
  const folder = join(root, 'solution');
  try {
    const solution = await readFolder(folder, { type, isLazy: true, map: join(folder, 'map.xml') });
    const { uniqueName, version } = identityOf(solution);
    const suffix = type === 'managed' ? '_managed' : '';
    return { name: `${uniqueName}_${version.replaceAll('.', '_')}${suffix}.zip`, zip: zipChunks(solution) };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    throw new BuildError(`The solution could not be packed: ${error.message}`);
  }
}
