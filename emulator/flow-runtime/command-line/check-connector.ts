import { readCall, readLegacyCall } from '../actions/connector.ts';
import { dataverseApi } from '../connectors/dataverse.ts';
import { ownOperationNames } from '../connectors/own-operations.ts';
import type { ActionDefinition, FlowDefinition } from '../definition/model.ts';
import { isObject } from '../expressions/value.ts';
import type { Said } from './finding.ts';

const known = new Map(
  Object.entries(ownOperationNames).map(([api, names]) => [api, new Set(names.map((name) => name.toLowerCase()))]),
);

/** Predictions are operations of the Dataverse connector with names of their own for each model. */
const ofModels = /^(aibuilderpredict|predict)/i;

/** Whether the connection and the operation an action or a trigger calls are there. */
export function checkConnector(
  one: Pick<ActionDefinition, 'type' | 'inputs' | 'raw'>,
  flow: FlowDefinition,
): readonly Said[] {
  const [, isLegacy] = /^(open)?apiconnection(webhook|notification)?$/i.exec(one.type)
    ? [0, !/^open/i.test(one.type)]
    : [];
  if (isLegacy === undefined) return [];
  const inputs = isObject(one.inputs) ? one.inputs : {};
  const { api, operation } = isLegacy ? readLegacyCall(one, flow, (value) => value).call : readCall(inputs, flow);
  const said: Said[] = [];
  const host = isObject(inputs['host']) ? inputs['host'] : {};
  const key = String(host['connectionName'] ?? '');
  if (!isLegacy && flow.connections.size > 0 && !flow.connections.has(key))
    said.push(['missing-connection', `The connection '${key}' is not among the flow's connection references.`]);
  const operations = known.get(api.toLowerCase());
  if (operations?.has(operation.toLowerCase())) return said;
  if (api.toLowerCase() === dataverseApi && !ofModels.test(operation))
    return [...said, ['unknown-operation', `The Dataverse connector has no operation '${operation}'.`]];
  const what =
    operations === undefined
      ? `The connector '${api}' is not here`
      : `The connector '${api}' is here without '${operation}'`;
  return [...said, ['not-emulated', `${what}: give '${api}/${operation}' a stub to run it.`]];
}
