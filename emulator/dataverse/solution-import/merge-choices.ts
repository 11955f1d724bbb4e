import type { Choice } from '../metadata/model.ts';

/** A choice after an update: labels and options of the new one, and the options it does not mention. */
export function mergeChoices(before: Choice | undefined, choice: Choice): Choice {
  if (before === undefined) return choice;
  const stated = new Set(choice.options.map((option) => option.value));
  return {
    ...choice,
    label: { ...before.label, ...choice.label },
    options: [...choice.options, ...before.options.filter((option) => !stated.has(option.value))],
  };
}
