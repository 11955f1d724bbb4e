import type { Value, ValueObject } from '../expressions/value.ts';

/** What came in at a callback address. */
export interface CallbackAnswer {
  readonly headers: ValueObject;
  readonly body: Value;
}

/** Addresses at which one run is called back; what is known of them outlives a restart. */
export interface Callbacks {
  /** The address of the action at this path. */
  urlOf(path: string): string;
  /** What the action at this path noted before a restart: a subscription that stands, a time it waits for. */
  noted(path: string): ValueObject | undefined;
  /** Notes what an action in flight needs to go on after a restart. */
  note(path: string, what: ValueObject): Promise<void>;
  /** Resolves with what comes in; at once when it has come already. */
  answer(path: string): Promise<CallbackAnswer>;
}
