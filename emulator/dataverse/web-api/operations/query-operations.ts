import { Fault, notEmulated } from '../../../kernel/index.ts';
import type { Query } from '../../../query/index.ts';
import { faults } from '../../faults.ts';
import { startSystemJob } from '../../solution-import/solution-jobs.ts';
import { readFetch } from '../fetch-set.ts';
import { parseBody } from '../parse-body.ts';
import { fetchXmlOf } from '../query-expression.ts';
import { isObject, type JsonObject } from '../read-body.ts';
import type { RequestContext } from '../request-context.ts';
import { respond, type Operations } from './operation.ts';
import { functionParameters, jsonParameter } from './parameters.ts';

/** Operations on queries that are no request of their own. */
export const queryOperations: Operations = {
  QueryExpressionToFetchXml: {
    method: 'GET',
    async run(context, { inside }) {
      const expression = jsonParameter(functionParameters(context, inside), 'Query');
      if (!isObject(expression)) throw faults.invalidArgument("Invalid Argument: 'Query' is no query expression.");
      return respond(context, 'QueryExpressionToFetchXml', { FetchXml: fetchXmlOf(expression) });
    },
  },
  /** @see https://learn.microsoft.com/power-apps/developer/data-platform/delete-data-bulk */
  BulkDelete: {
    method: 'POST',
    async run(context) {
      const body = parseBody(context, 'BulkDelete');
      refuseUnserved(body, context);
      const queries = readQueries(context, body);
      const { parts } = context;
      const jobs = { clock: parts.clock, database: parts.database, organization: parts.pipeline, work: parts.work };
      const id = await startSystemJob(jobs, 'BulkDelete', {
        name: String(body['JobName'] ?? 'Bulk Delete'),
        correlationId: parts.newId(),
        task: () => deleteAll(context, queries),
      });
      return respond(context, 'BulkDelete', { JobId: id });
    },
  },
};

/** A minute: clocks of clients may be a little ahead. */
const soonMs = 60_000;

function refuseUnserved(body: JsonObject, { parts }: RequestContext): void {
  const options = isObject(body['Options']) ? body['Options'] : {};
  const refuse = (what: string, instead: string) => notEmulated(`BulkDelete with ${what}`, instead);
  if (String(body['RecurrencePattern'] ?? '') !== '')
    throw refuse('a recurrence pattern', 'Send it again from a flow with a recurrence.');
  if (body['SendEmailNotification'] === true) throw refuse('a notification by e-mail', 'Read the system job.');
  if (options['RunJobForSandbox'] === true) throw refuse('RunJobForSandbox', 'Leave the option out.');
  const start = Date.parse(String(body['StartDateTime'] ?? ''));
  if (start > parts.clock.now().getTime() + soonMs) throw refuse('a later start', 'Send it when it is to start.');
}

/** @throws Fault for queries that cannot be read, or whose rows the caller may not delete */
function readQueries(context: RequestContext, body: JsonObject): Query[] {
  const { parts, caller } = context;
  const set = body['QuerySet'];
  if (!Array.isArray(set) || set.length === 0 || !set.every(isObject))
    throw faults.parameterMissing('QuerySet', 'BulkDelete');
  if (!parts.privileges.has(caller, 'prvBulkDelete')) throw faults.privilegeMissing(caller.userId, 'prvBulkDelete');
  return set.map((expression) => {
    const { query } = readFetch(context, fetchXmlOf(expression));
    const table = parts.metadata.table(query.table)!;
    parts.privileges.require(caller, 'Delete', table);
    return { ...query, columns: [table.primaryId] };
  });
}

/**
 * Deletes row by row, each a message of its own. One that cannot be deleted stays and stops nothing.
 *
 * Decided: how many failed is told by the job; there are no rows of `bulkdeletefailure`.
 *
 * @returns what is to be said of those that stay
 */
async function deleteAll({ parts, caller }: RequestContext, queries: readonly Query[]): Promise<string | undefined> {
  const failed: string[] = [];
  for (const query of queries) {
    const { primaryId } = parts.metadata.table(query.table)!;
    for (const row of await parts.pipeline.retrieveMultiple(query, caller)) {
      const id = String(row[primaryId]);
      try {
        await parts.pipeline.delete(query.table, id, caller);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        // What went with its parent is gone already.
        if (error.name !== 'rowNotFound') failed.push(`${query.table} ${id}: ${error.message}`);
      }
    }
  }
  return failed.length === 0 ? undefined : `${failed.length} rows could not be deleted. ${failed[0]!}`;
}
