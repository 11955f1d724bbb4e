import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SolutionPackage } from '../../../packaging/index.ts';
import { Checked, type Flow } from '../checked.ts';
import type { Found } from '../finding.ts';
import { readJson } from '../flow-definition.ts';
import type { RuleText } from '../rule.ts';
import type { FoundOutside } from './scripts.ts';

export const flowDefinitionRules: readonly RuleText[] = [
  {
    id: 'flow-definition',
    severity: 'error',
    code: '0x80060468',
    fails: 'The flow cannot be saved or turned on, or fails when it gets there: an expression, name or limit is wrong.',
    mend: 'Correct the action named; npm run flows -- check looks at one definition alone.',
  },
  {
    id: 'flow-definition-risk',
    severity: 'warning',
    code: '',
    fails: 'The flow runs, and loses or mixes up something when runs overlap or a write fails.',
    mend: 'Take up the failure, or set concurrency and retries, as the message says.',
  },
];

/** One report of `npm run flows -- check --json`. */
interface FlowReport {
  readonly flow: string;
  readonly findings: readonly { rule: string; severity: string; where: string; message: string }[];
}

/** What the check of flows says of what can be run here, and not of the flow: other environments have more. */
const aboutTheRuntime = ['not-emulated', 'unknown-operation', 'unknown-type'];

/**
 * The check of flow definitions, a program of the flow runtime: called as one, for alm must work without the runtime.
 *
 * @param root the checkout
 */
export function checkFlowDefinitions(solution: SolutionPackage, root: string): FoundOutside {
  const flows = new Checked(solution).flows.filter(
    ({ content }) => content !== undefined && readJson(content).problem === undefined,
  );
  if (flows.length === 0) return { found: [], notes: [] };
  const program = join(root, 'emulator/flow-runtime/command-line/flows.ts');
  const reports = existsSync(program) ? run(program, root, flows) : undefined;
  if (reports === undefined)
    return {
      found: [],
      notes: ['The check of flow definitions is not there: flows were looked at from outside only.'],
    };
  return { found: reports.flatMap((report, index) => asFound(report, flows[index]!)), notes: [] };
}

/** One report a flow, in order; nothing when the program fails. */
function run(program: string, root: string, flows: readonly Flow[]): FlowReport[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'check-flows-'));
  try {
    const files = flows.map(({ content }, index) => {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, content!);
      return file;
    });
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
    const call = ['--import', loader, program, 'check', ...files, '--json'];
    const { stdout, status } = spawnSync(process.execPath, call, { encoding: 'utf8', maxBuffer: 1 << 28 });
    return status === 0 || status === 1 ? (JSON.parse(stdout) as FlowReport[]) : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asFound({ findings }: FlowReport, { at, path }: Flow): Found[] {
  return findings
    .filter(({ rule }) => !aboutTheRuntime.includes(rule))
    .map(({ rule, severity, where, message }) => ({
      rule: severity === 'error' ? 'flow-definition' : 'flow-definition-risk',
      at: where === '' ? at : `${at}, ${where}`,
      message: `${message} (${rule})`,
      file: path,
    }));
}
