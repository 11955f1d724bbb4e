import type { Finding } from './finding.ts';
import type { Placed } from './walk.ts';

/**
 * What Power Automate lets a flow have.
 *
 * @see https://learn.microsoft.com/power-automate/limits-and-config#flow-definition-limits
 */
const limits = { actions: 500, depth: 8, cases: 25, variables: 250, nameLength: 80 } as const;

const isOf = (type: string) => (one: Placed) => one.action.type.toLowerCase() === type;

/** Definitions the platform refuses to save because they are too large. */
export function checkLimits(all: readonly Placed[]): Finding[] {
  const findings: Finding[] = [];
  const say = (where: string, what: string, most: number) =>
    findings.push({ rule: 'limit', where, message: `It has ${what}; ${most} is the most.` });
  if (all.length > limits.actions) say('', `${all.length} actions`, limits.actions);
  const variables = all.filter(isOf('initializevariable')).length;
  if (variables > limits.variables) say('', `${variables} variables`, limits.variables);
  for (const { action, around } of all) {
    if (around.length > limits.depth) say(action.name, `${around.length} actions around it`, limits.depth);
    if (action.name.length > limits.nameLength)
      say(action.name, `a name of ${action.name.length} characters`, limits.nameLength);
    const cases = [...action.branches.keys()].filter((name) => name.startsWith('case:')).length;
    if (cases > limits.cases) say(action.name, `${cases} cases`, limits.cases);
  }
  return findings;
}
