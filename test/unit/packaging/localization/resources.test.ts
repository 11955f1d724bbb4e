import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  descendants,
  differences,
  extractResources,
  mergeResources,
  parseXml,
  readFolder,
  readTreeResources,
  unpack,
  unpackBoth,
  withResources,
  writeFolder,
  writeXml,
  type ExtractOptions,
  type PackageType,
  type SolutionPackage,
  setAttribute,
} from '../../../../packaging/index.ts';
import { aLabelledPackage, cellId, formId, labels } from '../../../support/a-labelled-package.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'localized-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source = { file: 'Orchard.zip', packageType: 'Unmanaged' } as const;
const [english, german, french, template] = [
  'Resources/en-US/resources.en-US.resx',
  'Resources/de-DE/resources.de-DE.resx',
  'Resources/fr-FR/resources.fr-FR.resx',
  'Resources/template_resources.resx',
];

type Solutions = readonly [SolutionPackage, ...SolutionPackage[]];
function unpackTo(solutions: Solutions, options: Partial<ExtractOptions> = {}) {
  const [first, second] = solutions;
  const unpacked = second === undefined ? unpack(first) : unpackBoth(first, second);
  const localized = withResources(unpacked, extractResources(solutions, { source, ...options }));
  writeFolder(folder, localized);
  return localized;
}

const pack = (type: PackageType = 'unmanaged', note?: (text: string) => void) =>
  readFolder(folder, { type, localize: true, ...(note === undefined ? {} : { note }) });

/** Entries of a resource file of the tree. */
const textsOf = (path: string) =>
  readTreeResources([path], (one) => readFileSync(join(folder, one))).byLanguage[0]?.texts ??
  readTreeResources([path], (one) => readFileSync(join(folder, one))).template!.texts;

/** Writes a resource file with these entries alone. */
function put(path: string, language: number, entries: Readonly<Record<string, string>>): void {
  const data = Object.entries(entries).map(
    ([key, text]) => `<data name="${key}" xml:space="preserve"><value>${text}</value></data>`,
  );
  putXml(
    path,
    `<root><metadata name="Source LCID"><value>${language}</value></metadata><metadata name="SolutionPackager Version String"><value>9.0.0.0</value></metadata>${data.join('')}</root>`,
  );
}
function putXml(path: string, xml: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), xml);
}

const labelsIn = ({ customizations }: SolutionPackage, holder: string) =>
  [...descendants(customizations, holder)].map((one) => writeXml(one).replace(/>\s+</g, '><'));

