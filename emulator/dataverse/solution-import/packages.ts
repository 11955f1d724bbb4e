import { childText, type SolutionIdentity } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import type { ImportCall } from './import-platform.ts';
import { publisherOf } from './solution-record.ts';

/**
 * Packages as they came, every import of its own, so that the metadata can be read again at the next start in the order it
 * grew in: an update never removes what an earlier version brought.
 */
export const packagesTable = `create table if not exists "emulator$packages" (position integer primary key, unique_name text not null, version text not null, managed integer not null, publisher text not null, zip blob not null)`;

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
    'select unique_name, version, managed, publisher from "emulator$packages" order by position',
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

export function keepPackage(call: ImportCall, { uniqueName, version, isManaged }: SolutionIdentity, zip: Buffer): void {
  const { database } = call;
  // The same bytes again change nothing, and every start would add them.
  const last = database.get(
    'select zip from "emulator$packages" where unique_name = ? order by position desc limit 1',
    [uniqueName],
  );
  if (last !== undefined && Buffer.from(last['zip'] as Buffer).equals(zip)) return;
  database.run(
    'insert into "emulator$packages" (unique_name, version, managed, publisher, zip) values (?, ?, ?, ?, ?)',
    [uniqueName, version, isManaged ? 1 : 0, childText(publisherOf(call.pkg), 'UniqueName'), zip],
  );
}

/** The stored packages, oldest first. */
export function storedPackages(database: Database): Buffer[] {
  database.exec(packagesTable);
  return database
    .all('select zip from "emulator$packages" order by position')
    .map((row) => Buffer.from(row['zip'] as Buffer));
}
