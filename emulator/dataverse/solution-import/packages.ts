import { childText, type SolutionIdentity } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import type { ImportCall } from './import-platform.ts';
import { publisherOf } from './solution-record.ts';

/**
 * Packages as they came, every import of its own, so that the metadata can be read again at the next start in the order it
 * grew in: an update never removes what an earlier version brought.
 */
export const packagesTable = `create table if not exists "emulator$packages" (position integer primary key, unique_name text not null, version text not null, managed integer not null, publisher text not null, zip blob not null)`;

/** Name under which unmanaged components stay when their solution is deleted; no solution may have it. */
export const activeLayer = 'Active';

/** The solution that waits beside the installed one to take its place. */
export const holdingName = (uniqueName: string) => `${uniqueName}_Upgrade`;

export interface InstalledSolution {
  readonly uniqueName: string;
  readonly version: string;
  readonly isManaged: boolean;
  readonly publisher: string;
}

/** What is installed, each in its latest version, in the order of first installation. */
export function installedSolutions(database: Database): InstalledSolution[] {
  database.exec(packagesTable);
  const installed = new Map<string, InstalledSolution>();
  const rows = database.all(
    'select unique_name, version, managed, publisher from "emulator$packages" where unique_name <> ? order by position',
    [activeLayer],
  );
  for (const row of rows) {
    const uniqueName = String(row['unique_name']);
    installed.set(uniqueName.toLowerCase(), {
      uniqueName,
      version: String(row['version']),
      isManaged: row['managed'] === 1,
      publisher: String(row['publisher']),
    });
  }
  return [...installed.values()];
}

/** An installed solution by its unique name, in any letter case. */
export const findSolution = (database: Database, uniqueName: string): InstalledSolution | undefined =>
  installedSolutions(database).find((one) => one.uniqueName.toLowerCase() === uniqueName.toLowerCase());

export function keepPackage(call: ImportCall, { version, isManaged }: SolutionIdentity, zip: Buffer): void {
  const { database, solution } = call;
  // The same bytes again change nothing, and every start would add them.
  const last = database.get(
    'select zip from "emulator$packages" where unique_name = ? order by position desc limit 1',
    [solution],
  );
  if (last !== undefined && Buffer.from(last['zip'] as Buffer).equals(zip)) return;
  database.run(
    'insert into "emulator$packages" (unique_name, version, managed, publisher, zip) values (?, ?, ?, ?, ?)',
    [solution, version, isManaged ? 1 : 0, childText(publisherOf(call.pkg), 'UniqueName'), zip],
  );
}

interface NewPackage {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly zip: Buffer;
}

/** Keeps the package of an unmanaged solution that was made here. */
export const keepNewPackage = (database: Database, { name, version, publisher, zip }: NewPackage) =>
  void database.run(
    'insert into "emulator$packages" (unique_name, version, managed, publisher, zip) values (?, ?, 0, ?, ?)',
    [name, version, publisher, zip],
  );

export interface StoredPackage {
  readonly position: number;
  readonly solution: string;
  readonly zip: Buffer;
}

/** The stored packages, oldest first. */
export function storedPackages(database: Database): StoredPackage[] {
  database.exec(packagesTable);
  return database.all('select position, unique_name, zip from "emulator$packages" order by position').map((row) => ({
    position: Number(row['position']),
    solution: String(row['unique_name']),
    zip: Buffer.from(row['zip'] as Buffer),
  }));
}

export const removePackages = (database: Database, solution: string) =>
  void database.run('delete from "emulator$packages" where unique_name = ? collate nocase', [solution]);

export const renamePackages = (database: Database, from: string, to: string) =>
  void database.run('update "emulator$packages" set unique_name = ? where unique_name = ? collate nocase', [to, from]);

/** The version a maker gave the unmanaged solution here; what it is exported as. */
export const setVersion = (database: Database, solution: string, version: string) =>
  void database.run(
    'update "emulator$packages" set version = ?1 where position = (select max(position) from "emulator$packages" where unique_name = ?2 collate nocase)',
    [version, solution],
  );
