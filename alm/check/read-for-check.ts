import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  childText,
  descend,
  PackageError,
  parseXml,
  readFolder,
  readZipFile,
  type PackageType,
  type ProblemKind,
  type ReadFolderOptions,
  type Report,
  type SolutionPackage,
} from '../../packaging/index.ts';
import { BuildError } from '../build-error.ts';
import { hasResources } from '../resources.ts';
import type { Found } from './finding.ts';

/** A solution as far as it could be read, and what was wrong on the way. */
export interface ReadForCheck {
  readonly solution: SolutionPackage | undefined;
  readonly found: readonly Found[];
}

export interface ReadForCheckOptions {
  readonly map?: string | undefined;
  /** The package is built with the switch that makes `_managed` twins needless. */
  readonly withoutTwins: boolean;
  readonly places: NonNullable<ReadFolderOptions['places']>;
}

/**
 * Reads a zip or an unpacked folder and goes on after what is wrong, where it can.
 *
 * @throws BuildError when there is no such thing
 */
export async function readForCheck(path: string, options: ReadForCheckOptions): Promise<ReadForCheck> {
  if (!existsSync(path)) throw new BuildError(`There is no ${resolve(path)}.`);
  const found: Found[] = [];
  const report: Report = (kind, problem) => {
    // The rules on the package tell these, with the component they are about.
    if (kind !== 'content') found.push(asFound(kind, problem));
  };
  const read = statSync(path).isFile()
    ? () => readZipFile(path, { report, places: options.places })
    : () => readTree(path, options, report);
  const solution = await attempt(read, found);
  return { solution, found };
}

async function attempt(read: () => Promise<SolutionPackage>, found: Found[]): Promise<SolutionPackage | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    found.push(asFound('unreadable', error));
    return undefined;
  }
}

const asFound = (rule: ProblemKind | 'unreadable', { message, entry, code }: PackageError): Found => ({
  rule,
  at: entry || 'the package',
  message,
  file: entry,
  code,
});

async function readTree(folder: string, options: ReadForCheckOptions, report: Report): Promise<SolutionPackage> {
  const { map, places } = options;
  const mapped = { localize: hasResources(folder), ...(map === undefined ? {} : { map }) };
  const flag = managedFlag(folder);
  const type: PackageType = flag === '1' ? 'managed' : 'unmanaged';
  const solution = await readFolder(folder, { type, ...mapped, report, places, isLazy: true });
  if (flag === '2' && !options.withoutTwins) await reportMissingTwins(folder, mapped, report);
  return solution;
}

/** A tree for both is read a second time, as the official tool would for the managed package. */
async function reportMissingTwins(folder: string, mapped: { map?: string }, report: Report): Promise<void> {
  const onlyTwins: Report = (kind, problem) => {
    if (kind === 'managed-twin') report(kind, problem);
  };
  await readFolder(folder, { type: 'managed', ...mapped, useUnmanagedForMissingManaged: false, report: onlyTwins });
}

function managedFlag(folder: string): string {
  const file = join(folder, 'Other/Solution.xml');
  if (!existsSync(file)) return '';
  return childText(descend(parseXml(readFileSync(file), 'Other/Solution.xml'), 'SolutionManifest'), 'Managed');
}
