import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Our own solution and its mapping file, or another folder with the mapping file it is given. */
export function solutionFolder(
  root: string,
  { folder, map }: { folder?: string; map?: string },
): { readonly folder: string; readonly map?: string; readonly isOurs: boolean } {
  const chosen = resolve(folder ?? join(root, 'solution'));
  const isOurs = chosen === join(root, 'solution');
  const own = join(chosen, 'map.xml');
  const chosenMap = map === undefined ? (isOurs && existsSync(own) ? own : undefined) : resolve(map);
  return { folder: chosen, ...(chosenMap === undefined ? {} : { map: chosenMap }), isOurs };
}
