import type { ConnectorCall, ConnectorOperation } from '../connectors/connectors.ts';
import type { ActionDefinition, FlowDefinition } from '../definition/model.ts';
import { asText } from '../expressions/as-text.ts';
import { resolve } from '../expressions/template.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import type { Frame } from '../runs/frame.ts';
import { failed, type Outcome } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';
import { callWithRetries } from './call-with-retries.ts';
import { wantedItems, withPagesAfter } from './pages.ts';

/** Calls an operation of a connector, again after transient failures as the retry policy says. */
export const openApiConnection: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const call = readCall(inputs, run.definition);
  const operation = run.services.connectors.find(call.api, call.operation);
  if (operation === undefined) return noOperation(call, inputs);
  return callWithRetries(inputs, frame, run, () => called(action, operation, fromHere(call, action, frame, run), run));
};

/** The older form of the same: method and path instead of an operation, and the connection by expression. */
export const apiConnection: ActionRunner = async (action, frame, run) => {
  const { inputs, call } = readLegacyCall(action, run.definition, (value) => resolve(value, run.scope(frame)));
  const operation = run.services.connectors.find(call.api, call.operation);
  if (operation === undefined) return noOperation(call, inputs);
  return callWithRetries(inputs, frame, run, () => called(action, operation, fromHere(call, action, frame, run), run));
};

/** The call with the place it is made from. */
export const fromHere = (call: ConnectorCall, action: ActionDefinition, frame: Frame, run: FlowRun): ConnectorCall => ({
  ...call,
  from: { flow: run.services.flow, action: frame.path + action.name, sleep: (time) => run.services.sleep(time) },
});

/** The operation, and as many pages more as the action wants. */
const called = async (action: ActionDefinition, operation: ConnectorOperation, call: ConnectorCall, run: FlowRun) =>
  withPagesAfter(await operation(call), wantedItems(action, run), (nextLink) => operation({ ...call, nextLink }));

export function noOperation(call: ConnectorCall, inputs: Value): Outcome {
  return failed(
    'NotEmulated',
    `The connector '${call.api}' has no operation '${call.operation}' here. Register a stub for it, or see docs/support-matrix.md.`,
    { inputs },
  );
}

export function readCall(inputs: ValueObject, definition: FlowDefinition): ConnectorCall {
  const host = isObject(inputs['host']) ? inputs['host'] : {};
  const connection = definition.connections.get(String(host['connectionName'] ?? ''));
  const apiId = typeof host['apiId'] === 'string' ? host['apiId'].split('/').at(-1) : undefined;
  return {
    api: apiId ?? connection?.api ?? '',
    operation: String(host['operationId'] ?? ''),
    parameters: isObject(inputs['parameters']) ? inputs['parameters'] : {},
    connectionReference: connection?.logicalName,
  };
}

/**
 * A call of the older form. Its operation is the one the designer noted beside it, else method and path, e.g.
 * `GET /v2/users`; its parameters are the queries, and `body`.
 */
export function readLegacyCall(
  { inputs: raw, raw: whole }: Pick<ActionDefinition, 'inputs' | 'raw'>,
  definition: FlowDefinition,
  resolved: (value: Value) => Value,
): { readonly inputs: ValueObject; readonly call: ConnectorCall } {
  const given = isObject(raw) ? raw : {};
  const { host, ...rest } = given;
  const key = connectionKey(host);
  const inputs = resolved(rest) as ValueObject;
  const metadata = isObject(whole['metadata']) ? whole['metadata'] : {};
  const noted = isObject(metadata['flowSystemMetadata']) ? metadata['flowSystemMetadata']['swaggerOperationId'] : null;
  const method = asText(inputs['method'] ?? 'get').toUpperCase();
  const connection = definition.connections.get(key);
  const call: ConnectorCall = {
    api: connection?.api ?? key,
    operation: typeof noted === 'string' ? noted : `${method} ${asText(inputs['path'] ?? '/')}`,
    parameters: {
      ...(isObject(inputs['queries']) ? inputs['queries'] : {}),
      ...(inputs['body'] === undefined ? {} : { body: inputs['body'] }),
    },
    connectionReference: connection?.logicalName,
  };
  return { inputs: { host: { connection: { name: key } }, ...inputs }, call };
}

/** `@parameters('$connections')['shared_x']['connectionId']` names `shared_x`. */
function connectionKey(host: Value | undefined): string {
  const connection = isObject(host) && isObject(host['connection']) ? host['connection'] : {};
  const name = String(connection['name'] ?? connection['referenceName'] ?? '');
  return /\['([^'$]+)'\]/.exec(name)?.[1] ?? name.split('/').at(-1) ?? '';
}
