import { childText, type SolutionPackage } from '../../../packaging/index.ts';
import { Checked } from '../checked.ts';
import { controlsOf, resourcesOf } from '../controls.ts';
import type { Found } from '../finding.ts';
import type { RuleText } from '../rule.ts';

export const scriptRules: readonly RuleText[] = [
  {
    id: 'script-syntax',
    severity: 'error',
    code: '',
    fails: 'The script does not run at all: it is no JavaScript.',
    mend: 'Correct the script at the line named, or build it again.',
  },
  {
    id: 'script-api',
    severity: 'warning',
    code: '',
    fails:
      'Nothing at import, but solution checker complains: the script uses what is deprecated, unsupported or slow.',
    mend: 'Use what the message names; the rule is described with @microsoft/eslint-plugin-power-apps.',
  },
];

/** Longer ones take minutes, and are other people's libraries. */
const longest = 1024 * 1024;

interface Script {
  readonly at: string;
  readonly path: string;
  readonly text: string;
}

/** What was found, and what was not looked at. */
export interface FoundOutside {
  readonly found: readonly Found[];
  readonly notes: readonly string[];
}

/** Web resources and bundles of controls against the rules solution checker applies to them. */
export async function checkScripts(solution: SolutionPackage): Promise<FoundOutside> {
  const scripts = scriptsOf(new Checked(solution));
  const long = scripts.filter(({ text }) => text.length > longest);
  const notes = long.map(({ path }) => `${path} is longer than 1 MB: the rules on scripts were not applied.`);
  const lint = scripts.length === 0 ? undefined : await linter();
  if (lint === undefined)
    return { found: [], notes: scripts.length === 0 ? [] : ['eslint is not installed: scripts were not looked at.'] };
  const found: Found[] = [];
  for (const script of scripts.filter((one) => !long.includes(one))) found.push(...(await lint(script)));
  return { found, notes };
}

function scriptsOf(solution: Checked): Script[] {
  const text = (path: string) => solution.files.get(path)?.toString();
  const resources = [...solution.webResources].map(([name, node]) => ({
    at: `web resource ${name}`,
    path: childText(node, 'WebResourceType') === '3' ? childText(node, 'FileName').replace(/^\//, '') : '',
  }));
  const bundles = controlsOf(solution).flatMap((control) =>
    resourcesOf(control)
      .filter((path) => path.endsWith('.js'))
      .map((path) => ({ at: control.at, path })),
  );
  return [...resources, ...bundles].flatMap((one) => {
    const content = text(one.path);
    return content === undefined ? [] : [{ ...one, text: content }];
  });
}

/** `undefined` where the packages for development are not installed. */
async function linter(): Promise<((script: Script) => Promise<Found[]>) | undefined> {
  const loaded = await Promise.all([import('eslint'), import('@microsoft/eslint-plugin-power-apps')]).catch(
    () => undefined,
  );
  if (loaded === undefined) return undefined;
  const [{ Linter }, { default: powerApps }] = loaded;
  const engine = new Linter({ configType: 'flat' });
  const verify = (text: string, sourceType: 'script' | 'module') =>
    engine.verify(text, {
      // A comment in the package must not switch the rules off.
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
      languageOptions: { ecmaVersion: 'latest', sourceType },
      plugins: { '@microsoft/power-apps': powerApps },
      rules: powerApps.configs.paCheckerHosted.rules,
    });
  return async ({ at, path, text }) => {
    // Only a page of its own can load a module; whatever parses as neither runs nowhere.
    const asScript = verify(text, 'script');
    const messages = asScript.some(({ fatal }) => fatal) ? verify(text, 'module') : asScript;
    return messages.map(({ fatal, ruleId, message, line }) => ({
      rule: fatal === true ? 'script-syntax' : 'script-api',
      at,
      message: ruleId === null ? message : `${message} (${ruleId})`,
      file: path,
      line,
    }));
  };
}
