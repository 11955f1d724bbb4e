import { readCall } from '../actions/connector.ts';
import { isObject, toPlain, type Value } from '../expressions/value.ts';
import type { ActionDefinition, ActionMap, FlowDefinition, TriggerDefinition } from './model.ts';

/** What the diagram of a flow is drawn from: its trigger, and its actions with those inside them. */
export interface FlowOutline {
  readonly trigger: TriggerOutline;
  readonly actions: readonly ActionOutline[];
}

export interface TriggerOutline {
  readonly name: string;
  readonly type: string;
  readonly kind: string | undefined;
  readonly operation: string | undefined;
  /** JSON schema of what a Request trigger takes. */
  readonly schema: unknown;
  readonly recurrence: unknown;
}

export interface ActionOutline {
  readonly name: string;
  readonly type: string;
  readonly kind: string | undefined;
  /** e.g. `shared_office365/SendEmailV2` */
  readonly operation: string | undefined;
  readonly description: string | undefined;
  readonly runAfter: Readonly<Record<string, readonly string[]>>;
  readonly branches: readonly BranchOutline[];
}

export interface BranchOutline {
  /** `body` of loops and scopes, `yes` and `no` of a condition, `case` and `default` of a switch. */
  readonly kind: 'body' | 'yes' | 'no' | 'case' | 'default';
  /** Of a case: its name, and the value it stands for. */
  readonly name?: string;
  readonly value?: unknown;
  readonly actions: readonly ActionOutline[];
}

export const outlineOf = (flow: FlowDefinition): FlowOutline => ({
  trigger: triggerOutline(flow.trigger, flow),
  actions: outlines(flow.actions, flow),
});

function triggerOutline(trigger: TriggerDefinition, flow: FlowDefinition): TriggerOutline {
  const { name, type, kind, inputs } = trigger;
  const schema = isObject(inputs) ? inputs['schema'] : undefined;
  const inner = isObject(inputs) ? inputs['recurrence'] : undefined;
  const recurrence = trigger.recurrence ?? inner;
  return {
    name,
    type,
    kind,
    operation: operationOf(trigger, flow),
    schema: type.toLowerCase() === 'request' && isObject(schema) ? toPlain(schema) : undefined,
    recurrence: recurrence === undefined ? undefined : toPlain(recurrence),
  };
}

const outlines = (actions: ActionMap, flow: FlowDefinition) =>
  [...actions.values()].map((action): ActionOutline => ({
    name: action.name,
    type: action.type,
    kind: action.kind,
    operation: operationOf(action, flow),
    description: typeof action.raw['description'] === 'string' ? action.raw['description'] : undefined,
    runAfter: Object.fromEntries(action.runAfter),
    branches: branchesOf(action, flow),
  }));

function branchesOf(action: ActionDefinition, flow: FlowDefinition): BranchOutline[] {
  const inside = (actions: ActionMap | undefined) => outlines(actions ?? new Map(), flow);
  switch (action.type.toLowerCase()) {
    case 'if':
      return [
        { kind: 'yes', actions: inside(action.actions) },
        { kind: 'no', actions: inside(action.branches.get('else')) },
      ];
    case 'switch':
      return [...casesOf(action, flow), { kind: 'default', actions: inside(action.branches.get('default')) }];
    default:
      return action.actions.size === 0 ? [] : [{ kind: 'body', actions: inside(action.actions) }];
  }
}

function casesOf({ branches, raw }: ActionDefinition, flow: FlowDefinition): BranchOutline[] {
  const cases = isObject(raw['cases']) ? raw['cases'] : {};
  return Object.entries(cases).map(([name, one]) => ({
    kind: 'case',
    name,
    value: isObject(one) ? toPlain(one['case'] ?? null) : null,
    actions: outlines(branches.get(`case:${name}`) ?? new Map(), flow),
  }));
}

function operationOf({ type, inputs }: { type: string; inputs: Value }, flow: FlowDefinition): string | undefined {
  if (!/^OpenApiConnection/i.test(type) || !isObject(inputs)) return undefined;
  const { api, operation } = readCall(inputs, flow);
  return `${api}/${operation}`;
}
