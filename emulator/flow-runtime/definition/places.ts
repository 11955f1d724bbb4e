import type { ActionDefinition, ActionMap, FlowDefinition } from './model.ts';
import { allActions } from './all-actions.ts';
import type { Value } from '../expressions/value.ts';

/** Where an action stands in its flow. */
export interface Place {
  readonly action: ActionDefinition;
  /** Loops around it, the outermost first. */
  readonly loops: readonly ActionDefinition[];
}

export interface Places {
  /** Names in expressions may have spaces where the definition has underscores, in any letter case. */
  find(name: string): Place | undefined;
  /** Whether an expression outside the loop reads what is in it, or asks for its `result`. */
  isReadFromOutside(loop: ActionDefinition): boolean;
}

const found = new WeakMap<FlowDefinition, Places>();

/** A definition is looked through once, not at every run. */
export function placesOf(definition: FlowDefinition): Places {
  const known = found.get(definition) ?? findPlaces(definition.actions);
  found.set(definition, known);
  return known;
}

export const isLoop = ({ type }: ActionDefinition) => ['foreach', 'until'].includes(type.toLowerCase());

function findPlaces(actions: ActionMap): Places {
  const byName = new Map<string, Place>();
  const visit = (map: ActionMap, loops: readonly ActionDefinition[]) => {
    for (const action of map.values()) {
      byName.set(asWritten(action.name), { action, loops });
      const around = isLoop(action) ? [...loops, action] : loops;
      for (const inside of [action.actions, ...action.branches.values()]) visit(inside, around);
    }
  };
  visit(actions, []);
  const loops = [...byName.values()].flatMap(({ action }) => (isLoop(action) ? [action] : []));
  const read = loops.length === 0 ? new Set<ActionDefinition>() : readFromOutside(actions, loops);
  return { find: (name) => byName.get(asWritten(name)), isReadFromOutside: (loop) => read.has(loop) };
}

const asWritten = (name: string) => name.replaceAll(' ', '_').toLowerCase();

/** A loop is read from outside when an action in it is named more often in the whole flow than in the loop. */
function readFromOutside(actions: ActionMap, loops: readonly ActionDefinition[]): ReadonlySet<ActionDefinition> {
  const everywhere = namesRead([...actions.values()].map(({ raw }) => raw));
  return new Set(
    loops.filter((loop) => {
      const inside = namesRead(loop.raw);
      return [loop, ...allActions(loop.actions)].some(({ name }) => {
        const wanted = asWritten(name);
        return (everywhere.get(wanted) ?? 0) > (inside.get(wanted) ?? 0);
      });
    }),
  );
}

const reading = /\b(?:outputs|body|actions|actionOutputs|actionBody|result)\s*\(\s*'((?:[^']|'')*)'/gi;

/** How often each action is named by what reads actions. */
function namesRead(raw: Value): ReadonlyMap<string, number> {
  const text = JSON.stringify(raw, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const counts = new Map<string, number>();
  for (const [, name] of text.matchAll(reading)) {
    const wanted = asWritten(name!.replaceAll("''", "'"));
    counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
  }
  return counts;
}
