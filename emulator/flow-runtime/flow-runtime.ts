import { Fault, json, type HttpRequest, type HttpResponse } from '../kernel/index.ts';
import { evaluateCondition } from './actions/condition.ts';
import type { ServiceClient } from './connectors/service-client.ts';
import { createConnectors } from './connectors/create-connectors.ts';
import { crashed } from './connectors/injected-faults.ts';
import { createHttpSender } from './http/http-sender.ts';
import { readBody } from './http/read-body.ts';
import { isPolling, isSubscription, poll, requireOperation, subscribe, unsubscribe } from './triggers/trigger-call.ts';
import { runLimitsOf } from './triggers/run-limits.ts';
import { createCallbacks } from './runs/create-callbacks.ts';
import type { FlowRuntime, FlowRuntimeParts } from './contract.ts';
import { readDefinition } from './definition/read-definition.ts';
import { outlineOf } from './definition/describe-flow.ts';
import type { FlowDefinition } from './definition/model.ts';
import { asText } from './expressions/as-text.ts';
import { resolve } from './expressions/template.ts';
import { fromPlain, isArray, isObject, type Value, type ValueObject } from './expressions/value.ts';
import { triggerRecord } from './run-flow.ts';
import { allActions } from './definition/all-actions.ts';
import { FlowRun } from './runs/flow-run.ts';
import type { ChildRun } from './runs/run-services.ts';
import { createRest } from './runs/rest.ts';
import { sleepOn } from './runs/sleep.ts';
import { plans, runDays, splitOnItemsWithConcurrency } from './runs/plan.ts';
import { secretsOf } from './runs/secrets.ts';
import { checkTriggerBody } from './triggers/trigger-schema.ts';
import { outermostFrame } from './runs/frame.ts';
import { describeDetail, describeRun } from './runs/history.ts';
import { createRunStore, type RunRow } from './runs/run-store.ts';
import {
  isDataverseWebhook,
  messageOf,
  operationOf,
  register,
  rowsOf,
  unregister,
} from './triggers/dataverse-webhook.ts';
import { nextAfter, readRecurrence, type Recurrence } from './triggers/recurrence.ts';
import { bindParameters, readEnvironment, requireConnections, type Environment } from './triggers/environment.ts';

/** A flow as the environment has it. */
interface Flow {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly definition: FlowDefinition | undefined;
  /** The definition as the row holds it. */
  readonly source: string;
  /** Why it cannot run, when it cannot. */
  readonly problem: string | undefined;
}

const notThere = (what: string, name: string) =>
  new Fault('notInFlowRuntime', { code: 'NotFound', status: 404 }, `There is no ${what} '${name}'.`);

const tooManyRuns = (name: string) =>
  new Fault(
    'tooManyRuns',
    { code: 'TooManyRequests', status: 429 },
    `As many runs of the flow '${name}' as its trigger allows are running and waiting.`,
  );

const tooManyItems = (name: string, given: number, most: number) =>
  new Fault(
    'tooManyItems',
    { code: 'SplitOnItemsLimitExceeded', status: 400 },
    `The trigger of the flow '${name}' was given ${given} items to split; ${most} are the most.`,
  );

const tooLong = (name: string) => ({
  code: 'WorkflowRunTimedOut',
  message: `The run of the flow '${name}' has lasted ${runDays} days, which is the most.`,
});

/** A caller waits two minutes for a Response. */
const longestAnswerMs = 120_000;

const noAnswer = (code: string, when: string): Value => ({
  error: { code, message: `The server did not receive a response from the flow ${when}.` },
});

/** Whether the flow has a Response action and answers one run to one call. */
function answersItself({ definition }: Flow): boolean {
  if (definition === undefined || definition.trigger.splitOn !== undefined) return false;
  return allActions(definition.actions).some(({ type }) => type.toLowerCase() === 'response');
}

