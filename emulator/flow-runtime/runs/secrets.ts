import { allActions } from '../definition/all-actions.ts';
import type { ActionDefinition, FlowDefinition, TriggerDefinition } from '../definition/model.ts';
import { isArray, isObject } from '../expressions/value.ts';
import type { ActionRecord } from './record.ts';

type Secured = ActionRecord['secured'];

/** What history hides. */
export interface Secrets {
  readonly trigger: Secured;
  of(action: ActionDefinition): Secured;
}

/**
 * What `secureData` names is hidden, and so are the inputs of every action that reads outputs which are.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app#obfuscate
 */
export function secretsOf(definition: FlowDefinition): Secrets {
  const known = found.get(definition) ?? findSecrets(definition);
  found.set(definition, known);
  return known;
}

/** A definition is looked through once, not at every run. */
const found = new WeakMap<FlowDefinition, Secrets>();

function findSecrets({ trigger, actions }: FlowDefinition): Secrets {
  const hidden = allActions(actions).filter((action) => stated(action).outputs);
  const names = hidden.flatMap(({ name }) => [name, name.replaceAll('_', ' ')]).map(asPattern);
  const readsAction =
    names.length === 0
      ? undefined
      : new RegExp(`\\b(outputs|body|actions|actionOutputs)\\('(${names.join('|')})'`, 'i');
  const readsTrigger = stated(trigger).outputs ? /\btrigger(Outputs|Body|FormDataValue)?\(/i : undefined;
  return {
    trigger: stated(trigger),
    of(action) {
      const { inputs, outputs } = stated(action);
      if (readsAction === undefined && readsTrigger === undefined) return { inputs, outputs };
      const text = JSON.stringify([action.inputs, action.raw['foreach'] ?? null], (_name, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      return { inputs: inputs || readsAction?.test(text) === true || readsTrigger?.test(text) === true, outputs };
    },
  };
}

const asPattern = (name: string) => name.replaceAll("'", "''").replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function stated({ raw }: Pick<ActionDefinition | TriggerDefinition, 'raw'>): Secured {
  const settings = raw['runtimeConfiguration'];
  const secure = isObject(settings) ? settings['secureData'] : undefined;
  const properties = isObject(secure) && isArray(secure['properties']) ? secure['properties'] : [];
  return { inputs: properties.includes('inputs'), outputs: properties.includes('outputs') };
}
