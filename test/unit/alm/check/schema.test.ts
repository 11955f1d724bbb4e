import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asOfTheSchemas } from '../../../../alm/check/xsd/newer-than-schemas.ts';
import { readSchemas } from '../../../../alm/check/xsd/published-schemas.ts';
import { parseXml, writeXml, writeZip } from '../../../../packaging/index.ts';
import { asPackage, type PackageTexts } from '../../../support/a-sound-solution.ts';
import { runAlm } from '../../../support/run-alm.ts';

/** Schemas of a few elements, in the files and with the habits of the published ones. */
const schema = (...inner: string[]) =>
  `\uFEFF<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${inner.join('')}</xs:schema>`;
const sequence = (...inner: string[]) =>
  `<xs:complexType><xs:sequence>${inner.join('')}</xs:sequence></xs:complexType>`;
const element = (name: string, type: string) => `<xs:element name="${name}" type="${type}" />`;
const schemas: Readonly<Record<string, string>> = {
  'CustomizationsSolution.xsd': schema(
    '<xs:include schemaLocation="Fetch.xsd" /><xs:include schemaLocation="FormXml.xsd" />',
    '<xs:simpleType name="Width"><xs:restriction base="xs:string"><xs:pattern value="^(100|[0-9]{1,2})%$" /></xs:restriction></xs:simpleType>',
    '<xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="one" /></xs:restriction></xs:simpleType>',
    `<xs:element name="ImportExportXml">${sequence(element('Width', 'Width'), element('Kind', 'Kind'), '<xs:element ref="fetch" minOccurs="0" />', '<xs:element ref="form" minOccurs="0" />')}</xs:element>`,
  ),
  'Fetch.xsd': schema(
    '<xs:simpleType name="Version"><xs:restriction base="xs:string"><xs:pattern value="^[0-9]+(\\.[0-9]+){1,3}$" /></xs:restriction></xs:simpleType>',
    `<xs:element name="fetch">${sequence(element('version', 'Version'))}</xs:element>`,
  ),
  'FormXml.xsd': schema(
    '<xs:simpleType name="Icon"><xs:restriction base="xs:string"><xs:pattern value="(\\$webresource:|/)(.)+" /></xs:restriction></xs:simpleType>',
    `<xs:element name="form">${sequence(element('icon', 'Icon'))}</xs:element>`,
  ),
};
const valid =
  '<Width>50%</Width>\n<Kind>one</Kind>\n<fetch><version>1.0</version></fetch>\n<form><icon>$webresource:x</icon></form>';

let folder: string;
const at = (...path: string[]) => join(folder, ...path);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schema-'));
  mkdirSync(at('xsd'));
  for (const [name, text] of Object.entries(schemas)) writeFileSync(at('xsd', name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const texts: PackageTexts = {
  manifest:
    '<ImportExportXml><SolutionManifest><UniqueName>X</UniqueName><Version>1.0</Version><Managed>0</Managed><Publisher><UniqueName>x</UniqueName><CustomizationPrefix>ora</CustomizationPrefix><CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix></Publisher></SolutionManifest></ImportExportXml>',
  customizations: '',
  files: {},
};

async function check(content: string, { managed = false } = {}) {
  const manifest = managed ? texts.manifest.replace('<Managed>0', '<Managed>1') : texts.manifest;
  const solution = asPackage({ ...texts, manifest, customizations: `<ImportExportXml>\n${content}</ImportExportXml>` });
  writeFileSync(at('x.zip'), await writeZip(solution));
  const { stdout } = runAlm(['check', 'x.zip', '--schemas', 'xsd', '--format', 'json'], {
    cwd: folder,
  });
  const { findings, notes } = JSON.parse(stdout) as { findings: object[]; notes: string[] };
  return { findings, notes };
}

test('what the schemas allow, with their .NET patterns mended, is no finding', async () => {
  expect(await check(valid)).toEqual({ findings: [], notes: [] });
});

test('a value, a query and an unknown element are told with element and line', async () => {
  const { findings } = await check(
    valid.replace('50%', '500%').replace('>1.0<', '>one<').replace('</form>', '</form>\n<Sheep />'),
  );
  expect(findings).toMatchObject([
    { rule: 'schema', severity: 'error', code: '0x8004801A', at: 'ImportExportXml/Width', line: 3 },
    { rule: 'schema', at: 'ImportExportXml/fetch/version', line: 5 },
    { rule: 'schema-unknown', severity: 'warning', at: 'ImportExportXml/Sheep', line: 7 },
  ]);
});

test('an unknown value may be newer than the schemas, but not in a query', async () => {
  const { findings } = await check(valid.replace('>one<', '>two<').replace('<version>', '<sheep /><version>'));
  expect(findings).toMatchObject([
    { rule: 'schema', at: 'ImportExportXml/fetch/sheep' },
    { rule: 'schema-unknown', at: 'ImportExportXml/Kind', line: 4 },
  ]);
});

test('differences of managed packages lack what did not change', async () => {
  const partial = valid.replace('<icon>$webresource:x</icon>', '');
  expect((await check(partial)).findings).toMatchObject([
    { rule: 'schema', message: expect.stringContaining('Missing child') as string },
  ]);
  expect((await check(partial, { managed: true })).findings).toEqual([]);
});

test('a folder without the schemas is refused by name', () => {
  expect(() => readSchemas(at('nowhere'))).toThrow(/There is no folder .*nowhere with the schemas/);
  expect(() => readSchemas(folder)).toThrow(/has no FormXml\.xsd: it must hold the schemas/);
});

test('schemas that somebody mended already are taken as they are', () => {
  const mended = readSchemas(at('xsd'));
  mkdirSync(at('mended'));
  for (const [name, text] of Object.entries(mended)) writeFileSync(at('mended', name), text);
  expect(readSchemas(at('mended'))).toEqual(mended);
});

describe('what is newer than the schemas is left out of the copy', () => {
  test.each([
    ['<attribute><Type>int</Type><AutoNumberFormat /></attribute>', '<attribute><Type>int</Type></attribute>'],
    ['<attributes><attribute><Type>file</Type></attribute></attributes>', '<attributes />'],
    ['<entity><HasRelatedNotes>True</HasRelatedNotes></entity>', '<entity />'],
    ['<form headerdensity="x" id="1" />', '<form id="1" />'],
    ['<tab solutionaction="Added" ordinalvalue="1" name="a" />', '<tab name="a" />'],
    [
      '<customControl><parameters><value>x</value></parameters></customControl>',
      '<customControl><parameters /></customControl>',
    ],
    ['<ImportExportXml><msdyn_things /><CanvasApps /></ImportExportXml>', '<ImportExportXml />'],
  ])('%s', (given, expected) => {
    const copy = asOfTheSchemas(parseXml(given, 'x'));
    expect(writeXml(copy)).toBe(expected);
  });

  test('and nothing else, and the original stays as it was', () => {
    const original = parseXml('<Entity><Name>AutoNumberFormat</Name><CascadeArchive /></Entity>', 'x');
    expect(asOfTheSchemas(original)).toEqual(original);
    asOfTheSchemas(parseXml('<form headerdensity="x" />', 'x'));
    expect(original.children).toHaveLength(2);
  });
});
