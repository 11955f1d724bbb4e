import { inOrder } from '../definition/in-order.ts';
import type { ActionDefinition, ActionMap, FlowDefinition } from '../definition/model.ts';

/** What one run costs. Every action that runs counts as a Power Platform request; calls are those that leave the flow. */
export interface Requests {
  /** Conditions go the short way, loops find nothing. */
  readonly minimum: number;
  /** Conditions go the way of their true branch, loops find one element, nothing fails. */
  readonly typical: number;
  /** Calls of connectors, HTTP and child flows among the typical ones. */
  readonly calls: number;
}

/** @see https://learn.microsoft.com/power-platform/admin/api-request-limits-allocations */
export function requestsOf({ actions }: FlowDefinition): Requests {
  return {
    minimum: count(actions, 'minimum', () => true),
    typical: count(actions, 'typical', () => true),
    calls: count(actions, 'typical', ({ type }) => /connection|http|workflow/i.test(type)),
  };
}

type Way = 'minimum' | 'typical';
type Counts = (action: ActionDefinition) => boolean;

/** Actions that wait for a failure do not run when nothing fails. */
function count(actions: ActionMap, way: Way, counts: Counts): number {
  const skipped = new Set<string>();
  let sum = 0;
  for (const action of inOrder(actions)) {
    const waits = [...action.runAfter];
    if (
      waits.some(
        ([name, statuses]) => !(skipped.has(name) ? statuses.includes('Skipped') : statuses.includes('Succeeded')),
      )
    )
      skipped.add(action.name);
    else sum += (counts(action) ? 1 : 0) + inside(action, way, counts);
  }
  return sum;
}

function inside(action: ActionDefinition, way: Way, counts: Counts): number {
  const own = count(action.actions, way, counts);
  const branches = [...action.branches.values()].map((branch) => count(branch, way, counts));
  switch (action.type.toLowerCase()) {
    case 'if':
      return way === 'minimum' ? Math.min(own, branches[0] ?? 0) : own;
    case 'switch':
      return way === 'minimum' ? Math.min(...branches, Infinity) % Infinity || 0 : Math.max(0, ...branches);
    case 'foreach':
      return way === 'minimum' ? 0 : own;
    default:
      return own;
  }
}
