import { Fault, json, type HttpRequest, type HttpResponse } from '../kernel/index.ts';
import { createConnectors } from './connectors/create-connectors.ts';
import { findPerson } from './connectors/find-person.ts';
import type { FlowRuntime, FlowRuntimeParts } from './contract.ts';
import { outlineOf } from './definition/describe-flow.ts';
import { fromPlain, type Value, type ValueObject } from './expressions/value.ts';
import { canRun, readFlows, type Flow, type RunnableFlow } from './flow.ts';
import { notThere, tooManyItems } from './flow-faults.ts';
import { createHttpSender } from './http/http-sender.ts';
import { createCallbacks } from './runs/create-callbacks.ts';
import { createFlowRuns, type StartedRun } from './runs/flow-runs.ts';
import { describeDetail, describeRun } from './runs/history.ts';
import { plans, splitOnItemsWithConcurrency } from './runs/plan.ts';
import { createRunStore, type RunRow } from './runs/run-store.ts';
import { secretsOf } from './runs/secrets.ts';
import { createActivation } from './triggers/activation.ts';
import { bodiesToRun } from './triggers/bodies-to-run.ts';
import { noEnvironment, readEnvironment, requireConnections } from './triggers/environment.ts';
import { createRecurrenceStore } from './triggers/recurrence-store.ts';
import { invokerHeaders, isStartedByHand } from './triggers/invoker-headers.ts';
import { runLimitsOf } from './triggers/run-limits.ts';
import { takeCall } from './triggers/take-call.ts';
import { triggerRecord } from './triggers/trigger-record.ts';
import { checkTriggerBody } from './triggers/trigger-schema.ts';

