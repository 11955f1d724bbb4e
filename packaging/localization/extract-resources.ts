import type { SolutionPackage } from '../solution-package.ts';
import { attribute } from '../xml/index.ts';
import { isOneThing, labelGroups, plainKey, type LabelGroup } from './label-groups.ts';
import { textsOf } from './label-set.ts';
import { writeResources, type ResourceEntry, type ResourceSource } from './resource-file.ts';
import { resourcePath, templatePath } from './resource-paths.ts';
import type { Resources, TreeResources } from './resources.ts';

export interface ExtractOptions {
  readonly source: ResourceSource;
  /** Writes the template: in the base language of the solution, or in this one. */
  readonly template?: 'auto' | number | undefined;
  /** Calls files after `1031`, not `de-DE`. */
  readonly withIds?: boolean | undefined;
  /** What the tree has: texts the solution lacks are kept, so that no translation is lost that was never imported. */
  readonly present?: TreeResources | undefined;
}

export interface ExtractedResources {
  /** By path in the tree. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly notes: readonly string[];
}

/**
 * The resource files of a solution, of one package or of both.
 *
 * The texts stay in the XML in all languages (so do those of the trees of the official tool named in `label-sets.ts`):
 * whoever packs without the files loses nothing.
 *
 * @throws PackageError for a language without a name we know
 */
export function extractResources(
  solutions: readonly [SolutionPackage, ...SolutionPackage[]],
  { source, template, withIds = false, present }: ExtractOptions,
): ExtractedResources {
  const all = [...labelGroups(solutions).values()].filter(({ sets }) => sets.length > 0);
  const groups = all.filter(isOneThing);
  const notes = all.length > groups.length ? [manyTexts(all.filter((group) => !isOneThing(group)))] : [];
  const files = new Map<string, Buffer>();
  const put = (path: string, language: number, own: Resources | undefined) => {
    const gone = goneFrom(own, groups);
    if (gone.length > 0)
      notes.push(`${path}: ${gone.length} texts of what is no longer there are left out: ${shown(gone)}.`);
    files.set(path, writeResources(language, entriesOf(groups, language, own), source));
  };
  for (const language of languagesOf(groups, present))
    put(
      resourcePath(language, { withIds }),
      language,
      present?.byLanguage.find((one) => one.language === language),
    );
  const wanted = template === 'auto' ? baseLanguage(solutions[0]) : (template ?? present?.template?.language);
  if (wanted !== undefined) files.set(templatePath, writeResources(wanted, entriesOf(groups, wanted), source));
  return { files, notes };
}

function entriesOf(groups: readonly LabelGroup[], language: number, own?: Resources): ResourceEntry[] {
  const kept = new Map([...(own?.texts ?? [])].map(([key, text]) => [plainKey(key), text]));
  return groups.map(({ key, sets }) => {
    const text = textsOf(sets[0]!).get(language) ?? '';
    return { key, comment: sets[0]!.comment, text: text === '' ? (kept.get(plainKey(key)) ?? '') : text };
  });
}

function languagesOf(groups: readonly LabelGroup[], present: TreeResources | undefined): number[] {
  const found = new Set(present?.byLanguage.map(({ language }) => language));
  for (const { sets } of groups) for (const [language, text] of textsOf(sets[0]!)) if (text !== '') found.add(language);
  return [...found].sort((a, b) => a - b);
}

function goneFrom(own: Resources | undefined, groups: readonly LabelGroup[]): string[] {
  const keys = new Set(groups.map(({ key }) => plainKey(key)));
  return [...(own?.texts ?? [])].filter(([key, text]) => text !== '' && !keys.has(plainKey(key))).map(([key]) => key);
}

const manyTexts = (groups: readonly LabelGroup[]) =>
  `${groups.length} labels stay in the XML alone, because others with the same key say something else: ` +
  `${shown(groups.map(({ key }) => key))}.`;

const shown = (keys: readonly string[]) => keys.slice(0, 5).join('; ') + (keys.length > 5 ? ' …' : '');

const baseLanguage = ({ manifest }: SolutionPackage) => Number(attribute(manifest, 'languagecode') ?? 1033);
