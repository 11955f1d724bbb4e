import { notEmulated, type HttpResponse } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { platformOperations } from '../../messages/operations/index.ts';
import type { RequestContext } from '../request-context.ts';
import { accessOperations } from './access-operations.ts';
import { bulkActions } from './bulk-actions.ts';
import { externalEvents } from './external-events.ts';
import type { OperationCall, Operations } from './operation.ts';
import { organizationFunctions } from './organization-functions.ts';
import { solutionActions } from './solution-actions.ts';
import { asWebOperation } from './typed-operation.ts';

export type { OperationCall } from './operation.ts';

/** Functions and actions by name. */
export const operations: Operations = {
  ...organizationFunctions,
  ...accessOperations,
  ...bulkActions,
  ...externalEvents,
  ...solutionActions,
  ...Object.fromEntries(platformOperations.map((one) => [one.name, asWebOperation(one)])),
};

/** Operations of the platform that are refused by name, and what to do instead. */
export const missingOperations: Readonly<Record<string, string>> = {
  InitializeFrom: 'Read the row, and create the other with its values.',
  AddToQueue: 'Update ownerid of the row.',
  CloneAsPatch: 'Import the solution under a higher version.',
  CloneAsSolution: 'Import the solution under a higher version.',
  RetrieveDependenciesForDelete: 'Send the delete; what needs the component is named.',
  RetrieveDependenciesForUninstall: 'Delete the solution; what needs it is named, and nothing is lost.',
  RetrieveMissingDependencies: 'Use StageSolution.',
  RetrieveMetadataChanges: 'Read EntityDefinitions.',
  CalculateRollupField: 'Sum the rows in the client.',
  SetAutoNumberSeed: 'Write the column itself.',
  AddSolutionComponent: 'Import a solution that holds the component.',
  RemoveSolutionComponent: 'Start with --reset and import a solution without the component.',
  CreatePolymorphicLookupAttribute: 'Import a solution that holds the column.',
  IsValidStateTransition: 'Send the change; one that is not allowed is refused.',
  AddPrivilegesRole: 'Import a solution that holds the role.',
  WinOpportunity: 'Update statecode and statuscode of the row.',
  LoseOpportunity: 'Update statecode and statuscode of the row.',
  DeleteMultiple: 'Send a DELETE for each row in a $batch.',
};

/** @throws Fault 501 for an operation that is not emulated, 404 for one there is not or a wrong verb */
export async function runOperation(context: RequestContext, call: OperationCall): Promise<HttpResponse> {
  const { name, bound } = call;
  const instead = Object.hasOwn(missingOperations, name) ? missingOperations[name] : undefined;
  if (instead !== undefined) throw notEmulated(`The operation '${name}'`, instead);
  const operation = Object.hasOwn(operations, name) && isInstalled(context, name) ? operations[name] : undefined;
  const boundTo = bound === undefined ? undefined : bound.key === undefined ? 'set' : 'row';
  if (operation === undefined || operation.boundTo !== boundTo) throw faults.resourceNotFound(name);
  if (operation.method !== context.request.method)
    throw faults.noHttpResource(`${context.parts.origin()}${context.request.url}`);
  return operation.run(context, call);
}

/** False of a message about tables this environment does not have. */
function isInstalled({ parts }: RequestContext, name: string): boolean {
  const message = platformOperations.find((one) => one.name === name);
  const tables = [message?.table, ...(message?.parameters ?? []).map((one) => one.table)];
  return tables.every((table) => table === undefined || parts.metadata.table(table) !== undefined);
}