/** The cloud-flow runtime: runs the definitions the environment holds, unchanged, over the Web API. */
export function createFlowRuntime(parts: FlowRuntimeParts): FlowRuntime {
  const { clock, newId, work, log } = parts;
  const plan = plans[parts.plan ?? 'low'];
  const store = createRunStore(parts.database);
  const owner = () => parts.connectionUser(undefined);
  const live = new Map<string, FlowRun>();
  /** Runs that wait for others of their flow to end. */
  const queue: { readonly row: RunRow; readonly run: FlowRun }[] = [];
  /** What cancels the next run of each flow that recurs. */
  const alarms = new Map<string, () => void>();
  let flows = new Map<string, Flow>();
  let environment: Environment = { connectionReferences: new Set(), variables: new Map() };
  let isOpen = true;
  /** One after another: two at once would register a trigger twice. */
  let refreshed: Promise<void> = Promise.resolve();

  const http = createHttpSender(parts.allowedHosts ?? []);
  const callbacks = createCallbacks(store, parts.callbackBase);
  const { dataverse: client, connectors, approvals, answers, ...asked } = createConnectors(parts, handle);
  const reach = { connectors, http };

  async function activateAll(): Promise<void> {
    environment = await readEnvironment(client, owner());
    flows = new Map((await readFlows(client, owner())).map((flow) => [flow.id, flow]));
    for (const flow of flows.values()) await activate(flow);
    for (const status of ['Running', 'Waiting']) for (const run of store.runs({ status }).toReversed()) resume(run);
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
    for (const id of [...flows.keys()].filter((one) => !there.has(one))) {
      await turnOff(id);
      flows.delete(id);
    }
  }

  async function turnOff(id: string): Promise<void> {
    alarms.get(id)?.();
    alarms.delete(id);
    await unregister(client, owner(), id);
    const flow = flows.get(id);
    if (
      flow?.definition !== undefined &&
      isSubscription(flow.definition) &&
      !isDataverseWebhook(flow.definition.trigger)
    )
      await unsubscribe(flow.definition, triggerScope(flow, flow.definition), callbackOf(flow), reach);
  }

  const callbackOf = (flow: Flow) => `${parts.callbackBase()}/${flow.id}`;

  /** What expressions in the inputs of a trigger can ask. */
  const triggerScope = (flow: Flow, definition: FlowDefinition) =>
    newRun(flow, definition, triggerRecord(definition.trigger.name, null), 'trigger').scope(
      outermostFrame(),
      undefined,
      {
        callbackUrl: callbackOf(flow),
      },
    );

  /** Asks at every recurrence; a refusal is told in the log and asked again at the next. */
  function schedulePoll(flow: Flow, definition: FlowDefinition, recurrence: Recurrence): void {
    alarms.get(flow.id)?.();
    const ask = async () => {
      const found = await poll(definition, triggerScope(flow, definition), reach);
      if (found !== undefined) await fire(flow, found.body, { headers: { ...found.headers } });
    };
    alarms.set(
      flow.id,
      clock.at(nextAfter(recurrence, clock.now()), () => {
        schedulePoll(flow, definition, recurrence);
        work.start(`the trigger of flow ${flow.name}`, ask);
      }),
    );
  }

  async function activate(flow: Flow): Promise<void> {
    if (!flow.isOn || flow.definition === undefined) return;
    try {
      requireConnections(flow.definition, environment);
      await registerTrigger(flow, flow.definition);
    } catch (error) {
      flows.set(flow.id, { ...flow, isOn: false, problem: (error as Error).message });
      log(`The flow '${flow.name}' is off: ${(error as Error).message}`);
    }
  }

  async function registerTrigger(flow: Flow, definition: FlowDefinition): Promise<void> {
    const { trigger } = definition;
    if (isDataverseWebhook(trigger)) {
      const scope = newRun(flow, definition, triggerRecord(trigger.name, null), 'registration').scope(outermostFrame());
      await register(client, owner(), flow.id, trigger, `${parts.callbackBase()}/${flow.id}`, scope);
    } else if (trigger.type.toLowerCase() === 'recurrence') {
      scheduleNext(flow, definition, readRecurrence(recurrenceOf(definition), clock.now()));
    } else if (isPolling(definition)) {
      requireOperation(definition, triggerScope(flow, definition), reach);
      schedulePoll(flow, definition, readRecurrence(recurrenceOf(definition), clock.now()));
    } else if (isSubscription(definition)) {
      const scope = triggerScope(flow, definition);
      await unsubscribe(definition, scope, callbackOf(flow), reach);
      await subscribe(definition, scope, callbackOf(flow), reach);
    } else if (trigger.type.toLowerCase() !== 'request') {
      throw new Error(
        `the trigger '${trigger.name}' of type '${trigger.type}' ${operationOf(trigger)} is not emulated. See docs/support-matrix.md.`,
      );
    }
  }

  /** Differs: without a start time the platform runs a flow at once when it is turned on; here after the first interval. */
  function scheduleNext(flow: Flow, definition: FlowDefinition, recurrence: Recurrence): void {
    const due = nextAfter(recurrence, clock.now());
    alarms.get(flow.id)?.();
    alarms.set(
      flow.id,
      clock.at(due, () => {
        scheduleNext(flow, definition, recurrence);
        work.start(`flow ${flow.name}`, async () => void (await fire(flow, {})));
      }),
    );
  }

  function newRun(
    flow: Flow,
    definition: FlowDefinition,
    trigger: ValueObject,
    id: string,
    finished?: ConstructorParameters<typeof FlowRun>[3],
  ) {
    const rest = createRest(work);
    return new FlowRun(
      definition,
      trigger,
      {
        clock,
        newId,
        connectors,
        parameters: bindParameters(definition, environment),
        workflow: describeWorkflow(flow, id),
        history: { keep: async (record) => void (isOpen && (await store.keep(id, record))) },
        http,
        plan,
        callbacks: callbacks.ofRun(id),
        flow: flow.name,
        rest,
        between: (action, when) => strikeBetween(flow.name, action, when),
        waiting: rest.asleep,
        sleep: (milliseconds, cut) => rest.asleep(sleepOn(clock, milliseconds, cut)),
        runChild: (workflowId, body, known) => rest.asleep(runChild(workflowId, body, known)),
        log,
      },
      finished,
    );
  }

  /** Where a fault rule can cut a run between two actions. */
  async function strikeBetween(flow: string, action: string, when: 'before' | 'after'): Promise<void> {
    const effect = parts.faultRules.strike('flow-action', when, { flow, action });
    if (effect?.crash) await crashed(parts.faultRules);
  }

  /** Stores the run, then lets it go. */
  async function startRun(
    flow: Flow,
    definition: FlowDefinition,
    body: Value,
    more: ValueObject = {},
    id: string = newId(),
  ): Promise<RunRow> {
    const trigger = triggerRecord(definition.trigger.name, body, more);
    const { atOnce, waiting } = runLimitsOf(definition.trigger);
    const of = [...live.values()].filter((run) => run.definition === definition).length;
    if (of >= atOnce + waiting) throw tooManyRuns(flow.name);
    const row: RunRow = {
      id,
      workflowId: flow.id,
      flow: flow.name,
      status: of < atOnce ? 'Running' : 'Waiting',
      startTime: clock.now().toISOString(),
      endTime: undefined,
      trigger,
      error: undefined,
    };
    await store.start(row);
    go(row, newRun(flow, definition, trigger, row.id));
    return row;
  }

  function go(row: RunRow, run: FlowRun): void {
    live.set(row.id, run);
    if (row.status === 'Waiting') return void queue.push({ row, run });
    const ends = new Date(Date.parse(row.startTime) + runDays * 86_400_000);
    const forget = clock.at(ends, () => run.end('TimedOut', tooLong(row.flow)));
    work.start(`flow ${row.flow}`, async () => {
      const { status, error } = await run.run();
      forget();
      live.delete(row.id);
      if (isOpen) await store.end(row.id, status, clock.now().toISOString(), error);
      if (isOpen) await letNextGo(row.workflowId);
    });
  }

  /** The run of the flow that has waited longest. */
  async function letNextGo(workflowId: string): Promise<void> {
    const place = queue.findIndex(({ row }) => row.workflowId === workflowId);
    const [next] = place < 0 ? [] : queue.splice(place, 1);
    if (next === undefined) return;
    if (next.run.hasEnded) return void live.delete(next.row.id);
    await store.begin(next.row.id);
    go({ ...next.row, status: 'Running' }, next.run);
  }

  function resume(row: RunRow): void {
    const flow = flows.get(row.workflowId);
    if (flow?.definition === undefined || live.has(row.id)) return;
    const finished = new Map(store.records(row.id).map((record) => [record.path, record]));
    go(row, newRun(flow, flow.definition, row.trigger, row.id, finished));
  }

  async function runChild(workflowId: string, body: Value, known: ChildRun): Promise<Value> {
    const flow = flows.get(workflowId.toLowerCase());
    if (flow?.definition === undefined || !flow.isOn)
      throw new Error(`The child flow '${workflowId}' is not there, or is off.`);
    // Runs that go on after a restart are all there in the next turn of the loop.
    if (known.id !== undefined) await new Promise((turn) => setImmediate(turn));
    const id = known.id ?? newId();
    if (store.run(id) === undefined) {
      checkTriggerBody(flow.definition.trigger, body);
      await known.remember(id);
      await startRun(flow, flow.definition, body, {}, id);
    }
    const run = live.get(id);
    await run?.whenAnswered;
    const response = run === undefined ? responseIn(flow.definition, id) : run.response;
    if (response === undefined) throw new Error(`The child flow '${flow.name}' ended without a response.`);
    return response['body'] ?? null;
  }

  /** What a run that has ended answered. */
  function responseIn({ actions }: FlowDefinition, id: string): ValueObject | undefined {
    const names = allActions(actions).flatMap(({ name, type }) => (type.toLowerCase() === 'response' ? [name] : []));
    const given = store.records(id).find(({ name, status }) => names.includes(name) && status === 'Succeeded');
    return isObject(given?.outputs ?? null) ? (given!.outputs as ValueObject) : undefined;
  }

  /** One run for what came in, one for each element with `splitOn`, none when the trigger's conditions do not hold. */
  async function fire(flow: Flow, body: Value, more: ValueObject = {}): Promise<readonly RunRow[]> {
    const { definition } = flow;
    if (definition === undefined) throw notThere('flow that can run', flow.name);
    checkTriggerBody(definition.trigger, body);
    const bodies = definition.trigger.splitOn === undefined ? [body] : splitBody(flow, definition, body);
    const started: RunRow[] = [];
    for (const one of bodies) {
      const scope = newRun(flow, definition, triggerRecord(definition.trigger.name, one, more), 'condition').scope(
        outermostFrame(),
      );
      if (!definition.trigger.conditions.every((condition) => evaluateCondition(condition, scope))) continue;
      started.push(await startRun(flow, definition, one, more));
    }
    return started;
  }

  function splitBody(flow: Flow, definition: FlowDefinition, body: Value): readonly Value[] {
    const scope = newRun(flow, definition, triggerRecord(definition.trigger.name, body), 'split').scope(
      outermostFrame(),
    );
    const elements = resolve(definition.trigger.splitOn!, scope);
    if (!isArray(elements)) return [body];
    const isLimited = runLimitsOf(definition.trigger).atOnce !== Infinity;
    const most = isLimited ? splitOnItemsWithConcurrency : plan.splitOnItems;
    if (elements.length > most) throw tooManyItems(flow.name, elements.length, most);
    return elements;
  }

  /** The answer of a run whose flow has a Response action: when it is given, or the run ends without. */
  async function responseOf(flow: Flow, row: RunRow): Promise<ValueObject | undefined> {
    const run = live.get(row.id);
    if (run === undefined || !answersItself(flow)) return undefined;
    const told = await Promise.race([run.whenAnswered, clock.sleep(longestAnswerMs).then(() => 'late' as const)]);
    if (told === 'late') return { statusCode: 504n, body: noAnswer('GatewayTimeout', 'within 120 seconds') };
    return run.response ?? { statusCode: 502n, body: noAnswer('NoResponse', 'before it ended') };
  }

  const securedOf = ({ workflowId }: RunRow) => {
    const definition = flows.get(workflowId)?.definition;
    return definition === undefined ? { inputs: false, outputs: false } : secretsOf(definition).trigger;
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
      return (await callbacks.take(request)) ?? (await takeCallback(request, flows, fire, responseOf));
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
      return { value: (await fire(find(name), fromPlain(body))).map(describeRun) };
    },
    runs: async (filter) => ({ value: store.runs(filter).map(describeRun) }),
    async detail(id) {
      const row = store.run(id);
      return row === undefined ? undefined : describeDetail(row, store.records(id), securedOf(row));
    },
    async resubmit(id) {
      const row = findRun(id);
      const outputs = row.trigger['outputs'] as ValueObject;
      const flow = find(row.workflowId);
      if (flow.definition === undefined) throw notThere('flow that can run', flow.name);
      return describeRun(await startRun(flow, flow.definition, outputs['body'] ?? null));
    },
    async cancel(id) {
      const row = findRun(id);
      live.get(id)?.end('Cancelled', { code: 'WorkflowRunCancelled', message: 'The run was cancelled.' });
      if (row.status === 'Running') await store.end(id, 'Cancelled', clock.now().toISOString(), undefined);
      return describeRun(findRun(id));
    },
    approvals: async () => ({ value: approvals.list() }),
    answerApproval: answers.approval,
    answerMessage: answers.message,
    close() {
      isOpen = false;
      for (const cancel of alarms.values()) cancel();
      for (const run of live.values()) run.abandon();
    },
  };
}

