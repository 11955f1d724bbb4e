import { child, descend, readZip, writeZip, type SolutionPackage } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { activeLayer, packagesTable } from './packages.ts';

/**
 * The zip of an installed solution, in the version it has here.
 *
 * Differs: it is the package that was imported last; what was changed since, and what only an older version brought, is not in it.
 *
 * @throws Fault for a solution that is not there, or is managed
 */
export async function exportSolution(database: Database, name: string, asManaged: boolean): Promise<Buffer> {
  database.exec(packagesTable);
  const stored = database.get(
    'select managed, version, zip from "emulator$packages" where unique_name = ?1 collate nocase and unique_name <> ?2 order by position desc limit 1',
    [name, activeLayer],
  );
  if (stored === undefined) throw faults.rowNotFound('Solution', name);
  if (stored['managed'] === 1) throw faults.exportManaged();
  const zip = Buffer.from(stored['zip'] as Buffer);
  const pkg = await readZip(zip);
  const isChanged = setText(pkg, 'Version', String(stored['version']));
  // New components look the same in a managed package; the flag is what differs.
  const isOther = asManaged && setText(pkg, 'Managed', '1');
  return isChanged || isOther ? writeZip(pkg) : zip;
}

/** @returns whether the text was another one */
function setText({ manifest }: SolutionPackage, name: string, text: string): boolean {
  const node = child(descend(manifest, 'SolutionManifest'), name)!;
  const [before] = node.children;
  if (before?.kind === 'text' && before.text.trim() === text) return false;
  node.children = [{ kind: 'text', text }];
  return true;
}
