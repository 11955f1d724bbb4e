import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readForCheck } from '../../../../alm/check/read-for-check.ts';
import { readingRules } from '../../../../alm/check/reading-rules.ts';
import { unpack } from '../../../../packaging/index.ts';
import { asPackage, soundIds, soundTexts } from '../../../support/a-sound-solution.ts';
import { rawZip, type RawEntry } from '../../../support/raw-zip.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'check-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (...path: string[]) => join(folder, ...path);

/** The sound package as a source tree for both kinds; files can be replaced, added and (undefined) left out. */
function tree(
  changes: Readonly<Record<string, string | Buffer | undefined | ((text: string) => string)>> = {},
): string {
  const files = new Map([...unpack(asPackage(soundTexts())).files]);
  for (const [path, change] of Object.entries(changes)) {
    const content = typeof change === 'function' ? change(files.get(path)!.toString()) : change;
    if (content === undefined) files.delete(path);
    else files.set(path, Buffer.from(content));
  }
  for (const [path, content] of files) {
    mkdirSync(dirname(at('src', path)), { recursive: true });
    writeFileSync(at('src', path), content);
  }
  return at('src');
}

const root: readonly RawEntry[] = ['solution.xml', 'customizations.xml'].map((name) => ({ name, content: '<x />' }));
const types = (more = ''): RawEntry => ({
  name: '[Content_Types].xml',
  content: `<Types><Default Extension="xml" ContentType="text/xml" />${more}</Types>`,
});
function zip(...entries: RawEntry[]): string {
  writeFileSync(at('x.zip'), rawZip([...root, ...entries]));
  return at('x.zip');
}

async function found(path: string, withoutTwins = true) {
  const { found: all, solution } = await readForCheck(path, { withoutTwins, places: new WeakMap() });
  return { rules: all.map(({ rule }) => rule), all, solution };
}

const solutionFile = 'Other/Solution.xml';
const frame = 'Other/Customizations.xml';
const form = `Entities/ora_FruitBox/FormXml/quick/{${soundIds.quickForm}}.xml`;
const forBoth = (text: string) => text.replace('<Managed>0', '<Managed>2');

test('nothing is found in a sound tree and a sound zip', async () => {
  expect((await found(tree())).all).toEqual([]);
  expect((await found(zip(types()))).all).toEqual([]);
});

const samples: Readonly<
  Record<string, readonly (readonly [make: () => string, says: RegExp, withoutTwins?: boolean])[]>
> = {
  unreadable: [
    [() => zip(), /no \[Content_Types\]\.xml/],
    [() => zip(types(), { name: '../x.js', content: '' }), /\.\.\/x\.js/],
    [() => tree({ [frame]: '<ImportExportXml>' }), /Customizations\.xml is not well-formed/],
    [() => tree({ [frame]: '<!DOCTYPE x [<!ENTITY a "b">]><ImportExportXml />' }), /document type/],
    [() => tree({ [solutionFile]: undefined }), /no unpacked solution/],
    [() => tree({ 'Resources/template_resources.resx': '<root />' }), /must come from unpack --localize/],
    [() => tree({ 'Resources/notes.txt': 'x' }), /notes\.txt is no resource file/],
  ],
  'directory-entry': [[() => zip(types(), { name: 'Workflows/', content: '' }), /folder 'Workflows\/'/]],
  'content-type-missing': [[() => zip(types(), { name: 'a.js', content: '' }), /'a\.js'/]],
  'content-type-orphan': [[() => zip(types('<Override PartName="/b" ContentType="x" />')), /'\/b'/]],
  'managed-flag': [
    [() => tree({ [solutionFile]: (text) => text.replace('<Managed>0', '<Managed>3') }), /says Managed 3/],
  ],
  'placeholder-missing': [
    [() => tree({ [frame]: (text) => text.replace(/<WebResources \/>/, '') }), /no <WebResources \/>/],
    [
      () => tree({ 'Entities/ora_FruitBox/Entity.xml': (text) => text.replace('<SavedQueries />', '') }),
      /no <SavedQueries \/>/,
    ],
  ],
  'placeholder-filled': [
    [
      () => tree({ [frame]: (text) => text.replace('<Roles />', '<Roles><Role /></Roles>') }),
      /<Roles> .* must be empty/,
    ],
  ],
  'orphan-file': [[() => tree({ 'WebResources/ora_/lost.js': 'x' }), /belongs to no component/]],
  'relationship-index': [
    [
      () =>
        tree({
          'Other/Relationships.xml': (text) => text.replace(/<EntityRelationship Name="ora_fruitbox_parcel" \/>/, ''),
        }),
      /'ora_fruitbox_parcel' of .* is not in/,
    ],
    [
      () =>
        tree({
          'Other/Relationships.xml': (text) =>
            text.replace('</EntityRelationships>', '<EntityRelationship Name="ora_x" /></EntityRelationships>'),
        }),
      /'ora_x', which no file holds/,
    ],
  ],
  'file-name': [
    [
      () => tree({ [form]: (text) => text.replace(soundIds.quickForm, soundIds.cardForm) }),
      /not the one its name says/,
    ],
    [
      () => {
        const src = tree();
        renameSync(
          join(src, 'environmentvariabledefinitions/ora_ColdStoreUrl'),
          join(src, 'environmentvariabledefinitions/ora_Url'),
        );
        return src;
      },
      /'ora_ColdStoreUrl', but its folder/,
    ],
    [
      () => tree({ 'Entities/ora_Parcel/Entity.xml': (text) => text.replace('>ora_Parcel</Name>', '>ora_Box</Name>') }),
      /of the table 'ora_Box'/,
    ],
  ],
  'form-type': [
    [
      () => {
        const src = tree();
        renameSync(join(src, 'Entities/ora_FruitBox/FormXml/quick'), join(src, 'Entities/ora_FruitBox/FormXml/fast'));
        return src;
      },
      /'fast' is no type of form/,
    ],
  ],
  'managed-twin': [[() => tree({ [solutionFile]: forBoth }), /has no .*_managed\.xml/, false]],
  'letter-case': [[() => tree({ 'WebResources/ora_/scripts/Fruitbox.js': 'x' }), /differ in letter case only/]],
};

test('every rule of reading has samples', () =>
  expect(Object.keys(samples).sort()).toEqual(readingRules.map(({ id }) => id).sort()));

describe.each(Object.entries(samples))('%s', (rule, list) => {
  test.each(list.map(([make, says, withoutTwins], index) => ({ number: index + 1, make, says, withoutTwins })))(
    'finds sample $number',
    async ({ make, says, withoutTwins }) => {
      const { all } = await found(make(), withoutTwins);
      expect(all.filter((one) => one.rule === rule).map(({ message }) => message)).toContainEqual(
        expect.stringMatching(says),
      );
    },
  );
});

test('a tree for both needs no twins when the build takes the plain files', async () =>
  expect((await found(tree({ [solutionFile]: forBoth }), true)).all).toEqual([]));

test('everything that is wrong with a tree is told, not only the first', async () => {
  const path = tree({
    [frame]: (text) => text.replace(/<WebResources \/>|<AppModules \/>/g, ''),
    'WebResources/lost.js': 'x',
    [form]: (text) => text.replace(soundIds.quickForm, soundIds.cardForm),
  });
  const { rules, solution } = await found(path);
  expect(rules.sort()).toEqual(['file-name', 'orphan-file', 'placeholder-missing', 'placeholder-missing']);
  expect(solution).toBeDefined();
});
