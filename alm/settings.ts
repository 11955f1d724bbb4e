import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError } from './build-error.ts';
import { readSolution } from './read-solution.ts';
import { problemsOf, readSettings, settingsFor } from './settings-file.ts';
import { referencesOf, variablesOf } from './settings-of-solution.ts';
import { writeTogether } from './write-together.ts';

export const settingsUsage = `npm run alm -- settings create|verify FILE [--solution ZIP|DIR]

  create      writes the deployment-settings file of a solution; values that FILE has already stay
  verify      compares FILE with the solution; ends with 1 when an import would fail
  --solution  a zip or an unpacked folder; ours, built, when left out`;

/** `npm run alm -- settings create|verify FILE` */
export async function settings(options: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: options,
    allowPositionals: true,
    options: { solution: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(settingsUsage);
  const [action, file] = positionals;
  if ((action !== 'create' && action !== 'verify') || file === undefined || positionals.length > 2)
    throw new BuildError('Say: npm run alm -- settings create FILE, or settings verify FILE.');
  const solution = await readSolution(join(__dirname, '..'), values.solution);
  const needs = { variables: variablesOf(solution), references: referencesOf(solution) };
  return action === 'create' ? create(file, needs) : verify(file, needs);
}

type Needs = Parameters<typeof settingsFor>[0];

function create(file: string, needs: Needs): void {
  const known = existsSync(file) ? readSettings(file) : undefined;
  const made = settingsFor(needs, known);
  writeTogether([{ file: resolve(file), content: Buffer.from(`${JSON.stringify(made, undefined, 2)}\n`) }]);
  console.log(`wrote ${resolve(file)}`);
  const open = problemsOf(made, needs);
  if (open.length > 0) console.log(`To fill in:\n${open.map((line) => `  ${line}`).join('\n')}`);
}

function verify(file: string, needs: Needs): void {
  const problems = problemsOf(readSettings(file), needs);
  if (problems.length > 0)
    throw new BuildError(`${file} does not fit the solution:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  console.log(
    `${file} fits: ${needs.variables.length} environment variables, ${needs.references.length} connection references`,
  );
}
