import { Fault } from '../../kernel/index.ts';
import { dropColumns, dropTable, readRow, updateRow, type Database } from '../../storage/index.ts';
import { dropFiles } from '../files/drop-files.ts';
import { Catalogue } from '../metadata/catalogue.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import type { ImportPlatform } from './import-platform.ts';
import { deleteRows, hasLayer, layersTable, removeLayer, renameLayer } from './layers.ts';
import {
  activeLayer,
  findSolution,
  holdingName,
  removePackages,
  renamePackages,
  storedPackages,
  type InstalledSolution,
} from './packages.ts';
import { refusal } from './refusals.ts';
import { replay } from './replay.ts';
import { solutionIdOf } from './solution-record.ts';
import { addStored, readStoredPackages, type ReadPackage } from './stored-metadata.ts';

/**
 * Takes a solution away; called inside a transaction.
 *
 * Of a managed one everything goes that no other solution holds: rows of components, columns, and tables with their rows. Of an
 * unmanaged one only the container goes.
 *
 * @returns the metadata as it is then, for the caller to put in force once the transaction is through
 * @throws Fault 0x8004F01D while something that stays needs what would go
 */
export async function uninstall(platform: ImportPlatform, solution: InstalledSolution): Promise<Catalogue> {
  const { database, catalogue } = platform;
  database.exec(layersTable);
  const name = solution.uniqueName;
  requireRemovable(database, name);
  if (!solution.isManaged) {
    deleteContainer(platform, name);
    renameLayer(database, name, activeLayer);
    renamePackages(database, name, activeLayer);
    return catalogue;
  }
  const since = firstPosition(database, name);
  removePackages(database, name);
  return withdraw(platform, { layer: name, since, what: `Solution '${name}'` });
}

/**
 * Lets the holding solution take the place of the one it waits beside; called inside a transaction.
 *
 * @returns the metadata as it is then
 * @throws Fault 0x8004F046 without a holding solution, 0x8004F01D while something needs what the new version lacks
 */
export async function promote(platform: ImportPlatform, uniqueName: string): Promise<Catalogue> {
  const { database } = platform;
  const base = findSolution(database, uniqueName);
  const holding = findSolution(database, holdingName(uniqueName));
  if (base === undefined || holding === undefined)
    throw refusal('nothingToPromote', `There is no holding solution '${holdingName(uniqueName)}' to promote.`);
  requireRemovable(database, base.uniqueName);
  const since = firstPosition(database, base.uniqueName);
  removePackages(database, base.uniqueName);
  renameSolution(platform, base.uniqueName, holding.uniqueName);
  const metadata = await withdraw(platform, {
    layer: base.uniqueName,
    since,
    what: `The upgrade of the solution '${base.uniqueName}'`,
  });
  renameLayer(database, holding.uniqueName, base.uniqueName);
  renamePackages(database, holding.uniqueName, base.uniqueName);
  return metadata;
}

function requireRemovable(database: Database, name: string): void {
  if (storedPackages(database)[0]?.solution === name)
    throw refusal(
      'uninstallBlocked',
      `Solution dependencies exist, cannot uninstall. '${name}' is the platform's own.`,
    );
  if (!hasLayer(database, name))
    throw refusal(
      'uninstallBlocked',
      `Solution dependencies exist, cannot uninstall. What '${name}' brought is not on record in this store; import it once more first.`,
    );
}

const firstPosition = (database: Database, solution: string) =>
  storedPackages(database).find((one) => one.solution.toLowerCase() === solution.toLowerCase())?.position ?? 0;

/** The row of the solution and the list of its components; the components themselves stay. */
function deleteContainer(platform: ImportPlatform, name: string): void {
  const { database, catalogue } = platform;
  const id = solutionIdOf(platform, name);
  const rows = database
    .all('select solutioncomponentid as id from solutioncomponent where solutionid = ?', [id])
    .map((row) => ({ table: 'solutioncomponent', id: String(row['id']) }));
  deleteRows(database, catalogue, [...rows, { table: 'solution', id }]);
  database.run('delete from "emulator$layers" where solution = ? and tablename in (?, ?)', [
    name,
    'solutioncomponent',
    'solution',
  ]);
}

