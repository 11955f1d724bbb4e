import { json, readGuid, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import type { Caller, OrganizationService } from '../contract.ts';
import { faults } from '../faults.ts';
import { operationTable } from './background-operations.ts';
import { states } from './operation-states.ts';

/** The id in the address of a status monitor resource, which is no part of the Web API; undefined for any other address. */
export const monitoredId = (path: string): string | undefined =>
  /^\/api\/backgroundoperation\/([^/]+)\/?$/i.exec(path)?.[1];

const columns = ['statecode', 'statuscode'].map((name) => `${operationTable}${name}`);

/**
 * The status monitor resource: GET tells how an operation stands, with its results when it has succeeded; DELETE asks to
 * cancel it.
 *
 * @throws Fault 404 for an operation there is not, 405, 0x80040220
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/background-operations#poll-the-status-monitor-resource
 */
export async function handleMonitorRequest(
  { method }: Pick<HttpRequest, 'method'>,
  text: string,
  caller: Caller,
  organization: OrganizationService,
): Promise<HttpResponse> {
  const id = readGuid(text) ?? text;
  const wanted = [...columns, 'outputparameters', 'errorcode', 'errormessage'];
  if (method !== 'GET' && method !== 'DELETE') throw faults.methodNotAllowed(method);
  const row = await organization.retrieve(operationTable, id, wanted, caller);
  if (row === undefined) throw faults.rowNotFound(operationTable, id);
  if (method === 'GET') return json(200, statusOf(row));
  await organization.update(operationTable, id, { ...states.canceling }, caller);
  return json(200, statusOf({ ...row, ...states.canceling }));
}

function statusOf(row: Row): Record<string, unknown> {
  const { errorcode, errormessage } = row;
  const error =
    (errorcode ?? null) === null
      ? {}
      : { backgroundOperationErrorCode: errorcode, backgroundOperationErrorMessage: errormessage };
  const results = JSON.parse(String(row['outputparameters'] ?? '[]')) as { Key: string; Value: unknown }[];
  return {
    ...error,
    backgroundOperationStateCode: row[columns[0]!],
    backgroundOperationStatusCode: row[columns[1]!],
    ...Object.fromEntries(results.map(({ Key, Value }) => [Key, Value])),
  };
}
