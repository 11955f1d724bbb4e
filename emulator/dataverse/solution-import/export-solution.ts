import { descend, readZip, writeZip } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { packagesTable } from './packages.ts';

/**
 * The zip of an installed solution.
 *
 * Differs: it is the package that was imported last; what was changed since, and what only an older version brought, is not in it.
 *
 * @throws Fault for a solution that is not there, or is managed
 */
export async function exportSolution(database: Database, name: string, asManaged: boolean): Promise<Buffer> {
  database.exec(packagesTable);
  const stored = database.get(
    'select managed, zip from "emulator$packages" where unique_name = ? collate nocase order by position desc limit 1',
    [name],
  );
  if (stored === undefined) throw faults.rowNotFound('Solution', name);
  // Decided: the code of this refusal is documented nowhere we know of.
  if (stored['managed'] === 1) throw faults.invalidArgument(`Managed solutions cannot be exported. (${name})`);
  const zip = Buffer.from(stored['zip'] as Buffer);
  if (!asManaged) return zip;
  // New components look the same in a managed package; the flag is what differs.
  const pkg = await readZip(zip);
  descend(pkg.manifest, 'SolutionManifest', 'Managed')!.children = [{ kind: 'text', text: '1' }];
  return writeZip(pkg);
}
