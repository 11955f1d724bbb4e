import type { ConnectorResult } from '../connectors/connectors.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import { succeeded, type Outcome } from '../runs/outcome.ts';
import type { Retry } from '../runs/record.ts';
import { isTransient, readRetryPolicy } from '../runs/retry.ts';
import type { Frame } from '../runs/frame.ts';
import { untilCut } from './within-limit.ts';

/** Calls, again after transient failures as the retry policy in the inputs says; no longer than until the frame is cut. */
export const callWithRetries = (
  inputs: Value,
  frame: Frame,
  run: FlowRun,
  call: () => Promise<ConnectorResult>,
): Promise<Outcome> => untilCut(frame, inputs, () => tryAgain(inputs, frame.cut, run, call));

async function tryAgain(
  inputs: Value,
  cut: AbortSignal,
  run: FlowRun,
  call: () => Promise<ConnectorResult>,
): Promise<Outcome> {
  const stated = isObject(inputs) ? inputs['retryPolicy'] : undefined;
  const policy = readRetryPolicy(stated, run.services.plan.retry);
  const retryHistory: Retry[] = [];
  for (let attempt = 1; ; attempt++) {
    const startTime = run.timestamp();
    const result = await call();
    const more = { inputs, attempts: attempt, ...(retryHistory.length === 0 ? {} : { retryHistory }) };
    if (result.statusCode < 400) return succeeded(asOutputs(result), more);
    if (!isTransient(result.statusCode) || attempt > policy.count || cut.aborted) return refused(result, more);
    retryHistory.push({ startTime, endTime: run.timestamp(), ...errorOf(result) });
    await run.services.sleep(Math.max(policy.waitMs(attempt), retryAfterMs(result) ?? 0), cut);
    if (cut.aborted) return refused(result, more);
  }
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

function errorOf({ statusCode, body }: ConnectorResult): { readonly code: string; readonly message: string } {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : {};
  return {
    code: String(error['code'] ?? statusCode),
    message: String(error['message'] ?? `The operation answered with status ${statusCode}.`),
  };
}

function refused(result: ConnectorResult, more: Partial<Outcome>): Outcome {
  const error = errorOf(result);
  return { status: 'Failed', code: error.code, outputs: asOutputs(result), error, ...more };
}
