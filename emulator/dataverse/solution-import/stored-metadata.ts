import { identityOf, readZip, type SolutionPackage } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { Catalogue } from '../metadata/catalogue.ts';
import { activeComponents, applyActive } from './active-layer.ts';
import { storedPackages, type StoredPackage } from './packages.ts';
import { readMetadata } from './read-metadata.ts';

/** A stored package, read. */
export interface ReadPackage extends StoredPackage {
  readonly pkg: SolutionPackage;
}

export const readStoredPackages = (database: Database): Promise<ReadPackage[]> =>
  Promise.all(storedPackages(database).map(async (one) => ({ ...one, pkg: await readZip(one.zip) })));

/** Adds what these packages say. */
export function addPackages(packages: readonly ReadPackage[], catalogue: Catalogue): void {
  for (const { pkg } of packages)
    readMetadata(pkg.customizations, catalogue, { isManaged: identityOf(pkg).isManaged, replaces: false });
}

/** Puts what was changed here above the packages. @throws Fault where a part has nothing to stand on */
export function addActive(database: Database, catalogue: Catalogue): void {
  const active = activeComponents(database);
  if (active.length > 0) applyActive(active, catalogue);
}

export function addStored(database: Database, packages: readonly ReadPackage[], catalogue: Catalogue): void {
  addPackages(packages, catalogue);
  addActive(database, catalogue);
}

/** The metadata everything stored makes together; tables keep the type codes they have. */
export async function storedMetadata(database: Database, { typeCodes }: Catalogue): Promise<Catalogue> {
  const metadata = new Catalogue();
  for (const [table, code] of typeCodes) metadata.typeCodes.set(table, code);
  addStored(database, await readStoredPackages(database), metadata);
  return metadata;
}
