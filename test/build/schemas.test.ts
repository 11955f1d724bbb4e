/** Our solution against the schemas Microsoft publishes for customizations.xml. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  descendants,
  elements,
  writeXml,
  writeZip,
  xmlElement,
  setAttribute,
  type XmlElement,
} from '../../packaging/index.ts';
import { asOfTheSchemas } from '../../alm/check/xsd/newer-than-schemas.ts';
import { readSchemas } from '../../alm/check/xsd/published-schemas.ts';
import { referenceFolder } from '../support/reference-folder.ts';
import { runAlm } from '../support/run-alm.ts';
import { validate } from '../support/validate-xml.ts';
import { readSolution } from '../unit/solution/our-solution.ts';

jest.setTimeout(120_000);

const folder = referenceFolder('DATAVERSE_SCHEMAS', 'schemas');
const suite = folder === undefined ? describe.skip : describe;

suite('customizations.xml', () => {
  const schemas = folder === undefined ? {} : readSchemas(folder);
  const check = (schema: string, documents: readonly XmlElement[]) =>
    validate({ schemas, documents: documents.map((document) => ({ schema, xml: writeXml(document) })) });
  const customizations = async (type: 'managed' | 'unmanaged' = 'unmanaged') =>
    (await readSolution(type)).customizations;

  test('is valid once what is newer than the schemas is left out, managed and unmanaged', async () => {
    const both = [await customizations(), await customizations('managed')];
    expect(
      check(
        'CustomizationsSolution.xsd',
        both.map((one) => asOfTheSchemas(one)),
      ),
    ).toEqual([[], []]);
  });

  test('has queries that are valid as they are', async () => {
    const queries = [...descendants(await customizations(), 'fetch')];
    expect(queries.length).toBeGreaterThan(6);
    expect(check('Fetch.xsd', queries).flat()).toEqual([]);
  });

  test('has ribbon differences that are valid as they are', async () => {
    const ribbons = [...descendants(await customizations(), 'RibbonDiffXml')];
    expect(ribbons.length).toBeGreaterThan(1);
    // The schema knows the ribbon of a table in its place only.
    const table = (ribbon: XmlElement) =>
      xmlElement('Entity', {}, [xmlElement('Name', { LocalizedName: 'x', OriginalName: '' }, ['x']), ribbon]);
    const packages = ribbons.map((ribbon) =>
      xmlElement('ImportExportXml', {}, [xmlElement('Entities', {}, [table(ribbon)])]),
    );
    expect(check('CustomizationsSolution.xsd', packages).flat()).toEqual([]);
  });

  test.each<[string, (root: XmlElement) => void, RegExp]>([
    [
      'a column of an unknown type',
      (root) => void (first(root, 'Type').children = [{ kind: 'text', text: 'sheep' }]),
      /Type/,
    ],
    ['an attribute a cell does not have', (root) => void setAttribute(first(root, 'cell'), 'size', 'big'), /size/],
    ['an unknown condition', (root) => void setAttribute(first(root, 'condition'), 'operator', 'is'), /operator/],
    ['an element of another list', (root) => void root.children.push(xmlElement('Sheep')), /Sheep/],
    [
      'a ribbon action without a place',
      (root) => void first(root, 'CustomActions').children.push(xmlElement('CustomAction')),
      /CustomAction/,
    ],
  ])('the check finds %s', async (_, spoil, expected) => {
    const root = asOfTheSchemas(await customizations());
    spoil(root);
    expect(check('CustomizationsSolution.xsd', [root])[0]!.join('\n')).toMatch(expected);
  });

  test('the check finds nothing in ours, and tells element and line of what is wrong', async () => {
    const run = (...options: string[]) =>
      JSON.parse(runAlm(['check', ...options, '--schemas', folder!, '--format', 'json']).stdout) as {
        findings: object[];
      };
    const inSchema = ({ findings }: { findings: object[] }) =>
      findings.filter((one) => (one as { rule: string }).rule.startsWith('schema'));
    expect(inSchema(run())).toEqual([]);
    const spoiled = join(mkdtempSync(join(tmpdir(), 'schemas-')), 'x.zip');
    const solution = await readSolution('unmanaged');
    setAttribute(first(solution.customizations, 'condition'), 'operator', 'is');
    writeFileSync(spoiled, await writeZip(solution));
    expect(inSchema(run(spoiled))).toMatchObject([
      {
        rule: 'schema',
        at: expect.stringMatching(/fetch\/entity\[\w+\]\/filter\/condition$/) as string,
        message: expect.stringContaining('operator') as string,
      },
    ]);
    rmSync(dirname(spoiled), { recursive: true });
  });
});

function first(root: XmlElement, name: string): XmlElement {
  const [found] = descendants(root, name);
  expect(elements(root).length).toBeGreaterThan(0);
  return found!;
}
