import type { ConnectorCall, ConnectorResult } from '../connectors/connectors.ts';
import { resolve } from '../expressions/template.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { httpRequestOf } from '../http/http-request.ts';
import type { ActionDefinition } from '../definition/model.ts';
import type { CallbackAnswer, Callbacks } from '../runs/callbacks.ts';
import type { FlowRun } from '../runs/flow-run.ts';
import type { Frame } from '../runs/frame.ts';
import { failed, succeeded, type Outcome } from '../runs/outcome.ts';
import { resolvedObject, type ActionRunner } from './action-runner.ts';
import { callWithRetries } from './call-with-retries.ts';
import { cancelled } from './within-limit.ts';
import { fromHere, noOperation, readCall, readLegacyCall } from './connector.ts';

/** How one kind of webhook subscribes and unsubscribes. */
interface Subscription {
  readonly inputs: Value;
  subscribe(): Promise<ConnectorResult>;
  /** @param outputs what subscribing gave */
  unsubscribe(outputs: ValueObject): Promise<unknown>;
  /** Makes the outputs of what came back; without it they are what came back. */
  readonly result?: (answer: CallbackAnswer) => Promise<ConnectorResult>;
}

/** Subscribes with the connector, waits until it calls back, unsubscribes. */
export const openApiConnectionWebhook: ActionRunner = async (action, frame, run) => {
  const inputs = resolvedObject(action, frame, run);
  return connectorWebhook(action, frame, run, { inputs, call: readCall(inputs, run.definition) });
};

export const apiConnectionWebhook: ActionRunner = async (action, frame, run) =>
  connectorWebhook(
    action,
    frame,
    run,
    readLegacyCall(action, run.definition, (value) => resolve(value, run.scope(frame))),
  );

/**
 * An operation with an `<operation>/unsubscribe` beside it is a subscription and calls back; the answer of one without,
 * such as a stub, is itself what came back.
 */
async function connectorWebhook(
  action: ActionDefinition,
  frame: Frame,
  run: FlowRun,
  { inputs, call }: { readonly inputs: Value; readonly call: ConnectorCall },
): Promise<Outcome> {
  const { connectors, callbacks } = run.services;
  const subscribe = connectors.find(call.api, call.operation);
  if (subscribe === undefined) return noOperation(call, inputs);
  const unsubscribe = connectors.find(call.api, `${call.operation}/unsubscribe`);
  const result = connectors.find(call.api, `${call.operation}/result`);
  if (unsubscribe === undefined || callbacks === undefined)
    return callWithRetries(inputs, frame, run, () => subscribe(fromHere(call, action, frame, run)));
  const subscription = {
    ...fromHere(call, action, frame, run),
    callbackUrl: callbacks.urlOf(frame.path + action.name),
  };
  return waitForCallback(action, frame, run, callbacks, {
    inputs,
    subscribe: () => subscribe(subscription),
    unsubscribe: () => unsubscribe(subscription),
    ...(result === undefined ? {} : { result: ({ body }) => result({ ...subscription, answer: body }) }),
  });
}

/** The same with any address: `subscribe` and `unsubscribe` are requests; `@{listCallbackUrl()}` is where to call back. */
export const httpWebhook: ActionRunner = async (action, frame, run) => {
  const { http: send, callbacks } = run.services;
  const raw = isObject(action.inputs) ? action.inputs : {};
  if (send === undefined || callbacks === undefined)
    return failed('HostNotAllowed', `Flows may call no address here, and '${action.name}' wants to.`);
  const callbackUrl = callbacks.urlOf(frame.path + action.name);
  const request = (part: 'subscribe' | 'unsubscribe', current?: Value) => {
    const value = resolve(raw[part] ?? null, run.scope(frame, undefined, { callbackUrl, current }));
    return isObject(value) ? value : undefined;
  };
  const inputs = { subscribe: request('subscribe') ?? null };
  return waitForCallback(action, frame, run, callbacks, {
    inputs,
    subscribe: () => send(httpRequestOf(isObject(inputs.subscribe) ? inputs.subscribe : {})),
    async unsubscribe(outputs) {
      const last = request('unsubscribe', { name: action.name, inputs, outputs });
      if (last?.['uri'] !== undefined) await send(httpRequestOf(last));
    },
  });
};

async function waitForCallback(
  action: ActionDefinition,
  frame: Frame,
  run: FlowRun,
  callbacks: Callbacks,
  { inputs, subscribe, unsubscribe, result }: Subscription,
): Promise<Outcome> {
  const path = frame.path + action.name;
  let attempts = 1;
  let outputs = callbacks.noted(path);
  if (outputs === undefined) {
    const outcome = await callWithRetries(inputs, frame, run, subscribe);
    if (outcome.status !== 'Succeeded') return outcome;
    attempts = outcome.attempts ?? 1;
    outputs = outcome.outputs as ValueObject;
    await callbacks.note(path, outputs);
  }
  const answer = await run.services.waiting(Promise.race([callbacks.answer(path), whenCut(frame)]));
  await unsubscribe(outputs).catch((error: Error) =>
    run.services.log(`flow action ${action.name} could not unsubscribe: ${error.message}`),
  );
  if (answer === 'cut') return cancelled(inputs);
  const { headers, body } = (await result?.(answer)) ?? answer;
  return succeeded({ statusCode: 200n, headers: { ...headers }, body }, { inputs, attempts });
}

const whenCut = ({ cut }: Frame) =>
  new Promise<'cut'>((tell) => {
    if (cut.aborted) return tell('cut');
    cut.addEventListener('abort', () => tell('cut'), { once: true });
  });
