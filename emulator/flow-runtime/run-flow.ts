import { createClock, randomId, type Clock, type NewId } from '../kernel/index.ts';
import type { Connectors } from './connectors/connectors.ts';
import type { HttpSender } from './http/http-sender.ts';
import type { FlowDefinition } from './definition/model.ts';
import { readDefinition } from './definition/read-definition.ts';
import { fromPlain, toPlain, type Value } from './expressions/value.ts';
import { describeWorkflow } from './flow.ts';
import { FlowRun } from './runs/flow-run.ts';
import { plans, type PlanName } from './runs/plan.ts';
import { sleepOn } from './runs/sleep.ts';
import { invokerHeaders } from './triggers/invoker-headers.ts';
import { triggerRecord } from './triggers/trigger-record.ts';
import { describeAction } from './runs/history.ts';
import { outermostFrame } from './runs/frame.ts';
import type { ActionError, ActionRecord, RunStatus } from './runs/record.ts';
import { noEnvironment } from './triggers/environment.ts';
import { bodiesToRun } from './triggers/bodies-to-run.ts';

export interface FlowTest {
  /** The trigger's body, e.g. the row that was changed. */
  readonly trigger?: unknown;
  /** Headers the trigger got, e.g. `x-ms-user-email`; a flow started by hand is started by a test user without. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly connectors?: Connectors;
  /** Values of definition parameters, by name. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Answers what `Http` actions send; without it they are refused. */
  readonly http?: HttpSender;
  /** Definitions of the child flows it may call, by workflow id. */
  readonly children?: Readonly<Record<string, string | object>>;
  readonly clock?: Clock;
  readonly newId?: NewId;
  /** The performance profile of the flow's owner: its retries and limits. */
  readonly plan?: PlanName;
}

const testUser = { id: '00000000-0000-0000-0000-000000000001', displayName: 'Test User', email: 'user@example.com' };

/** What a run came to. */
export interface FlowTestRun {
  /** `Skipped` when the trigger's conditions did not hold: there was no run. */
  readonly status: RunStatus | 'Skipped';
  readonly error: ActionError | undefined;
  readonly response: unknown;
  readonly actions: readonly ReturnType<typeof describeAction>[];
}

/**
 * Runs a flow definition once, in memory: for unit tests of flows.
 *
 * @param definition the flow's JSON, as text or as an object
 * @returns status, error, response and what every action did
 * @throws Error when `splitOn` makes several runs of the trigger's body: `runFlows` runs them
 */
export async function runFlow(definition: string | object, test: FlowTest): Promise<FlowTestRun> {
  const { flow, bodies } = readTest(definition, test);
  if (bodies.length > 1)
    throw new Error(`The trigger splits its body into ${bodies.length} runs; use runFlows, or give it one element.`);
  const [body] = bodies;
  if (body === undefined) return { status: 'Skipped', error: undefined, response: undefined, actions: [] };
  return runOnce(flow, body, test);
}

/** The same for triggers that split: one run after another, none where the trigger's conditions do not hold. */
export async function runFlows(definition: string | object, test: FlowTest): Promise<FlowTestRun[]> {
  const { flow, bodies } = readTest(definition, test);
  const runs: FlowTestRun[] = [];
  for (const body of bodies) runs.push(await runOnce(flow, body, test));
  return runs;
}

function readTest(definition: string | object, test: FlowTest) {
  const flow = readDefinition(typeof definition === 'string' ? definition : fromPlain(definition));
  const before = (body: Value) => newRun(flow, body, test, async () => {}).scope(outermostFrame());
  return { flow, bodies: bodiesToRun(flow, fromPlain(test.trigger), before) };
}

async function runOnce(flow: FlowDefinition, body: Value, test: FlowTest): Promise<FlowTestRun> {
  const records: ActionRecord[] = [];
  const run = newRun(flow, body, test, async (record) => void records.push(record));
  const { status, error } = await run.run();
  const actions = [...records.filter((record) => !run.frame.records.has(record.name)), ...run.frame.records.values()];
  return {
    status,
    error,
    response: run.response === undefined ? undefined : toPlain(run.response),
    actions: actions.map(describeAction),
  };
}

/** Runs a child flow of the test and gives the body of its response. */
async function runChild(id: string, body: Value, test: FlowTest): Promise<Value> {
  const child = Object.entries(test.children ?? {}).find(([one]) => one.toLowerCase() === id.toLowerCase())?.[1];
  if (child === undefined) throw new Error(`The child flow '${id}' is not part of this test: name it in 'children'.`);
  const { response } = await runFlow(child, { ...test, trigger: toPlain(body) });
  if (response === undefined) throw new Error(`The child flow '${id}' ended without a response.`);
  return fromPlain((response as { body?: unknown }).body);
}

function newRun(flow: FlowDefinition, body: Value, test: FlowTest, keep: (record: ActionRecord) => Promise<void>) {
  const { connectors, http, parameters = {}, clock = createClock(), newId = randomId, plan = 'low' } = test;
  const defaults = [...flow.parameters.values()].map((one) => [one.name, one.defaultValue ?? null] as [string, Value]);
  const given = Object.entries(parameters).map(([name, value]) => [name, fromPlain(value)] as [string, Value]);
  const headers = test.headers ?? invokerHeaders(flow.trigger, testUser, clock.now());
  return new FlowRun(flow, triggerRecord(flow.trigger.name, body, clock.now(), { headers }), {
    clock,
    newId,
    connectors: connectors ?? { find: () => undefined },
    http,
    plan: plans[plan],
    waiting: (promise) => promise,
    parameters: new Map([...defaults, ...given]),
    workflow: describeWorkflow({ id: 'test', name: 'Test', definition: flow }, 'test', noEnvironment.id),
    history: { keep },
    sleep: (milliseconds, cut) => sleepOn(clock, milliseconds, cut),
    runChild: (id, inputs) => runChild(id, inputs, test),
    log: () => {},
  });
}
