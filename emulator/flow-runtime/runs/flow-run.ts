import type { ActionDefinition, ActionMap, ActionStatus, FlowDefinition } from '../definition/model.ts';
import type { Scope } from '../expressions/evaluate.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { timestampOf } from '../expressions/moment.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import { actionRunner, isContainer } from '../actions/index.ts';
import { staticResultOf } from '../actions/static-result.ts';
import { withinLimit } from '../actions/within-limit.ts';
import { secretsOf, type Secrets } from './secrets.ts';
import { placesOf, type Places } from '../definition/places.ts';
import { findLoop, outermostFrame, type Frame } from './frame.ts';
import { readRecord, resultOf } from './repetitions.ts';
import { failed, type Outcome } from './outcome.ts';
import { type ActionError, type ActionRecord, type RunStatus } from './record.ts';
import type { RunServices } from './run-services.ts';
import { statusOf } from './statuses.ts';

/** What only some places of an action may ask for. */
interface OfAction {
  readonly current?: Value;
  readonly callbackUrl?: string;
}

/** One run of a flow: its variables, what its actions did, and the rules by which they follow each other. */
export class FlowRun {
  /** By name in lower case. */
  readonly variables = new Map<string, Value>();
  private answer: ValueObject | undefined;
  private tellAnswered: () => void = () => {};
  /** Resolves when a Response action has answered, or the run is over. */
  readonly whenAnswered = new Promise<void>((tell) => (this.tellAnswered = tell));
  private readonly ending = new AbortController();
  readonly frame = outermostFrame(this.ending.signal);
  private ended: { status: RunStatus; error: ActionError | undefined } | undefined;
  readonly places: Places;
  private readonly secrets: Secrets;

  constructor(
    readonly definition: FlowDefinition,
    readonly trigger: ValueObject,
    readonly services: RunServices,
    /** Actions a run that was cut off had finished, by path: they are not run again. */
    private readonly finished: ReadonlyMap<string, ActionRecord> = new Map(),
  ) {
    this.secrets = secretsOf(definition);
    this.places = placesOf(definition);
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
    this.ending.abort();
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
    const record =
      isWanted && !this.hasEnded && !frame.cut.aborted
        ? await this.runAction(action, frame)
        : this.skip(action, frame, others);
    frame.records.set(action.name, record);
    return record;
  }

  private skip(action: ActionDefinition, frame: Frame, others: readonly ActionRecord[]): ActionRecord {
    const now = this.timestamp();
    const blocking = others.find((other) => !action.runAfter.get(other.name)!.includes(other.status));
    const message =
      blocking === undefined
        ? `The execution of template action '${action.name}' skipped: what it is part of has ended.`
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
      (this.hasEnded || frame.cut.aborted) && outcome.status !== 'Succeeded'
        ? { ...outcome, status: 'Cancelled' as const }
        : outcome;
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
      return await withinLimit(action, frame, this, (inside) => actionRunner(action.type)(action, inside, this));
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

  setVariable(name: string, value: Value): void {
    this.variables.set(name.toLowerCase(), value);
  }

  timestamp(): string {
    return timestampOf(this.services.clock.now());
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
    return isObject(current) && this.places.find(name)?.action.name === current['name'] ? current : undefined;
  }

  private readAction(frame: Frame, name: string): Value | undefined {
    const place = this.places.find(name);
    return place === undefined ? undefined : (readRecord(frame, place) ?? null);
  }

  private result(frame: Frame, name: string): Value {
    const place = this.places.find(name);
    if (place !== undefined) return resultOf(frame, place);
    throw new ExpressionError(
      `The template language function 'result' refers to '${name}', which this flow does not have.`,
    );
  }
}
