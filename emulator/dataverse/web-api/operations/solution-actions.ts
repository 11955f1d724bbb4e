import { parseXml } from '../../../../packaging/index.ts';
import { notEmulated, readGuid } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { findSolution, isLower } from '../../solution-import/index.ts';
import { openImportJob, runImportJob, startSystemJob, type JobParts } from '../../solution-import/solution-jobs.ts';
import type { ImportOptions } from '../../solutions.ts';
import { noContent } from '../answer.ts';
import { parseBody } from '../parse-body.ts';
import { isObject, type JsonObject } from '../read-body.ts';
import type { RequestContext } from '../request-context.ts';
import { keepExport, takeExport } from './export-data.ts';
import { respond, type Operations } from './operation.ts';

type ImportMessage = 'ImportSolution' | 'ImportSolutionAsync' | 'StageAndUpgrade' | 'StageAndUpgradeAsync';

/** Actions of solution work. Decided: what is imported is in force at once, so publishing has nothing left to do. */
export const solutionActions: Operations = {
  PublishAllXml: { method: 'POST', run: async () => noContent },
  PublishXml: {
    method: 'POST',
    async run(context) {
      requireParameterXml(parseBody(context, 'PublishXml')['ParameterXml']);
      return noContent;
    },
  },
  ImportSolution: {
    method: 'POST',
    async run(context) {
      await importNow(context, 'ImportSolution');
      return noContent;
    },
  },
  ImportSolutionAsync: { method: 'POST', run: (context) => importLater(context, 'ImportSolutionAsync') },
  StageAndUpgrade: {
    method: 'POST',
    async run(context) {
      const name = await importNow(context, 'StageAndUpgrade');
      return respond(context, 'StageAndUpgrade', { SolutionId: solutionId(context, name) });
    },
  },
  StageAndUpgradeAsync: { method: 'POST', run: (context) => importLater(context, 'StageAndUpgradeAsync') },
  StageSolution: {
    method: 'POST',
    async run(context) {
      requireRight(context, 'Create');
      const zip = readFile(parseBody(context, 'StageSolution'));
      const results = await context.parts.solutions.stage(zip, context.parts.newId());
      return respond(context, 'StageSolution', { StageSolutionResults: results });
    },
  },
  DeleteAndPromote: {
    method: 'POST',
    async run(context) {
      const name = readName(context, 'DeleteAndPromote', 'UniqueName');
      requireRight(context, 'Delete');
      await context.parts.solutions.promote(name);
      return respond(context, 'DeleteAndPromote', { SolutionId: solutionId(context, name) });
    },
  },
  DeleteAndPromoteAsync: {
    method: 'POST',
    async run(context) {
      const name = readName(context, 'DeleteAndPromoteAsync', 'UniqueName');
      requireRight(context, 'Delete');
      const task = () => context.parts.solutions.promote(name);
      const id = await startJob(context, 'DeleteAndPromoteAsync', task);
      return respond(context, 'DeleteAndPromoteAsync', { AsyncOperationId: id });
    },
  },
  UninstallSolutionAsync: {
    method: 'POST',
    async run(context) {
      const solution = solutionId(context, readName(context, 'UninstallSolutionAsync', 'SolutionUniqueName'));
      requireRight(context, 'Delete');
      const { parts, caller } = context;
      const task = () => parts.pipeline.delete('solution', solution, caller);
      const id = await startJob(context, 'UninstallSolutionAsync', task);
      return respond(context, 'UninstallSolutionAsync', { AsyncOperationId: id });
    },
  },
  /**
   * Decided: there are no patches here that could be rolled up, so the new version takes the place of the old one in its row.
   *
   * @see https://learn.microsoft.com/power-platform/alm/create-patches-simplify-solution-updates
   */
  CloneAsSolution: {
    method: 'POST',
    async run(context) {
      const body = parseBody(context, 'CloneAsSolution');
      const [name, version, friendlyname] = ['ParentSolutionUniqueName', 'VersionNumber', 'DisplayName'].map((one) =>
        requiredText(body, one, 'CloneAsSolution'),
      );
      const id = solutionId(context, name!);
      requireHigher(context, id, version!);
      await context.parts.pipeline.update(
        'solution',
        id,
        { version: version!, friendlyname: friendlyname! },
        context.caller,
      );
      return respond(context, 'CloneAsSolution', { SolutionId: id });
    },
  },
  ExportSolution: {
    method: 'POST',
    async run(context) {
      const { name, managed } = readExport(context, 'ExportSolution');
      const zip = await context.parts.solutions.export(name, managed);
      return respond(context, 'ExportSolution', { ExportSolutionFile: zip.toString('base64') });
    },
  },
  ExportSolutionAsync: {
    method: 'POST',
    async run(context) {
      const { name, managed } = readExport(context, 'ExportSolutionAsync');
      const { database, newId, solutions } = context.parts;
      const exportJobId = newId();
      const id = await startJob(context, 'ExportSolutionAsync', async () =>
        keepExport(database, exportJobId, await solutions.export(name, managed)),
      );
      return respond(context, 'ExportSolutionAsync', { AsyncOperationId: id, ExportJobId: exportJobId });
    },
  },
  DownloadSolutionExportData: {
    method: 'POST',
    async run(context) {
      const exportJobId = readId(parseBody(context, 'DownloadSolutionExportData'), 'ExportJobId');
      requireRight(context, 'Read');
      const zip = exportJobId === undefined ? undefined : takeExport(context.parts.database, exportJobId);
      if (zip === undefined) throw faults.rowNotFound('ExportJob', String(exportJobId));
      return respond(context, 'DownloadSolutionExportData', { ExportSolutionFile: zip.toString('base64') });
    },
  },
};

