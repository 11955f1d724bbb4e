import { fromPlain, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorOperation, Operations } from './connectors.ts';
import type { SendToDataverse } from './dataverse.ts';
import { nothing, ok } from './result.ts';

/** The request that calls the action, without preferences. */
export type ActionRequest = (call: ConnectorCall) => Parameters<SendToDataverse>[0];

/**
 * "Perform a background operation": the action is called with a callback, and the flow goes on when that has come. What the
 * action gives is the callback's body and, since that holds no results, the output parameters of the row.
 *
 * Decided: an operation that failed or was canceled is no failure of the action; `backgroundOperationStatusCode` tells.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/background-operations#request-a-callback
 */
export function backgroundOperation(send: SendToDataverse, actionOf: ActionRequest): Operations {
  const subscribe: ConnectorOperation = (call) => {
    const callback = call.callbackUrl === undefined ? '' : `, callback; url="${call.callbackUrl}"`;
    return send({ ...actionOf(call), headers: { Prefer: `respond-async${callback}` } });
  };
  const result: ConnectorOperation = async (call) => {
    const answer = isObject(call.answer) ? call.answer : {};
    const id = answer['backgroundOperationId'];
    if (typeof id !== 'string') return ok(answer);
    const path = `backgroundoperations(${encodeURIComponent(id)})?$select=outputparameters`;
    const row = await send({ connectionReference: call.connectionReference, method: 'GET', path });
    return ok({ ...answer, ...resultsIn(row.body) });
  };
  return {
    PerformBackgroundOperation: subscribe,
    // The callback comes once, to nobody else: there is nothing to end.
    'PerformBackgroundOperation/unsubscribe': async () => nothing(200),
    'PerformBackgroundOperation/result': result,
  };
}

function resultsIn(row: Value): ValueObject {
  const text = isObject(row) ? row['outputparameters'] : undefined;
  if (typeof text !== 'string') return {};
  const pairs = fromPlain(JSON.parse(text)) as readonly ValueObject[];
  return Object.fromEntries(pairs.map((pair) => [String(pair['Key']), pair['Value'] ?? null]));
}
