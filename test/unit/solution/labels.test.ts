import { attribute, descendants, parseXml, type SolutionPackage, type XmlElement } from '../../../packaging/index.ts';
import { readSolution } from './our-solution.ts';

let solution: SolutionPackage;
beforeAll(async () => void (solution = await readSolution()));

/** Elements that hold one text in several languages, and the names of their children. */
const texts: readonly (readonly [holder: string, label: string])[] = [
  ['LocalizedNames', 'LocalizedName'],
  ['LocalizedCollectionNames', 'LocalizedCollectionName'],
  ['displaynames', 'displayname'],
  ['labels', 'label'],
  ['Titles', 'Title'],
  ['Descriptions', 'Description'],
];

const language = (label: XmlElement) => attribute(label, 'languagecode') ?? attribute(label, 'LCID');
const wording = (label: XmlElement) => attribute(label, 'description') ?? attribute(label, 'Title') ?? '';

function incomplete(root: XmlElement): string[] {
  return texts.flatMap(([holder, name]) =>
    [...descendants(root, holder)].flatMap((element) => {
      const labels = [...descendants(element, name)];
      const isBlank = labels.every((label) => wording(label) === '');
      const languages = labels.map(language).join(' ');
      // The description of a relationship is seen by nobody, and an export leaves it blank.
      return languages === '1033 1031' || isBlank ? [] : [`${holder} of ${labels.map(wording).join(' / ')}: ${languages}`];
    }),
  );
}

test('what a user reads is there in English and in German', () => {
  const variables = [...solution.files]
    .filter(([path]) => path.startsWith('environmentvariabledefinitions/'))
    .map(([path, content]) => parseXml(content, path));
  expect([solution.customizations, solution.manifest].flatMap(incomplete)).toEqual([]);
  for (const variable of variables)
    for (const holder of ['displayname', 'description'])
      expect([...descendants([...descendants(variable, holder)][0]!, 'label')].map(language)).toEqual(['1033', '1031']);
});

test('no label is blank', () => {
  const blank = texts
    .filter(([holder]) => holder !== 'Descriptions')
    .flatMap(([holder, name]) =>
      [...descendants(solution.customizations, holder)].flatMap((element) => [...descendants(element, name)]),
    )
    .filter((label) => wording(label).trim() === '');
  expect(blank).toEqual([]);
});
