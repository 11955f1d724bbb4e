import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { childText, descend, parseXml, readFolder, readZipFile, type SolutionPackage } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import { hasResources } from './resources.ts';
import { solutionFolder } from './solution-folder.ts';

/**
 * A solution from a zip or an unpacked folder; ours when nothing is named.
 *
 * @throws BuildError when there is no such thing, PackageError when it cannot be read
 */
export async function readSolution(root: string, source?: string): Promise<SolutionPackage> {
  const path = source === undefined ? undefined : resolve(source);
  if (path !== undefined && !existsSync(path)) throw new BuildError(`There is no ${path}.`);
  if (path !== undefined && statSync(path).isFile()) return readZipFile(path);
  const { folder, map } = solutionFolder(root, path === undefined ? {} : { folder: path });
  const own = join(folder, 'map.xml');
  const localize = hasResources(folder);
  return readFolder(folder, { type: kindOf(folder), localize, ...(existsSync(own) ? { map: map ?? own } : {}) });
}

/** A tree for both is read as the unmanaged one. */
function kindOf(folder: string): 'managed' | 'unmanaged' {
  const file = join(folder, 'Other/Solution.xml');
  if (!existsSync(file)) return 'unmanaged';
  const manifest = descend(parseXml(readFileSync(file), file), 'SolutionManifest');
  return childText(manifest, 'Managed') === '1' ? 'managed' : 'unmanaged';
}
