import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, PackageError, readFolder, writeZip } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';

/** Packs `solution/` into the unmanaged zip and its managed twin. Nothing is left half-written. */
export async function packSolution(root: string, outDir: string): Promise<{ unmanaged: string; managed: string }> {
  const pack = async (type: 'unmanaged' | 'managed') => {
    const solution = await readFolder(join(root, 'solution'), { type, map: join(root, 'solution/map.xml') });
    const { uniqueName, version } = identityOf(solution);
    return { file: join(outDir, `${uniqueName}_${version.replaceAll('.', '_')}${type === 'managed' ? '_managed' : ''}.zip`), zip: await writeZip(solution) };
  };
  try {
    const [unmanaged, managed] = [await pack('unmanaged'), await pack('managed')];
    mkdirSync(outDir, { recursive: true });
    for (const { file, zip } of [unmanaged, managed]) {
      writeFileSync(`${file}.part`, zip);
      renameSync(`${file}.part`, file);
    }
    return { unmanaged: unmanaged.file, managed: managed.file };
  } catch (error) {
    if (error instanceof PackageError) throw new BuildError(`The solution could not be packed: ${error.message}`);
    throw error;
  }
}
