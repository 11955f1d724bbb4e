import type { ConnectorResult } from '../connectors/connectors.ts';
import type { ActionDefinition } from '../definition/model.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { succeeded, type Outcome } from '../runs/outcome.ts';
import { isTransient, readDuration, readRetryPolicy } from '../runs/retry.ts';

/** Calls, again after transient failures as the retry policy in the inputs says; no longer than the action's limit. */
export async function callWithRetries(
  action: ActionDefinition,
  inputs: Value,
  run: FlowRun,
  call: () => Promise<ConnectorResult>,
): Promise<Outcome> {
  const policy = readRetryPolicy(isObject(inputs) ? inputs['retryPolicy'] : undefined);
  const now = () => run.services.clock.now().getTime();
  const deadline = now() + (timeoutOf(action) ?? Infinity);
  for (let attempt = 1; ; attempt++) {
    const result = await call();
    if (result.statusCode < 400) return succeeded(asOutputs(result), { inputs, attempts: attempt });
    if (!isTransient(result.statusCode) || attempt > policy.count || run.hasEnded || now() >= deadline)
      return refused(result, inputs, attempt);
    await run.services.sleep(Math.max(policy.waitMs(attempt), retryAfterMs(result) ?? 0));
    if (run.hasEnded || now() >= deadline) return refused(result, inputs, attempt);
  }
}

/** `limit.timeout` of an action, in milliseconds. */
export function timeoutOf(action: ActionDefinition): number | undefined {
  const limit = action.raw['limit'];
  return isObject(limit) ? readDuration(limit['timeout']) : undefined;
}

/** What the answer's Retry-After asks for, in milliseconds. */
export function retryAfterMs({ headers }: ConnectorResult): number | undefined {
  const told = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const seconds = Number(told);
  return told === undefined || Number.isNaN(seconds) ? undefined : seconds * 1000;
}

export function asOutputs(result: ConnectorResult): Value {
  return { statusCode: BigInt(result.statusCode), headers: { ...result.headers }, body: result.body };
}

export function refused(result: ConnectorResult, inputs: Value, attempts: number): Outcome {
  const error = isObject(result.body) && isObject(result.body['error']) ? result.body['error'] : {};
  const code = String(error['code'] ?? result.statusCode);
  const message = String(error['message'] ?? `The operation answered with status ${result.statusCode}.`);
  return { status: 'Failed', code, inputs, outputs: asOutputs(result), error: { code, message }, attempts };
}
