import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from './command.ts';
import { flag, text } from './options.ts';
import { PacError } from './surroundings.ts';

/** Severities of the real checker, and the levels of SARIF they are counted from here. */
const severities = ['Critical', 'High', 'Medium', 'Low', 'Informational'] as const;
const severityOf: Readonly<Record<string, (typeof severities)[number]>> = {
  error: 'High',
  warning: 'Medium',
  note: 'Low',
  none: 'Informational',
};

/** Checks with our own rules, offline, and reports as the real command does: a SARIF file, and a count by severity. */
export const checkCommand: Command = {
  help: 'Checks a solution zip, offline, with the rules of alm check',
  options: {
    path: text('p'),
    solutionUrl: text('u'),
    geo: text('g'),
    outputDirectory: text('o'),
    ruleSet: text('rs'),
    ruleLevelOverride: text('rl'),
    excludedFiles: text('ef'),
    customEndpoint: text('ce'),
    saveResults: flag('sav'),
    environment: text('env'),
    clearCache: flag('cc'),
  },
  async run(given, { cwd, write }) {
    if (given.text('solutionUrl') !== undefined)
      throw new PacError('--solutionUrl is not served: name a file, --path.');
    const zip = resolve(cwd, given.required('path'));
    if (!existsSync(zip)) throw new PacError(`There is no solution zip at ${zip}.`);
    const folder = resolve(cwd, given.text('outputDirectory') ?? '.');
    mkdirSync(folder, { recursive: true });
    const sarif = join(folder, `${basename(zip, '.zip')}.sarif`);
    write(`Checking ${zip}\n`);
    write(reportOf('Finished', countsOf(checked(zip, sarif))));
  },
};

/** Runs `alm check` as a program of its own. @returns the levels of what it found */
function checked(zip: string, sarif: string): string[] {
  const program = [
    '--import',
    require.resolve('tsx'),
    join(__dirname, '../alm.ts'),
    'check',
    zip,
    '--format',
    'sarif',
    '--output',
    sarif,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8' });
  if (!existsSync(sarif)) throw new PacError(`The solution was not checked:\n${stdout}${stderr}`);
  const { runs } = JSON.parse(readFileSync(sarif, 'utf8')) as Sarif;
  return runs.flatMap(({ results }) => results.map(({ level }) => level ?? 'warning'));
}

interface Sarif {
  readonly runs: readonly { readonly results: readonly { readonly level?: string }[] }[];
}

function countsOf(levels: readonly string[]): number[] {
  return severities.map((severity) => levels.filter((level) => severityOf[level] === severity).length);
}

/**
 * The end of the real command's output. Its readers count lines from the last one: the status is the third word of the
 * seventh, the severities are the fifth and their counts the third.
 */
export function reportOf(status: string, counts: readonly number[]): string {
  const cells = (words: readonly (string | number)[]) =>
    words
      .map((word, place) => String(word).padEnd(severities[place]!.length))
      .join(' ')
      .trimEnd();
  return `\nSolution check ${status}\n\n${cells(severities)}\n\n${cells(counts)}\n\n`;
}
