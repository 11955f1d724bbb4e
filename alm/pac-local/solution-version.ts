import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readVersion } from '../solution-version.ts';
import { writeTogether } from '../write-together.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { text } from './options.ts';
import { PacError } from './surroundings.ts';

const place = /(<Version>\s*)([^<\s]*)(\s*<\/Version>)/;

/** Sets parts of the version in `Other/Solution.xml`; what no part is named for, the revision, is raised by one. */
export const versionCommand: Command = {
  help: 'Raises the version in the source of a solution',
  options: {
    buildVersion: text('bv'),
    revisionVersion: text('rv'),
    patchVersion: text('pv'),
    strategy: text('s'),
    fileName: text('fn'),
    solutionPath: text('sp'),
  },
  async run(given, { cwd, write }) {
    const strategy = given.text('strategy') ?? 'solution';
    if (!/^(none|solution)$/i.test(strategy))
      throw new PacError(`The strategy '${strategy}' is not served. There is: None, Solution.`);
    const file = manifestBelow(
      given.text('solutionPath') === undefined ? cwd : join(cwd, given.required('solutionPath')),
    );
    const source = readFileSync(file, 'utf8');
    const from = place.exec(source)?.[2] ?? '';
    const to = nextVersion(from, given);
    const changed = source.replace(place, (_, before: string, __, after: string) => before + to + after);
    writeTogether([{ file, content: Buffer.from(changed) }]);
    write(`Updated ${relative(cwd, file)}: ${from} to ${to}\n`);
  },
};

/** Where `Solution.xml` stands, seen from a solution's folder, or from the one above. */
function manifestBelow(folder: string): string {
  const found = ['', 'src', 'solution']
    .map((name) => join(folder, name, 'Other/Solution.xml'))
    .find((file) => existsSync(file));
  if (found === undefined) throw new PacError(`There is no Other/Solution.xml in ${folder}.`);
  return found;
}

function nextVersion(version: string, given: Arguments): string {
  const parts = readVersion(version);
  const named = {
    build: given.text('buildVersion') ?? given.text('patchVersion'),
    revision: given.text('revisionVersion'),
  };
  const build = named.build ?? String(parts[2]);
  const revision = named.revision ?? (named.build === undefined ? String(parts[3]! + 1) : String(parts[3]));
  return readVersion([parts[0], parts[1], build, revision].join('.')).join('.');
}
