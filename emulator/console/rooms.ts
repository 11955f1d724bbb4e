import type { Clock, FaultRules, Outbox, Trace, Work } from '../kernel/index.ts';

/**
 * What the console needs of each room. Declared here and filled by platform.ts, so that a room can be tested, or
 * missing, without the console.
 */
export interface ConsoleRooms {
  readonly clock: Clock;
  readonly work: Work;
  readonly faultRules: FaultRules;
  readonly trace: Trace;
  overview(): Promise<unknown>;
  reset(): Promise<void>;
  keepSnapshot(name: string): Promise<void>;
  /** False when there is no snapshot of this name. */
  restoreSnapshot(name: string): Promise<boolean>;
  readonly flows: {
    list(): Promise<unknown>;
    /** @throws Fault when there is no such flow */
    describe(name: string): Promise<unknown>;
    run(name: string, trigger: unknown): Promise<unknown>;
    runs(filter: { flow?: string; status?: string }): Promise<unknown>;
    /** Undefined when there is no such run. */
    detail(id: string): Promise<unknown>;
    resubmit(id: string): Promise<unknown>;
    cancel(id: string): Promise<unknown>;
  };
  readonly outbox: Outbox & {
    /** @throws Fault when there is no such message, or it asks nothing */
    answer(
      id: string,
      answer: { by: string; option: string; data?: Readonly<Record<string, unknown>> },
    ): Promise<unknown>;
  };
  readonly approvals: {
    list(): Promise<unknown>;
    /** @throws Fault when there is no such approval, or it is not for this person to answer */
    answer(name: string, answer: { by: string; response: string; comments?: string }): Promise<unknown>;
  };
  readonly dualWrite: {
    maps(): Promise<unknown>;
    /** @throws Fault when the map is unknown or its state does not allow the verb. */
    act(map: string, verb: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
    /** @throws Fault when the map is unknown */
    map(name: string): Promise<unknown>;
    reconciliation(query: Readonly<Record<string, string>>): Promise<unknown>;
    /** Sends rows of the last comparison again. @throws Fault when it is not said which, or from where */
    resend(given: Readonly<Record<string, unknown>>): Promise<unknown>;
    generation(): Promise<unknown>;
    useGeneration(generation: string): Promise<unknown>;
  };
  readonly financeOperations: {
    readonly commands: readonly { readonly name: string }[];
    changeProposals(): readonly unknown[];
    command(name: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  };
  readonly virtualTables: {
    /** The batches that create and refresh tables after a deployment, and how each table went. */
    metadataSync(): unknown;
  };
  readonly link: {
    status(): unknown;
    /** @throws Fault where the state does not allow the verb */
    act(verb: string, given: Readonly<Record<string, unknown>>): Promise<unknown>;
  };
  readonly addIns: {
    list(): Promise<unknown>;
    /** @throws Fault without the link, or where the state does not allow the verb */
    act(name: string, verb: string, configuration: Readonly<Record<string, unknown>>): Promise<unknown>;
  };
  readonly events: {
    list(filter: { status?: string; event?: string }): Promise<unknown>;
    resend(id: string): Promise<unknown>;
    /** As this user sees it; as an administrator unless one is named. @throws Fault 403 */
    catalogue(user?: string): unknown;
    /** The tab *Security*. @throws Fault 403 */
    security(user?: string): unknown;
    /** @throws Fault for an event without a contract of its own */
    schema(event: string): unknown;
    addEndpoint(endpoint: Readonly<Record<string, unknown>>): Promise<unknown>;
    removeEndpoint(name: string, user?: string): Promise<void>;
    /** `verb` is activate, deactivate or delete. @throws Fault when it cannot be */
    change(verb: string, activation: Readonly<Record<string, unknown>>): Promise<unknown>;
    setParameters(changes: Readonly<Record<string, unknown>>): Promise<unknown>;
    queue(name: string, options: { receive: boolean; most: number }): Promise<unknown>;
  };
}
