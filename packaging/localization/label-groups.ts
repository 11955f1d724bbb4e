import type { SolutionPackage } from '../solution-package.ts';
import { textsOf, type LabelSet, type Texts } from './label-set.ts';
import { isDefaultCell, labelSets } from './label-sets.ts';

/** All that goes by one key: a cell that stands in several forms, the forms of both packages. */
export interface LabelGroup {
  readonly key: string;
  readonly sets: readonly LabelSet[];
}

type Labelled = Pick<SolutionPackage, 'manifest' | 'customizations'>;

/** Letter case of ids differs from export to export. */
export const plainKey = (key: string) => key.toLowerCase();

/** The texts of packages by plain key; groups of nothing but default cells are empty. */
export function labelGroups(solutions: readonly Labelled[]): Map<string, LabelGroup> {
  const groups = new Map<string, { key: string; sets: LabelSet[] }>();
  for (const solution of solutions)
    for (const set of labelSets(solution)) {
      const group = groups.get(plainKey(set.key)) ?? { key: set.key, sets: [] };
      groups.set(plainKey(set.key), group);
      if (!isDefaultCell(set, solution)) group.sets.push(set);
    }
  return groups;
}

/** Whether one text of a resource file can stand for all: they say the same in every language. */
export const isOneThing = ({ sets }: LabelGroup): boolean =>
  sets.every((set) => asText(textsOf(set)) === asText(textsOf(sets[0]!)));

const asText = (texts: Texts) => JSON.stringify([...texts].sort(([a], [b]) => a - b));
