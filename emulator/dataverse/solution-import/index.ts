import { PackageError, readZip, type SolutionPackage } from '../../../packaging/index.ts';
import { Fault } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { SolutionImportResult } from '../contract.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { stableId } from '../metadata/stable-id.ts';
import { importAppActions } from './app-actions.ts';
import { importApps } from './apps.ts';
import { importCharts } from './charts.ts';
import { checkMetadata } from './check-metadata.ts';
import { importColumnSecurity } from './column-security.ts';
import { importConnectionReferences } from './connection-references.ts';
import { importCustomControls } from './custom-controls.ts';
import { importDefaultControls } from './default-controls.ts';
import { importEnvironmentVariables } from './environment-variables.ts';
import { importForms } from './forms.ts';
import type { ImportCall, ImportPlatform } from './import-platform.ts';
import { requireInstallable } from './installable.ts';
import { requireDependencies } from './missing-dependencies.ts';
import { keepPackage, packagesTable, storedPackages } from './packages.ts';
import { requireParity } from './parity.ts';
import { readMetadata } from './read-metadata.ts';
import { importRoles } from './roles.ts';
import { importSiteMaps } from './site-maps.ts';
import { recordComponents } from './solution-components.ts';
import { recordSolution } from './solution-record.ts';
import { importTables } from './tables.ts';
import { importViews } from './views.ts';
import { importWebResources } from './web-resources.ts';
import { warnOfWithoutEffect } from './without-effect.ts';
import { importWorkflows } from './workflows.ts';

export { controlFilesTable } from './custom-controls.ts';
export type { ImportPlatform } from './import-platform.ts';
export { installedSolutions, type InstalledSolution } from './packages.ts';
export { putComponent } from './put-component.ts';
export { refusalCodes } from './refusals.ts';
export { refuseUninstall } from './uninstall.ts';

/** Component types in the order they are imported; references inside one package resolve whatever their order in it. */
const importers: readonly ((call: ImportCall) => void)[] = [
  importTables,
  importWebResources,
  importCustomControls,
  importDefaultControls,
  importViews,
  importCharts,
  importForms,
  importRoles,
  importColumnSecurity,
  importConnectionReferences,
  importEnvironmentVariables,
  importWorkflows,
  importSiteMaps,
  importApps,
  importAppActions,
];

/**
 * Imports a solution zip in one transaction: all of it, or nothing.
 *
 * @returns what it was, and warnings that name what is kept without effect
 * @throws Fault with the platform's import code; its name is a key of `refusalCodes`
 */
export async function importSolution(zip: Buffer, platform: ImportPlatform): Promise<SolutionImportResult> {
  const { database, catalogue } = platform;
  const pkg = await readZip(zip).catch((error: unknown) => {
    throw asFault(error);
  });
  return database.transaction(async () => {
    const before = catalogue.copy();
    try {
      return importPackage(pkg, zip, platform, before);
    } catch (error) {
      catalogue.restore(before);
      throw asFault(error);
    }
  });
}

function importPackage(
  pkg: SolutionPackage,
  zip: Buffer,
  platform: ImportPlatform,
  before: Catalogue,
): SolutionImportResult {
  const { database, catalogue } = platform;
  database.exec(packagesTable);
  const identity = requireInstallable(pkg, database);
  const { uniqueName, version, isManaged, prefix } = identity;
  const warnings: string[] = [];
  const call: ImportCall = {
    ...platform,
    // Spreading would lose it where it is a method of a class.
    nextVersion: () => platform.nextVersion(),
    pkg,
    isManaged,
    prefix,
    solutionId: stableId('solution', uniqueName),
    before,
    warnings,
  };
  readMetadata(pkg.customizations, catalogue);
  requireParity(call);
  requireDependencies(call);
  checkMetadata(call);
  for (const importComponents of importers) importComponents(call);
  recordSolution(call, identity);
  recordComponents(call);
  warnOfWithoutEffect(call);
  keepPackage(call, identity, zip);
  return { uniqueName, version, isManaged, warnings };
}

/** A package that cannot be read is the sender's; anything else that is no fault is a mistake of ours. */
function asFault(error: unknown): unknown {
  if (!(error instanceof PackageError)) return error;
  return new Fault('badPackage', { code: error.code, status: 400 }, error.message, { entry: error.entry });
}

/** Reads the metadata of everything that is installed, as at every start. */
export async function loadCatalogue(database: Database, catalogue: Catalogue): Promise<void> {
  for (const zip of storedPackages(database)) readMetadata((await readZip(zip)).customizations, catalogue);
}
