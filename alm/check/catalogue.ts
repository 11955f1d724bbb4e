import { readingRules } from './reading-rules.ts';
import type { Rule, RuleText } from './rule.ts';
import { idRules } from './rules/ids.ts';
import { identityRules } from './rules/identity.ts';
import { nameRules } from './rules/names.ts';
import { differenceRules, packageRules } from './rules/package.ts';
import { rootComponentRules } from './rules/root-components.ts';
import { webResourceRules } from './rules/web-resources.ts';

/** Rules on the content of a package, by what they are about. */
const groups: Readonly<Record<string, readonly Rule[]>> = {
  'Files of the package': [...packageRules, ...differenceRules],
  'Solution and publisher': identityRules,
  'Root components': rootComponentRules,
  'Names and ids': [...nameRules, ...idRules],
  'Web resources': webResourceRules,
};

export const contentRules: readonly Rule[] = Object.values(groups).flat();

/** Everything the check may say, as docs/checks.md lists it. */
export const rulesBySubject: Readonly<Record<string, readonly RuleText[]>> = {
  'Zip and source tree': readingRules,
  ...groups,
};

export const catalogue: readonly RuleText[] = Object.values(rulesBySubject).flat();
