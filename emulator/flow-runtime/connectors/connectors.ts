import type { Value, ValueObject } from '../expressions/value.ts';

/** One call of a connector operation, as an action or a trigger makes it. */
export interface ConnectorCall {
  /** e.g. `shared_commondataserviceforapps` */
  readonly api: string;
  /** e.g. `ListRecords` */
  readonly operation: string;
  /** Parameters as the definition names them, resolved; `item/name` not yet unflattened. */
  readonly parameters: ValueObject;
  /** Logical name of the connection reference, when the flow has one. */
  readonly connectionReference: string | undefined;
  /** The action that calls; a trigger is none. */
  readonly from?: CallingAction;
  /** Where a subscription calls back; only of operations that have `<operation>/unsubscribe` beside them. */
  readonly callbackUrl?: string;
  /** What came back to the subscription; only of `<operation>/result`, which makes the action's outputs of it. */
  readonly answer?: Value;
  /** Asks for the page after the one whose answer had this `@odata.nextLink`. */
  readonly nextLink?: string;
}

export interface CallingAction {
  readonly flow: string | undefined;
  /** Place in the run. */
  readonly action: string;
  /** Waits by the clock; the run is not busy meanwhile. */
  sleep(milliseconds: number): Promise<void>;
}

/** What `outputs('Action')` gives; a status of 400 or more is a failure. */
export interface ConnectorResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Value;
}

export type ConnectorOperation = (call: ConnectorCall) => Promise<ConnectorResult>;

/** Operations of one connector, by operation id. */
export type Operations = Readonly<Record<string, ConnectorOperation>>;

export interface Connectors {
  /** Undefined when the connector, or this operation of it, is not there. */
  find(api: string, operation: string): ConnectorOperation | undefined;
}

/** Connectors from a table `{ api: { operation: run } }`; names in any letter case. */
export function connectorsFrom(table: Readonly<Record<string, Operations>>): Connectors {
  const operations = new Map(
    Object.entries(table).flatMap(([api, entries]) =>
      Object.entries(entries).map(([operation, run]) => [`${api}/${operation}`.toLowerCase(), run] as const),
    ),
  );
  return { find: (api, operation) => operations.get(`${api}/${operation}`.toLowerCase()) };
}