/** Beside the inputs of the trigger, or in them. */
function recurrenceOf({ trigger }: FlowDefinition): ValueObject {
  if (trigger.recurrence !== undefined) return trigger.recurrence;
  const inputs = isObject(trigger.inputs) ? trigger.inputs['recurrence'] : undefined;
  return isObject(inputs) ? inputs : {};
}

function describeWorkflow(flow: Flow, runId: string): Value {
  return {
    id: `/workflows/${flow.id}`,
    name: flow.id,
    type: 'Microsoft.Logic/workflows',
    location: 'local',
    tags: { flowDisplayName: flow.name, environmentName: 'local', logicAppName: flow.id, state: 'Enabled' },
    run: { id: `/workflows/${flow.id}/runs/${runId}`, name: runId, type: 'Microsoft.Logic/workflows/runs' },
  };
}

/** Cloud flows of the environment, with the reason for each that cannot be read. */
async function readFlows(client: ServiceClient, user: string): Promise<Flow[]> {
  const path = 'workflows?$select=workflowid,name,clientdata,statecode&$filter=category eq 5'.replaceAll(' ', '%20');
  const answer = await client.send({ method: 'GET', path, user });
  if (answer.statusCode >= 400) throw new Error(`The flows cannot be read: ${messageOf(answer.body)}`);
  return rowsOf(answer.body).map((row) => {
    const source = String(row['clientdata']);
    const flow = {
      id: String(row['workflowid']).toLowerCase(),
      name: String(row['name']),
      isOn: row['statecode'] === 1n,
      source,
    };
    try {
      return { ...flow, definition: readDefinition(source), problem: undefined };
    } catch (error) {
      return { ...flow, isOn: false, definition: undefined, problem: (error as Error).message };
    }
  });
}

