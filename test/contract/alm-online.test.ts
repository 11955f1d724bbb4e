import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pac } from '../../alm/pac-local/pac.ts';
import { serve, type RunningServer } from '../../emulator/kernel/index.ts';
import { aDataverse, type TestDataverse } from '../support/a-dataverse.ts';
import { aTable, zipped } from '../support/solution-builder.ts';

const root = join(__dirname, '../..');
let platform: TestDataverse;
let server: RunningServer;
let folder: string;
let bin: string;

beforeEach(async () => {
  platform = await aDataverse();
  server = await serve((request) => platform.dataverse.handle(request), 0);
  folder = mkdtempSync(join(tmpdir(), 'alm-online-'));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(join(root, 'alm/pac-local/pac-local.cjs'), join(bin, 'pac'));
  writeFileSync(join(folder, 'Orchard.zip'), await zipped([aTable('ora_Pear')]));
});
afterEach(async () => {
  await server.close();
  platform.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `npm run alm -- …` in the folder, with `pac` on PATH being pac-local unless the environment says otherwise. */
function alm(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const PATH = `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
  const child = spawn(process.execPath, ['--import', loader, join(root, 'alm/alm.ts'), ...words], {
    cwd: folder,
    env: { PATH, PAC_LOCAL_HOME: folder, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise<{ code: number | null; output: string }>((ended) =>
    child.once('close', (code) => ended({ code, output })),
  );
}

const signIn = () =>
  pac(['auth', 'create', '--environment', server.origin], {
    cwd: folder,
    env: { PAC_LOCAL_HOME: folder },
    write: () => undefined,
  });
const status = async (set: string) => (await platform.call('GET', set)).status;

test('imports, publishes and exports through the pac on PATH', async () => {
  await signIn();
  const imported = await alm(['import', 'Orchard.zip', '--publish']);
  expect(imported).toMatchObject({ code: 0, output: expect.stringContaining('Published All Customizations.') });
  expect(imported.output).toMatch(/^done in \d+ s$/m);
  expect(await status('ora_pears')).toBe(200);
  expect(await alm(['publish', '--environment', server.origin])).toMatchObject({ code: 0 });
  expect(await alm(['export', 'Orchard', '--managed'])).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, 'Orchard_managed.zip'))).toBe(true);
});

test('what pac refuses ends the command with its words', async () => {
  await signIn();
  const { code, output } = await alm(['export', 'Nothing']);
  expect(code).toBe(1);
  expect(output).toContain("Entity 'Solution' With Id = Nothing Does Not Exist");
  expect(output).toContain('pac solution export ended with 1.');
});

test('without a zip it takes ours, managed, in the version of the source', async () => {
  const { code, output } = await alm(['import', '--upgrade', '--environment', server.origin], {
    PAC_PATH: '/bin/echo',
  });
  const isBuilt =
    /solution import --path \S+\/dist\/FnOConnect_\d+_\d+_\d+_\d+_managed\.zip .*--stage-and-upgrade true/;
  expect([code, output]).toEqual([0, expect.stringMatching(isBuilt)]);
});

test('without pac it says how to get one', async () => {
  rmSync(join(bin, 'pac'));
  const { code, output } = await alm(['publish']);
  expect(code).toBe(1);
  expect(output).toContain('dotnet tool install --global Microsoft.PowerApps.CLI.Tool');
  expect(await alm(['publish'], { PAC_PATH: join(folder, 'none') })).toMatchObject({
    code: 1,
    output: expect.stringContaining('which is no program'),
  });
});

test.each([
  [['import', 'none.zip'], /There is no .*none\.zip/],
  [['import', 'Orchard.zip', '--upgrade', '--holding'], /--upgrade or --holding, not both/],
  [['import', 'Orchard.zip', '--settings', 'none.json'], /There is no none\.json/],
  [['export'], /Name one solution/],
  [['publish', 'Orchard'], /publish takes no names/],
])('%j is refused before anything is asked of pac', async (words, message) => {
  const { code, output } = await alm(words);
  expect([code, output]).toEqual([1, expect.stringMatching(message)]);
});

describe('with Microsoft’s wrapper installed and credentials at hand', () => {
  /** What the package does with the inputs it looks at, no more: it signs in, calls the pac it is given, and signs out. */
  const wrapper = `
    const { spawnSync } = require('node:child_process');
    const run = (runner, words) => {
      const { status, stdout } = spawnSync(runner.pacPath, words, { encoding: 'utf8', env: process.env });
      runner.logger.log(stdout);
      if (status !== 0) throw new Error(stdout);
    };
    const push = (host, words, name, entry) => {
      const value = host.getInput(entry);
      if (value !== undefined) words.push(name, value);
    };
    exports.importSolution = async (parameters, runner, host) => {
      run(runner, ['auth', 'create', '--environment', parameters.environmentUrl, '--tenant', parameters.credentials.tenantId,
        '--applicationId', parameters.credentials.appId, '--clientSecret', parameters.credentials.clientSecret]);
      const words = ['solution', 'import'];
      push(host, words, '--path', parameters.path);
      push(host, words, '--async', parameters.async);
      push(host, words, '--max-async-wait-time', parameters.maxAsyncWaitTimeInMin);
      if (host.getInput(parameters.stageAndUpgrade) === 'true') words.push('--stage-and-upgrade', 'true');
      if (host.getInput(parameters.useDeploymentSettingsFile) === 'true')
        push(host, words, '--settings-file', parameters.deploymentSettingsFile);
      try { run(runner, words); } finally { run(runner, ['auth', 'clear']); }
    };`;
  const credentials = { PP_TENANT_ID: 't', PP_APPLICATION_ID: 'app', PP_CLIENT_SECRET: 's' };

  beforeEach(() => {
    const home = join(folder, 'node_modules/@microsoft/powerplatform-cli-wrapper');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'index.js'), wrapper);
  });

  test('imports through its actions', async () => {
    const words = ['import', 'Orchard.zip', '--environment', server.origin];
    expect(await alm(words, credentials)).toMatchObject({ code: 0 });
    expect(await status('ora_pears')).toBe(200);
    expect(existsSync(join(folder, 'pac-local-profiles.json'))).toBe(false);
  });

  test('says what failed, without a trace', async () => {
    const bad = join(folder, 'bad.zip');
    copyFileSync(join(root, 'package.json'), bad);
    chmodSync(bad, 0o644);
    const { code, output } = await alm(['import', bad, '--environment', server.origin], credentials);
    expect(code).toBe(1);
    expect(output).toContain('importSolution failed:');
    expect(output).not.toMatch(/^\s+at /m);
  });
});
