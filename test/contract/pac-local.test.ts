import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pac } from '../../alm/pac-local/pac.ts';
import { reportOf } from '../../alm/pac-local/solution-check.ts';
import { serve, type RunningServer } from '../../emulator/kernel/index.ts';
import { identityOf, readZip, unpack, writeFolder } from '../../packaging/index.ts';
import { aDataverse, type TestDataverse } from '../support/a-dataverse.ts';
import {
  aColumn,
  aConnectionReference,
  anEnvironmentVariable,
  aSolution,
  aTable,
  zipped,
  type SolutionOptions,
} from '../support/solution-builder.ts';

let platform: TestDataverse;
let server: RunningServer;
let folder: string;

beforeEach(async () => {
  platform = await aDataverse();
  server = await serve((request) => platform.dataverse.handle(request), 0);
  folder = mkdtempSync(join(tmpdir(), 'pac-local-'));
});
afterEach(async () => {
  await server.close();
  platform.close();
  rmSync(folder, { recursive: true, force: true });
});

const parts = [
  aTable('ora_Pear', { columns: aColumn('ora_Colour') }),
  aConnectionReference('ora_dataverse'),
  anEnvironmentVariable('ora_Url'),
];

/** Runs one command in the folder. @returns its exit code and what it printed */
async function run(...words: string[]): Promise<{ code: number; output: string }> {
  let output = '';
  const env = { PAC_LOCAL_HOME: join(folder, 'home') };
  const code = await pac(words, { cwd: folder, env, write: (text) => void (output += text) });
  return { code, output };
}

/** Runs a command that has to go well. */
async function done(...words: string[]): Promise<string> {
  const { code, output } = await run(...words);
  if (code !== 0) throw new Error(`pac-local ${words.join(' ')}: ${output}`);
  return output;
}

async function aZip(options: SolutionOptions = {}, name = 'Orchard.zip'): Promise<string> {
  writeFileSync(join(folder, name), await zipped(parts, options));
  return join(folder, name);
}

const signIn = () => done('auth', 'create', '--environment', server.origin, '--username', 'admin@orchard.example');
const path = (name: string) => join(folder, name);
const versionOf = async (file: string) => identityOf(await readZip(readFileSync(file)));
const status = async (set: string) => (await platform.call('GET', set)).status;

