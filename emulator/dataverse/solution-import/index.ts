import { createHash } from 'node:crypto';
import { PackageError, readZip, writeZip, type SolutionPackage } from '../../../packaging/index.ts';
import { Fault } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { SolutionImportResult } from '../contract.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { settleActive } from './active-layer.ts';
import { checkMetadata } from './check-metadata.ts';
import type { ImportCall, ImportPlatform } from './import-platform.ts';
import { keepEntityRows } from './entity-rows.ts';
import { importers } from './importers.ts';
import { requireInstallable } from './installable.ts';
import { addLayer, layersTable, requireNoUnmanagedBase } from './layers.ts';
import { requireDependencies } from './missing-dependencies.ts';
import { holdingName, keepPackage, packagesTable, storedPackages, type StoredPackage } from './packages.ts';
import { requireParity } from './parity.ts';
import { readMetadata } from './read-metadata.ts';
import { recordComponents } from './solution-components.ts';
import { recordSolution, solutionIdOf } from './solution-record.ts';
import { addActive, addPackages, readStoredPackages, storedMetadata } from './stored-metadata.ts';
import { importTables } from './tables.ts';
import { keepTypeCodes, loadTypeCodes } from './type-codes.ts';
import { warnOfWithoutEffect } from './without-effect.ts';

export { controlFilesTable } from './custom-controls.ts';
export type { ImportPlatform } from './import-platform.ts';
export { findSolution, holdingName, installedSolutions, type InstalledSolution } from './packages.ts';
export { isLower } from './installable.ts';
export { promote, uninstall } from './life-cycle.ts';
export { keepEntityRows } from './entity-rows.ts';
export { createManagedComponents, type ManagedComponents } from './managed-components.ts';
export { putComponent } from './put-component.ts';
export { refusalCodes } from './refusals.ts';
export { installDefaultSolutions } from './default-solutions.ts';
export { solutionSteps } from './solution-steps.ts';

/** A solution as it came, and what is in it. */
export interface ReadSolution {
  readonly zip: Buffer;
  readonly pkg: SolutionPackage;
}

/**
 * Imports a solution in one transaction: all of it, or nothing.
 *
 * @param asHolding beside the installed version, to take its place later
 * @returns what it was, and warnings that name what is kept without effect
 * @throws Fault with the platform's import code; its name is a key of `refusalCodes`
 */
export async function importSolution(
  { zip, pkg }: ReadSolution,
  platform: ImportPlatform,
  asHolding = false,
): Promise<SolutionImportResult> {
  const { database, catalogue } = platform;
  return database.transaction(async () => {
    const before = catalogue.copy();
    try {
      const result = importPackage(pkg, zip, { platform, before, asHolding });
      if (settleActive(database, pkg, result.isManaged)) catalogue.restore(await storedMetadata(database, catalogue));
      return result;
    } catch (error) {
      catalogue.restore(before);
      throw asFault(error);
    }
  });
}

/**
 * Reads a zip, once for all that is done with it; a package that was put together here is not read again.
 *
 * @throws Fault 0x80048060 and the other codes of packages that cannot be read
 */
export async function readSolution(given: Buffer | SolutionPackage): Promise<ReadSolution> {
  if (!Buffer.isBuffer(given)) return { zip: await writeZip(given), pkg: given };
  const pkg = await readZip(given).catch((error: unknown) => {
    throw asFault(error);
  });
  return { zip: given, pkg };
}

interface ImportSurroundings {
  readonly platform: ImportPlatform;
  /** The metadata as it was. */
  readonly before: Catalogue;
  readonly asHolding: boolean;
}

function importPackage(
  pkg: SolutionPackage,
  zip: Buffer,
  { platform, before, asHolding }: ImportSurroundings,
): SolutionImportResult {
  const { database, catalogue } = platform;
  database.exec(packagesTable);
  database.exec(layersTable);
  const identity = requireInstallable(pkg, database, asHolding);
  const { uniqueName, version, isManaged, prefix } = identity;
  const solution = asHolding ? holdingName(uniqueName) : uniqueName;
  const warnings: string[] = [];
  const call: ImportCall = {
    ...platform,
    // Spreading would lose it where it is a method of a class.
    nextVersion: () => platform.nextVersion(),
    claim(table, id) {
      const layer = { solution, table, id, isManaged };
      requireNoUnmanagedBase(database, layer);
      addLayer(database, layer);
      return true;
    },
    pkg,
    solution,
    isManaged,
    prefix,
    solutionId: solutionIdOf(platform, solution),
    before,
    warnings,
  };
  readMetadata(pkg.customizations, catalogue, { isManaged, replaces: false });
  requireParity(call);
  requireDependencies(call);
  checkMetadata(call);
  importTables(call);
  keepEntityRows(call);
  for (const importComponents of importers) importComponents(call);
  recordSolution(call, identity);
  recordComponents(call);
  warnOfWithoutEffect(call);
  keepPackage(call, identity, zip);
  keepTypeCodes(database, catalogue);
  return { uniqueName, version, isManaged, warnings };
}

/** A package that cannot be read is the sender's; anything else that is no fault is a mistake of ours. */
function asFault(error: unknown): unknown {
  if (!(error instanceof PackageError)) return error;
  return new Fault('badPackage', { code: error.code, status: 400 }, error.message, { entry: error.entry });
}

/** Reads the metadata of everything that is installed, as at every start. */
export async function loadCatalogue(database: Database, catalogue: Catalogue): Promise<void> {
  loadTypeCodes(database, catalogue);
  const packages = storedPackages(database);
  const key = keyOf(packages, catalogue);
  if (lastRead?.key === key) catalogue.restore(lastRead.catalogue.copy());
  else {
    addPackages(await readStoredPackages(database), catalogue);
    lastRead = { key, catalogue: catalogue.copy() };
  }
  addActive(database, catalogue);
}

/** A store that is reset, or restored from a snapshot, mostly holds the packages it held: reading them takes a second. */
let lastRead: { readonly key: string; readonly catalogue: Catalogue } | undefined;

function keyOf(packages: readonly StoredPackage[], { typeCodes }: Catalogue): string {
  const hash = createHash('sha256');
  for (const { solution, zip } of packages) hash.update(`${solution} ${zip.length} `).update(zip);
  return hash.update(JSON.stringify([...typeCodes])).digest('hex');
}