describe('what unpacking writes', () => {
  test('a file a language, with every text under the key of the official tool', () => {
    unpackTo([aLabelledPackage()]);
    expect([...textsOf(german)].filter(([, text]) => text !== '')).toEqual([
      ['1:displayname,ora_Boxora_Size', 'Größe'],
      ['1:label,Box{tab}', 'Allgemein'],
      ['1:label,ora_Boxora_box_ora_size1', 'Klein'],
      ['1:LocalizedName,ora_Boxentityora_Box', 'Kiste'],
      ['62:Title,ora_Apps', 'Kisten'],
    ]);
    expect(Object.fromEntries(textsOf(english))).toEqual({
      '10:CustomLabel,ora_box_account': 'Boxes of ours',
      '10:Description,ora_box_account': 'Who owns it',
      '15062:LocalizedName,Orchard': 'Orchard',
      '15062:LocalizedName,orchardora47219': 'orchard',
      '1:Description,ora_Boxentityora_Box': 'What apples travel in',
      '1:Description,ora_Boxora_box_ora_size1': 'Six apples',
      '1:Description,ora_Boxora_Size': '',
      '1:displayname,ora_Boxora_box_ora_size': 'Size',
      '1:displayname,ora_Boxora_Number': 'Number',
      '1:displayname,ora_Boxora_Size': 'Size',
      '1:displayname,ora_Boxstatecode': 'Status',
      [`1:label,Box${cellId}`]: 'Size',
      '1:label,Box{tab}': 'General',
      '1:label,ora_Boxora_box_ora_size1': 'Small',
      '1:label,ora_Boxora_box_statecode0': 'Active',
      '1:LocalizedCollectionName,ora_Boxentityora_Box': 'Boxes',
      '1:LocalizedName,Box{33333333-3333-4333-8333-333333333333}': 'All boxes',
      '1:LocalizedName,Box{44444444-4444-4444-8444-444444444444}': 'By size',
      [`1:LocalizedName,Box${formId}`]: 'Main',
      '1:LocalizedName,ora_Boxentityora_Box': 'Box',
      '1:Title,Boxora.Ship.Label': 'Ship',
      '29:label,{66666666-6666-4666-8666-666666666666}': 'Pack',
      '29:LocalizedName,{55555555-5555-4555-8555-555555555555}': 'Ship a box',
      '60:label,{dash}': 'Numbers',
      '60:LocalizedName,{77777777-7777-4777-8777-777777777777}': 'Overview',
      '62:Title,ora_Appa': 'Area',
      '62:Title,ora_Appg': 'Group',
      '62:Title,ora_Apps': 'Boxes',
      '80:LocalizedName,ora_App': 'Orchard',
      '9:displayname,ora_colour': 'Colour',
      '9:label,ora_colour7': 'Red',
    });
  });

  test('metadata the official tool asks for, a comment for the translator, and the same bytes each time', () => {
    const first = unpackTo([aLabelledPackage()]).files.get(german)!;
    const text = first.toString();
    expect(text).toMatch(/<metadata name="Source LCID" xml:space="preserve">\s*<value>1031<\/value>/);
    expect(text).toMatch(/"Source file" [^>]*>\s*<value>Orchard\.zip</);
    expect(text).toMatch(/"Source package type" [^>]*>\s*<value>Unmanaged</);
    expect(text).toMatch(/"SolutionPackager Version String" /);
    expect(text).toContain("<comment>displayname of the column 'ora_Size' of the table 'ora_Box'</comment>");
    expect(unpackTo([aLabelledPackage()]).files.get(german)!.equals(first)).toBe(true);
  });

  test('a template in the base language or another, files called after ids, an id without a name', () => {
    unpackTo([aLabelledPackage()], { template: 'auto', withIds: true });
    expect(textsOf(template).get('1:displayname,ora_Boxora_Size')).toBe('Size');
    expect(textsOf('Resources/1031/resources.1031.resx').get('1:displayname,ora_Boxora_Size')).toBe('Größe');
    unpackTo([aLabelledPackage()], { template: 1031 });
    expect(textsOf(template).get('1:displayname,ora_Boxora_Size')).toBe('Größe');
    const odd = aLabelledPackage({ cell: labels('label', { 5555: 'x' }) });
    expect(() => extractResources([odd], { source })).toThrow('language 5555 has no name');
    expect([...extractResources([odd], { source, withIds: true }).files.keys()]).toContain(
      'Resources/5555/resources.5555.resx',
    );
  });

  test('translations the solution lacks are kept, what it says itself counts, and what is gone is told', () => {
    unpackTo([aLabelledPackage()]);
    put(french, 1036, { '1:displayname,ora_Boxora_Size': 'Taille', '1:displayname,ora_Boxora_Gone': 'Parti' });
    put(german, 1031, { '1:displayname,ora_Boxora_Size': 'alt', '1:LocalizedCollectionName,ora_Boxentityora_Box': 'Kisten' }); // prettier-ignore
    const present = readTreeResources([french, german], (path) => readFileSync(join(folder, path)));
    const { notes } = unpackTo([aLabelledPackage()], { present });
    expect(textsOf(french).get('1:displayname,ora_Boxora_Size')).toBe('Taille');
    expect(textsOf(german).get('1:displayname,ora_Boxora_Size')).toBe('Größe');
    expect(textsOf(german).get('1:LocalizedCollectionName,ora_Boxentityora_Box')).toBe('Kisten');
    expect(notes).toEqual([
      `${french}: 1 texts of what is no longer there are left out: 1:displayname,ora_Boxora_Gone.`,
    ]);
  });
});