/** What is to be published, as `<importexportxml>`. @throws Fault 0x80040203 for anything else */
function requireParameterXml(given: unknown): void {
  try {
    if (typeof given === 'string' && parseXml(Buffer.from(given), 'ParameterXml').name === 'importexportxml') return;
  } catch {
    // Said below: what cannot be read is no such document either.
  }
  throw faults.invalidArgument("Invalid Argument: 'ParameterXml' is no <importexportxml> document.");
}

function requiredText(body: JsonObject, name: string, message: string): string {
  const text = body[name];
  if (typeof text !== 'string' || text === '') throw faults.parameterMissing(name, message);
  return text;
}

/** @throws Fault 0x80040203 for a version whose major and minor numbers are not above those the solution has */
function requireHigher({ parts }: RequestContext, solutionid: string, version: string): void {
  const row = parts.database.get('select version from solution where solutionid = ?', [solutionid]);
  const there = String(row?.['version'] ?? '0');
  const ofMinor = (text: string) => text.split('.').slice(0, 2).join('.');
  if (!isLower(ofMinor(there), ofMinor(version)))
    throw faults.invalidArgument(
      `Invalid Argument: the version ${version} has no higher major or minor number than the version ${there} of the solution.`,
    );
}

/** @returns the unique name of what was imported */
async function importNow(context: RequestContext, message: ImportMessage): Promise<string> {
  const { zip, jobId, options } = readImport(context, message);
  const { solutions } = context.parts;
  const jobs = jobParts(context);
  await openImportJob(jobs, jobId);
  return (await runImportJob(jobs, jobId, () => solutions.import(zip, options))).uniqueName;
}

async function importLater(context: RequestContext, message: 'ImportSolutionAsync' | 'StageAndUpgradeAsync') {
  const { zip, jobId, options } = readImport(context, message);
  const { solutions } = context.parts;
  const jobs = jobParts(context);
  await openImportJob(jobs, jobId);
  const id = await startSystemJob(jobs, message, {
    correlationId: jobId,
    task: () => runImportJob(jobs, jobId, () => solutions.import(zip, options)),
  });
  return respond(context, message, { ImportJobKey: jobId, AsyncOperationId: id });
}