/** The cloud-flow runtime: runs the definitions the environment holds, unchanged, over the Web API. */
export function createFlowRuntime(parts: FlowRuntimeParts): FlowRuntime {
  const { clock, newId, work, log } = parts;
  const plan = plans[parts.plan ?? 'low'];
  const store = createRunStore(parts.database);
  const owner = () => parts.connectionUser(undefined);
  let flows = new Map<string, Flow>();
  let environment = noEnvironment;
  /** One after another: two at once would register a trigger twice. */
  let refreshed: Promise<void> = Promise.resolve();

  const http = createHttpSender(parts.allowedHosts ?? []);
  const callbacks = createCallbacks(store, parts.callbackBase);
  const { dataverse: client, connectors, approvals, answers, ...asked } = createConnectors(parts, handle);
  const runs = createFlowRuns({
    ...{ store, clock, newId, work, plan, log, connectors, http, callbacks },
    faultRules: parts.faultRules,
    environment: () => environment,
    flow: (id) => flows.get(id),
  });
  const activation = createActivation({
    ...{ clock, work, client, owner, fire },
    reach: { connectors, http },
    recurrences: createRecurrenceStore(parts.database),
    callbackBase: parts.callbackBase,
    scopeOf: (flow, callbackUrl) =>
      runs.scopeBefore(flow, triggerRecord(flow.definition.trigger.name, null, clock.now()), callbackUrl),
  });

  async function activateAll(): Promise<void> {
    environment = await readEnvironment(client, owner());
    flows = new Map((await readFlows(client, owner())).map((flow) => [flow.id, flow]));
    for (const flow of flows.values()) await activate(flow);
    runs.resumeAll();
    await asked.resume();
  }

  /** Turns on what has come or changed and off what has gone; a flow that stands as it stood misses nothing meanwhile. */
  async function refresh(): Promise<void> {
    environment = await readEnvironment(client, owner());
    const read = await readFlows(client, owner());
    for (const flow of read) {
      const known = flows.get(flow.id);
      const isSame = known?.source === flow.source && known.isOn === flow.isOn;
      if (isSame && known.problem === undefined) continue;
      flows.set(flow.id, flow);
      if (flow.isOn) await activate(flow);
      else if (known?.isOn) await turnOff(flow.id);
    }
    const there = new Set(read.map(({ id }) => id));
    for (const id of [...flows.keys()].filter((one) => !there.has(one))) if (await turnOff(id)) flows.delete(id);
  }

  /** @returns whether it is off; if not, the log says why, and the next refresh tries again */
  async function turnOff(id: string): Promise<boolean> {
    const flow = flows.get(id)!;
    try {
      await activation.turnOff(id, canRun(flow) ? flow : undefined);
      return true;
    } catch (error) {
      const { message: problem } = error as Error;
      flows.set(id, { ...flow, isOn: true, problem });
      log(`The flow '${flow.name}' could not be turned off: ${problem}`);
      return false;
    }
  }

  async function activate(flow: Flow): Promise<void> {
    if (!flow.isOn || !canRun(flow)) return;
    try {
      requireConnections(flow.definition, environment);
      await activation.turnOn(flow);
    } catch (error) {
      flows.set(flow.id, { ...flow, isOn: false, problem: (error as Error).message });
      log(`The flow '${flow.name}' is off: ${(error as Error).message}`);
    }
  }

  /** Starts the runs that what came in starts. @throws Fault when it cannot start any */
  async function fire(flow: Flow, body: Value, more: ValueObject = {}): Promise<readonly StartedRun[]> {
    if (!canRun(flow)) throw notThere('flow that can run', flow.name);
    const { trigger } = flow.definition;
    checkTriggerBody(trigger, body);
    const scopeOf = (one: Value) => runs.scopeBefore(flow, triggerRecord(trigger.name, one, clock.now(), more));
    const started: StartedRun[] = [];
    for (const one of bodiesToRun(flow.definition, body, scopeOf, (count) => checkItems(flow, count)))
      started.push(await runs.start(flow, one, more));
    return started;
  }

  /** Runs started here are started by the owner of the flows. */
  async function headersByHand(flow: Flow): Promise<ValueObject> {
    if (!canRun(flow) || !isStartedByHand(flow.definition.trigger)) return {};
    const email = owner();
    const person = await findPerson(client, email, email);
    return invokerHeaders(flow.definition.trigger, person ?? { id: '', displayName: email, email }, clock.now());
  }

  function checkItems({ name, definition }: RunnableFlow, count: number): void {
    const isLimited = runLimitsOf(definition.trigger).atOnce !== Infinity;
    const most = isLimited ? splitOnItemsWithConcurrency : plan.splitOnItems;
    if (count > most) throw tooManyItems(name, count, most);
  }

  const securedOf = ({ workflowId }: RunRow) => {
    const flow = flows.get(workflowId);
    return canRun(flow) ? secretsOf(flow.definition).trigger : { inputs: false, outputs: false };
  };

  function find(name: string): Flow {
    const wanted = name.toLowerCase();
    const flow = flows.get(wanted) ?? [...flows.values()].find((one) => one.name.toLowerCase() === wanted);
    if (flow === undefined) throw notThere('flow', name);
    return flow;
  }

  function findRun(id: string): RunRow {
    const row = store.run(id);
    if (row === undefined) throw notThere('flow run', id);
    return row;
  }

  async function handle(request: HttpRequest): Promise<HttpResponse> {
    try {
      const called = { clock, fire, flow: (id: string) => flows.get(id) };
      return (await callbacks.take(request)) ?? (await takeCall(request, called));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return json(error.wire.status, { error: { code: error.wire.code, message: error.message } });
    }
  }

  return {
    activateAll,
    refresh: () => (refreshed = refreshed.catch(() => undefined).then(refresh)),
    handle,
    flows: async () => ({
      value: [...flows.values()].map(({ definition, source: _source, ...flow }) => ({
        ...flow,
        trigger: definition && outlineOf(definition).trigger,
      })),
    }),
    async flow(name) {
      const { definition, source: _source, ...flow } = find(name);
      return { ...flow, ...(definition === undefined ? {} : outlineOf(definition)) };
    },
    async run(name, body) {
      const flow = find(name);
      const started = await fire(flow, fromPlain(body), { headers: await headersByHand(flow) });
      return { value: started.map(({ row }) => describeRun(row)) };
    },
    runs: async (filter) => ({ value: store.runs(filter).map(describeRun) }),
    async detail(id) {
      const row = store.run(id);
      return row === undefined ? undefined : describeDetail(row, store.records(id), securedOf(row));
    },
    async resubmit(id) {
      const row = findRun(id);
      const { body = null, ...more } = row.trigger['outputs'] as ValueObject;
      const flow = find(row.workflowId);
      if (!canRun(flow)) throw notThere('flow that can run', flow.name);
      return describeRun((await runs.start(flow, body, more)).row);
    },
    async cancel(id) {
      await runs.cancel(findRun(id));
      return describeRun(findRun(id));
    },
    approvals: async () => ({ value: approvals.list() }),
    answerApproval: answers.approval,
    answerMessage: answers.message,
    close() {
      activation.close();
      runs.close();
    },
  };
}
