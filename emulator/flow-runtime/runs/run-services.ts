import type { Clock, NewId } from '../../kernel/index.ts';
import type { HttpSender } from '../http/http-sender.ts';
import type { Callbacks } from './callbacks.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { Value } from '../expressions/value.ts';
import type { Plan } from './plan.ts';
import type { ActionRecord } from './record.ts';
import type { Rest } from './rest.ts';

/** What a run needs from around it; handed in, so that a flow can be run in a test without HTTP or a store. */
export interface RunServices {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly connectors: Connectors;
  /** Values of the definition's parameters, environment variables bound. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** What the flow's owner may use. */
  readonly plan: Plan;
  /** What `workflow()` gives. */
  readonly workflow: Value;
  readonly history: { keep(record: ActionRecord): Promise<void> };
  /** Calls addresses outside; without it flows may call none. */
  readonly http?: HttpSender;
  /** Where webhook actions are called back; without it the answer of their operation is what came back. */
  readonly callbacks?: Callbacks;
  /** Told which actions have begun and ended, and that the run is over. */
  readonly rest?: Rest;
  /** Called before an action begins and after what it came to has been kept: the two moments a run can be cut between. */
  readonly between?: (path: string, when: 'before' | 'after') => Promise<void>;
  /** Name of the flow, as it is shown. */
  readonly flow?: string;
  /** Waits for something outside without counting as busy. */
  waiting<T>(promise: Promise<T>): Promise<T>;
  /** Waits by the clock without counting as busy, no longer than until it is cut short. */
  sleep(milliseconds: number, cut?: AbortSignal): Promise<void>;
  /** Runs a child flow by its workflow id and waits for its response; one that was begun before a restart is waited for. */
  runChild(workflowId: string, body: Value, known: ChildRun): Promise<Value>;
  log(text: string): void;
}

/** The run an action has begun for its child flow. */
export interface ChildRun {
  /** Its id, when it was begun before a restart. */
  readonly id: string | undefined;
  /** Keeps the id before the run begins. */
  remember(id: string): Promise<void>;
}
