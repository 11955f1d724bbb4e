import type { ActionMap, ActionStatus } from '../definition/model.ts';

/**
 * The status of a container from the ends of its branches: a branch that ends in `Skipped` counts as its predecessors
 * do; one failed end makes the whole fail. A failure that a later action caught is no end any more.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/error-exception-handling
 */
export function statusOf(actions: ActionMap, statusOfAction: (name: string) => ActionStatus): ActionStatus {
  const followed = new Set([...actions.values()].flatMap((action) => [...action.runAfter.keys()]));
  const ends = [...actions.keys()].filter((name) => !followed.has(name));
  const worst = worstOf(ends.map((name) => branchStatus(name)));
  return worst === 'Skipped' ? 'Succeeded' : worst;

  function branchStatus(name: string): ActionStatus {
    const status = statusOfAction(name);
    if (status !== 'Skipped') return status;
    const before = [...actions.get(name)!.runAfter.keys()];
    return before.length === 0 ? 'Skipped' : worstOf(before.map(branchStatus));
  }
}

const order: readonly ActionStatus[] = ['Cancelled', 'TimedOut', 'Failed', 'Succeeded', 'Skipped'];

function worstOf(statuses: readonly ActionStatus[]): ActionStatus {
  return order.find((status) => statuses.includes(status)) ?? 'Succeeded';
}
