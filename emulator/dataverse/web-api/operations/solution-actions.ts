import { notEmulated, readGuid } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { exportSolution } from '../../solution-import/export-solution.ts';
import { importWithJob, openSystemJob, runSystemJob } from '../../solution-import/import-job.ts';
import { noContent } from '../answer.ts';
import { parseBody } from '../parse-body.ts';
import type { JsonObject } from '../read-body.ts';
import type { RequestContext } from '../request-context.ts';
import { respond, type Operations } from './operation.ts';

/** Parameters of an import that would do something else than add and update. */
const unserved = ['HoldingSolution', 'ConvertToManaged'];

/** Actions of solution work. Decided: what is imported is in force at once, so publishing has nothing left to do. */
export const solutionActions: Operations = {
  PublishAllXml: { method: 'POST', run: async () => noContent },
  PublishXml: { method: 'POST', run: async () => noContent },
  ImportSolution: {
    method: 'POST',
    async run(context) {
      const { zip, jobId } = readImport(context, 'ImportSolution');
      await importWithJob(jobParts(context), zip, jobId);
      return noContent;
    },
  },
  ImportSolutionAsync: {
    method: 'POST',
    async run(context) {
      const { zip, jobId } = readImport(context, 'ImportSolutionAsync');
      const parts = jobParts(context);
      const id = await openSystemJob(parts, jobId);
      const { database, work } = context.parts;
      // The job starts when the request that asked for it is through.
      database.afterCommit(() => work.start('ImportSolutionAsync', () => runSystemJob(parts, id, zip, jobId)));
      return respond(context, 'ImportSolutionAsync', { ImportJobKey: jobId, AsyncOperationId: id });
    },
  },
  ExportSolution: {
    method: 'POST',
    async run(context) {
      const { parts, caller } = context;
      const { SolutionName: name, Managed: managed = false } = parseBody(context, 'ExportSolution');
      if (typeof name !== 'string' || typeof managed !== 'boolean')
        throw faults.invalidArgument("Invalid Argument: 'SolutionName' is a text, 'Managed' true or false.");
      parts.privileges.require(caller, 'Read', parts.metadata.table('solution')!);
      const zip = await exportSolution(parts.database, name, managed);
      return respond(context, 'ExportSolution', { ExportSolutionFile: zip.toString('base64') });
    },
  },
};

function readImport(context: RequestContext, name: string): { zip: Buffer; jobId: string } {
  const { parts, caller } = context;
  const body: JsonObject = parseBody(context, name);
  const asked = unserved.find((one) => body[one] === true);
  if (asked !== undefined) throw notEmulated(`ImportSolution with ${asked}`, 'Import without it: it adds and updates.');
  const file = body['CustomizationFile'];
  if (typeof file !== 'string' || file === '')
    throw faults.invalidArgument("Invalid Argument: 'CustomizationFile' holds the solution's zip in base64.");
  parts.privileges.require(caller, 'Create', parts.metadata.table('solution')!);
  const given = body['ImportJobId'];
  const jobId = given === undefined || given === null ? parts.newId() : readGuid(String(given));
  if (jobId === undefined) throw faults.invalidArgument("Invalid Argument: 'ImportJobId' is no GUID.");
  return { zip: Buffer.from(file, 'base64'), jobId };
}

function jobParts({ parts }: RequestContext) {
  return { clock: parts.clock, organization: parts.pipeline, importSolution: parts.importSolution };
}
