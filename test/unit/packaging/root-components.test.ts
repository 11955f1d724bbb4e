import { parseXml, requireRootComponents } from '../../../packaging/index.ts';
import { aManifest, aRoot } from '../../support/unpacked-solution.ts';

const check = (roots: readonly string[], customizations: string) =>
  requireRootComponents({
    manifest: parseXml(aManifest(roots), 'solution.xml'),
    customizations: parseXml(`<ImportExportXml>${customizations}</ImportExportXml>`, 'customizations.xml'),
  });

const role = '{AAAAAAAA-1111-4111-8111-111111111111}';

test('names of tables and ids agree whatever their letter case; other names are taken as they are', () => {
  const content = `<Entities><Entity><Name>ora_Box</Name></Entity></Entities><Roles><Role id="${role}" /></Roles>`;
  check([aRoot(1, 'schemaName="ora_box"'), aRoot(20, `id="${role.toLowerCase()}"`)], content);
  const app = '<AppModules><AppModule><UniqueName>ora_App</UniqueName></AppModule></AppModules>';
  expect(() => check([aRoot(80, 'schemaName="ora_app"')], app)).toThrow(/lists 'ora_app' of type 80/);
});

test('types whose components need no node may be listed', () => {
  check([aRoot(380, 'schemaName="ora_Url"'), aRoot(62, ''), aRoot(431, 'schemaName="ora_box ora_image"')], '');
});

test.each([
  ['0x80071153', [aRoot(61, 'schemaName="a"'), aRoot(61, 'schemaName="a"')], ''],
  ['0x8004801F', [aRoot(61, 'schemaName="a"')], ''],
  ['0x8004803A', [], '<WebResources><WebResource><Name>a</Name></WebResource></WebResources>'],
])('%s', (code, roots, content) => {
  expect(() => check(roots, content)).toThrow(expect.objectContaining({ code, entry: 'Other/Solution.xml' }));
});
