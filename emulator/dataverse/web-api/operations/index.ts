import { notEmulated, type HttpResponse } from '../../../kernel/index.ts';
import { customizingOperations } from '../../customizing/actions.ts';
import { dependencyFunctions } from '../../customizing/dependency-functions.ts';
import { wholeTables } from '../../customizing/whole-tables.ts';
import { metadataChanges } from '../../customizing/metadata-changes.ts';
import { faults } from '../../faults.ts';
import { platformOperations } from '../../messages/operations/index.ts';
import { searchOperations, searchSignatures } from '../../search/index.ts';
import type { Signature } from '../../messages/operations/operation.ts';
import type { RequestContext } from '../request-context.ts';
import { operationsElsewhere } from '../known-elsewhere.ts';
import { respondAsync } from '../respond-async.ts';
import { accessOperations } from './access-operations.ts';
import { bulkActions } from './bulk-actions.ts';
import { duplicateOperations } from './duplicate-operations.ts';
import { externalEvents } from './external-events.ts';
import type { Operation, OperationCall, Operations } from './operation.ts';
import { organizationFunctions } from './organization-functions.ts';
import { queryOperations } from './query-operations.ts';
import { solutionActions } from './solution-actions.ts';
import { asWebOperation } from './typed-operation.ts';
import { userPrivileges } from './user-privileges.ts';

export type { OperationCall } from './operation.ts';

/** Functions and actions by name. */
export const operations: Operations = {
  ...organizationFunctions,
  ...accessOperations,
  ...userPrivileges,
  ...bulkActions,
  ...externalEvents,
  ...duplicateOperations,
  ...queryOperations,
  ...searchOperations,
  ...solutionActions,
  ...customizingOperations,
  ...metadataChanges,
  ...wholeTables,
  ...dependencyFunctions,
  ...Object.fromEntries(platformOperations.map((one) => [one.name, asWebOperation(one)])),
};

/** Operations of the platform that are refused by name, and what to do instead. */
export const missingOperations: Readonly<Record<string, string>> = {
  CloneAsPatch: 'Import the solution under a higher version.',
  CalculateRollupField: 'Sum the rows in the client.',
  InitializeAnnotationBlocksUpload: 'Write documentbody of the note.',
  InitializeAnnotationBlocksDownload: 'Read documentbody of the note.',
  InitializeAttachmentBlocksUpload: 'Write body of the attachment.',
  InitializeAttachmentBlocksDownload: 'Read body of the attachment.',
  WinOpportunity: 'Update statecode and statuscode of the row.',
  LoseOpportunity: 'Update statecode and statuscode of the row.',
};

/** @throws Fault 501 for an operation that is not emulated, 404 for one there is not or a wrong verb */
export async function runOperation(context: RequestContext, call: OperationCall): Promise<HttpResponse> {
  const { name, bound } = call;
  const instead = Object.hasOwn(missingOperations, name) ? missingOperations[name] : undefined;
  if (instead !== undefined) throw notEmulated(`The operation '${name}'`, instead);
  const operation = operationNamed(context, name);
  if (operation === undefined && operationsElsewhere.has(name))
    throw notEmulated(`The operation '${name}'`, 'Do without it, or declare a custom API with a body of your own.');
  const boundTo = bound === undefined ? undefined : bound.key === undefined ? 'set' : 'row';
  if (operation === undefined || operation.boundTo !== boundTo || !isBoundHere(operation, call))
    throw faults.resourceNotFound(name);
  if (operation.method !== context.request.method)
    throw faults.noHttpResource(`${context.parts.origin()}${context.request.url}`);
  if (!context.preferences.respondAsync) return operation.run(context, call);
  const custom = Object.hasOwn(operations, name) ? undefined : context.parts.customApis.named(name);
  if (custom === undefined) throw faults.onlyCustomApis(name);
  return respondAsync(context, custom, call);
}

/** An operation of one table is none of the others. */
const isBoundHere = ({ table }: Operation, { bound }: OperationCall) =>
  table === undefined || bound === undefined || bound.table.logicalName === table;

/** What the platform has, or what a solution declares. */
function operationNamed(context: RequestContext, name: string): Operation | undefined {
  if (Object.hasOwn(operations, name)) return isInstalled(context, name) ? operations[name] : undefined;
  const custom = context.parts.customApis.named(name);
  return custom === undefined ? undefined : asWebOperation(custom);
}

/** False of a message about tables this environment does not have. */
function isInstalled({ parts }: RequestContext, name: string): boolean {
  const message = platformOperations.find((one) => one.name === name);
  return message === undefined || hasTables(message, parts);
}

const hasTables = ({ table, parameters }: Signature, { metadata }: RequestContext['parts']) =>
  [table, ...parameters.map((one) => one.table)].every((one) => one === undefined || metadata.table(one) !== undefined);

/** What `$metadata` declares: operations of the platform whose tables are there, and those of solutions that are not private. */
export function declaredOperations(parts: RequestContext['parts']): Signature[] {
  const own = platformOperations.filter((one) => hasTables(one, parts));
  return [...own, ...searchSignatures, ...parts.customApis.all().filter((one) => !one.isPrivate)];
}