describe('the calls of Microsoft’s wrapper', () => {
  // The argument vectors are those its actions build, with the switches they add by default.
  const spn = ['--tenant', 't', '--applicationId', 'app', '--clientSecret', 'data:text/plain;base64,eA=='];

  test.each([
    ['a service principal', spn],
    ['a user', ['--username', 'admin@orchard.example', '--password', 'x']],
    ['GitHub’s federation', ['--applicationId', 'app', '--tenant', 't', '--githubFederated']],
    ['a managed identity', ['--managedIdentity']],
  ])('signs in as %s, and tells the id of the environment', async (_who, credentials) => {
    await done('auth', 'create', '--environment', server.origin, ...credentials, '--cloud', 'Public');
    const lines = (await done('org', 'who')).split('\n');
    const told = lines
      .filter((line) => line.includes('Environment ID:'))[0]!
      .split('Environment ID:')[1]!
      .trim();
    const organization = await platform.call('GET', 'organizations?$select=organizationid');
    expect(told).toBe(organization.body.value[0].organizationid);
    await done('auth', 'clear');
    expect((await run('org', 'who')).code).toBe(1);
  });

  test('an older wrapper names the environment --url', async () => {
    expect(await done('auth', 'create', '--url', server.origin, ...spn, '--cloud', 'Public')).toContain(
      'authenticated successfully',
    );
  });

  test('importSolution with its default inputs', async () => {
    await signIn();
    const switches = ['--async', 'true', '--force-overwrite', 'true', '--publish-changes', 'false'];
    const more = ['--skip-dependency-check', 'false', '--convert-to-managed', 'false', '--max-async-wait-time', '60'];
    const last = ['--activate-plugins', 'true', '--skip-lower-version', 'false'];
    const output = await done('solution', 'import', '--path', await aZip(), ...switches, ...more, ...last);
    expect(output).toContain('Solution Imported successfully.');
    expect(await status('ora_pears')).toBe(200);
  });

  test('importSolution with settings gives variables and connections their values', async () => {
    await signIn();
    const settings = {
      EnvironmentVariables: [{ SchemaName: 'ora_Url', Value: 'https://orchard.example' }],
      ConnectionReferences: [
        {
          LogicalName: 'ora_dataverse',
          ConnectionId: 'abc',
          ConnectorId: '/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps',
        },
      ],
    };
    writeFileSync(path('settings.json'), JSON.stringify(settings));
    await done('solution', 'import', '--path', await aZip(), '--settings-file', 'settings.json');
    const { body } = await platform.call('GET', 'environmentvariablevalues?$select=value');
    expect(body.value).toMatchObject([{ value: 'https://orchard.example' }]);
    const references = await platform.call('GET', 'connectionreferences?$select=connectionid');
    expect(references.body.value).toMatchObject([{ connectionid: 'abc' }]);
  });

  test('importSolution as holding, then upgradeSolution', async () => {
    await signIn();
    await done('solution', 'import', '--path', await aZip({ managed: '1' }));
    const next = await aZip({ managed: '1', version: '2.0.0.0' });
    await done('solution', 'import', '--path', next, '--async', 'true', '--import-as-holding', 'true');
    expect(await done('solution', 'list')).toContain('Orchard_Upgrade');
    const wait = ['--async', 'true', '--max-async-wait-time', '60'];
    await done('solution', 'upgrade', '--solution-name', 'Orchard', ...wait);
    const listed = await done('solution', 'list');
    expect(listed).not.toContain('Orchard_Upgrade');
    expect(listed).toMatch(/^Orchard +Orchard +2\.0\.0\.0 +True$/m);
  });

  test.each([['true'], ['false']])('importSolution stages and upgrades, asynchronously %s', async (isAsync) => {
    await signIn();
    const upgrade = async (version: string) =>
      done('solution', 'import', '--path', await aZip({ managed: '1', version }), '--async', isAsync, '--stage-and-upgrade', 'true'); // prettier-ignore
    await upgrade('1.0.0.0');
    await upgrade('2.0.0.0');
    expect(await done('solution', 'list')).toMatch(/^Orchard +Orchard +2\.0\.0\.0 +True$/m);
  });

  test.each([
    ['unmanaged', 'false', 'false', false],
    ['managed, by a job', 'true', 'true', true],
  ])('exportSolution %s', async (_what, managed, isAsync, isManaged) => {
    await signIn();
    await done('solution', 'import', '--path', await aZip());
    const wait = ['--async', isAsync, '--max-async-wait-time', '60'];
    await done('solution', 'export', '--name', 'Orchard', '--path', path('out.zip'), '--overwrite', 'true', '--managed', managed, ...wait); // prettier-ignore
    expect(await versionOf(path('out.zip'))).toMatchObject({ uniqueName: 'Orchard', isManaged });
  });

  test('unpackSolution and packSolution: the package comes back equal', async () => {
    const zip = await aZip();
    const last = ['--errorlevel', 'Info', '--singleComponent', 'none', '--useLcid', 'false', '--disablePluginRemap', 'false', '--processCanvasApps', 'false']; // prettier-ignore
    const overwrite = ['--allowDelete', 'true', '--allowWrite', 'true', '--clobber', 'true'];
    const common = ['--folder', path('source'), '--packageType', 'Unmanaged', '--localize', 'false', ...last];
    const unpacked = await done('solution', 'unpack', '--zipFile', zip, ...common, ...overwrite);
    expect(unpacked).toContain('Unmanaged Extract complete.');
    expect(existsSync(path('source/Other/Solution.xml'))).toBe(true);
    expect(await done('solution', 'pack', '--zipFile', path('again.zip'), ...common)).toContain(
      'Unmanaged Pack complete.',
    );
    expect(await versionOf(path('again.zip'))).toEqual(await versionOf(zip));
    expect((await readZip(readFileSync(path('again.zip')))).files).toEqual((await readZip(readFileSync(zip))).files);
  });

  test('unpackSolution and packSolution by way of resource files', async () => {
    const zip = await aZip();
    const common = [
      '--folder',
      path('texts'),
      '--packageType',
      'Unmanaged',
      '--localize',
      'true',
      '--sourceLoc',
      '1033',
    ];
    await done('solution', 'unpack', '--zipFile', zip, ...common, '--useLcid', 'true');
    expect(readdirSync(path('texts/Resources')).sort()).toEqual(['1033', 'template_resources.resx']);
    await done('solution', 'pack', '--zipFile', path('texts.zip'), ...common);
    expect((await readZip(readFileSync(path('texts.zip')))).files).toEqual((await readZip(readFileSync(zip))).files);
  });

  test('onlineVersionSolution, publishSolution, deleteSolution', async () => {
    await signIn();
    await done('solution', 'import', '--path', await aZip());
    await done('solution', 'online-version', '--solution-name', 'Orchard', '--solution-version', '3.2.1.0');
    expect(await done('solution', 'list')).toContain('3.2.1.0');
    expect(await done('solution', 'publish', '--async')).toContain('Published All Customizations.');
    await done('solution', 'delete', '--solution-name', 'Orchard');
    expect(await done('solution', 'list')).not.toContain('Orchard');
  });

  test('updateVersionSolution raises the version in the source', async () => {
    writeFolder(folder, unpack(aSolution(parts)), []);
    await done('solution', 'version', '--buildversion', '7', '--revisionversion', '9', '--strategy', 'solution');
    expect(readFileSync(path('Other/Solution.xml'), 'utf8')).toContain('<Version>1.0.7.9</Version>');
    await done('solution', 'version');
    expect(readFileSync(path('Other/Solution.xml'), 'utf8')).toContain('<Version>1.0.7.10</Version>');
  });

  test('the report of a check has its status and counts where checkSolution looks for them', () => {
    const lines = `Checking\n${reportOf('FinishedWithErrors', [0, 12, 3, 0, 1])}`.split('\n');
    expect(lines[lines.length - 7]!.split(' ')[2]).toBe('FinishedWithErrors');
    const words = (line: string) => line.trim().split(/\s+/);
    expect(words(lines[lines.length - 5]!)).toEqual(['Critical', 'High', 'Medium', 'Low', 'Informational']);
    expect(words(lines[lines.length - 3]!)).toEqual(['0', '12', '3', '0', '1']);
  });
});

