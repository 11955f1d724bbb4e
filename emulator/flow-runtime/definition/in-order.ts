import type { ActionDefinition, ActionMap } from './model.ts';

/** The actions of a container, each after what it waits for. */
export function inOrder(actions: ActionMap): ActionDefinition[] {
  const ordered = new Set<ActionDefinition>();
  const visit = (action: ActionDefinition) => {
    if (ordered.has(action)) return;
    for (const name of action.runAfter.keys()) visit(actions.get(name)!);
    ordered.add(action);
  };
  for (const action of actions.values()) visit(action);
  return [...ordered];
}