async function takeCallback(
  request: HttpRequest,
  flows: ReadonlyMap<string, Flow>,
  fire: (flow: Flow, body: Value, more: ValueObject) => Promise<readonly RunRow[]>,
  responseOf: (flow: Flow, row: RunRow) => Promise<ValueObject | undefined>,
) {
  const id = decodeURIComponent(
    new URL(request.url, 'http://localhost').pathname.split('/').at(-1) ?? '',
  ).toLowerCase();
  const flow = flows.get(id);
  if (flow === undefined || !flow.isOn)
    return json(404, { error: { code: 'WorkflowNotFound', message: `The flow '${id}' is not there, or is off.` } });
  if (!methodsOf(flow).includes(request.method))
    return json(405, {
      error: { code: 'MethodNotAllowed', message: `This flow takes ${methodsOf(flow).join(', ')}.` },
    });
  const type = request.headers['content-type'];
  const body = readBody(type, request.body);
  if (typeof body === 'string' && /json/i.test(type ?? 'application/json'))
    return json(400, { error: { code: 'InvalidRequestContent', message: 'The body is not JSON.' } });
  const query = new URL(request.url, 'http://localhost').searchParams;
  const runs = await fire(flow, body, { headers: { ...request.headers }, queries: Object.fromEntries(query) });
  const response = runs.length === 1 ? await responseOf(flow, runs[0]!) : undefined;
  if (response === undefined) return json(202, { runs: runs.map((run) => run.id) });
  const headers = isObject(response['headers']) ? response['headers'] : {};
  return {
    status: Number(response['statusCode'] ?? 200),
    headers: {
      'Content-Type': typeof response['body'] === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, asText(value)])),
    },
    body: asText(response['body'] ?? null),
  };
}

/** The method of a Request trigger, POST where it names none, and for what calls other triggers back. */
function methodsOf({ definition }: Flow): readonly string[] {
  const isRequest = definition?.trigger.type.toLowerCase() === 'request';
  const inputs = isRequest ? definition.trigger.inputs : undefined;
  const method = isObject(inputs) ? inputs['method'] : undefined;
  return [typeof method === 'string' ? method.toUpperCase() : 'POST'];
}
