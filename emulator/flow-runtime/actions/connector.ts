import type { ActionDefinition } from '../definition/model.ts';
import type { ConnectorCall, ConnectorResult } from '../connectors/connectors.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { failed, succeeded, type Outcome } from '../runs/outcome.ts';
import { isTransient, readRetryPolicy } from '../runs/retry.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';

/** Calls an operation of a connector, again after transient failures as the retry policy says. */
export const openApiConnection: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  const call = readCall(action, inputs, run);
  const operation = run.services.connectors.find(call.api, call.operation);
  if (operation === undefined) {
    return failed(
      'NotEmulated',
      `The connector '${call.api}' has no operation '${call.operation}' here. Register a stub for it, or see docs/support-matrix.md.`,
      { inputs },
    );
  }
  const policy = readRetryPolicy(inputs['retryPolicy']);
  for (let attempt = 1; ; attempt++) {
    const result = await operation(call);
    if (result.statusCode < 400) return succeeded(asOutputs(result), { inputs, attempts: attempt });
    if (!isTransient(result.statusCode) || attempt > policy.count || run.hasEnded)
      return refused(result, inputs, attempt);
    const told = Number(result.headers['retry-after'] ?? result.headers['Retry-After'] ?? 0) * 1000;
    await run.services.sleep(Math.max(policy.waitMs(attempt), told));
  }
};

function readCall(action: ActionDefinition, inputs: ValueObject, run: FlowRun): ConnectorCall {
  const host = isObject(inputs['host']) ? inputs['host'] : {};
  const connection = run.definition.connections.get(String(host['connectionName'] ?? ''));
  const apiId = typeof host['apiId'] === 'string' ? host['apiId'].split('/').at(-1) : undefined;
  return {
    api: apiId ?? connection?.api ?? '',
    operation: String(host['operationId'] ?? ''),
    parameters: isObject(inputs['parameters']) ? inputs['parameters'] : {},
    connectionReference: connection?.logicalName,
  };
}

function asOutputs(result: ConnectorResult): Value {
  return { statusCode: BigInt(result.statusCode), headers: { ...result.headers }, body: result.body };
}

function refused(result: ConnectorResult, inputs: Value, attempts: number): Outcome {
  const error = isObject(result.body) && isObject(result.body['error']) ? result.body['error'] : {};
  const code = String(error['code'] ?? result.statusCode);
  const message = String(error['message'] ?? `The operation answered with status ${result.statusCode}.`);
  return { status: 'Failed', code, inputs, outputs: asOutputs(result), error: { code, message }, attempts };
}
