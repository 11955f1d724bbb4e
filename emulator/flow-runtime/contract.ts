import type { Clock, FaultRules, HttpHandler, NewId, Outbox, Work } from '../kernel/index.ts';
import type { Database } from '../storage/database.ts';
import type { GivenAnswer } from './connectors/answers.ts';
import type { GivenResponse } from './connectors/approval-store.ts';
import type { BusinessEventSource } from './connectors/dynamicsax.ts';
import type { Connectors } from './connectors/connectors.ts';
import type { TableOfSet } from './connectors/dataverse-rows.ts';

import type { PlanName } from './runs/plan.ts';

export interface FlowRuntimeParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly work: Work;
  readonly faultRules: FaultRules;
  /** Dataverse's address, for the Web API. */
  readonly dataverseOrigin: () => string;
  /** The address of finance and operations, for its OData service. */
  readonly financeOperationsOrigin: () => string;
  /** Where "When a Business Event occurs" subscribes; without it such flows stay off and say so. */
  readonly businessEvents?: BusinessEventSource;
  /** Where connectors send mails and messages. */
  readonly outbox: Outbox;
  /** The table behind an entity set, for the addresses the Dataverse connector gives rows. */
  readonly tableOfSet?: TableOfSet;
  /** Where callbacks reach `handle`, without a final slash. */
  readonly callbackBase: () => string;
  /** E-mail of the user the connection behind a reference is signed in as; undefined asks for the flows' owner. */
  readonly connectionUser: (connectionReference: string | undefined) => string;
  /** The performance profile of the flows' owner; `low` where it is not stated. */
  readonly plan?: PlanName;
  /** Hosts that flows may call with `Http`; none by default. */
  readonly allowedHosts?: readonly string[];
  /** Stubs for connectors the runtime does not have. */
  readonly stubs?: Connectors;
  readonly log: (text: string) => void;
}

export interface FlowRuntime {
  /** Takes the callbacks of triggers: `POST <callbackBase>/<workflow id>`. */
  readonly handle: HttpHandler;
  /** Reads the flows that are on, registers their triggers and resumes runs that were cut off. */
  activateAll(): Promise<void>;
  /** Reads the flows again: turns on what has come or changed, off what has gone. */
  refresh(): Promise<void>;
  flows(): Promise<unknown>;
  /** One flow by name or workflow id, with its trigger and actions. @throws Fault when there is none */
  flow(name: string): Promise<unknown>;
  /** Runs a flow by name or workflow id with this trigger body; resolves when the run is stored. */
  run(flow: string, body: unknown): Promise<unknown>;
  runs(filter: { flow?: string; status?: string }): Promise<unknown>;
  detail(id: string): Promise<unknown>;
  resubmit(id: string): Promise<unknown>;
  cancel(id: string): Promise<unknown>;
  /** Approvals, the newest first. */
  approvals(): Promise<unknown>;
  /** @throws Fault when there is no such approval, or it is not for this person to answer */
  answerApproval(name: string, response: GivenResponse): Promise<unknown>;
  /** Answers a mail or a card that asks. @throws Fault when there is none, or it asks nothing */
  answerMessage(id: string, answer: GivenAnswer): Promise<unknown>;
  /** Ends recurrences; runs in flight go no further. */
  close(): void;
}
