import { Fault, escapeXml, type Clock, type Work } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { OrganizationService, SolutionImportResult } from '../contract.ts';

export interface JobParts {
  readonly clock: Clock;
  readonly database: Database;
  readonly organization: OrganizationService;
  readonly work: Work;
}

const now = (clock: Clock) => `${clock.now().toISOString().slice(0, 19)}Z`;

/** Opens the row of `importjob` that tells how an import comes along. */
export async function openImportJob({ organization, clock }: JobParts, importjobid: string): Promise<void> {
  await organization.create('importjob', { importjobid, progress: 0, startedon: now(clock) });
}

/** Does an import and writes down how it ended, also when it is refused: the row is what tells why. */
export async function runImportJob(
  { organization, clock, database }: JobParts,
  importJobId: string,
  work: () => Promise<SolutionImportResult>,
): Promise<SolutionImportResult> {
  try {
    const result = await work();
    await organization.update('importjob', importJobId, {
      solutionname: result.uniqueName,
      solutionid: String(
        database.get('select solutionid from solution where uniquename = ?', [result.uniqueName])!['solutionid'],
      ),
      progress: 100,
      completedon: now(clock),
      data: reportOf(result),
    });
    return result;
  } catch (error) {
    if (error instanceof Fault)
      await organization.update('importjob', importJobId, { completedon: now(clock), data: failureOf(error) });
    throw error;
  }
}

/** The parts of the platform's report that tell how it went. */
function reportOf({ uniqueName, version, isManaged, warnings }: SolutionImportResult): string {
  const results = warnings.map((text) => `<result result="warning" errortext="${escapeXml(text)}" />`).join('');
  return `<importexportxml succeeded="true" status="succeeded"><solutionManifests><solutionManifest id="${uniqueName}"><UniqueName>${uniqueName}</UniqueName><Version>${version}</Version><Managed>${isManaged ? 1 : 0}</Managed><result result="success" errorcode="0" errortext="" />${results}</solutionManifest></solutionManifests></importexportxml>`;
}

const failureOf = ({ wire, message }: Fault) =>
  `<importexportxml succeeded="false" status="failed"><solutionManifests><solutionManifest><result result="failure" errorcode="${wire.code}" errortext="${escapeXml(`Solution manifest import: FAILURE: ${message}`)}" /></solutionManifest></solutionManifests></importexportxml>`;

/** System jobs, by the message that asks for them: name and number of the type. */
const jobs = {
  ImportSolutionAsync: ['Import Solution', 80],
  StageAndUpgradeAsync: ['Import Solution', 80],
  ExportSolutionAsync: ['Export Solution', 79],
  DeleteAndPromoteAsync: ['Delete and Promote', 207],
  UninstallSolutionAsync: ['Uninstall Solution', 208],
  BulkDelete: ['Bulk Delete', 13],
  PublishDuplicateRule: ['Publish Duplicate Detection Rule', 7],
} as const;

const completed = 3;
const inProgress = { statecode: 2, statuscode: 20 };
const succeeded = 30;
const failed = 31;

/**
 * Starts a system job; it works while its sender goes on, and its row tells how it ended.
 *
 * @param task what it does, and a text to be said of it; the fault it is refused with is written down, not thrown
 * @returns the id of the row in `asyncoperation`
 */
export async function startSystemJob(
  parts: JobParts,
  message: keyof typeof jobs,
  {
    correlationId,
    task,
    ...given
  }: { readonly correlationId: string; readonly task: () => Promise<unknown>; readonly name?: string },
): Promise<string> {
  const [usual, operationtype] = jobs[message];
  const id = await parts.organization.create('asyncoperation', {
    name: given.name ?? usual,
    operationtype,
    messagename: message,
    correlationid: correlationId,
  });
  // The job starts when the request that asked for it is through.
  parts.database.afterCommit(() => parts.work.start(message, () => runSystemJob(parts, id, task)));
  return id;
}

async function runSystemJob(parts: JobParts, id: string, task: () => Promise<unknown>): Promise<void> {
  const { clock, organization } = parts;
  const startedon = now(clock);
  await organization.update('asyncoperation', id, { ...inProgress, startedon });
  const end = (statuscode: number, more: Record<string, string | number>) =>
    organization.update('asyncoperation', id, { statecode: completed, statuscode, completedon: now(clock), ...more });
  try {
    const said = await task();
    await end(succeeded, typeof said === 'string' ? { message: said } : {});
  } catch (error) {
    const { message } = error as Error;
    const errorcode = error instanceof Fault ? Number.parseInt(error.wire.code, 16) | 0 : unexpected;
    await end(failed, { message, friendlymessage: message, errorcode });
    if (!(error instanceof Fault)) throw error;
  }
}

/** 0x80040216 */
const unexpected = -2147220970;