function startJob(
  context: RequestContext,
  message: Parameters<typeof startSystemJob>[1],
  task: () => Promise<unknown>,
): Promise<string> {
  return startSystemJob(jobParts(context), message, { correlationId: context.parts.newId(), task });
}

function readImport(context: RequestContext, message: ImportMessage) {
  const { parts } = context;
  const body = parseBody(context, message);
  if (body['ConvertToManaged'] === true)
    throw notEmulated(
      'ImportSolution with ConvertToManaged',
      'Delete the unmanaged solution and import the managed one.',
    );
  requireRight(context, 'Create');
  const zip = readStaged(context, body) ?? readFile(body);
  const options: ImportOptions = {
    asHolding: body['HoldingSolution'] === true,
    isUpgrade: message.startsWith('StageAndUpgrade'),
    componentParameters: readParameters(body),
  };
  return { zip, jobId: readId(body, 'ImportJobId') ?? parts.newId(), options };
}

function readFile(body: JsonObject): Buffer {
  const file = body['CustomizationFile'];
  if (typeof file !== 'string' || file === '')
    throw faults.invalidArgument("Invalid Argument: 'CustomizationFile' holds the solution's zip in base64.");
  return Buffer.from(file, 'base64');
}

/** The upload that `SolutionParameters` names; undefined when it names none. */
function readStaged({ parts }: RequestContext, body: JsonObject): Buffer | undefined {
  const parameters = body['SolutionParameters'];
  const id = isObject(parameters) ? readId(parameters, 'StageSolutionUploadId') : undefined;
  if (id === undefined) return undefined;
  const zip = parts.solutions.staged(id);
  if (zip === undefined) throw faults.rowNotFound('StageSolutionUpload', id);
  return zip;
}

function readParameters(body: JsonObject): JsonObject[] {
  const given = body['ComponentParameters'] ?? [];
  if (!Array.isArray(given) || !given.every(isObject))
    throw faults.invalidArgument("Invalid Argument: 'ComponentParameters' is a list of rows.");
  return given;
}

function readId(body: JsonObject, name: string): string | undefined {
  const given = body[name];
  if (given === undefined || given === null) return undefined;
  const id = readGuid(String(given));
  if (id === undefined) throw faults.invalidArgument(`Invalid Argument: '${name}' is no GUID.`);
  return id;
}

function readName(context: RequestContext, message: string, parameter: string): string {
  const name = parseBody(context, message)[parameter];
  if (typeof name !== 'string' || name === '')
    throw faults.invalidArgument(`Invalid Argument: '${parameter}' is the unique name of a solution.`);
  return name;
}

function readExport(context: RequestContext, message: string): { name: string; managed: boolean } {
  const body = parseBody(context, message);
  const { SolutionName: name, Managed: managed = false } = body;
  const asked = Object.keys(body).find((one) => one.startsWith('Export') && body[one] === true);
  if (asked !== undefined) throw notEmulated(`ExportSolution with ${asked}`, 'Export without settings.');
  if (typeof name !== 'string' || typeof managed !== 'boolean')
    throw faults.invalidArgument("Invalid Argument: 'SolutionName' is a text, 'Managed' true or false.");
  requireRight(context, 'Read');
  return { name, managed };
}

const requireRight = ({ parts, caller }: RequestContext, right: 'Create' | 'Read' | 'Delete') =>
  parts.privileges.require(caller, right, parts.metadata.table('solution')!);

/** @throws Fault 0x80040217 for a solution that is not there */
function solutionId({ parts }: RequestContext, name: string): string {
  const solution = findSolution(parts.database, name);
  const row =
    solution === undefined
      ? undefined
      : parts.database.get('select solutionid from solution where uniquename = ?', [solution.uniqueName]);
  if (row === undefined) throw faults.rowNotFound('Solution', name);
  return String(row['solutionid']);
}

const jobParts = ({ parts }: RequestContext): JobParts => ({
  clock: parts.clock,
  database: parts.database,
  organization: parts.pipeline,
  work: parts.work,
});
