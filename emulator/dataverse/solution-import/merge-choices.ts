import type { ReadLayer } from '../metadata/catalogue.ts';
import type { Choice } from '../metadata/model.ts';

/** A choice after an update: labels and options of the new one, and the options it does not mention. */
export function mergeChoices(before: Choice | undefined, choice: Choice, layer: ReadLayer): Choice {
  const isManaged = before?.isManaged ?? layer.isManaged;
  if (before === undefined || layer.replaces) return { ...choice, isManaged };
  const stated = new Set(choice.options.map((option) => option.value));
  return {
    ...choice,
    isManaged,
    label: { ...before.label, ...choice.label },
    options: [...choice.options, ...before.options.filter((option) => !stated.has(option.value))],
  };
}
