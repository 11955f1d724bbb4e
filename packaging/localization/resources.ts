import { PackageError } from '../package-error.ts';
import { readResources, type ResourceFile } from './resource-file.ts';
import { languageByPath, resourceFolder, templatePath } from './resource-paths.ts';

/** The texts of one language, and the file they are from. */
export interface Resources extends ResourceFile {
  readonly path: string;
}

/** All resource files of a tree. */
export interface TreeResources {
  readonly byLanguage: readonly Resources[];
  readonly template: Resources | undefined;
}

/**
 * Reads the resource files among these paths.
 *
 * @throws PackageError naming the file: below `Resources/` and no resource file, of another language than its path says,
 *   the second of a language, or not to be read
 */
export function readTreeResources(paths: readonly string[], read: (path: string) => Buffer): TreeResources {
  const found = paths.filter((path) => path.startsWith(resourceFolder)).map((path) => readOne(path, read(path)));
  const byLanguage = found.filter(({ path }) => path !== templatePath);
  for (const { path, language } of byLanguage) {
    const first = byLanguage.find((one) => one.language === language)!;
    if (first.path !== path)
      throw new PackageError(`${path} and ${first.path} are of one language, ${language}.`, path);
  }
  return { byLanguage, template: found.find(({ path }) => path === templatePath) };
}

function readOne(path: string, content: Buffer): Resources {
  const named = languageByPath(path);
  if (named === undefined)
    throw new PackageError(
      `${path} is no resource file: they are Resources/<language>/resources.<language>.resx, such as de-DE or 1031.`,
      path,
    );
  const file = readResources(content, path);
  if (named !== 'template' && named !== file.language)
    throw new PackageError(
      `${path}: 'Source LCID' says ${file.language}, and the file is called after ${named}. Make them agree.`,
      path,
    );
  return { path, ...file };
}
