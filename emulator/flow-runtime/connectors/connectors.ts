import { isObject, type Value, type ValueObject } from '../expressions/value.ts';

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
  /** Where a subscription calls back; only of operations that have `<operation>/unsubscribe` beside them. */
  readonly callbackUrl?: string;
}

/** What `outputs('Action')` gives; a status of 400 or more is a failure. */
export interface ConnectorResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Value;
}

export type ConnectorOperation = (call: ConnectorCall) => Promise<ConnectorResult>;

export interface Connectors {
  /** Undefined when the connector, or this operation of it, is not there. */
  find(api: string, operation: string): ConnectorOperation | undefined;
}

/** Connectors from a table `{ api: { operation: run } }`; names in any letter case. */
export function connectorsFrom(
  table: Readonly<Record<string, Readonly<Record<string, ConnectorOperation>>>>,
): Connectors {
  const operations = new Map(
    Object.entries(table).flatMap(([api, entries]) =>
      Object.entries(entries).map(([operation, run]) => [`${api}/${operation}`.toLowerCase(), run] as const),
    ),
  );
  return { find: (api, operation) => operations.get(`${api}/${operation}`.toLowerCase()) };
}

/** `{ 'item/a': 1, 'item/b/c': 2 }` is `{ a: 1, b: { c: 2 } }`; a whole `item` object may stand for it or beside it. */
export function unflatten(parameters: ValueObject, name: string): ValueObject {
  const whole = parameters[name];
  const result: Record<string, Value> = isObject(whole) ? { ...whole } : {};
  for (const [key, value] of Object.entries(parameters)) {
    if (key.startsWith(`${name}/`)) result[key.slice(name.length + 1)] = value;
  }
  return result;
}
