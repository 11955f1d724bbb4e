import type { SolutionPackage } from '../../../packaging/index.ts';
import { identityOf } from '../../../packaging/index.ts';
import { importers } from './importers.ts';
import type { ImportCall, ImportPlatform } from './import-platform.ts';
import { requireDependencies } from './missing-dependencies.ts';
import { solutionIdOf } from './solution-record.ts';

/**
 * Imports the components of a stored package once more; its tables are there.
 *
 * @throws Fault of the import where it would be refused today
 */
export function replay(platform: ImportPlatform, pkg: SolutionPackage, solution: string): void {
  const { isManaged, prefix } = identityOf(pkg);
  const call: ImportCall = {
    ...platform,
    nextVersion: () => platform.nextVersion(),
    pkg,
    solution,
    isManaged,
    prefix,
    solutionId: solutionIdOf(platform, solution),
    before: platform.catalogue,
    warnings: [],
  };
  requireDependencies(call);
  for (const importComponents of importers) importComponents(call);
}
