import { PackageError } from '../package-error.ts';
import type { ReadFolderOptions } from './read-folder.ts';
import type { SourceTree } from './source-tree.ts';

const suffix = '_managed.xml';

/**
 * One file for each component: a managed package takes `x_managed.xml` where there is one and `x.xml` otherwise, as the
 * official tool does with `--useUnmanagedFileForMissingManaged`.
 *
 * @throws PackageError when an unmanaged package is wanted and there is only the managed file, or the other way round
 *   without `useUnmanagedForMissingManaged`
 */
export function choose(tree: SourceTree, paths: readonly string[], options: ReadFolderOptions): string[] {
  const { type, useUnmanagedForMissingManaged = true } = options;
  for (const path of paths) tree.markUsed(path);
  const plain = [
    ...new Set(paths.map((path) => (path.endsWith(suffix) ? `${path.slice(0, -suffix.length)}.xml` : path))),
  ];
  return plain.map((path) => {
    const twin = path.replace(/\.xml$/, suffix);
    if (type === 'managed' && tree.has(twin)) return twin;
    if (type === 'managed' && !useUnmanagedForMissingManaged) tree.report('managed-twin', missingTwin(path, twin));
    if (tree.has(path)) return path;
    const why = `${twin} is of the managed package only; the unmanaged one needs ${path}.`;
    tree.report('managed-twin', new PackageError(why, path));
    return twin;
  });
}

const missingTwin = (path: string, twin: string) =>
  new PackageError(
    `${path} has no ${twin}; the official tool leaves it out of a managed package. ` +
      'Add the twin, or say --use-unmanaged-for-missing-managed.',
    path,
    '0x8004801F',
  );
