import type { ActionDefinition, ActionMap, ActionStatus, FlowDefinition } from '../definition/model.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { fromDate } from '../expressions/moment.ts';
import { formatMoment } from '../expressions/date-format.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { actionRunner, isContainer } from '../actions/index.ts';
import { staticResultOf } from '../actions/static-result.ts';
import { secretsOf, type Secrets } from './secrets.ts';
import { allActions } from '../definition/all-actions.ts';
import { findLoop, findRecord, outermostFrame, type Frame } from './frame.ts';
import { failed, type Outcome } from './outcome.ts';
import { asValue, overRepetitions, type ActionError, type ActionRecord, type RunStatus } from './record.ts';
import type { RunServices } from './run-services.ts';
import { statusOf } from './statuses.ts';

/** What only some places of an action may ask for. */
interface OfAction {
  readonly current?: Value;
  readonly callbackUrl?: string;
}

const read = new WeakMap<FlowDefinition, ReadonlySet<string>>();

/** Names in `result('…')`, looked for once in a definition. */
function resultsRead(definition: FlowDefinition): ReadonlySet<string> {
  const known = read.get(definition);
  if (known !== undefined) return known;
  const text = JSON.stringify(
    [...definition.actions.values()].map(({ raw }) => raw),
    (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
  const names = [...text.matchAll(/\bresult\s*\(\s*'((?:[^']|'')*)'/gi)].map(([, name]) => name!.replaceAll("''", "'"));
  const found = new Set(names.map((name) => name.replaceAll(' ', '_').toLowerCase()));
  read.set(definition, found);
  return found;
}

/** One run of a flow: its variables, what its actions did, and the rules by which they follow each other. */
export class FlowRun {
  /** By name in lower case. */
  readonly variables = new Map<string, Value>();
  readonly frame = outermostFrame();
  private answer: ValueObject | undefined;
  private tellAnswered: () => void = () => {};
  /** Resolves when a Response action has answered, or the run is over. */
  readonly whenAnswered = new Promise<void>((tell) => (this.tellAnswered = tell));
  /** Resolves when the run is ended from outside or by Terminate. */
  readonly whenEnded: Promise<'ended'>;
  private tellEnded: () => void = () => {};
  private readonly ending = new AbortController();
  private ended: { status: RunStatus; error: ActionError | undefined } | undefined;
  private readonly known: ReadonlyMap<string, ActionDefinition>;
  private readonly secrets: Secrets;

  constructor(
    readonly definition: FlowDefinition,
    readonly trigger: ValueObject,
    readonly services: RunServices,
    /** Actions a run that was cut off had finished, by path: they are not run again. */
    private readonly finished: ReadonlyMap<string, ActionRecord> = new Map(),
  ) {
    this.whenEnded = new Promise((tell) => (this.tellEnded = () => tell('ended')));
    this.secrets = secretsOf(definition);
    this.known = new Map(allActions(definition.actions).map((action) => [action.name.toLowerCase(), action]));
  }

  /** The answer of a Response action, once it has been given. */
  get response(): ValueObject | undefined {
    return this.answer;
  }

  respond(answer: ValueObject): void {
    this.answer = answer;
    this.tellAnswered();
  }

  /** Runs the flow to its end. */
  async run(): Promise<{ status: RunStatus; error: ActionError | undefined }> {
    const status = await this.runActions(this.definition.actions, this.frame);
    this.services.rest?.close();
    this.tellAnswered();
    if (this.ended !== undefined) return this.ended;
    const failure = [...this.frame.records.values()].find(
      (record) => record.status === 'Failed' || record.status === 'TimedOut',
    );
    return {
      status: status === 'Skipped' ? 'Succeeded' : status,
      error: status === 'Succeeded' ? undefined : failure?.error,
    };
  }

  /** Ends the run at once: what runs is cancelled, what has not begun is skipped. */
  end(status: RunStatus, error?: ActionError): void {
    this.ended ??= { status, error };
    this.tellEnded();
    this.ending.abort();
  }

  /** Aborted when the run is ended from outside or by Terminate. */
  get endedSignal(): AbortSignal {
    return this.ending.signal;
  }

  /** Goes no further, and leaves what it waits for as it is: the runtime stops, the run does not end. */
  abandon(): void {
    this.ended ??= { status: 'Cancelled', error: undefined };
  }

  get hasEnded(): boolean {
    return this.ended !== undefined;
  }

  /** Runs the actions of a container: each as soon as all it waits for have finished. */
  async runActions(actions: ActionMap, frame: Frame): Promise<ActionStatus> {
    const started = new Map<string, Promise<ActionRecord>>();
    const start = (action: ActionDefinition): Promise<ActionRecord> => {
      let promise = started.get(action.name);
      if (promise === undefined) {
        promise = this.runAfterOthers(
          action,
          frame,
          [...action.runAfter.keys()].map((name) => start(actions.get(name)!)),
        );
        started.set(action.name, promise);
      }
      return promise;
    };
    await Promise.all([...actions.values()].map(start));
    return statusOf(actions, (name) => frame.records.get(name)!.status);
  }

  private async runAfterOthers(
    action: ActionDefinition,
    frame: Frame,
    before: readonly Promise<ActionRecord>[],
  ): Promise<ActionRecord> {
    const others = await Promise.all(before);
    const isWanted = others.every((other) => action.runAfter.get(other.name)!.includes(other.status));
    const record = isWanted && !this.hasEnded ? await this.runAction(action, frame) : this.skip(action, frame, others);
    frame.records.set(action.name, record);
    return record;
  }

  private skip(action: ActionDefinition, frame: Frame, others: readonly ActionRecord[]): ActionRecord {
    const now = this.timestamp();
    const blocking = others.find((other) => !action.runAfter.get(other.name)!.includes(other.status));
    const message =
      blocking === undefined
        ? `The execution of template action '${action.name}' skipped: the workflow run has ended.`
        : `The execution of template action '${action.name}' skipped: the 'runAfter' condition for action '${blocking.name}' is not satisfied. Expected status values '${action.runAfter.get(blocking.name)!.join(', ')}' and actual value '${blocking.status}'.`;
    const code = blocking === undefined ? 'RunEnded' : 'ActionConditionFailed';
    const outcome: Outcome = { status: 'Skipped', code: 'ActionSkipped', error: { code, message } };
    return this.note(action, frame, outcome, now);
  }

  private async runAction(action: ActionDefinition, frame: Frame): Promise<ActionRecord> {
    const earlier = this.finished.get(frame.path + action.name);
    if (isContainer(action.type)) return this.runToEnd(action, frame);
    if (earlier !== undefined) return this.reuse(earlier, action, frame);
    const done = this.services.rest?.begin();
    try {
      return await this.runToEnd(action, frame);
    } finally {
      done?.();
    }
  }

  private async runToEnd(action: ActionDefinition, frame: Frame): Promise<ActionRecord> {
    const path = frame.path + action.name;
    await this.services.between?.(path, 'before');
    const started = this.timestamp();
    const outcome = await this.attempt(action, frame);
    const ended =
      this.hasEnded && outcome.status !== 'Succeeded' ? { ...outcome, status: 'Cancelled' as const } : outcome;
    const record = await this.record(action, frame, ended, started);
    await this.services.between?.(path, 'after');
    return record;
  }

  /** Keeps what an action came to. */
  async record(action: ActionDefinition, frame: Frame, outcome: Outcome, started = this.timestamp()) {
    const record = this.note(action, frame, outcome, started);
    frame.records.set(action.name, record);
    await this.services.history.keep(record);
    return record;
  }

  private async attempt(action: ActionDefinition, frame: Frame): Promise<Outcome> {
    try {
      const told = staticResultOf(action, this.definition);
      if (told !== undefined) return told;
      return await actionRunner(action.type)(action, frame, this);
    } catch (error) {
      if (error instanceof ExpressionError) {
        return failed(
          error.code,
          `Unable to process template language expressions in action '${action.name}': ${error.message}`,
        );
      }
      this.services.log(`flow action ${action.name}: ${(error as Error).stack}`);
      return failed('ActionFailed', (error as Error).message);
    }
  }

  /** A change set that had finished has finished actions inside. */
  private reuse(earlier: ActionRecord, action: ActionDefinition, frame: Frame): ActionRecord {
    for (const name of action.actions.keys()) {
      const inside = this.finished.get(frame.path + name);
      if (inside !== undefined) frame.records.set(name, inside);
    }
    if (action.type.toLowerCase() === 'response' && isObject(earlier.outputs)) this.respond(earlier.outputs);
    if (earlier.variable !== undefined) this.setVariable(earlier.variable.name, earlier.variable.value);
    return earlier;
  }

  private note(action: ActionDefinition, frame: Frame, outcome: Outcome, startTime: string): ActionRecord {
    return {
      name: action.name,
      path: frame.path + action.name,
      status: outcome.status,
      code: outcome.code ?? outcome.status,
      inputs: outcome.inputs ?? null,
      outputs: outcome.outputs ?? null,
      error: outcome.error,
      startTime,
      endTime: this.timestamp(),
      attempts: outcome.attempts ?? 1,
      ...(outcome.retryHistory === undefined ? {} : { retryHistory: outcome.retryHistory }),
      variable: outcome.variable,
      secured: this.secrets.of(action),
    };
  }

  /** Whether an expression asks for the `result` of this loop: then its repetitions are kept, else forgotten. */
  readsResultOf(loop: string): boolean {
    return resultsRead(this.definition).has(loop.replaceAll(' ', '_').toLowerCase());
  }

  setVariable(name: string, value: Value): void {
    this.variables.set(name.toLowerCase(), value);
  }

  timestamp(): string {
    return formatMoment(fromDate(this.services.clock.now()), 'o');
  }

  /** What expressions in this frame can ask. */
  scope(frame: Frame, item?: Value, { current, callbackUrl }: OfAction = {}): Scope {
    return {
      now: () => this.services.clock.now(),
      newId: this.services.newId,
      trigger: () => this.trigger,
      action: (name) => this.self(name, current) ?? this.readAction(frame, name),
      current: () => current,
      result: (name) => this.result(frame, name),
      variable: (name) => this.variables.get(name.toLowerCase()),
      parameter: (name) => this.services.parameters.get(name),
      item: (loop) => (loop === undefined && item !== undefined ? item : findLoop(frame, loop)?.item),
      iterationIndex: (loop) => findLoop(frame, loop)?.index,
      workflow: () => this.services.workflow,
      callbackUrl: () => callbackUrl,
    };
  }

  /** An action may read what it has itself come to so far. */
  private self(name: string, current: Value | undefined): Value | undefined {
    return isObject(current) && this.find(name)?.name === current['name'] ? current : undefined;
  }

  private readAction(frame: Frame, name: string): Value | undefined {
    const action = this.find(name);
    if (action === undefined) return undefined;
    const record = findRecord(frame, action.name);
    return record === undefined ? null : asValue(record);
  }

  /** Names in expressions may have spaces where the definition has underscores, in any letter case. */
  private find(name: string): ActionDefinition | undefined {
    return this.known.get(name.toLowerCase()) ?? this.known.get(name.replaceAll(' ', '_').toLowerCase());
  }

  private result(frame: Frame, name: string): Value {
    const scope = this.find(name);
    if (scope === undefined)
      throw new ExpressionError(
        `The template language function 'result' refers to '${name}', which this flow does not have.`,
      );
    const repeated = frame.repetitions.get(scope.name);
    if (repeated !== undefined) return [...scope.actions.keys()].map((inner) => overRepetitions(inner, repeated));
    const inside = [...scope.actions.keys(), ...[...scope.branches.values()].flatMap((branch) => [...branch.keys()])];
    return inside.flatMap((inner) => {
      const record = findRecord(frame, inner);
      return record === undefined ? [] : [asValue(record)];
    });
  }
}