describe('as a program', () => {
  /** As the wrapper starts it: its path, a bare environment, the lines of its output. */
  function program(...words: string[]): Promise<{ code: number | null; lines: string[] }> {
    const child = spawn(join(__dirname, '../../alm/pac-local/pac-local.cjs'), words, {
      cwd: folder,
      env: { PATH: process.env['PATH'], PAC_PROFILE_ROOT: folder },
    });
    const lines: string[] = [];
    child.stdout.on('data', (data: Buffer) => lines.push(...data.toString().split('\n')));
    return new Promise((ended) => child.once('close', (code) => ended({ code, lines })));
  }

  test('signs in, imports, and tells a refusal by its exit code', async () => {
    expect((await program('auth', 'create', '--environment', server.origin)).code).toBe(0);
    const imported = await program('solution', 'import', '--path', await aZip());
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.lines).toContain('Solution Imported successfully.');
    const refused = await program('solution', 'import', '--path', await aZip({ version: '0.9.0.0' }));
    expect(refused.code).toBe(1);
    expect(refused.lines.join('\n')).toMatch(/^Error: .*is lower than the installed one, 1\.0\.0\.0\. \(0x80048541\)/m);
  });
});

describe('refuses, saying what to do', () => {
  test.each([
    ['a noun there is not', ['canvas', 'pack'], /'canvas' is not served here\. There is: auth, org, solution/],
    ['a verb there is not', ['solution', 'clone'], /'solution clone' is not served here/],
    ['an argument there is not', ['solution', 'list', '--bogus'], /The argument '--bogus' is not known here/],
    ['an argument without its value', ['solution', 'export', '--name'], /The value for argument --name is missing/],
    ['a required argument left out', ['solution', 'export'], /The required argument --name is missing/],
    ['being signed out', ['solution', 'list'], /pac auth create/],
    ['a zip there is not', ['solution', 'import', '--path', 'no.zip'], /There is no solution zip at .*no\.zip/],
    ['an address that is none', ['auth', 'create', '--environment', 'orchard'], /'orchard' is no address/],
    [
      'an environment that does not answer',
      ['auth', 'create', '--environment', 'http://127.0.0.1:1'],
      /does not answer/,
    ],
  ])('%s', async (_what, words, message) => {
    const { code, output } = await run(...words);
    expect([code, output]).toEqual([1, expect.stringMatching(message)]);
  });

  test('a solution that is not there, a zip that is there already, settings without a value', async () => {
    await signIn();
    await done('solution', 'import', '--path', await aZip());
    const messages = [
      await run('solution', 'delete', '--solution-name', 'Nothing'),
      await run('solution', 'export', '--name', 'Orchard', '--path', 'Orchard.zip'),
      await run('solution', 'export', '--name', 'Orchard', '--path', 'new.zip', '--include', 'general'),
    ].map(({ code, output }) => `${code} ${output}`);
    expect(messages[0]).toMatch(/^1 [^]*There is no solution 'Nothing'/);
    expect(messages[1]).toMatch(/^1 [^]*is there already/);
    expect(messages[2]).toMatch(/^1 [^]*ExportSolution with ExportGeneralSettings is not emulated/);
    writeFileSync(path('s.json'), JSON.stringify({ EnvironmentVariables: [{ SchemaName: 'ora_Url', Value: '' }] }));
    const empty = await run('solution', 'import', '--path', 'Orchard.zip', '--settings-file', 's.json');
    expect(empty.output).toMatch(/no value for 'ora_Url'/);
  });

  test('an import job that fails, with the words and the code of the platform', async () => {
    await signIn();
    const dependencies =
      '<MissingDependency><Required type="61" schemaName="ora_x.js" displayName="x" solution="Other (1.0)" /></MissingDependency>';
    const { code, output } = await run('solution', 'import', '--path', await aZip({ dependencies }), '--async');
    expect(code).toBe(1);
    expect(output).toMatch(/Some dependencies are missing\. .*schemaName="ora_x\.js".*\(0x8004801D\)/);
  });

  test('what is installed in a version that is not lower is skipped when asked to', async () => {
    await signIn();
    await done('solution', 'import', '--path', await aZip({ version: '2.0.0.0' }));
    const lower = await aZip({ version: '1.0.0.0' });
    expect(await done('solution', 'import', '--path', lower, '--skip-lower-version')).toContain('import skipped');
  });
});

test('several profiles: listed, chosen by index or name, deleted', async () => {
  await done('auth', 'create', '--environment', server.origin, '--name', 'test', '--username', 'one@orchard.example');
  await done('auth', 'create', '--environment', server.origin, '--name', 'live', '--username', 'two@orchard.example');
  expect(await done('auth', 'list')).toMatch(/\[2\] +\* +UNIVERSAL live +two@orchard\.example/);
  await done('auth', 'select', '--index', '1');
  expect(await done('auth', 'who')).toContain('one@orchard.example');
  await done('auth', 'delete', '--name', 'live');
  expect(await done('auth', 'list')).not.toContain('live');
  expect((await run('auth', 'select', '--index', '2')).code).toBe(1);
});
