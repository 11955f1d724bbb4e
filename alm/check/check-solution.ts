import type { Places, SolutionPackage } from '../../packaging/index.ts';
import { catalogue, contentRules } from './catalogue.ts';
import { Checked } from './checked.ts';
import { inOrder, type Finding, type Found } from './finding.ts';

export interface CheckOptions {
  /** Where elements stand, as reading the package filled it. */
  readonly places?: Places;
  /** The package released last. */
  readonly previous?: SolutionPackage | undefined;
}

/** What is wrong with the content of a package. */
export function checkSolution(solution: SolutionPackage, { places, previous }: CheckOptions = {}): Found[] {
  const checked = new Checked(solution, previous === undefined ? undefined : new Checked(previous));
  return contentRules.flatMap((rule) =>
    [...rule.check(checked)].map(({ at, message, node, file }) => {
      const place = node === undefined ? undefined : places?.get(node);
      return {
        rule: rule.id,
        at,
        message,
        file: file ?? place?.file ?? 'customizations.xml',
        ...(file === undefined && place !== undefined ? { line: place.line } : {}),
      };
    }),
  );
}

/** Joins what was found with what the rules say about themselves. */
export function asFindings(found: readonly Found[]): Finding[] {
  const rules = new Map(catalogue.map((rule) => [rule.id, rule]));
  return inOrder(
    found.map(({ rule: id, ...rest }) => {
      const rule = rules.get(id);
      if (rule === undefined) throw new Error(`There is no rule '${id}'.`);
      return { ...rest, rule, severity: rule.severity, code: rest.code ?? rule.code };
    }),
  );
}
