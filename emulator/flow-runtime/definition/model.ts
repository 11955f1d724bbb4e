import type { Value, ValueObject } from '../expressions/value.ts';

/** How an action can end; the first four may be named in `runAfter`. */
export type ActionStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';

/** A flow definition, read: what the JSON says, in order and with its gaps filled. */
export interface FlowDefinition {
  readonly trigger: TriggerDefinition;
  readonly actions: ActionMap;
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  /** By key of `connectionReferences`. */
  readonly connections: ReadonlyMap<string, ConnectionDefinition>;
  /** What actions give without being run, by name. */
  readonly staticResults: ReadonlyMap<string, ValueObject>;
}

export type ActionMap = ReadonlyMap<string, ActionDefinition>;

export interface TriggerDefinition {
  readonly name: string;
  readonly type: string;
  readonly kind: string | undefined;
  readonly inputs: Value;
  /** Expressions that must all hold, else there is no run. */
  readonly conditions: readonly string[];
  readonly splitOn: string | undefined;
  readonly recurrence: ValueObject | undefined;
  readonly raw: ValueObject;
}

export interface ActionDefinition {
  readonly name: string;
  readonly type: string;
  readonly kind: string | undefined;
  /** Predecessors and the statuses of theirs this action waits for; empty starts with its container. */
  readonly runAfter: ReadonlyMap<string, readonly ActionStatus[]>;
  readonly inputs: Value;
  /** Actions inside: of Scope, Foreach, Until and the true branch of If. */
  readonly actions: ActionMap;
  /** Named other branches: `else`, `default`, and `case:<name>` of a Switch. */
  readonly branches: ReadonlyMap<string, ActionMap>;
  readonly raw: ValueObject;
}

export interface ParameterDefinition {
  readonly name: string;
  readonly type: string;
  readonly defaultValue: Value | undefined;
  /** Environment variable behind it. */
  readonly schemaName: string | undefined;
}

export interface ConnectionDefinition {
  readonly key: string;
  /** e.g. `shared_commondataserviceforapps` */
  readonly api: string;
  readonly logicalName: string | undefined;
}
