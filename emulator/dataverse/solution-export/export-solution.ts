import { child, descend, readZip, writeXml, writeZip, type SolutionPackage } from '../../../packaging/index.ts';
import { readRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { defaultSolutionId } from '../solution-import/default-solutions.ts';
import type { ImportPlatform } from '../solution-import/import-platform.ts';
import { emptyPackage, publisherRow } from '../solution-import/new-solution.ts';
import { activeLayer, packagesTable } from '../solution-import/packages.ts';
import { openNodes } from '../solution-import/present-nodes.ts';
import { solutionIdOf } from '../solution-import/solution-record.ts';
import { putCatalogs } from './put-catalogs.ts';
import { putChoices } from './put-choices.ts';
import { putEnvironmentVariables } from './put-environment-variables.ts';
import { putFlows } from './put-flows.ts';
import { putRelationships } from './put-relationships.ts';
import { putRoles } from './put-roles.ts';
import { putRoots } from './put-roots.ts';
import { putTables } from './put-tables.ts';
import { putWebResources } from './put-web-resources.ts';
import { scopeOf } from './scope.ts';

/**
 * The zip of an unmanaged solution, in the version it has here: the package that was imported last, with what was made,
 * changed, added and removed here since.
 *
 * Differs: apps, site maps, controls, profiles and connection references are as the package that was imported last has them.
 *
 * @throws Fault for a solution that is not there, or is managed
 */
export async function exportSolution(platform: ImportPlatform, name: string, asManaged: boolean): Promise<Buffer> {
  const { zip, pkg, version, id } = await basePackage(platform, name);
  const before = textOf(pkg);
  await putPresent(platform, pkg, id);
  setText(pkg, 'Version', version);
  // New components look the same in a managed package; the flag is what differs.
  if (asManaged) setText(pkg, 'Managed', '1');
  return zip !== undefined && before === textOf(pkg) ? zip : writeZip(pkg);
}

const textOf = ({ manifest, customizations, files }: SolutionPackage) =>
  [writeXml(manifest), writeXml(customizations), ...[...files].map(([path, file]) => `${path} ${file.length}`)].join(
    '\n',
  );

/** A package while it is completed. */
export type OpenPackage = SolutionPackage & { readonly files: Map<string, Buffer> };

interface BasePackage {
  /** Undefined where no package was ever imported. */
  readonly zip: Buffer | undefined;
  readonly pkg: OpenPackage;
  readonly version: string;
  readonly id: string;
}

async function basePackage(platform: ImportPlatform, name: string): Promise<BasePackage> {
  const { database, catalogue } = platform;
  if (name.toLowerCase() === 'default') {
    const row = readRow(database, shapeOf(catalogue.table('solution')!), { solutionid: defaultSolutionId });
    if (row === undefined) throw faults.rowNotFound('Solution', name);
    const pkg = opened(emptyPackage(row, publisherRow(platform, row)));
    return { zip: undefined, pkg, version: String(row['version']), id: defaultSolutionId };
  }
  database.exec(packagesTable);
  const stored = database.get(
    'select unique_name, managed, version, zip from "emulator$packages" where unique_name = ?1 collate nocase and unique_name <> ?2 order by position desc limit 1',
    [name, activeLayer],
  );
  if (stored === undefined) throw faults.rowNotFound('Solution', name);
  if (stored['managed'] === 1) throw faults.exportManaged();
  const zip = Buffer.from(stored['zip'] as Buffer);
  const id = solutionIdOf(platform, String(stored['unique_name']));
  return { zip, pkg: opened(await readZip(zip)), version: String(stored['version']), id };
}

const opened = (pkg: SolutionPackage): OpenPackage => ({ ...pkg, files: new Map(pkg.files) });

/** Brings the components of the package to what they are here. */
async function putPresent(platform: ImportPlatform, pkg: OpenPackage, solutionId: string): Promise<void> {
  const { database, catalogue } = platform;
  const scope = scopeOf(database, catalogue, solutionId);
  const call = { database, catalogue, pkg, scope, nodes: await openNodes(database) };
  putTables(call);
  putRelationships(call);
  putChoices(call);
  putWebResources(call);
  putRoles(call);
  putFlows(call);
  putEnvironmentVariables(call);
  putCatalogs(call);
  putRoots(call);
}

function setText({ manifest }: SolutionPackage, name: string, text: string): void {
  const node = child(descend(manifest, 'SolutionManifest'), name)!;
  const [before] = node.children;
  if (before?.kind === 'text' && before.text.trim() === text) return;
  node.children = [{ kind: 'text', text }];
}
