import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toBeValidSarifLog } from '@microsoft/jest-sarif';
import { asFindings } from '../../../../alm/check/check-solution.ts';
import { write, type Report } from '../../../../alm/check/report.ts';
import { unpack, writeFolder, writeZip } from '../../../../packaging/index.ts';
import { asPackage, soundTexts, type PackageTexts } from '../../../support/a-sound-solution.ts';
import { runAlm } from '../../../support/run-alm.ts';

expect.extend({ toBeValidSarifLog });

let folder: string;
const at = (...path: string[]) => join(folder, ...path);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  await zip('sound.zip', () => {});
  await zip('bad.zip', (texts) => {
    texts.manifest = texts.manifest.replace('>47219<', '>1<');
    texts.files['WebResources/extra'] = 'x';
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function zip(name: string, spoil: (texts: PackageTexts) => void): Promise<void> {
  const texts = soundTexts();
  spoil(texts);
  writeFileSync(at(name), await writeZip(asPackage(texts)));
}

const { DATAVERSE_SCHEMAS: _, ...env } = process.env;
const check = (...options: string[]) => runAlm(['check', ...options], { cwd: folder, env });

test('a sound zip ends with 0; what was not done is said', () => {
  const { status, stdout, stderr } = check('sound.zip');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^note: customizations\.xml was not validated .* --schemas DIR or DATAVERSE_SCHEMAS\.\n/);
  expect(stdout.trim().split('\n').at(-1)).toBe(`${at('sound.zip')}: nothing found`);
});

test('errors end with 1; each is told with its place, what fails, the code, and how to mend it', () => {
  const { status, stdout } = check('bad.zip');
  expect(status).toBe(1);
  expect(stdout).toContain("error choice-value-prefix: solution.xml: The prefix is '1'. (solution.xml:2)");
  expect(stdout).toContain('outside 10000 to 99999. [0x80048402]\n    mend: Change CustomizationOptionValuePrefix');
  expect(stdout).toContain('error file-orphan: WebResources/extra: No component names this file.');
  expect(stdout.trim().split('\n').at(-1)).toBe(`${at('bad.zip')}: 2 errors, 0 warnings`);
});

test('a folder is checked like the zip it makes, at file and line', () => {
  const texts = soundTexts();
  texts.manifest = texts.manifest.replace('>47219<', '>1<');
  writeFolder(at('src'), unpack(asPackage(texts)));
  const { status, stdout } = check('src', '--format', 'json');
  const json = JSON.parse(stdout) as { findings: { line: number }[] };
  expect(status).toBe(1);
  expect(json).toMatchObject({ target: at('src'), errors: 1, warnings: 0 });
  expect(json.findings).toMatchObject([
    { rule: 'choice-value-prefix', file: 'Other/Solution.xml', code: '0x80048402' },
  ]);
  const line = readFileSync(at('src/Other/Solution.xml'), 'utf8').split('\n')[json.findings[0]!.line - 1];
  expect(line).toContain('<CustomizationOptionValuePrefix>1<');
});

test('--output writes the report to a file, and --released compares with the last release', () => {
  const { status, stdout } = check(
    'sound.zip',
    '--released',
    'sound.zip',
    '--format',
    'sarif',
    '--output',
    'out/x.sarif',
  );
  expect({ status, stdout }).toEqual({
    status: 1,
    stdout: `${at('sound.zip')}: 1 errors, 0 warnings, written to out/x.sarif\n`,
  });
  const log = JSON.parse(readFileSync(at('out/x.sarif'), 'utf8')) as object;
  expect(log).toMatchObject({ runs: [{ results: [{ ruleId: 'version-not-raised', level: 'error' }] }] });
  expect(log).toBeValidSarifLog();
});

test.each([
  [['nowhere.zip'], /There is no .*nowhere\.zip/],
  [['sound.zip', 'bad.zip'], /Name one zip or folder/],
  [['sound.zip', '--format', 'xml'], /no format 'xml'. There is: text, json, sarif/],
  [['sound.zip', '--sheep'], /--sheep/],
  [['sound.zip', '--released', 'nowhere.zip'], /There is no .*nowhere\.zip/],
  [['sound.zip', '--schemas', 'nowhere'], /There is no folder .*nowhere with the schemas/],
])('a call that is wrong ends with 2: %j', (options, says) => {
  const { status, stdout, stderr } = check(...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('what is no package is a finding, not a failure of the check', () => {
  writeFileSync(at('text.zip'), 'hello');
  const { status, stdout } = check('text.zip');
  expect(status).toBe(1);
  expect(stdout).toContain('error unreadable: the package: The file is not a zip');
  expect(existsSync(at('text.zip'))).toBe(true);
});

describe('SARIF', () => {
  const found = [
    { rule: 'form-type', at: 'x', message: 'It is ü.', file: 'Entities/ora_Ä b/{1}.xml', line: 3 },
    { rule: 'foreign-prefix', at: 'choice', message: 'no', file: '' },
  ];
  const report = (isFolder: boolean): Report => ({
    target: at('a b'),
    isFolder,
    findings: asFindings(found),
    notes: ['Something was not done.'],
    toolVersion: '1.2.3',
  });
  const log = (isFolder: boolean) => JSON.parse(write(report(isFolder), 'sarif')) as { runs: { results: object[] }[] };

  test.each([true, false])('is valid (folder: %s), also with nothing found', (isFolder) => {
    expect(log(isFolder)).toBeValidSarifLog();
    expect(JSON.parse(write({ ...report(isFolder), findings: [], notes: [] }, 'sarif'))).toBeValidSarifLog();
  });

  test('places what is in a folder at file and line, with names as URIs', () => {
    const [first, second] = log(true).runs[0]!.results;
    expect(first).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'Entities/ora_%C3%84%20b/%7B1%7D.xml', uriBaseId: 'SOLUTION' },
            region: { startLine: 3 },
          },
        },
      ],
    });
    expect(second).toMatchObject({ level: 'warning' });
    expect(log(true)).toMatchObject({
      runs: [{ originalUriBaseIds: { SOLUTION: { uri: `${pathToFileURL(at('a b')).href}/` } } }],
    });
  });

  test('places what is in a zip at the zip', () => {
    const uri = pathToFileURL(at('a b')).href;
    expect(log(false).runs[0]!.results[0]).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri } } }],
    });
  });
});