/** The installed row stays, with the version and dates of the holding one; so do its id and whoever points at it. */
function renameSolution(platform: ImportPlatform, base: string, holding: string): void {
  const { database, catalogue } = platform;
  const [baseId, holdingId] = [solutionIdOf(platform, base), solutionIdOf(platform, holding)];
  const shape = shapeOf(catalogue.table('solution')!);
  const told = ['version', 'friendlyname', 'description', 'updatedon'];
  updateRow(database, shape, { solutionid: baseId }, readRow(database, shape, { solutionid: holdingId }, told)!);
  const components = database
    .all('select solutioncomponentid as id from solutioncomponent where solutionid = ?', [baseId])
    .map((row) => ({ table: 'solutioncomponent', id: String(row['id']) }));
  deleteRows(database, catalogue, [...components, { table: 'solution', id: holdingId }]);
  database.run('update solutioncomponent set solutionid = ? where solutionid = ?', [baseId, holdingId]);
  // The row of the solution is held by its own layer only: it must outlive the old one.
  database.run('delete from "emulator$layers" where tablename = ? and id in (?, ?)', ['solution', baseId, holdingId]);
  database.run('insert into "emulator$layers" (solution, tablename, id, managed) values (?, ?, ?, 1)', [
    holding,
    'solution',
    baseId,
  ]);
}

interface Withdrawal {
  readonly layer: string;
  /** Packages from here on may lean on what goes. */
  readonly since: number;
  readonly what: string;
}

/** Removes what only this layer held, lets what others hold be as they have it, and sees that all that stays still stands. */
async function withdraw(platform: ImportPlatform, { layer, since, what }: Withdrawal): Promise<Catalogue> {
  const { database, catalogue } = platform;
  const packages = await readStoredPackages(database);
  const { gone, shared } = removeLayer(database, layer);
  deleteRows(database, catalogue, gone);
  const metadata = standing(what, () => metadataOf(platform, packages));
  dropStored(platform, metadata);
  const later = packages.filter(({ position }) => position > since);
  const after = { ...platform, catalogue: metadata, nextVersion: () => platform.nextVersion() };
  await checked(database, () => {
    for (const one of later)
      standing(`${what} is needed by the solution '${one.solution}'`, () => replay(after, one.pkg, one.solution));
  });
  const isShared = new Set(shared.map(({ table, id }) => `${table}/${id}`));
  const restoring = { ...after, claim: (table: string, id: string) => isShared.has(`${table}/${id}`) };
  for (const one of packages) replay(restoring, one.pkg, one.solution);
  return metadata;
}

/** The metadata these packages make together. */
function metadataOf({ database, catalogue }: ImportPlatform, packages: readonly ReadPackage[]): Catalogue {
  const metadata = new Catalogue();
  for (const [table, code] of catalogue.typeCodes) metadata.typeCodes.set(table, code);
  addStored(database, packages, metadata);
  return metadata;
}

/** What cannot stand without what goes, said as the platform says it. */
function standing<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw refusal('uninstallBlocked', `Solution dependencies exist, cannot uninstall. ${what}: ${error.message}`);
  }
}

/** Does the work to see whether it can be done, and undoes it. */
async function checked(database: Database, work: () => void): Promise<void> {
  const undo = new Error('checked');
  await database
    .transaction(async () => {
      work();
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
}

/** Drops the tables and columns the new metadata lacks, with all they hold and all that points at their rows. */
function dropStored({ database, catalogue }: ImportPlatform, metadata: Catalogue): void {
  for (const before of catalogue.tables()) {
    const after = metadata.table(before.logicalName);
    if (after === undefined) {
      forgetRows(database, before.logicalName);
      dropTable(database, before.logicalName);
      continue;
    }
    const lost = [...before.columns.keys()].filter((name) => !after.columns.has(name));
    if (lost.length > 0 && !before.isVirtual) dropColumns(database, shapeOf(before), lost);
    for (const name of lost) {
      forgetNumbers(database, `${before.logicalName}.${name}`);
      if (before.columns.get(name)?.file !== undefined) dropFiles(database, before.logicalName, name);
    }
  }
}

/** Shares, callbacks and counters of a table that goes. */
function forgetRows(database: Database, table: string): void {
  database.run('delete from principalobjectaccess where objecttypecode = ?', [table]);
  database.run('delete from callbackregistration where entityname = ?', [table]);
  dropFiles(database, table);
  forgetNumbers(database, `${table}.%`);
}

const forgetNumbers = (database: Database, name: string) =>
  void database.run('delete from "emulator$counters" where name like ?', [name]);
