import type { Clock, FaultRules, NewId, Work } from '../../kernel/index.ts';
import type { Connectors } from '../connectors/connectors.ts';
import { crashed } from '../connectors/injected-faults.ts';
import { allActions } from '../definition/all-actions.ts';
import type { FlowDefinition } from '../definition/model.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { canRun, describeWorkflow, type Flow, type RunnableFlow } from '../flow.ts';
import { tooLong, tooManyRuns } from '../flow-faults.ts';
import type { HttpSender } from '../http/http-sender.ts';
import { bindParameters, type Environment } from '../triggers/environment.ts';
import { runLimitsOf } from '../triggers/run-limits.ts';
import { triggerRecord } from '../triggers/trigger-record.ts';
import { checkTriggerBody } from '../triggers/trigger-schema.ts';
import type { createCallbacks } from './create-callbacks.ts';
import { FlowRun } from './flow-run.ts';
import { outermostFrame } from './frame.ts';
import { runDays, type Plan } from './plan.ts';
import { createRest } from './rest.ts';
import type { ChildRun } from './run-services.ts';
import type { RunRow, RunStore } from './run-store.ts';
import { sleepOn } from './sleep.ts';

export interface FlowRunsParts {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly work: Work;
  readonly plan: Plan;
  readonly faultRules: FaultRules;
  readonly connectors: Connectors;
  readonly http: HttpSender;
  readonly callbacks: ReturnType<typeof createCallbacks>;
  readonly environment: () => Environment;
  readonly flow: (id: string) => Flow | undefined;
  readonly log: (text: string) => void;
}

export interface StartedRun {
  readonly row: RunRow;
  readonly run: FlowRun;
}

/** Runs of the environment's flows: those that go, those that wait for others to end, and those a restart cut off. */
export function createFlowRuns(parts: FlowRunsParts) {
  const { store, clock, newId, work } = parts;
  const live = new Map<string, FlowRun>();
  /** Runs that wait for others of their flow to end. */
  const queue: { readonly row: RunRow; readonly run: FlowRun }[] = [];
  let isOpen = true;

  function newRun(
    flow: RunnableFlow,
    trigger: ValueObject,
    id: string,
    finished?: ConstructorParameters<typeof FlowRun>[3],
  ) {
    const rest = createRest(work);
    return new FlowRun(
      flow.definition,
      trigger,
      {
        clock,
        newId,
        connectors: parts.connectors,
        parameters: bindParameters(flow.definition, parts.environment()),
        workflow: describeWorkflow(flow, id, parts.environment().id),
        history: { keep: async (record) => void (isOpen && (await store.keep(id, record))) },
        http: parts.http,
        plan: parts.plan,
        callbacks: parts.callbacks.ofRun(id),
        flow: flow.name,
        rest,
        between: (action, when) => strikeBetween(flow.name, action, when),
        waiting: rest.asleep,
        sleep: (milliseconds, cut) => rest.asleep(sleepOn(clock, milliseconds, cut)),
        runChild: (workflowId, body, known) => rest.asleep(runChild(workflowId, body, known)),
        log: parts.log,
      },
      finished,
    );
  }

  /** Where a fault rule can cut a run between two actions. */
  async function strikeBetween(flow: string, action: string, when: 'before' | 'after'): Promise<void> {
    const effect = parts.faultRules.strike('flow-action', when, { flow, action });
    if (effect?.crash) await crashed(parts.faultRules);
  }

  /** Stores the run, then lets it go. @throws Fault when the trigger lets no more run or wait */
  async function start(
    flow: RunnableFlow,
    body: Value,
    more: ValueObject = {},
    id: string = newId(),
  ): Promise<StartedRun> {
    const trigger = triggerRecord(flow.definition.trigger.name, body, clock.now(), more);
    const { atOnce, waiting } = runLimitsOf(flow.definition.trigger);
    const of = [...live.values()].filter((run) => run.definition === flow.definition).length;
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
    const run = newRun(flow, trigger, row.id);
    go(row, run);
    return { row, run };
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
    const flow = parts.flow(row.workflowId);
    if (!canRun(flow) || live.has(row.id)) return;
    const finished = new Map(store.records(row.id).map((record) => [record.path, record]));
    go(row, newRun(flow, row.trigger, row.id, finished));
  }

  async function runChild(workflowId: string, body: Value, known: ChildRun): Promise<Value> {
    const flow = parts.flow(workflowId.toLowerCase());
    if (!canRun(flow) || !flow.isOn) throw new Error(`The child flow '${workflowId}' is not there, or is off.`);
    // Runs that go on after a restart are all there in the next turn of the loop.
    if (known.id !== undefined) await new Promise((turn) => setImmediate(turn));
    const id = known.id ?? newId();
    if (store.run(id) === undefined) {
      checkTriggerBody(flow.definition.trigger, body);
      await known.remember(id);
      await start(flow, body, {}, id);
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

  return {
    start,
    /** What expressions of a trigger can ask, before there is a run. */
    scopeBefore: (flow: RunnableFlow, trigger: ValueObject, callbackUrl?: string): Scope =>
      newRun(flow, trigger, 'trigger').scope(outermostFrame(), undefined, { callbackUrl }),
    /** Goes on with the runs that a restart cut off, in the order they began. */
    resumeAll(): void {
      for (const status of ['Running', 'Waiting']) for (const run of store.runs({ status }).toReversed()) resume(run);
    },
    async cancel({ id, status }: RunRow): Promise<void> {
      live.get(id)?.end('Cancelled', { code: 'WorkflowRunCancelled', message: 'The run was cancelled.' });
      if (status === 'Running') await store.end(id, 'Cancelled', clock.now().toISOString(), undefined);
    },
    /** Runs in flight go no further, and can be resumed. */
    close(): void {
      isOpen = false;
      for (const run of live.values()) run.abandon();
    },
  };
}
