import { noOperation, readCall, readLegacyCall } from '../actions/connector.ts';
import type { ConnectorCall, ConnectorResult, Connectors } from '../connectors/connectors.ts';
import type { FlowDefinition } from '../definition/model.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { resolve } from '../expressions/template.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { httpRequestOf } from '../http/http-request.ts';
import type { HttpSender } from '../http/http-sender.ts';

/** What triggers that ask or subscribe reach the world with. */
export interface Reach {
  readonly connectors: Connectors;
  readonly http: HttpSender;
}

const lower = ({ trigger }: FlowDefinition) => trigger.type.toLowerCase();

/** Triggers that ask again and again. */
export const isPolling = (flow: FlowDefinition) => ['openapiconnection', 'apiconnection', 'http'].includes(lower(flow));

/** Triggers that ask to be told. */
export const isSubscription = (flow: FlowDefinition) =>
  /^(openapiconnection|apiconnection)(webhook|notification)$|^httpwebhook$/.test(lower(flow));

/** The connector call of a trigger, in whichever form it is written. */
function callOf(flow: FlowDefinition, scope: Scope): ConnectorCall {
  if (lower(flow).startsWith('apiconnection'))
    return readLegacyCall(flow.trigger, flow, (value) => resolve(value, scope)).call;
  const inputs = resolve(flow.trigger.inputs, scope);
  return readCall(isObject(inputs) ? inputs : {}, flow);
}

const requestOf = (value: Value) => httpRequestOf(isObject(value) ? value : {});

/**
 * Asks once.
 *
 * @returns undefined when there is nothing new: 202, or an empty list
 * @throws Error in the words of the refusal
 */
export async function poll(flow: FlowDefinition, scope: Scope, reach: Reach): Promise<ConnectorResult | undefined> {
  const answer = await (lower(flow) === 'http'
    ? reach.http(requestOf(resolve(flow.trigger.inputs, scope)))
    : operationOrThrow(flow, callOf(flow, scope), reach)());
  if (answer.statusCode >= 400) throw new Error(`The trigger '${flow.trigger.name}' failed: ${textOf(answer)}`);
  return answer.statusCode === 202 || isEmptyList(answer.body) ? undefined : answer;
}

/** @throws Error when there is no such operation: the flow cannot be on */
export function requireOperation(flow: FlowDefinition, scope: Scope, reach: Reach): void {
  if (lower(flow) !== 'http' && lower(flow) !== 'httpwebhook') operationOrThrow(flow, callOf(flow, scope), reach);
}

function operationOrThrow(flow: FlowDefinition, call: ConnectorCall, { connectors }: Reach) {
  const operation = connectors.find(call.api, call.operation);
  if (operation === undefined) throw new Error(noOperation(call, null).error!.message);
  return () => operation(call);
}

function isEmptyList(body: Value): boolean {
  const list = isObject(body) ? body['value'] : body;
  return isArray(list) && list.length === 0;
}

/** Subscribes the flow at its callback address. @throws Error in the words of the refusal */
export async function subscribe(flow: FlowDefinition, scope: Scope, callbackUrl: string, reach: Reach): Promise<void> {
  const answer = await (lower(flow) === 'httpwebhook'
    ? reach.http(requestOf(resolve(partOf(flow, 'subscribe'), scope)))
    : operationOrThrow(flow, { ...callOf(flow, scope), callbackUrl }, reach)());
  if (answer.statusCode >= 400)
    throw new Error(`The trigger '${flow.trigger.name}' could not subscribe: ${textOf(answer)}`);
}

/** Ends what `subscribe` began; a subscription that is gone already is no failure. */
export async function unsubscribe(
  flow: FlowDefinition,
  scope: Scope,
  callbackUrl: string,
  reach: Reach,
): Promise<void> {
  if (lower(flow) === 'httpwebhook') {
    const request = resolve(partOf(flow, 'unsubscribe'), scope);
    if (isObject(request) && request['uri'] !== undefined) await reach.http(requestOf(request));
    return;
  }
  const call = callOf(flow, scope);
  await reach.connectors.find(call.api, `${call.operation}/unsubscribe`)?.({ ...call, callbackUrl });
}

const partOf = ({ trigger }: FlowDefinition, part: string): Value =>
  (isObject(trigger.inputs) ? (trigger.inputs as ValueObject)[part] : undefined) ?? null;

function textOf({ statusCode, body }: ConnectorResult): string {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : undefined;
  return error === undefined ? `status ${statusCode}` : String(error['message']);
}
