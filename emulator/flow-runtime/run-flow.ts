import { createClock, randomId, type Clock, type NewId } from '../kernel/index.ts';
import type { Connectors } from './connectors/connectors.ts';
import type { HttpSender } from './http/http-sender.ts';
import { readDefinition } from './definition/read-definition.ts';
import { fromPlain, toPlain, type Value } from './expressions/value.ts';
import { FlowRun } from './runs/flow-run.ts';
import { plans, type PlanName } from './runs/plan.ts';
import { sleepOn } from './runs/sleep.ts';
import { triggerRecord } from './triggers/trigger-record.ts';
import { describeAction } from './runs/history.ts';
import type { ActionRecord } from './runs/record.ts';

export interface FlowTest {
  /** The trigger's body, e.g. the row that was changed. */
  readonly trigger?: unknown;
  readonly connectors?: Connectors;
  /** Values of definition parameters, by name. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Answers what `Http` actions send; without it they are refused. */
  readonly http?: HttpSender;
  readonly clock?: Clock;
  readonly newId?: NewId;
  /** The performance profile of the flow's owner: its retries and limits. */
  readonly plan?: PlanName;
}

/**
 * Runs a flow definition once, in memory: for unit tests of flows.
 *
 * @param definition the flow's JSON, as text or as an object
 * @returns status, error, response and what every action did
 */
export async function runFlow(
  definition: string | object,
  { trigger, connectors, http, parameters = {}, clock = createClock(), newId = randomId, plan = 'low' }: FlowTest,
) {
  const flow = readDefinition(typeof definition === 'string' ? definition : fromPlain(definition));
  const records: ActionRecord[] = [];
  const defaults = [...flow.parameters.values()].map((one) => [one.name, one.defaultValue ?? null] as [string, Value]);
  const given = Object.entries(parameters).map(([name, value]) => [name, fromPlain(value)] as [string, Value]);
  const run = new FlowRun(flow, triggerRecord(flow.trigger.name, fromPlain(trigger)), {
    clock,
    newId,
    connectors: connectors ?? { find: () => undefined },
    http,
    plan: plans[plan],
    waiting: (promise) => promise,
    parameters: new Map([...defaults, ...given]),
    workflow: { id: 'test', name: 'test', run: { id: 'test', name: 'test' }, tags: {} },
    history: { keep: async (record) => void records.push(record) },
    sleep: (milliseconds, cut) => sleepOn(clock, milliseconds, cut),
    runChild: async (id) => {
      throw new Error(`The child flow '${id}' is not part of this test.`);
    },
    log: () => {},
  });
  const { status, error } = await run.run();
  const actions = [...records.filter((record) => !run.frame.records.has(record.name)), ...run.frame.records.values()];
  return {
    status,
    error,
    response: run.response === undefined ? undefined : toPlain(run.response),
    actions: actions.map(describeAction),
  };
}
