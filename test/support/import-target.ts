import { join } from 'node:path';
import { Catalogue } from '../../emulator/dataverse/metadata/catalogue.ts';
import { installOrganization, rootUnitId, systemUserId } from '../../emulator/dataverse/organization.ts';
import { importSolution, readSolution, type ImportPlatform } from '../../emulator/dataverse/solution-import/index.ts';
import { createClock, Fault } from '../../emulator/kernel/index.ts';
import { openDatabase, type Database, type SqlRow } from '../../emulator/storage/index.ts';
import { readFolder, writeZip } from '../../packaging/index.ts';
import { aSolution } from './solution-builder.ts';

/** An environment in memory that solutions are imported into. */
export interface ImportTarget {
  readonly database: Database;
  readonly catalogue: Catalogue;
  /** Imports what `aSolution` makes of these. */
  add(...solution: Parameters<typeof aSolution>): ReturnType<typeof importSolution>;
  /** Imports, expecting a refusal. @returns `<code> <message>` */
  refuse(...solution: Parameters<typeof aSolution>): Promise<string>;
  addZip(zip: Buffer): ReturnType<typeof importSolution>;
  rows(sql: string, ...values: string[]): SqlRow[];
  close(): void;
}

/** An environment with the tables every one has. */
export async function anImportTarget(): Promise<ImportTarget> {
  const target = anEmptyTarget();
  for (const name of ['System', 'AppCommands']) {
    const solution = join(__dirname, '../../emulator/first-party', name);
    await target.addZip(await writeZip(await readFolder(solution, { type: 'managed' })));
  }
  return target;
}

/** An environment without any table. */
export function anEmptyTarget(database = openDatabase(':memory:'), catalogue = new Catalogue()): ImportTarget {
  const clock = createClock(() => Date.parse('2026-01-02T03:04:05Z'));
  let version = 1000;
  const platform = (): ImportPlatform => ({
    database,
    catalogue,
    clock,
    nextVersion: () => ++version,
    importer: hasOrganization() ? { userId: systemUserId, businessUnitId: rootUnitId } : undefined,
  });
  const hasOrganization = () => catalogue.table('organization') !== undefined;
  const addZip = async (zip: Buffer) => {
    const result = await importSolution(await readSolution(zip), platform());
    if (hasOrganization()) installOrganization(platform());
    return result;
  };
  const add = async (...solution: Parameters<typeof aSolution>) => addZip(await writeZip(aSolution(...solution)));
  return {
    database,
    catalogue,
    addZip,
    add,
    refuse: (...solution) =>
      add(...solution).then(
        () => 'imported',
        (error: unknown) =>
          error instanceof Fault ? `${error.wire.code} ${error.message}` : `no fault: ${String(error)}`,
      ),
    rows: (sql, ...values) => database.all(sql, values),
    close: () => database.close(),
  };
}
