import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkFlowDefinitions, flowDefinitionRules } from '../../../../alm/check/outside/flow-definitions.ts';
import { checkScripts, scriptRules } from '../../../../alm/check/outside/scripts.ts';
import { rules as rulesOfFlows } from '../../../../emulator/flow-runtime/command-line/finding.ts';
import { asPackage, soundIds, soundTexts } from '../../../support/a-sound-solution.ts';
import { inFile, withFile, type Spoil } from './spoil.ts';

const root = join(__dirname, '../../../..');
const solution = (spoil: Spoil = () => {}) => {
  const texts = soundTexts();
  spoil(texts);
  return asPackage(texts);
};

describe('scripts', () => {
  const script = `WebResources/${soundIds.script}`;
  const bundle = 'Controls/ora_Orchard.RipenessBar/bundle.js';
  const rules = async (spoil?: Spoil) =>
    (await checkScripts(solution(spoil))).found.map(({ rule, at, line }) => ({ rule, at, line }));

  test('nothing is found in scripts solution checker likes', async () =>
    expect(await checkScripts(solution())).toEqual({ found: [], notes: [] }));

  test('web resources and bundles are held against the rules of solution checker', async () => {
    const old = 'var a = 1;\nvar name = Xrm.Page.getAttribute("name");\nalert(name);';
    expect(await rules(withFile(script, old))).toContainEqual({
      rule: 'script-api',
      at: 'web resource ora_/scripts/fruitbox.js',
      line: 2,
    });
    const sync = 'var r = new XMLHttpRequest();\nr.open("GET", "/api/data/v9.2/accounts", false);';
    expect(await rules(withFile(bundle, sync))).toContainEqual({
      rule: 'script-api',
      at: 'control ora_Orchard.RipenessBar',
      line: 2,
    });
  });

  test('a comment in the script does not switch the rules off', async () => {
    const { found } = await checkScripts(
      solution(withFile(script, '/* eslint-disable */ var r = new XMLHttpRequest(); r.open("GET", "/x", false);')),
    );
    expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining('use-async'));
  });

  test('what does not parse is found; a module does', async () => {
    expect(await rules(withFile(script, 'function (\n{'))).toMatchObject([{ rule: 'script-syntax', line: 1 }]);
    expect(await rules(withFile(script, 'export const a = 1;'))).toEqual([]);
  });

  test('a script that is very long is not looked at, and that is said', async () => {
    const { found, notes } = await checkScripts(solution(withFile(script, `${'x'.repeat(1024 * 1024)}(`)));
    expect({ found, notes }).toEqual({ found: [], notes: [expect.stringContaining(`${script} is longer than 1 MB`)] });
  });
});

describe('definitions of flows', () => {
  test('are looked through by the check of flows', () => {
    const spoiled = solution(
      inFile(
        'Workflows/weigh',
        '"actions": {}',
        '"actions": {"Weigh": {"type": "Compose", "runAfter": {}, "inputs": "@sheep(1)"}}',
      ),
    );
    const { found, notes } = checkFlowDefinitions(spoiled, root);
    expect(notes).toEqual([]);
    expect(found).toMatchObject([
      {
        rule: 'flow-definition',
        at: "flow 'weigh', Weigh",
        message: "There is no function 'sheep'. (unknown-function)",
        file: expect.stringContaining('Workflows/weigh') as string,
      },
    ]);
  });

  test('nothing is found in sound ones; ones that are no JSON are left to another rule', () => {
    expect(checkFlowDefinitions(solution(), root)).toEqual({ found: [], notes: [] });
    const broken = solution((texts) => {
      for (const path of Object.keys(texts.files)) if (path.startsWith('Workflows/')) texts.files[path] = '{';
    });
    expect(checkFlowDefinitions(broken, root)).toEqual({ found: [], notes: [] });
  });

  test('where the check of flows is not there, that is said', () => {
    expect(existsSync(join(__dirname, 'emulator'))).toBe(false);
    expect(checkFlowDefinitions(solution(), __dirname).notes).toEqual([expect.stringContaining('is not there')]);
  });

  test('every severity of the check of flows has a rule', () => {
    expect(new Set(Object.values(rulesOfFlows))).toEqual(new Set(['error', 'warning', 'note']));
    expect([...flowDefinitionRules, ...scriptRules].map(({ id }) => id)).toEqual([
      'flow-definition',
      'flow-definition-risk',
      'script-syntax',
      'script-api',
    ]);
  });
});