describe('there and back', () => {
  test.each(['0', '1'] as const)(
    'a package with Managed %s is equal, and unpacks to the same bytes',
    async (managed) => {
      const before = aLabelledPackage({ managed });
      const first = unpackTo([before], { template: 'auto' });
      const after = await pack(managed === '1' ? 'managed' : 'unmanaged');
      expect(differences(before, after)).toEqual([]);
      const second = withResources(unpack(after), extractResources([after], { source, template: 'auto' }));
      for (const [path, content] of first.files) expect(second.files.get(path)!.toString()).toBe(content.toString());
    },
  );

  test('both packages of a tree are equal, although the managed one blanks labels that are those of the column', async () => {
    const plain = aLabelledPackage({ cell: labels('label', { 1033: 'Size' }) });
    const managed = aLabelledPackage({ managed: '1', cell: labels('label', { 1033: '' }) });
    const { notes } = unpackTo([plain, managed]);
    expect(textsOf(english).get(`1:label,Box${cellId}`)).toBe('Size');
    expect(notes).toEqual([]);
    expect(differences(plain, await pack('unmanaged'))).toEqual([]);
    expect(differences(managed, await pack('managed'))).toEqual([]);
  });

  test('a key that stands for labels with different texts is left to the XML, and told', async () => {
    const before = aLabelledPackage({
      cell: labels('label', { 1033: 'Size' }),
      secondCell: labels('label', { 1033: 'How big' }),
    });
    const { notes } = unpackTo([before]);
    expect(textsOf(english).has(`1:label,Box${cellId}`)).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/^1 labels stay in the XML alone.*1:label,Box\{2222/)]);
    expect(differences(before, await pack())).toEqual([]);
  });

  test.each(['\r\nx', ' ends blank ', '<&">', '&#xA;', 'x\ny', 'Größe 😀'])('the text %j', async (text) => {
    const before = aLabelledPackage();
    const [label] = descendants(before.customizations, 'CustomLabel');
    setAttribute(label!, 'description', text);
    unpackTo([before]);
    expect(textsOf(english).get('10:CustomLabel,ora_box_account')).toBe(text);
    const [after] = descendants((await pack()).customizations, 'CustomLabel');
    expect(after!.attributes.get('description')).toBe(text);
  });
});

describe('what packing takes', () => {
  test('a label that was changed counts, everywhere it stands; an empty one says nothing', async () => {
    const same = labels('label', { 1033: 'Size' });
    unpackTo([aLabelledPackage({ cell: same, secondCell: same })]);
    put(english, 1033, { [`1:label,Box${cellId}`]: 'Extent', '1:displayname,ora_Boxora_Size': '' });
    const after = await pack();
    expect(labelsIn(after, 'labels').filter((one) => one.includes('Extent'))).toHaveLength(2);
    expect(labelsIn(after, 'displaynames')).toContain(
      '<displaynames><displayname description="Größe" languagecode="1031" /><displayname description="Size" languagecode="1033" /></displaynames>',
    );
  });

  test('a translated file adds a language, in the shape of the labels beside it, and lists it', async () => {
    unpackTo([aLabelledPackage()]);
    put(french, 1036, {
      '1:displayname,ora_Boxora_Size': 'Taille',
      '29:label,{66666666-6666-4666-8666-666666666666}': 'Emballer',
      '62:Title,ora_Apps': 'Caisses',
      '15062:LocalizedName,Orchard': 'Verger',
    });
    const after = await pack();
    expect(labelsIn(after, 'displaynames')[1]).toContain(
      '<displayname description="Size" languagecode="1033" /><displayname description="Taille" languagecode="1036" />',
    );
    expect(labelsIn(after, 'steplabels')[0]).toContain('<label languagecode="1036" description="Emballer" />');
    expect(labelsIn(after, 'Titles').at(-1)).toContain('<Title LCID="1036" Title="Caisses" />');
    expect(writeXml(after.manifest)).toContain('<LocalizedName description="Verger" languagecode="1036" />');
    expect(labelsIn(after, 'Language').at(-1)).toBe('<Language>1036</Language>');
  });

  test('the template counts for its language only when no other file is of it', async () => {
    unpackTo([aLabelledPackage()]);
    put(template, 1033, { '80:LocalizedName,ora_App': 'From the template' });
    expect(labelsIn(await pack(), 'LocalizedName').join()).not.toContain('From the template');
    rmSync(join(folder, english));
    expect(labelsIn(await pack(), 'LocalizedName').join()).toContain('From the template');
  });

  test('a key we do not know passes with a note while the XML has its text', async () => {
    unpackTo([aLabelledPackage()]);
    put(english, 1033, { '59:Other,x': 'By size' });
    const notes: string[] = [];
    await pack('unmanaged', (text) => notes.push(text));
    expect(notes).toEqual([`${english}: '59:Other,x' is not known here; the XML has the same, and keeps it.`]);
  });

  test('what only the other package of a tree has is no mistake', async () => {
    const managed = aLabelledPackage({ managed: '1', cell: '' });
    unpackTo([aLabelledPackage(), managed]);
    put(french, 1036, { [`1:label,Box${cellId}`]: 'Taille' });
    expect(labelsIn(await pack('unmanaged'), 'labels').join()).toContain('Taille');
    expect(labelsIn(await pack('managed'), 'labels').join()).not.toContain('Taille');
  });
});

