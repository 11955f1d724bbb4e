import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  attribute,
  child,
  children,
  childText,
  descend,
  elements,
  identityOf,
  normalized,
  PackageError,
  readFolder,
  readZip,
  writeXml,
  writeZip,
  type PackageType,
} from '../../../../packaging/index.ts';
import { boxFormFile, boxViewFile, orchard, withTree, type Tree } from '../../../support/unpacked-solution.ts';

const read = (changes: Tree = {}, type: PackageType = 'unmanaged') =>
  withTree({ ...orchard, ...changes }, (folder) => readFolder(folder, { type }));

async function refused(changes: Tree, type?: PackageType): Promise<PackageError> {
  const error = await read(changes, type).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PackageError);
  return error as PackageError;
}

test('puts every fragment at its placeholder and every file at its path in the zip', async () => {
  const { customizations, files } = await read();
  expect(elements(customizations).map((list) => [list.name, elements(list).map(({ name }) => name)])).toEqual([
    ['Entities', ['Entity']],
    ['Workflows', ['Workflow']],
    ['EntityRelationships', ['EntityRelationship', 'EntityRelationship']],
    ['WebResources', ['WebResource']],
    ['CustomControls', ['CustomControl']],
    ['AppModuleSiteMaps', ['AppModuleSiteMap']],
    ['AppModules', ['AppModule']],
  ]);
  expect(writeXml(descend(customizations, 'Entities', 'Entity')!)).toBe(
    '<Entity><Name>ora_Box</Name>' +
      '<FormXml><forms type="main"><systemform><formid>{11111111-1111-4111-8111-111111111111}</formid><form /></systemform></forms></FormXml>' +
      '<SavedQueries><savedqueries><savedquery><savedqueryid>{22222222-2222-4222-8222-222222222222}</savedqueryid></savedquery></savedqueries></SavedQueries>' +
      '<RibbonDiffXml><CustomActions /></RibbonDiffXml></Entity>',
  );
  expect([...files.keys()].sort()).toEqual([
    'Controls/ora_Orchard.Bar/ControlManifest.xml',
    'Controls/ora_Orchard.Bar/bundle.js',
    'WebResources/ora_boxjs1',
    'Workflows/ship.json',
    'environmentvariabledefinitions/ora_Url/environmentvariabledefinition.xml',
  ]);
});

test('written as a zip and read again it is the same', async () => {
  const solution = await read();
  const back = await readZip(await writeZip(solution));
  expect(normalized(back.manifest)).toEqual(normalized(solution.manifest));
  expect(normalized(back.customizations)).toEqual(normalized(solution.customizations));
  expect(new Map(back.files)).toEqual(new Map([...solution.files].sort()));
});

test('relationships come in the order of the index', async () => {
  const { customizations } = await read();
  const names = children(child(customizations, 'EntityRelationships'), 'EntityRelationship');
  expect(names.map((one) => attribute(one, 'Name'))).toEqual(['ora_b', 'ora_a']);
});

test('the byte-order mark of a flow is taken off, other files keep every byte', async () => {
  const { files } = await read({ 'WebResources/ora_/box.js': Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00]) });
  expect(files.get('Workflows/ship.json')).toEqual(Buffer.from('{}'));
  expect(files.get('WebResources/ora_boxjs1')).toEqual(Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00]));
});

test('a tree for both gives either kind of package, with another version when wanted', async () => {
  expect(identityOf(await read({}, 'managed'))).toMatchObject({ isManaged: true, version: '1.2.0.0', prefix: 'ora' });
  const raised = await withTree(orchard, (folder) => readFolder(folder, { type: 'unmanaged', version: '2.0.0.1' }));
  expect(identityOf(raised)).toMatchObject({ isManaged: false, version: '2.0.0.1' });
});

test('a tree of one kind is not packed as the other', async () => {
  const manifest = String(orchard['Other/Solution.xml']).replace('<Managed>2<', '<Managed>0<');
  expect((await refused({ 'Other/Solution.xml': manifest }, 'managed')).message).toContain(
    'cannot be packed as managed',
  );
});

