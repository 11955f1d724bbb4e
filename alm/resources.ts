import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  extractResources,
  identityOf,
  languageOf,
  readTreeResources,
  withResources,
  type SolutionPackage,
  type TreeResources,
  type Unpacked,
} from '../packaging/index.ts';
import { BuildError } from './build-error.ts';

/** What `unpack` is told of texts. */
export interface ResourceOptions {
  readonly localize: boolean;
  /** `auto`, a language id or a culture name. */
  readonly sourceLoc?: string | undefined;
  readonly useLcid: boolean;
}

/** Whether the texts of a tree count: it has resource files. */
export const hasResources = (folder: string): boolean => existsSync(join(folder, 'Resources'));

/**
 * The unpacked solution with its resource files.
 *
 * @throws BuildError without `localize`, when the folder has any: they would be lost
 */
export function localized(
  unpacked: Unpacked,
  solutions: readonly [SolutionPackage, ...SolutionPackage[]],
  { zip, folder, localize, sourceLoc, useLcid }: ResourceOptions & { readonly zip: string; readonly folder: string },
): Unpacked {
  if (!localize && (sourceLoc !== undefined || useLcid))
    throw new BuildError('--source-loc and --use-lcid are about resource files: say --localize, too.');
  if (!localize && hasResources(folder))
    throw new BuildError(`${folder} keeps texts in Resources/: say --localize, or remove Resources/ first.`);
  if (!localize) return unpacked;
  const resources = extractResources(solutions, {
    source: { file: basename(zip), packageType: packageTypeOf(solutions) },
    template: templateLanguage(sourceLoc),
    withIds: useLcid,
    present: presentIn(folder),
  });
  return withResources(unpacked, resources);
}

function packageTypeOf([first, second]: readonly SolutionPackage[]): 'Unmanaged' | 'Managed' | 'Both' {
  if (second !== undefined) return 'Both';
  return identityOf(first!).isManaged ? 'Managed' : 'Unmanaged';
}

function templateLanguage(sourceLoc: string | undefined): 'auto' | number | undefined {
  if (sourceLoc === undefined) return undefined;
  if (/^auto$/i.test(sourceLoc)) return 'auto';
  const language = languageOf(sourceLoc);
  if (language === undefined)
    throw new BuildError(`'${sourceLoc}' is no language: auto, an id such as 1033, or a name such as en-US.`);
  return language;
}

function presentIn(folder: string): TreeResources | undefined {
  const top = join(folder, 'Resources');
  if (!existsSync(top)) return undefined;
  const paths = readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return readTreeResources(paths.sort(), (path) => readFileSync(join(folder, path)));
}
