import { PackageError } from '../package-error.ts';
import type { SolutionPackage } from '../solution-package.ts';
import { child, children, elements, text as textIn, xmlElement, type XmlElement } from '../xml/index.ts';
import { isOneThing, labelGroups, plainKey, type LabelGroup } from './label-groups.ts';
import { setText, textsOf } from './label-set.ts';
import type { Resources, TreeResources } from './resources.ts';

type Labelled = Pick<SolutionPackage, 'manifest' | 'customizations'>;

export interface MergeOptions {
  /** Keys of what the other package of the tree has, and this one lacks; plain. */
  readonly known: () => ReadonlySet<string>;
  readonly note?: ((text: string) => void) | undefined;
}

/**
 * Writes the texts of resource files into a solution: one that is empty says nothing, any other counts, whatever the XML
 * says. Languages that come with them are added to those the solution lists.
 *
 * Decided: the template counts for its language when no other file is of that language. A key that nothing has is
 * refused, unless the XML has its text anyway: files of the official tool may have keys we do not know.
 *
 * @throws PackageError naming the file and the key
 */
export function mergeResources(solution: Labelled, resources: TreeResources, options: MergeOptions): void {
  const groups = labelGroups([solution]);
  const said = textsInXml(solution);
  for (const file of filesThatCount(resources)) {
    const unknown: string[] = [];
    for (const [key, text] of file.texts) {
      if (text === '') continue;
      const group = groups.get(plainKey(key));
      if (group !== undefined) setAll(group, file, text);
      else if (!options.known().has(plainKey(key))) unknown.push(key);
    }
    const lost = unknown.filter((key) => !said.has(`${file.language} ${file.texts.get(key)!}`));
    if (lost.length > 0) throw withoutPlace(file, lost);
    if (unknown.length > 0)
      options.note?.(
        `${file.path}: ${shortened(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not known here; the XML has the same, and keeps it.`,
      );
    if (file.texts.size > 0) listLanguage(solution.customizations, file.language);
  }
}

function filesThatCount({ byLanguage, template }: TreeResources): readonly Resources[] {
  const isCovered = template === undefined || byLanguage.some(({ language }) => language === template.language);
  return isCovered ? byLanguage : [...byLanguage, template];
}

function setAll(group: LabelGroup, { path, language }: Resources, text: string): void {
  if (isOneThing(group)) {
    for (const set of group.sets) if (textsOf(set).get(language) !== text) setText(set, language, text);
    return;
  }
  if (group.sets.some((set) => textsOf(set).get(language) === text)) return;
  throw new PackageError(
    `${path}: the key '${group.key}' stands for ${group.sets.length} labels with different texts; change them in the ` +
      'XML, and empty the entry.',
    path,
  );
}

function withoutPlace({ path }: Resources, keys: readonly string[]): PackageError {
  const what = keys.length === 1 ? 'a text for a key' : `texts for ${keys.length} keys`;
  return new PackageError(
    `${path} has ${what} nothing in the solution has: ${shortened(keys)}. Mend the key, or remove the entry.`,
    path,
  );
}

const shortened = (keys: readonly string[]) =>
  keys
    .slice(0, 5)
    .map((key) => `'${key}'`)
    .join(', ') + (keys.length > 5 ? ` and ${keys.length - 5} more` : '');

/** Every text there is, with its language. */
function textsInXml({ manifest, customizations }: Labelled): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (element: XmlElement) => {
    const { attributes } = element;
    const language = attributes.get('languagecode') ?? attributes.get('LCID');
    if (language !== undefined) for (const value of attributes.values()) found.add(`${language} ${value}`);
    elements(element).forEach(visit);
  };
  [manifest, customizations].forEach(visit);
  return found;
}

function listLanguage(customizations: XmlElement, language: number): void {
  const list = child(customizations, 'Languages');
  if (list === undefined || children(list, 'Language').some((one) => textIn(one) === String(language))) return;
  list.children.push(xmlElement('Language', {}, [String(language)]));
}
