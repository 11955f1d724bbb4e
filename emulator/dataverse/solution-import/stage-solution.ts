import { attribute, childText, descend, identityOf, type SolutionPackage } from '../../../packaging/index.ts';
import { Fault } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { ImportPlatform } from './import-platform.ts';
import { importSolution, readSolution, type ReadSolution } from './index.ts';
import type { MissingDependency } from './missing-dependencies.ts';
import { readChildLabels } from './read-labels.ts';

const stagedTable =
  'create table if not exists "emulator$staged" (id text primary key, zip blob not null) without rowid';

/**
 * Uploads a solution and tells whether it would import, without importing it.
 *
 * Differs: the list of component details is empty.
 *
 * @returns the platform's StageSolutionResults; a package that would be refused is an answer, not a fault
 * @throws Fault for what is no package at all
 */
export async function stageSolution(platform: ImportPlatform, zip: Buffer, uploadId: string): Promise<object> {
  const solution = await readSolution(zip);
  const outcome = await tried(platform, solution);
  platform.database.exec(stagedTable);
  platform.database.run('insert into "emulator$staged" (id, zip) values (?, ?)', [uploadId, zip]);
  return {
    StageSolutionUploadId: uploadId,
    StageSolutionStatus: outcome.fault === undefined ? 'Passed' : 'Failed',
    SolutionValidationResults: [
      ...outcome.warnings.map((text) => resultOf('Warning', text, 0)),
      ...(outcome.fault === undefined ? [] : [resultOf('Error', outcome.fault.message, errorNumber(outcome.fault))]),
    ],
    MissingDependencies: missingOf(outcome.fault).map(describe),
    SolutionComponentsDetails: [],
    SolutionDetails: detailsOf(solution.pkg),
  };
}

/** The zip of an upload that was staged. */
export function stagedSolution(database: Database, uploadId: string): Buffer | undefined {
  database.exec(stagedTable);
  const row = database.get('select zip from "emulator$staged" where id = ?', [uploadId]);
  return row === undefined ? undefined : Buffer.from(row['zip'] as Buffer);
}

interface Outcome {
  readonly warnings: readonly string[];
  readonly fault?: Fault;
}

/** Imports, and undoes it: nothing tells better whether it would go through. */
async function tried(platform: ImportPlatform, solution: ReadSolution): Promise<Outcome> {
  const { database, catalogue } = platform;
  const before = catalogue.copy();
  const undo = new Error('staged');
  let warnings: readonly string[] = [];
  try {
    await database.transaction(async () => {
      ({ warnings } = await importSolution(solution, platform));
      throw undo;
    });
  } catch (error) {
    if (error instanceof Fault) return { warnings, fault: error };
    if (error !== undo) throw error;
  } finally {
    catalogue.restore(before);
  }
  return { warnings };
}

const resultOf = (type: 'Warning' | 'Error', message: string, code: number) => ({
  SolutionValidationResultType: type,
  Message: message,
  ErrorCode: code,
  AdditionalInfo: null,
});

const errorNumber = ({ wire }: Fault) => Number.parseInt(wire.code, 16) | 0;

const missingOf = (fault: Fault | undefined) => (fault?.facts['missing'] ?? []) as readonly MissingDependency[];

function describe({ required, dependent }: MissingDependency): object {
  const part = (prefix: string, node: MissingDependency['required'] | undefined) => ({
    [`${prefix}ComponentType`]: Number(attribute(node, 'type') ?? 0),
    [`${prefix}ComponentSchemaName`]: attribute(node, 'schemaName') ?? null,
    [`${prefix}ComponentDisplayName`]: attribute(node, 'displayName') ?? null,
    [`${prefix}ComponentId`]: attribute(node, 'id') ?? null,
    [`${prefix}ComponentParentSchemaName`]: attribute(node, 'parentSchemaName') ?? null,
    [`${prefix}ComponentParentDisplayName`]: attribute(node, 'parentDisplayName') ?? null,
  });
  return {
    ...part('Required', required),
    RequiredSolutionName: attribute(required, 'solution') ?? null,
    ...part('Dependent', dependent),
  };
}

function detailsOf(pkg: SolutionPackage): object {
  const { uniqueName, version, isManaged } = identityOf(pkg);
  const manifest = descend(pkg.manifest, 'SolutionManifest');
  return {
    SolutionUniqueName: uniqueName,
    SolutionFriendlyName: labelIn(readChildLabels(manifest, 'LocalizedNames')) || uniqueName,
    SolutionVersion: version,
    IsManaged: isManaged,
    PublisherUniqueName: childText(descend(manifest, 'Publisher'), 'UniqueName'),
  };
}