describe('what is refused, by file and key', () => {
  const version = '<metadata name="SolutionPackager Version String"><value>9</value></metadata>';
  const lcid = '<metadata name="Source LCID"><value>1036</value></metadata>';

  test.each([
    ['no XML', '<root', 'is not well-formed XML'],
    ['another root', '<resources />', 'it is no resource file'],
    ['no version', `<root>${lcid}</root>`, "the metadata 'SolutionPackager Version String' is missing"],
    ['no language', `<root>${version}</root>`, "the metadata 'Source LCID' is missing"],
    ['a language that is none', `<root>${version}${lcid.replace('1036', 'fr')}</root>`, "'fr' is no language"],
    ['another language', `<root>${version}${lcid.replace('1036', '1033')}</root>`, "'Source LCID' says 1033, and the file is called after 1036"], // prettier-ignore
    [
      'what Visual Studio does',
      `<root>${lcid.replaceAll('metadata', 'data')}</root>`,
      "'Source LCID' is written as <data>",
    ],
    ['an entry without a name', `<root>${version}${lcid}<data><value>x</value></data></root>`, 'an entry has no name'],
    ['an entry without a value', `<root>${version}${lcid}<data name="1:label,x" /></root>`, "the entry '1:label,x' has no <value>"], // prettier-ignore
    ['an entry that is no text', `<root>${version}${lcid}<data name="k" type="T"><value>x</value></data></root>`, "the entry 'k' is no text"], // prettier-ignore
    ['an entry with elements', `<root>${version}${lcid}<data name="k"><value>a <b /></value></data></root>`, "the entry 'k' holds elements"], // prettier-ignore
    ['an entry twice', `<root>${version}${lcid}${'<data name="k"><value>x</value></data>'.repeat(2)}</root>`, "the entry 'k' is there twice"], // prettier-ignore
    ['keys nothing has', `<root>${version}${lcid}<data name="1:label,ora_Boxgone"><value>x</value></data></root>`, "has a text for a key nothing in the solution has: '1:label,ora_Boxgone'"], // prettier-ignore
  ])('a file with %s', async (_what, xml, why) => {
    unpackTo([aLabelledPackage()]);
    putXml(french, xml);
    const error = await pack().catch((raised: Error) => raised);
    expect(error).toMatchObject({ name: 'PackageError', entry: french, message: expect.stringContaining(french) });
    expect(error).toMatchObject({ message: expect.stringContaining(why) });
  });

  test('two files of one language, and a file that is no resource file', async () => {
    unpackTo([aLabelledPackage()]);
    put('Resources/1031/resources.1031.resx', 1031, {});
    await expect(pack()).rejects.toThrow('are of one language, 1031');
    rmSync(join(folder, 'Resources/1031'), { recursive: true });
    putXml('Resources/notes.txt', 'x');
    await expect(pack()).rejects.toThrow('Resources/notes.txt is no resource file');
  });

  test('a text for labels that differ', async () => {
    const [cell, secondCell] = [labels('label', { 1033: 'Size' }), labels('label', { 1033: 'How big' })];
    unpackTo([aLabelledPackage({ cell, secondCell })]);
    put(english, 1033, { [`1:label,Box${cellId}`]: 'How big' });
    await pack();
    put(french, 1036, { [`1:label,Box${cellId}`]: 'Taille' });
    await expect(pack()).rejects.toThrow(`the key '1:label,Box${cellId}' stands for 2 labels with different texts`);
  });

  test('no resource files at all', async () => {
    writeFolder(folder, unpack(aLabelledPackage()));
    await expect(pack()).rejects.toThrow('There are no texts in Resources/');
  });
});

test.each(['AppCommands', 'Party', 'msdynce_Activities'])('the package %s is the same by way of them', async (name) => {
  const root = join(__dirname, '../../../../emulator/first-party');
  const before = await readFolder(join(root, name), { type: 'managed' });
  const after = structuredClone({ manifest: before.manifest, customizations: before.customizations });
  const { files } = extractResources([before], { source, template: 'auto' });
  const resources = readTreeResources([...files.keys()], (path) => files.get(path)!);
  expect(resources.template!.texts.size).toBeGreaterThan(0);
  mergeResources(after, resources, { known: () => new Set() });
  expect(differences(before, { ...after, files: before.files })).toEqual([]);
});

test('XML of the tree keeps every language, so that nothing is lost without the files', () => {
  unpackTo([aLabelledPackage()]);
  const entity = parseXml(readFileSync(join(folder, 'Entities/ora_Box/Entity.xml')), 'Entity.xml');
  expect(writeXml(entity)).toContain('<displayname description="Größe" languagecode="1031" />');
});
