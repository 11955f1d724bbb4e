import type { ActionDefinition, ActionMap } from './model.ts';

/** Every action of the flow, those inside others too. */
export function allActions(actions: ActionMap): ActionDefinition[] {
  return [...actions.values()].flatMap((action) => [
    action,
    ...allActions(action.actions),
    ...[...action.branches.values()].flatMap(allActions),
  ]);
}
