import { elements, PackageError, readZip, type SolutionPackage } from '../../../packaging/index.ts';
import { Fault } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { SolutionImportResult } from '../contract.ts';
import { faults } from '../faults.ts';
import { Catalogue } from '../metadata/catalogue.ts';
import { stableId } from '../metadata/stable-id.ts';
import { importApps, importSiteMaps } from './apps.ts';
import { importCustomControls } from './custom-controls.ts';
import { importForms } from './forms.ts';
import type { ImportCall, ImportPlatform } from './import-platform.ts';
import { requireParity } from './parity.ts';
import { readMetadata } from './read-tables.ts';
import { importRoles } from './roles.ts';
import { importConnectionReferences, importEnvironmentVariables } from './settings.ts';
import { keepPackage, packagesTable, recordSolution, requireInstallable } from './solution-record.ts';
import { importTables } from './tables.ts';
import { importViews } from './views.ts';
import { importWebResources } from './web-resources.ts';
import { importWorkflows } from './workflows.ts';

export { installedSolutions, type InstalledSolution } from './solution-record.ts';
export { controlFilesTable } from './custom-controls.ts';
export { putComponent, type ImportPlatform } from './import-platform.ts';

/** Component types in the order they are imported; references inside one package resolve whatever their order in it. */
const importers: readonly ((call: ImportCall) => void)[] = [
  importTables,
  importWebResources,
  importCustomControls,
  importForms,
  importViews,
  importRoles,
  importConnectionReferences,
  importEnvironmentVariables,
  importWorkflows,
  importSiteMaps,
  importApps,
];

/** Top-level nodes that are read; others are kept in the stored package and named in a warning. */
const knownNodes = new Set([
  'Entities',
  'Roles',
  'Workflows',
  'EntityRelationships',
  'optionsets',
  'WebResources',
  'CustomControls',
  'AppModuleSiteMaps',
  'AppModules',
  'connectionreferences',
  'Languages',
]);

/**
 * Imports a solution zip in one transaction: all of it, or nothing.
 *
 * @throws Fault with the platform's import code
 */
export async function importSolution(zip: Buffer, platform: ImportPlatform): Promise<SolutionImportResult> {
  const pkg = await readZip(zip).catch((error: unknown) => {
    throw error instanceof PackageError ? faults.import(error.code, error.message) : error;
  });
  const { database, catalogue } = platform;
  database.exec(packagesTable);
  const before = catalogue.copy();
  try {
    return await database.transaction(async () => importPackage(pkg, zip, platform));
  } catch (error) {
    catalogue.restore(before);
    throw error instanceof Fault
      ? error
      : faults.import('0x80048033', `The solution could not be imported: ${(error as Error).message}`);
  }
}

function importPackage(pkg: SolutionPackage, zip: Buffer, platform: ImportPlatform): SolutionImportResult {
  const identity = requireInstallable(pkg, platform.database);
  const warnings = elements(pkg.customizations)
    .filter((node) => !knownNodes.has(node.name) && elements(node).length > 0)
    .map(
      (node) => `The components in <${node.name}> are kept in the package, but have no effect: they are not emulated.`,
    );
  readMetadata(pkg.customizations, platform.catalogue);
  requireParity(pkg, platform.catalogue);
  const call: ImportCall = {
    ...platform,
    nextVersion: () => platform.nextVersion(),
    pkg,
    isManaged: identity.isManaged,
    solutionId: stableId('solution', identity.uniqueName),
    warnings,
  };
  for (const importComponents of importers) importComponents(call);
  recordSolution(call, identity);
  keepPackage(call, identity, zip);
  const { uniqueName, version, isManaged } = identity;
  return { uniqueName, version, isManaged, warnings };
}

/** Reads the metadata of everything that is installed, as at every start. */
export async function loadCatalogue(database: Database, catalogue: Catalogue): Promise<void> {
  database.exec(packagesTable);
  for (const row of database.all('select zip from "emulator$packages" order by position')) {
    const pkg = await readZip(Buffer.from(row['zip'] as Buffer));
    readMetadata(pkg.customizations, catalogue);
  }
}
