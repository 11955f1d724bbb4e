import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { childText, descend, parseXml } from '../packaging/index.ts';
import { controlNames } from './build-controls.ts';
import { BuildError } from './build-error.ts';
import { bumped, compareVersions, readVersion } from './solution-version.ts';
import { writeTogether } from './write-together.ts';

export const versionUsage = `npm run alm -- version [--set a.b.c.d | --bump major|minor|build|revision]

  Prints the version of the solution, or raises it: Solution.xml takes four parts, the manifests of the
  controls the first three. IntroducedVersion stays: it says when a component came.`;

/** `npm run alm -- version` */
export async function version(options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: { set: { type: 'string' }, bump: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(versionUsage);
  const root = join(__dirname, '..');
  if (values.set === undefined && values.bump === undefined) return console.log(versionOf(root));
  if (values.set !== undefined && values.bump !== undefined) throw new BuildError('Say --set or --bump, not both.');
  const changed = raiseVersion(root, (now) =>
    values.set === undefined ? bumped(now, values.bump!) : readVersion(values.set),
  );
  for (const { file, from, to } of changed) console.log(`${file}: ${from} → ${to}`);
  console.log(changed.length === 0 ? 'nothing to change' : '\nBuild again: npm run build');
}

const manifestFile = 'solution/Other/Solution.xml';

export function versionOf(root: string): string {
  return childText(
    descend(parseXml(readFileSync(join(root, manifestFile)), manifestFile), 'SolutionManifest'),
    'Version',
  );
}

export interface VersionChange {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Raises the version in the manifests of the solution and of its controls; all of them or none.
 *
 * @param next the version wanted, from the one the solution has
 * @throws BuildError when a manifest would go down
 */
export function raiseVersion(root: string, next: (now: number[]) => readonly number[]): VersionChange[] {
  const wanted = next(fourParts(versionOf(root)));
  const controls = controlNames(root).map((name) => `controls/${name}/ControlManifest.Input.xml`);
  const changes = [
    changeOf(root, manifestFile, /(<Version>\s*)([^<\s]*)(\s*<\/Version>)/, wanted.join('.')),
    ...controls.map((file) =>
      changeOf(root, file, /(<control\b[^>]*?\sversion=")([^"]*)(")/, wanted.slice(0, 3).join('.')),
    ),
  ].filter(({ from, to }) => from !== to);
  writeTogether(changes.map(({ file, content }) => ({ file: join(root, file), content: Buffer.from(content) })));
  return changes;
}

/** The file with the version in its place; every other byte stays. */
function changeOf(root: string, file: string, place: RegExp, to: string): VersionChange & { readonly content: string } {
  if (!existsSync(join(root, file))) throw new BuildError(`There is no ${file}.`);
  const text = readFileSync(join(root, file), 'utf8');
  const from = place.exec(text)?.[2];
  if (from === undefined) throw new BuildError(`${file} has no version to change.`);
  if (compareVersions(to.split('.').map(Number), from.split('.').map(Number)) < 0)
    throw new BuildError(`${file} is at ${from}: ${to} is lower, and an import refuses to go down (0x80048541).`);
  return {
    file,
    from,
    to,
    content: text.replace(place, (_, before: string, __, after: string) => before + to + after),
  };
}

/** The platform allows two to four parts; we write four. */
function fourParts(text: string): number[] {
  const parts = text.split('.');
  return readVersion([...parts, '0', '0'].slice(0, Math.max(4, parts.length)).join('.'));
}
