import { Fault, escapeXml, type Clock } from '../../kernel/index.ts';
import type { OrganizationService, SolutionImportResult } from '../contract.ts';
import { stableId } from '../metadata/stable-id.ts';

interface JobParts {
  readonly clock: Clock;
  readonly organization: OrganizationService;
  importSolution(zip: Buffer): Promise<SolutionImportResult>;
}

const now = (clock: Clock) => `${clock.now().toISOString().slice(0, 19)}Z`;

/** Imports a solution and keeps what came of it as a row of `importjob`. */
export async function importWithJob(parts: JobParts, zip: Buffer, importjobid: string): Promise<SolutionImportResult> {
  const startedon = now(parts.clock);
  const result = await parts.importSolution(zip);
  await parts.organization.create('importjob', {
    importjobid,
    solutionname: result.uniqueName,
    solutionid: stableId('solution', result.uniqueName),
    progress: 100,
    startedon,
    completedon: now(parts.clock),
    data: reportOf(result),
  });
  return result;
}

/** The parts of the platform's report that tell how it went. */
function reportOf({ uniqueName, version, isManaged, warnings }: SolutionImportResult): string {
  const results = warnings.map((text) => `<result result="warning" errortext="${escapeXml(text)}" />`).join('');
  return `<importexportxml succeeded="true" status="succeeded"><solutionManifests><solutionManifest id="${uniqueName}"><UniqueName>${uniqueName}</UniqueName><Version>${version}</Version><Managed>${isManaged ? 1 : 0}</Managed><result result="success" errorcode="0" errortext="" />${results}</solutionManifest></solutionManifests></importexportxml>`;
}

const importSolutionType = 80;
const completed = 3;
const succeeded = 30;
const failed = 31;

/** The system job that imports while its sender goes on. @returns its id */
export async function openSystemJob({ organization }: JobParts, importJobId: string): Promise<string> {
  return organization.create('asyncoperation', {
    name: 'Import Solution',
    operationtype: importSolutionType,
    messagename: 'ImportSolutionAsync',
    correlationid: importJobId,
  });
}

/** Does the work of a system job and writes down how it ended; never throws what the import was refused with. */
export async function runSystemJob(parts: JobParts, id: string, zip: Buffer, importJobId: string): Promise<void> {
  const startedon = now(parts.clock);
  const end = (statuscode: number, more: Record<string, string | number>) =>
    parts.organization.update('asyncoperation', id, {
      statecode: completed,
      statuscode,
      startedon,
      completedon: now(parts.clock),
      ...more,
    });
  try {
    await importWithJob(parts, zip, importJobId);
    await end(succeeded, {});
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const errorcode = Number.parseInt(error.wire.code, 16) | 0;
    await end(failed, { message: error.message, friendlymessage: error.message, errorcode });
  }
}
