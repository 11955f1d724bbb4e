import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOf, readSettings, settingsFor } from '../../../alm/settings-file.ts';
import { referencesOf, variablesOf } from '../../../alm/settings-of-solution.ts';
import { writeZip } from '../../../packaging/index.ts';
import { runAlm } from '../../support/run-alm.ts';
import { aSolution, type Part } from '../../support/solution-builder.ts';

const connector = '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps';
const variable = (name: string, type: number, value?: string): Part => ({
  files: {
    [`environmentvariabledefinitions/${name}/environmentvariabledefinition.xml`]: `<environmentvariabledefinition schemaname="${name}">${value === undefined ? '' : `<defaultvalue>${value}</defaultvalue>`}<type>${type}</type></environmentvariabledefinition>`,
  },
});
const solution = aSolution([
  variable('ora_Json', 100000003),
  variable('ora_Many', 100000001, '5'),
  variable('ora_Url', 100000000),
  variable('ora_Yes', 100000002, 'yes'),
  {
    list: 'connectionreferences',
    node: `<connectionreference connectionreferencelogicalname="ora_dataverse"><connectorid>${connector}</connectorid></connectionreference>`,
  },
]);
const needs = { variables: variablesOf(solution), references: referencesOf(solution) };
const good = {
  EnvironmentVariables: [
    { SchemaName: 'ora_Json', Value: '{}' },
    { SchemaName: 'ora_Url', Value: 'https://cold.example' },
  ],
  ConnectionReferences: [{ LogicalName: 'ora_dataverse', ConnectionId: 'abc', ConnectorId: connector }],
};
const v = (SchemaName: string, Value: string) => ({
  ...good,
  EnvironmentVariables: [...good.EnvironmentVariables, { SchemaName, Value }],
});
const c = (change: object) => ({ ...good, ConnectionReferences: [{ ...good.ConnectionReferences[0]!, ...change }] });

test('the file has every variable with its default and every connection, still to be bound', () => {
  expect(settingsFor(needs)).toEqual({
    EnvironmentVariables: [
      { SchemaName: 'ora_Json', Value: '' },
      { SchemaName: 'ora_Many', Value: '5' },
      { SchemaName: 'ora_Url', Value: '' },
      { SchemaName: 'ora_Yes', Value: 'yes' },
    ],
    ConnectionReferences: [{ LogicalName: 'ora_dataverse', ConnectionId: '', ConnectorId: connector }],
  });
});

test('made again it keeps what was filled in', () => {
  const again = settingsFor(needs, good);
  expect(again.EnvironmentVariables).toContainEqual({ SchemaName: 'ora_Url', Value: 'https://cold.example' });
  expect(again.ConnectionReferences).toEqual(good.ConnectionReferences);
});

test('a file that fits has no problems', () => expect(problemsOf(good, needs)).toEqual([]));

test.each([
  [
    'nothing',
    { EnvironmentVariables: [], ConnectionReferences: [] },
    /'ora_Json' has neither a default nor a value.*'ora_Url' has neither.*'ora_dataverse' has no entry/s,
  ],
  ['an empty value', v('ora_Many', ''), /'ora_Many' is empty, which an import refuses/],
  ['a word for a number', v('ora_Many', 'five'), /'ora_Many' must be a number, not 'five'/],
  ['a number for yes', v('ora_Yes', '1'), /'ora_Yes' must be yes or no/],
  [
    'broken JSON',
    { ...good, EnvironmentVariables: [{ SchemaName: 'ora_Json', Value: '{' }, good.EnvironmentVariables[1]!] },
    /'ora_Json' must be JSON/,
  ],
  ['an unknown variable', v('ora_Other', 'x'), /has no environment variable 'ora_Other'/],
  ['another letter case', v('ora_many', '1'), /'ora_many' is spelt 'ora_Many'/],
  ['one twice', v('ora_Url', 'x'), /'ora_Url' is there twice/],
  ['an unbound connection', c({ ConnectionId: '' }), /'ora_dataverse' has no ConnectionId/],
  ['another connector', c({ ConnectorId: '/x' }), /is of .*commondataserviceforapps, not of \/x/],
])('%s is found', (_, settings, expected) => expect(problemsOf(settings, needs).join('\n')).toMatch(expected));

describe('as a program', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
    writeFileSync(join(folder, 'Orchard.zip'), await writeZip(solution));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const alm = (...options: string[]) => runAlm(['settings', ...options, '--solution', 'Orchard.zip'], { cwd: folder });

  test('create says what is to be filled in; verify ends with 1 until it is', () => {
    const created = alm('create', 'test.json');
    expect(created).toMatchObject({ status: 0, stderr: '' });
    expect(created.stdout).toContain("To fill in:\n  The environment variable 'ora_Json' is empty");
    const verified = alm('verify', 'test.json');
    expect(verified).toMatchObject({ status: 1, stdout: '' });
    expect(verified.stderr).toContain('test.json does not fit the solution:\n  The environment variable');
    writeFileSync(join(folder, 'test.json'), JSON.stringify(good));
    expect(alm('verify', 'test.json')).toMatchObject({
      status: 0,
      stdout: 'test.json fits: 4 environment variables, 1 connection references\n',
    });
  });

  test.each([
    ['{', /test\.json is not JSON/],
    ['{"EnvironmentVariables":{}}', /EnvironmentVariables must be a list of entries with the texts SchemaName, Value/],
    ['[1]', /does not fit the solution/],
    ['null', /does not fit|must be/],
  ])('a file with %s is refused, and create does not write over it', (text, expected) => {
    const file = join(folder, 'test.json');
    writeFileSync(file, text);
    const { status, stderr } = alm('verify', 'test.json');
    expect(status).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(() => readSettings(join(folder, 'none.json'))).toThrow(/settings create/);
    if (text === '{') alm('create', 'test.json');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