test.each([
  ['<UniqueName>Or/../chard<', '0x8004F002'],
  ['<UniqueName><', '0x8004F002'],
  ['<Version>1<', '0x8004F01E'],
  ['<Version>1.2.x<', '0x8004F01E'],
])('a manifest with %s is refused as the import would', async (text, code) => {
  const [start] = text.split('>');
  const manifest = String(orchard['Other/Solution.xml']).replace(new RegExp(`${start}>[^<]*<`), text);
  expect(await refused({ 'Other/Solution.xml': manifest })).toMatchObject({ code, entry: 'Other/Solution.xml' });
});

describe('what the official tool leaves out in silence is an error', () => {
  const without = (file: string, text: string, by = '') => ({ [file]: String(orchard[file]).replace(text, by) });

  test.each([
    ['Other/Customizations.xml', '<WebResources />', 'no <WebResources />'],
    ['Other/Customizations.xml', '<Entities />', 'no <Entities />'],
    ['Other/Customizations.xml', '<EntityRelationships />', 'no <EntityRelationships />'],
    ['Entities/ora_Box/Entity.xml', '<FormXml />', 'no <FormXml />'],
    ['Entities/ora_Box/Entity.xml', '<SavedQueries />', 'no <SavedQueries />'],
    ['Entities/ora_Box/Entity.xml', '<RibbonDiffXml />', 'no <RibbonDiffXml />'],
  ])('%s without the placeholder %s', async (file, text, expected) => {
    const error = await refused(without(file, text));
    expect(error.message).toContain(`${file} has ${expected}`);
    expect(error).toMatchObject({ entry: file, code: '0x8004801F' });
  });

  test('a placeholder that holds something already', async () => {
    const filled = without('Other/Customizations.xml', '<WebResources />', '<WebResources><x /></WebResources>');
    expect((await refused(filled)).message).toContain('<WebResources> in Other/Customizations.xml must be empty');
  });

  test.each([
    'WebResources/ora_/forgotten.js',
    'Entities/ora_Box/notes.txt',
    'Reports/a.rdl',
    'EnvironmentVariables/x.xml',
  ])('the file %s, which nothing refers to', async (path) => {
    const error = await refused({ [path]: 'x' });
    expect(error.message).toContain(`${path}: it belongs to no component`);
    expect(error.entry).toBe(path);
  });

  test('resource files nobody asked for', async () => {
    expect((await refused({ 'Resources/template_resources.resx': '<root />' })).message).toContain('--localize');
  });

  test.each([
    ['WebResources/ora_/box.js', "The web resource 'ora_/box.js'"],
    ['Workflows/ship.json', "The process 'ship'"],
  ])('a missing %s', async (path, what) => {
    const error = await refused({ [path]: undefined });
    expect(error.message).toBe(`${what} needs the file ${path}, which is not there.`);
    expect(error).toMatchObject({ entry: path, code: '0x8004F11A' });
  });

  test('a root component without a file, and a file without a root component', async () => {
    const missing = await refused({ 'AppModules/ora_App/AppModule.xml': undefined });
    expect(missing.message).toContain("lists 'ora_App' of type 80, but there is no <AppModule>");
    expect(missing.code).toBe('0x8004801F');
    const manifest = String(orchard['Other/Solution.xml']).replace(/<RootComponent type="80".*?>/, '');
    expect(await refused({ 'Other/Solution.xml': manifest })).toMatchObject({ code: '0x8004803A' });
  });
});

