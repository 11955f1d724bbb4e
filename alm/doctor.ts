import { resolve, join } from 'node:path';
import { parseArgs } from 'node:util';
import { identityOf, PackageError } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import type { Diagnosis } from './doctor/diagnosis.ts';
import { examine, todoOf } from './doctor/examine.ts';
import { makeVisible } from './doctor/make-visible.ts';
import { readNeeds } from './doctor/needs.ts';
import { openWebApi, Refused, tokenVariable } from './doctor/web-api.ts';
import { readSolution } from './read-solution.ts';
import { readSettings } from './settings-file.ts';

export const doctorUsage = `npm run alm -- doctor [ZIP|DIR] --url URL [--settings FILE] [--format text|json] [--make-visible] [--wait MINUTES] [--needs FILE]

  ZIP|DIR         the package that is to be imported; ours when left out
  --url           address of the environment, such as https://contoso.crm.dynamics.com or http://127.0.0.1:7071
  --settings      the deployment-settings file of the import: connections it names count
  --format        text (when left out) or json
  --make-visible  makes the virtual tables visible that the package needs, one at a time, and waits for each
  --wait          minutes to wait for a table, 10 when left out
  --needs         table maps and roles to look for; those of our solution when left out

The token is taken from ${tokenVariable} (az account get-access-token --resource URL); the emulator takes an e-mail, or none.
Ends with 0 when nothing is missing, 1 when something is, 2 when the call itself is wrong or the environment does not answer.`;

const options = {
  url: { type: 'string' },
  settings: { type: 'string' },
  format: { type: 'string', default: 'text' },
  'make-visible': { type: 'boolean', default: false },
  wait: { type: 'string', default: '10' },
  needs: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** `npm run alm -- doctor`: says what an environment lacks before the solution is imported, and what to do about it. */
export async function doctor(args: string[]): Promise<void> {
  try {
    process.exitCode = await run(args);
  } catch (error) {
    const isCall =
      error instanceof BuildError ||
      error instanceof PackageError ||
      (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (!isCall && !(error instanceof Refused)) throw error;
    console.error((error as Error).message);
    if (error instanceof Refused) console.error(todoOf(error));
    process.exitCode = 2;
  }
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.help) return (console.log(doctorUsage), 0);
  if (positionals.length > 1) throw new BuildError('Name one package: npm run alm -- doctor ZIP --url URL');
  if (values.url === undefined) throw new BuildError('Name the environment: npm run alm -- doctor --url URL');
  if (values.format !== 'text' && values.format !== 'json')
    throw new BuildError(`There is no format '${values.format}'. There is: text, json.`);
  const mostMinutes = Number(values.wait);
  if (!(mostMinutes > 0)) throw new BuildError(`'${values.wait}' is no number of minutes.`);
  const isText = values.format === 'text';

  const api = openWebApi(values.url, process.env[tokenVariable]);
  const needs = readNeeds(values.needs === undefined ? undefined : resolve(values.needs));
  const settings = values.settings === undefined ? undefined : readSettings(values.settings);
  const connected = new Set(
    settings?.ConnectionReferences.filter(({ ConnectionId }) => ConnectionId !== '').map(
      ({ LogicalName }) => LogicalName,
    ),
  );
  const solution = await readSolution(join(__dirname, '..'), positionals[0]);
  const patient = { api, solution, needs, connected };
  await api.get('WhoAmI');
  const failed = values['make-visible']
    ? await makeVisible(api, solution, { mostMinutes, say: (text) => isText && console.log(text) })
    : [];
  const found = [...(await examine(patient)), ...failed.map(asDiagnosis)];
  const { uniqueName, version } = identityOf(solution);
  const report = { solution: uniqueName, version, environment: api.url, ...countsOf(found), findings: found };
  console.log(isText ? textOf(report) : JSON.stringify(report, undefined, 2));
  return report.errors > 0 ? 1 : 0;
}

const asDiagnosis = (what: string): Diagnosis => ({
  check: 'make-visible',
  level: 'error',
  what,
  todo: 'Look at Virtual entity metadata sync status in finance and operations, and run doctor again.',
});

interface Counts {
  readonly errors: number;
  readonly warnings: number;
}

const countsOf = (found: readonly Diagnosis[]): Counts => ({
  errors: found.filter(({ level }) => level === 'error').length,
  warnings: found.filter(({ level }) => level === 'warning').length,
});

interface Report extends Counts {
  readonly solution: string;
  readonly version: string;
  readonly environment: string;
  readonly findings: readonly Diagnosis[];
}

function textOf({ solution, version, environment, findings, errors, warnings }: Report): string {
  const lines = findings.flatMap(({ level, what, todo }) => [
    `${level.padEnd(8)} ${what}`,
    ...(todo === undefined ? [] : [`${' '.repeat(9)}${todo}`]),
  ]);
  const end =
    errors === 0
      ? `Nothing is missing${warnings === 0 ? '' : `; ${warnings} warnings`}.`
      : `${errors} things are missing, ${warnings} warnings.`;
  return [`${solution} ${version} into ${environment}`, '', ...lines, '', end].join('\n');
}
