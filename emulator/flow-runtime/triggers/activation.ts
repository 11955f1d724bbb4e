import type { Clock, Work } from '../../kernel/index.ts';
import type { ServiceClient } from '../connectors/service-client.ts';
import type { FlowDefinition } from '../definition/model.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { RunnableFlow } from '../flow.ts';
import { isDataverseWebhook, operationOf, register, unregister } from './dataverse-webhook.ts';
import { readRecurrence, type Recurrence } from './read-recurrence.ts';
import type { RecurrenceStore } from './recurrence-store.ts';
import { nextAfter } from './recurrence.ts';
import {
  isPolling,
  isSubscription,
  poll,
  requireOperation,
  subscribe,
  unsubscribe,
  type Reach,
} from './trigger-call.ts';

export interface ActivationParts {
  readonly clock: Clock;
  readonly work: Work;
  /** Dataverse, where its triggers are registered, and as whom. */
  readonly client: ServiceClient;
  readonly owner: () => string;
  readonly reach: Reach;
  readonly recurrences: RecurrenceStore;
  readonly callbackBase: () => string;
  /** What expressions in the inputs of a trigger can ask. */
  readonly scopeOf: (flow: RunnableFlow, callbackUrl: string) => Scope;
  readonly fire: (flow: RunnableFlow, body: Value, more?: ValueObject) => Promise<unknown>;
}

/** What lets flows that are on be started: registrations, subscriptions, and alarms of those that recur or ask. */
export function createActivation(parts: ActivationParts) {
  const { clock, work, client, owner, reach, recurrences } = parts;
  /** What cancels the next time of each flow that recurs. */
  const alarms = new Map<string, () => void>();
  const callbackOf = (flow: RunnableFlow) => `${parts.callbackBase()}/${flow.id}`;
  const scopeOf = (flow: RunnableFlow) => parts.scopeOf(flow, callbackOf(flow));

  /** Does this at every recurrence, from when the flow was turned on; at once where it states no start time. */
  async function recur(flow: RunnableFlow, what: string, task: () => Promise<void>): Promise<void> {
    const known = recurrences.since(flow.id, flow.source);
    const since = known ?? clock.now();
    const recurrence = readRecurrence(recurrenceOf(flow.definition), since);
    if (known === undefined) await recurrences.begin(flow.id, flow.source, since);
    if (known === undefined && recurrence.runsAtOnce) work.start(what, task);
    repeat(flow, recurrence, () => work.start(what, task));
  }

  function repeat(flow: RunnableFlow, recurrence: Recurrence, start: () => void): void {
    alarms.get(flow.id)?.();
    alarms.delete(flow.id);
    const due = nextAfter(recurrence, clock.now());
    if (due === undefined) return;
    const ring = () => {
      repeat(flow, recurrence, start);
      start();
    };
    alarms.set(flow.id, clock.at(due, ring));
  }

  /** Asks at every recurrence; a refusal is told in the log and asked again at the next. */
  async function ask(flow: RunnableFlow): Promise<void> {
    const found = await poll(flow.definition, scopeOf(flow), reach);
    if (found !== undefined) await parts.fire(flow, found.body, { headers: { ...found.headers } });
  }

  return {
    /** @throws Error why the flow cannot be on */
    async turnOn(flow: RunnableFlow): Promise<void> {
      const { definition } = flow;
      const { trigger } = definition;
      if (isDataverseWebhook(trigger)) {
        await register(client, owner(), flow.id, trigger, callbackOf(flow), scopeOf(flow));
      } else if (trigger.type.toLowerCase() === 'recurrence') {
        await recur(flow, `flow ${flow.name}`, async () => void (await parts.fire(flow, {})));
      } else if (isPolling(definition)) {
        requireOperation(definition, scopeOf(flow), reach);
        await recur(flow, `the trigger of flow ${flow.name}`, () => ask(flow));
      } else if (isSubscription(definition)) {
        const scope = scopeOf(flow);
        await unsubscribe(definition, scope, callbackOf(flow), reach);
        await subscribe(definition, scope, callbackOf(flow), reach);
      } else if (trigger.type.toLowerCase() !== 'request') {
        throw new Error(
          `the trigger '${trigger.name}' of type '${trigger.type}' ${operationOf(trigger)} is not emulated. See docs/support-matrix.md.`,
        );
      }
    },
    /** @param flow as it was; undefined when it could not be read */
    async turnOff(id: string, flow: RunnableFlow | undefined): Promise<void> {
      alarms.get(id)?.();
      alarms.delete(id);
      await recurrences.end(id);
      await unregister(client, owner(), id);
      if (flow === undefined || !isSubscription(flow.definition) || isDataverseWebhook(flow.definition.trigger)) return;
      await unsubscribe(flow.definition, scopeOf(flow), callbackOf(flow), reach);
    },
    close(): void {
      for (const cancel of alarms.values()) cancel();
    },
  };
}

/** Beside the inputs of the trigger, or in them. */
function recurrenceOf({ trigger }: FlowDefinition): ValueObject {
  if (trigger.recurrence !== undefined) return trigger.recurrence;
  const inputs = isObject(trigger.inputs) ? trigger.inputs['recurrence'] : undefined;
  return isObject(inputs) ? inputs : {};
}