describe('names and contents must agree', () => {
  test('a table in a folder of another name', async () => {
    const entity = String(orchard['Entities/ora_Box/Entity.xml']).replace('>ora_Box<', '>ora_Crate<');
    expect((await refused({ 'Entities/ora_Box/Entity.xml': entity })).message).toContain("of the table 'ora_Crate'");
  });

  test.each([boxFormFile, boxViewFile])('the id in %s', async (path) => {
    const other = String(orchard[path]).replace(/\{.{8}/, '{99999999');
    expect((await refused({ [path]: other })).message).toContain(`${path} holds the component {99999999-`);
  });

  test('the folder of a form is its type', async () => {
    const path = boxFormFile.replace('/main/', '/mian/');
    const error = await refused({ [boxFormFile]: undefined, [path]: orchard[boxFormFile] });
    expect(error.message).toContain("'mian' is no type of form");
  });

  test('two forms in one file', async () => {
    const double = String(orchard[boxFormFile]).replace('</forms>', '<systemform /></forms>');
    expect((await refused({ [boxFormFile]: double })).message).toContain('must hold one <systemform>');
  });

  test('malformed XML is named with file and line', async () => {
    const error = await refused({ [boxViewFile]: '<savedqueries>\n<savedquery>\n</savedqueries>' });
    expect(error.message).toContain(`${boxViewFile} is not well-formed XML: line 3`);
  });

  test('names that differ in letter case only, which some disks cannot tell apart', async () => {
    const error = await refused({ 'WebResources/ora_/Box.js': 'x' });
    expect(error.message).toContain('differ in letter case only');
  });

  test('a link, wherever it leads', async () => {
    const reading = withTree(orchard, async (folder) => {
      symlinkSync('/etc', join(folder, 'Other/elsewhere'));
      return readFolder(folder, { type: 'unmanaged' });
    });
    await expect(reading).rejects.toThrow(/is a link/);
  });

  test('a folder that is no solution', async () => {
    expect((await refused({ 'Other/Solution.xml': undefined })).message).toContain('is no unpacked solution');
  });
});

describe('relationships', () => {
  const index = (...names: string[]) => ({
    'Other/Relationships.xml': `<EntityRelationships>${names.map((name) => `<EntityRelationship Name="${name}" />`).join('')}</EntityRelationships>`,
  });

  test.each([
    [['ora_a'], "'ora_b' of Other/Relationships/ora_Box.xml is not in Other/Relationships.xml"],
    [['ora_a', 'ora_b', 'ora_c'], "names the relationship 'ora_c', which no file holds"],
    [['ora_a', 'ora_b', 'ora_a'], "holds the relationship 'ora_a' a second time"],
  ])('an index of %j', async (names, expected) => expect((await refused(index(...names))).message).toContain(expected));

  test('one that two files hold', async () => {
    const error = await refused({
      'Other/Relationships/Account.xml':
        '<EntityRelationships><EntityRelationship Name="ora_a" /></EntityRelationships>',
    });
    expect(error.message).toContain("holds the relationship 'ora_a' a second time");
  });
});

describe('managed twins', () => {
  const app = 'AppModules/ora_App/AppModule.xml';
  const twin = {
    'AppModules/ora_App/AppModule_managed.xml': '<AppModule><UniqueName>ora_App</UniqueName><m /></AppModule>',
  };
  const isTwin = async (changes: Tree, type: PackageType) =>
    child(descend((await read(changes, type)).customizations, 'AppModules', 'AppModule'), 'm') !== undefined;

  test('a managed package takes the twin, an unmanaged one the plain file', async () => {
    expect(await isTwin(twin, 'managed')).toBe(true);
    expect(await isTwin(twin, 'unmanaged')).toBe(false);
  });

  test('without a twin the plain file serves for both', async () => expect(await isTwin({}, 'managed')).toBe(false));

  test('a twin alone serves for managed, and is refused for unmanaged', async () => {
    expect(await isTwin({ ...twin, [app]: undefined }, 'managed')).toBe(true);
    const error = await refused({ ...twin, [app]: undefined }, 'unmanaged');
    expect(error.message).toContain('is of the managed package only');
  });

  test('a form has twins, too', async () => {
    const managed = boxFormFile.replace('.xml', '_managed.xml');
    const content = String(orchard[boxFormFile]).replace('<form />', '<form x="managed" />');
    const { customizations } = await read({ [managed]: content }, 'managed');
    const forms = children(descend(customizations, 'Entities', 'Entity', 'FormXml', 'forms'), 'systemform');
    expect(forms.map((form) => attribute(child(form, 'form'), 'x'))).toEqual(['managed']);
  });
});

describe('controls', () => {
  const folder = 'Controls/ora_Orchard.Bar';

  test('one that is not built', async () => {
    const error = await refused({ [`${folder}/ControlManifest.xml`]: undefined });
    expect(error.message).toContain("The control 'ora_Orchard.Bar' has no");
    expect(error).toMatchObject({ entry: folder, code: '0x80160000' });
  });

  test('a manifest of another control', async () => {
    const manifest = String(orchard[`${folder}/ControlManifest.xml`]).replace('"Bar"', '"Foo"');
    expect((await refused({ [`${folder}/ControlManifest.xml`]: manifest })).message).toContain("'Orchard.Foo', not of");
  });

  test('a file the manifest names and the folder lacks', async () => {
    expect((await refused({ [`${folder}/bundle.js`]: undefined })).message).toContain('names bundle.js');
  });
});

describe('files that travel as they are', () => {
  const path = 'environmentvariabledefinitions/ora_Url/environmentvariabledefinition.xml';

  test.each([
    ['a byte-order mark', '\uFEFF<environmentvariabledefinition schemaname="ora_Url" />'],
    ['an XML declaration', '<?xml version="1.0"?><environmentvariabledefinition schemaname="ora_Url" />'],
    ['a comment', '<environmentvariabledefinition schemaname="ora_Url"><!-- x --></environmentvariabledefinition>'],
  ])('must not have %s', async (what, content) => {
    const error = await refused({ [path]: content });
    expect(error.message).toContain(`must not have ${what}`);
    expect(error.code).toBe('0x80040216');
  });

  test('stand in a folder of their name', async () => {
    const error = await refused({ [path]: '<environmentvariabledefinition schemaname="ora_Other" />' });
    expect(error.message).toContain("is of 'ora_Other', but its folder is named 'ora_Url'");
  });
});

test('connectors, assemblies and formulas change folder on their way into the zip', async () => {
  const changes: Tree = {
    'Other/Customizations.xml': String(orchard['Other/Customizations.xml']).replace(
      '</ImportExportXml>',
      '<SolutionPluginAssemblies /><Connectors /></ImportExportXml>',
    ),
    'Connectors/ora_x.xml':
      '<Connector><name>ora_x</name><openapidefinition>/Connector/ora_x_openapidefinition.json</openapidefinition></Connector>',
    'Connectors/ora_x_openapidefinition.json': '{"swagger":"2.0"}',
    'PluginAssemblies/ora-1/ora.dll.data.xml':
      '<PluginAssembly><FileName>/PluginAssemblies/ora-1/ora.dll</FileName></PluginAssembly>',
    'PluginAssemblies/ora-1/ora.dll': 'MZ',
    'Entities/ora_Box/Formulas/ora_box-ora_total.xaml': '<Activity />',
    'Entities/ora_Box/Entity.xml': String(orchard['Entities/ora_Box/Entity.xml']).replace(
      '<FormXml />',
      '<EntityInfo><entity><attributes><attribute PhysicalName="ora_total"><FormulaDefinitionFileName>/Formulas/ora_box-ora_total.xaml</FormulaDefinitionFileName></attribute></attributes></entity></EntityInfo><FormXml />',
    ),
  };
  const { files, customizations } = await read(changes);
  expect(files.get('Connector/ora_x_openapidefinition.json')?.toString()).toBe('{"swagger":"2.0"}');
  expect(files.get('PluginAssemblies/ora-1/ora.dll')?.toString()).toBe('MZ');
  expect(files.get('Formulas/ora_box-ora_total.xaml')?.toString()).toBe('<Activity />');
  expect(childText(descend(customizations, 'Connectors', 'Connector'), 'name')).toBe('ora_x');
});
