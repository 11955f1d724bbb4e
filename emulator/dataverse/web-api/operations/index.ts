import { notEmulated, type HttpResponse } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import type { RequestContext } from '../request-context.ts';
import { accessOperations } from './access-operations.ts';
import { bulkActions } from './bulk-actions.ts';
import type { OperationCall, Operations } from './operation.ts';
import { organizationFunctions } from './organization-functions.ts';
import { solutionActions } from './solution-actions.ts';

export type { OperationCall } from './operation.ts';

/** Functions and actions by name. */
export const operations: Operations = {
  ...organizationFunctions,
  ...accessOperations,
  ...bulkActions,
  ...solutionActions,
};

/** Operations of the platform that are refused by name. */
export const missingOperations: ReadonlySet<string> = new Set([
  'InitializeFrom',
  'CloseIncident',
  'SendEmail',
  'AddToQueue',
  'ExportSolution',
  'ExportSolutionAsync',
  'ImportSolutionAsync',
  'StageSolution',
  'StageAndUpgrade',
  'StageAndUpgradeAsync',
  'DeleteAndPromote',
  'RetrieveMetadataChanges',
  'CalculateRollupField',
  'SetAutoNumberSeed',
  'AddSolutionComponent',
  'RemoveSolutionComponent',
  'CreatePolymorphicLookupAttribute',
  'IsValidStateTransition',
  'AddPrivilegesRole',
  'WinOpportunity',
  'LoseOpportunity',
  'DeleteMultiple',
  'OnExternalCreated',
  'OnExternalUpdated',
  'OnExternalDeleted',
]);

/** @throws Fault 501 for an operation that is not emulated, 404 for one there is not or a wrong verb */
export async function runOperation(context: RequestContext, call: OperationCall): Promise<HttpResponse> {
  const { name, bound } = call;
  if (missingOperations.has(name)) throw notEmulated(`The operation '${name}'`, 'Use row requests instead.');
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  const boundTo = bound === undefined ? undefined : bound.key === undefined ? 'set' : 'row';
  if (operation === undefined || operation.boundTo !== boundTo) throw faults.resourceNotFound(name);
  if (operation.method !== context.request.method)
    throw faults.noHttpResource(`${context.parts.origin()}${context.request.url}`);
  return operation.run(context, call);
}
