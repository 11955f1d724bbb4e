import { PackageError } from '../package-error.ts';
import { cultureOf, languageOf } from './cultures.ts';

/** Texts of the source language, for translators to start from. */
export const templatePath = 'Resources/template_resources.resx';
export const resourceFolder = 'Resources/';

/**
 * Where the texts of a language are, e.g. `Resources/de-DE/resources.de-DE.resx`.
 *
 * @param withIds `Resources/1031/resources.1031.resx` instead
 * @throws PackageError for a language without a name we know
 */
export function resourcePath(language: number, { withIds = false } = {}): string {
  const name = withIds ? String(language) : cultureOf(language);
  if (name === undefined)
    throw new PackageError(
      `The language ${language} has no name to call a file after; say --use-lcid.`,
      resourceFolder,
    );
  return `${resourceFolder}${name}/resources.${name}.resx`;
}

/** The language a file is for by its path; `template` for the template, nothing for what is no resource file. */
export function languageByPath(path: string): number | 'template' | undefined {
  if (path === templatePath) return 'template';
  const [, folder, name] = /^Resources\/([^/]+)\/resources\.([^/]+)\.resx$/i.exec(path) ?? [];
  return folder === undefined || folder.toLowerCase() !== name!.toLowerCase() ? undefined : languageOf(folder);
}
