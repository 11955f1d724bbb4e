import {
  childText,
  descend,
  identityOf,
  type SolutionIdentity,
  type SolutionPackage,
} from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { labelIn } from '../metadata/labels.ts';
import { stableId } from '../metadata/stable-id.ts';
import { putComponent, type ImportCall } from './import-platform.ts';
import { readChildLabels } from './read-labels.ts';

/** Packages as they came, so that the metadata can be read again at the next start. */
export const packagesTable = `create table if not exists "emulator$packages" (unique_name text primary key, position integer not null, version text not null, managed integer not null, publisher text not null, zip blob not null)`;

export interface InstalledSolution {
  readonly uniqueName: string;
  readonly version: string;
  readonly isManaged: boolean;
  readonly publisher: string;
}

export function installedSolutions(database: Database): InstalledSolution[] {
  database.exec(packagesTable);
  return database
    .all('select unique_name, version, managed, publisher from "emulator$packages" order by position')
    .map((row) => ({
      uniqueName: String(row['unique_name']),
      version: String(row['version']),
      isManaged: row['managed'] === 1,
      publisher: String(row['publisher']),
    }));
}

const publisherOf = ({ manifest }: SolutionPackage) => descend(manifest, 'SolutionManifest', 'Publisher');

/** Refuses what cannot be installed over what is there. */
export function requireInstallable(pkg: SolutionPackage, database: Database): SolutionIdentity {
  const identity = identityOf(pkg);
  const { uniqueName, version, isManaged, prefix } = identity;
  if (!/^[A-Za-z0-9_]+$/.test(uniqueName))
    throw faults.import(
      '0x8004F002',
      `The solution name '${uniqueName}' may hold letters, digits and underscores only.`,
    );
  if (!/^\d+(\.\d+){1,3}$/.test(version))
    throw faults.import(
      '0x8004F01E',
      `The version '${version}' of '${uniqueName}' is not of the form major.minor[.build[.revision]].`,
    );
  if (prefix !== '' && (!/^[A-Za-z][A-Za-z0-9]{1,7}$/.test(prefix) || prefix.toLowerCase().startsWith('mscrm'))) {
    throw faults.import(
      '0x80044366',
      `The customization prefix '${prefix}' has two to eight letters and digits, begins with a letter, and is not 'mscrm'.`,
    );
  }
  const there = installedSolutions(database).find((one) => one.uniqueName.toLowerCase() === uniqueName.toLowerCase());
  if (there === undefined) return identity;
  if (there.isManaged !== isManaged) {
    const [is, wants] = there.isManaged ? ['managed', 'unmanaged'] : ['unmanaged', 'managed'];
    throw faults.import(
      '0x80048038',
      `The solution '${uniqueName}' is installed as ${is}; a ${wants} version of it cannot be imported.`,
    );
  }
  const publisher = childText(publisherOf(pkg), 'UniqueName');
  if (there.publisher !== publisher)
    throw faults.import(
      '0x8004801C',
      `The solution '${uniqueName}' belongs to the publisher '${there.publisher}', not '${publisher}'.`,
    );
  return identity;
}

export function recordSolution(call: ImportCall, { uniqueName, version, isManaged, prefix }: SolutionIdentity): void {
  const publisher = publisherOf(call.pkg);
  const publisherName = childText(publisher, 'UniqueName');
  const publisherid = stableId('publisher', publisherName);
  putComponent(call, 'publisher', {
    publisherid,
    uniquename: publisherName,
    friendlyname: labelIn(readChildLabels(publisher, 'LocalizedNames')) || publisherName,
    customizationprefix: prefix || null,
    customizationoptionvalueprefix: Number(childText(publisher, 'CustomizationOptionValuePrefix')) || null,
  });
  putComponent(call, 'solution', {
    solutionid: call.solutionId,
    uniquename: uniqueName,
    friendlyname:
      labelIn(readChildLabels(descend(call.pkg.manifest, 'SolutionManifest'), 'LocalizedNames')) || uniqueName,
    version,
    publisherid: { table: 'publisher', id: publisherid },
    ismanaged: isManaged,
    isvisible: true,
    installedon: `${call.clock.now().toISOString().slice(0, 19)}Z`,
  });
}

export function keepPackage(call: ImportCall, { uniqueName, version, isManaged }: SolutionIdentity, zip: Buffer): void {
  const publisher = childText(publisherOf(call.pkg), 'UniqueName');
  const position = Number(
    call.database.get('select coalesce(max(position), 0) + 1 as next from "emulator$packages"')!['next'],
  );
  call.database.run(
    `insert into "emulator$packages" (unique_name, position, version, managed, publisher, zip) values (?, ?, ?, ?, ?, ?)
     on conflict (unique_name) do update set version = excluded.version, zip = excluded.zip`,
    [uniqueName, position, version, isManaged ? 1 : 0, publisher, zip],
  );
}
