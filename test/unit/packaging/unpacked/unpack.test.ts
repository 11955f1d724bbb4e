import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  differences,
  PackageError,
  readFolder,
  readMappingFile,
  readZip,
  unpack,
  unpackBoth,
  writeFolder,
  writeZip,
  type PackageType,
} from '../../../../packaging/index.ts';
import { aFullPackage } from '../../../support/a-full-package.ts';
import { aSolution, type Part } from '../../../support/solution-builder.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'unpack-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filesBelow = (top: string): string[] =>
  readdirSync(top, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .sort();
const contents = (top: string) =>
  Object.fromEntries(filesBelow(top).map((path) => [path, readFileSync(join(top, path))]));
const refusalOf = (parts: readonly Part[], more = {}) => {
  try {
    unpack({ ...aSolution(parts), ...more });
  } catch (error) {
    return error as PackageError;
  }
  throw new Error('It was not refused.');
};

test('every component has its place in the classic layout', () => {
  writeFolder(folder, unpack(aFullPackage()));
  expect(filesBelow(folder)).toMatchInlineSnapshot(`
    [
      "AppModuleSiteMaps/ora_App/AppModuleSiteMap.xml",
      "AppModules/ora_App/AppModule.xml",
      "CanvasApps/ora_canvas.meta.xml",
      "CanvasApps/ora_canvas_DocumentUri.msapp",
      "CanvasApps/ora_canvas_more",
      "Connectors/ora_cold.xml",
      "Connectors/ora_cold_o.json",
      "Controls/ora_Orchard.Bar/ControlManifest.xml",
      "Controls/ora_Orchard.Bar/ControlManifest.xml.data.xml",
      "Controls/ora_Orchard.Bar/bundle.js",
      "Controls/ora_Orchard.Bar/strings/extra.resx",
      "Entities/ora_Box/Entity.xml",
      "Entities/ora_Box/FormXml/card/{11111111-1111-4111-8111-111111111111}.xml",
      "Entities/ora_Box/FormXml/main/{11111111-1111-4111-8111-111111111111}.xml",
      "Entities/ora_Box/FormXml/main/{22222222-1111-4111-8111-111111111111}.xml",
      "Entities/ora_Box/Formulas/ora_box-F.yaml",
      "Entities/ora_Box/RibbonDiff.xml",
      "Entities/ora_Box/SavedQueries/{33333333-1111-4111-8111-111111111111}.xml",
      "Entities/ora_Box/SavedQueries/{44444444-1111-4111-8111-111111111111}.xml",
      "Entities/ora_Box/Visualizations/{55555555-1111-4111-8111-111111111111}.xml",
      "OptionSets/ora_size.xml",
      "Other/Customizations.xml",
      "Other/EntityMaps.xml",
      "Other/Relationships.xml",
      "Other/Relationships/Account.xml",
      "Other/Relationships/ora_box.xml",
      "Other/SiteMap.xml",
      "Other/Solution.xml",
      "PluginAssemblies/x-1/x.dll",
      "PluginAssemblies/x-1/x.dll.data.xml",
      "Roles/Packer _ Shipper.xml",
      "WebResources/ora_/box.js",
      "WebResources/ora_/box.js.data.xml",
      "Workflows/onthedesk-88888888-1111-4111-8111-111111111111.data.xml",
      "Workflows/ship-7.json",
      "Workflows/ship-7.json.data.xml",
      "botcomponents/ora_bot/data",
      "environmentvariabledefinitions/ora_Url/x.xml",
      "things/one.bin",
      "things/two.bin",
    ]
  `);
});

test.each(['0', '1'] as const)(
  'packed again it is the same, unpacked again byte for byte (Managed %s)',
  async (flag) => {
    const before = aFullPackage(flag);
    const first = unpack(before);
    writeFolder(folder, first);
    const notes: string[] = [];
    const type: PackageType = flag === '1' ? 'managed' : 'unmanaged';
    const options = { type, useUnmanagedForMissingManaged: false, note: (text: string) => notes.push(text) };
    const after = await readZip(await writeZip(await readFolder(folder, options)));
    expect(differences(before, after)).toEqual([]);
    expect(Object.fromEntries(unpack(after).files)).toEqual(Object.fromEntries(first.files));
    expect(notes).toEqual([
      'things/ is of a component type that is not known here: its files are taken along as they are.',
    ]);
  },
);

test('what has no place stays in Other/Customizations.xml, and that is said', () => {
  const { files, notes } = unpack(aFullPackage());
  expect(files.get('Other/Customizations.xml')!.toString()).toContain('<Dolly />');
  expect(notes).toContainEqual(expect.stringMatching(/^Sheep stays in Other\/Customizations.xml/));
  expect(notes).toContainEqual(expect.stringMatching(/^things\/ is of a component type/));
});

test('a list in which two components share a file name stays whole', async () => {
  const role = (digit: number) => `<Role id="{${digit}}" name="A" />`;
  const solution = aSolution([{ list: 'Roles', node: role(1) + role(2), root: '' }]);
  expect([...unpack(solution).files.keys()]).toEqual(['Other/Customizations.xml', 'Other/Solution.xml']);
});

test('both packages give one tree with twins, from which either comes back', async () => {
  const [unmanaged, managed] = [aFullPackage('0'), aFullPackage('1')];
  const { files, notes } = unpackBoth(unmanaged, managed);
  expect(notes.filter((note) => note.includes('differs'))).toEqual([]);
  expect(files.get('Other/Solution.xml')!.toString()).toContain('<Managed>2</Managed>');
  writeFolder(folder, { files, notes });
  const strict = { useUnmanagedForMissingManaged: false };
  expect(differences(await readFolder(folder, { type: 'unmanaged', ...strict }), unmanaged)).toEqual([]);
  expect(differences(await readFolder(folder, { type: 'managed', ...strict }), managed)).toEqual([]);
  rmSync(join(folder, 'AppModules/ora_App/AppModule_managed.xml'));
  await expect(readFolder(folder, { type: 'managed', ...strict })).rejects.toThrow(
    /AppModule\.xml has no AppModules\/ora_App\/AppModule_managed\.xml; the official tool leaves it out/,
  );
});

test('two packages that are no pair are refused', () => {
  expect(() => unpackBoth(aFullPackage('0'), aFullPackage('0'))).toThrow(/one must be unmanaged and the other managed/);
  const other = aSolution([], { managed: '1', name: 'Other' });
  expect(() => unpackBoth(aFullPackage('0'), other)).toThrow(/uniqueName is 'Orchard' in one and 'Other' in the other/);
  const more = aFullPackage('1', [{ files: { 'things/three.bin': '3' } }]);
  expect(() => unpackBoth(aFullPackage('0'), more)).toThrow(/things\/three.bin is of the managed package only/);
});

const script = (name: string, file = '/WebResources/x1'): Part => ({
  list: 'WebResources',
  node: `<WebResource><Name>${name}</Name><FileName>${file}</FileName></WebResource>`,
});

describe('refused, with the entry it is about', () => {
  test.each<[string, Part[], string, RegExp]>([
    [
      'a name that leads out',
      [script('../../evil'), { files: { 'WebResources/x1': '' } }],
      'WebResources/../../evil',
      /leads out/,
    ],
    [
      'a table whose name leads out',
      [{ list: 'Entities', node: '<Entity><Name>../../x</Name></Entity>' }],
      'Entities/../../x/Entity.xml',
      /leads out/,
    ],
    [
      'a name no file can have',
      [script('ora_/con'), { files: { 'WebResources/x1': '' } }],
      'WebResources/ora_/con',
      /no file name/,
    ],
    ['names that differ in case only', [{ files: { 'things/a': '', 'things/A': '' } }], 'things/A', /Two components/],
    [
      'a missing file',
      [script('ora_/x.js')],
      'WebResources/x1',
      /needs the file WebResources\/x1, which is not in the package/,
    ],
    [
      'a file in another letter case',
      [script('ora_/x.js'), { files: { 'WebResources/X1': '' } }],
      'WebResources/x1',
      /has 'WebResources\/X1'; letter case matters/,
    ],
    [
      'a folder in another letter case',
      [{ files: { 'webresources/x1': '' } }],
      'webresources/x1',
      /spelt 'WebResources'/,
    ],
    [
      'a file nothing refers to',
      [{ files: { 'WebResources/lost': '' } }],
      'WebResources/lost',
      /belongs to no component/,
    ],
    [
      'a control without its node',
      [{ files: { 'Controls/ora_X/bundle.js': '' } }],
      'Controls/ora_X/bundle.js',
      /belongs to no component/,
    ],
    ['a file at the root', [{ files: { 'notes.txt': '' } }], 'notes.txt', /has no place/],
    ['a hidden file', [{ files: { '.git/hooks/post-checkout': '' } }], '.git/hooks/post-checkout', /has no place/],
    [
      'a file where the layout has its own',
      [{ files: { 'Other/Solution.xml': '' } }],
      'Other/Solution.xml',
      /belongs to no component/,
    ],
  ])('%s', (_, parts, entry, message) => {
    const error = refusalOf(parts);
    expect(error).toBeInstanceOf(PackageError);
    expect(error.message).toMatch(message);
    expect(error.entry).toBe(entry);
  });
});

describe('writing into a folder that is there', () => {
  const write = () => writeFolder(folder, unpack(aFullPackage()));

  test('nothing is touched when nothing has changed, nor a file that says the same in other words', () => {
    write();
    const role = join(folder, 'Roles/Packer _ Shipper.xml');
    const same = readFileSync(role, 'utf8').replace('\uFEFF', '').replaceAll('\n  ', '\n\t');
    writeFileSync(role, same);
    expect(write()).toEqual({ written: [], removed: [] });
    expect(readFileSync(role, 'utf8')).toBe(same);
  });

  test('what is gone from the solution goes from the folder; files beside the layout stay', () => {
    write();
    const beside = ['map.xml', 'Orchard.cdsproj', '.gitignore', 'notes.txt', 'obj/x.json', 'elsewhere/x.xml'];
    for (const path of ['Roles/Old.xml', 'appactions/ora_old/appaction.xml', 'things/old.bin', ...beside]) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), '<x />');
    }
    expect(write().removed.toSorted()).toEqual(['Roles/Old.xml', 'appactions/ora_old/appaction.xml', 'things/old.bin']);
    for (const path of beside) expect(existsSync(join(folder, path))).toBe(true);
    expect(existsSync(join(folder, 'appactions'))).toBe(false);
  });

  test('a folder of something else is left alone', () => {
    writeFileSync(join(folder, 'thesis.doc'), 'years of work');
    expect(write).toThrow(/is no unpacked solution .*: nothing is written/);
    expect(filesBelow(folder)).toEqual(['thesis.doc']);
  });

  test('what fails half way leaves the folder as it was', () => {
    write();
    writeFileSync(join(folder, 'Roles/Packer _ Shipper.xml'), '<Role id="older" />');
    rmSync(join(folder, 'WebResources'), { recursive: true });
    // A file where the layout needs a folder, which only comes to light while moving.
    writeFileSync(join(folder, 'WebResources'), 'in the way');
    const before = contents(folder);
    expect(write).toThrow();
    expect(contents(folder)).toEqual(before);
  });

  test('mapped files are neither written nor removed', () => {
    write();
    const place = 'WebResources/ora_/box.js';
    writeFileSync(join(folder, 'map.xml'), `<Mapping><FileToFile map="${place}" to="../not/built/yet.js" /></Mapping>`);
    writeFileSync(join(folder, place), 'mine');
    const mappings = readMappingFile(join(folder, 'map.xml'), folder, { mustExist: false });
    expect(writeFolder(folder, unpack(aFullPackage()), mappings)).toEqual({ written: [], removed: [] });
    expect(readFileSync(join(folder, place), 'utf8')).toBe('mine');
  });
});

test('a tree in the newer YAML format is refused by name', async () => {
  mkdirSync(join(folder, 'solutions/Orchard'), { recursive: true });
  writeFileSync(join(folder, 'solutions/Orchard/solution.yml'), 'a: 1');
  await expect(readFolder(folder, { type: 'unmanaged' })).rejects.toThrow(
    /is in the YAML source format \(it has solutions\/Orchard\/solution\.yml\)/,
  );
});
