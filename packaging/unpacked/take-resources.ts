import { labelGroups, mergeResources, readTreeResources, resourceFolder } from '../localization/index.ts';
import { PackageError } from '../package-error.ts';
import type { SolutionPackage } from '../solution-package.ts';
import type { ReadFolderOptions } from './read-folder.ts';
import type { SourceTree } from './source-tree.ts';

type Parts = Pick<SolutionPackage, 'manifest' | 'customizations'>;

/**
 * Writes the texts of `Resources/` into the solution.
 *
 * @param otherParts the other package of a tree for both: some keys are of that one alone
 * @throws PackageError naming file and key; also when there are none
 */
export function takeResources(
  tree: SourceTree,
  parts: Parts,
  { note }: ReadFolderOptions,
  otherParts: () => Parts,
): void {
  const resources = readTreeResources(tree.below(resourceFolder), (path) => tree.read(path, 'Resources'));
  if (resources.byLanguage.length === 0 && resources.template === undefined)
    throw new PackageError('There are no texts in Resources/; unpack with --localize makes them.', resourceFolder);
  let known: ReadonlySet<string> | undefined;
  mergeResources(parts, resources, { note, known: () => (known ??= new Set(labelGroups([otherParts()]).keys())) });
}
