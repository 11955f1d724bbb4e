/** The pipelines as they stand: their scripts in a shell, the calls of Microsoft's actions and tasks through pac-local. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Emulator } from '../../emulator/emulator.ts';
import { identityOf, readZip } from '../../packaging/index.ts';
import { anEnvironment } from '../support/environments.ts';
import {
  azureSteps,
  expand,
  readPipeline,
  workflowSteps,
  type PipelineStep,
  type Values,
} from '../support/pipeline.ts';
import { tools } from '../support/power-platform-tools.ts';
import { aWorkspace, type Workspace } from '../support/workspace.ts';

const root = join(__dirname, '../..');
const pacLocal = join(root, 'alm/pac-local/pac-local.cjs');
const built = (suffix: string) => {
  const name = readdirSync(join(root, 'dist')).find((file) => file.endsWith(`_0${suffix}.zip`));
  if (name === undefined) throw new Error('There is no package in dist/. Build it: npm run build');
  return readFileSync(join(root, 'dist', name));
};

/** Steps that are not rehearsed, each with its reason; anything else that is not known fails the test. */
const notRehearsed: Readonly<Record<string, string>> = {
  'npm ci': 'the packages are there',
  'npm test': 'this is a part of it',
  'npm run build': 'npm test builds before it tests',
};
const ofTheService =
  /^(actions\/(checkout|setup-node|upload-artifact|download-artifact)|checkout|download|publish|NodeTool)\b/;

interface Rehearsal {
  readonly workspace: Workspace;
  readonly environment: Emulator | undefined;
  readonly values: Values;
}

// A rehearsal starts a dozen programs, each of which a busy machine takes its time for.
jest.setTimeout(300_000);

let workspace: Workspace;
let environment: Emulator | undefined;
beforeEach(() => {
  workspace = aWorkspace(['alm', 'packaging', 'solution', 'flows', 'controls'], { name: 'pipeline' });
  const bin = join(workspace.folder, 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries({
    pac: `exec "${pacLocal}" "$@"`,
    gh: 'echo "gh $@" >> "$(dirname "$0")/gh.log"',
  }))
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
});
afterEach(async () => {
  await environment?.close();
  environment = undefined;
  workspace.remove();
});

/** The shell of a step; asynchronous, because the environment answers from this process. */
function run(command: string, words: readonly string[], env: Values): Promise<string> {
  const { folder } = workspace;
  const PATH = [join(folder, 'bin'), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  const child = spawn(command, words, { cwd: folder, env: { PATH, HOME: folder, PAC_LOCAL_HOME: folder, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((done, failed) =>
    child.once('close', (code) =>
      code === 0 ? done(output) : failed(new Error(`${words.join(' ')}: ${code}\n${output}`)),
    ),
  );
}

/** Runs the steps in order. @returns what each printed, by its name */
async function rehearse(steps: readonly PipelineStep[], { environment: where, values }: Rehearsal) {
  const printed: Record<string, string> = {};
  for (const step of steps) {
    const filled = (given: Values) =>
      Object.fromEntries(Object.entries(given).map(([name, text]) => [name, expand(text, values)]));
    if (step.script !== undefined) {
      if (notRehearsed[step.script.trim()] !== undefined) continue;
      printed[step.name] = await run('bash', ['-e', '-c', expand(step.script, values)], filled(step.env));
      continue;
    }
    const tool = step.uses!.split('@')[0]!;
    if (ofTheService.test(tool)) continue;
    if (!Object.hasOwn(tools, tool)) throw new Error(`The rehearsal does not know '${tool}'.`);
    const words = tools[tool]?.(filled(step.inputs), workspace.folder);
    if (words === undefined) continue;
    await run(pacLocal, ['auth', 'create', '--environment', where!.origin, '--applicationId', 'app'], {});
    printed[step.name] = await run(pacLocal, words, {});
    await run(pacLocal, ['auth', 'clear'], {});
  }
  return printed;
}

/** Asks the environment. */
async function ask(path: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${environment!.origin}/api/data/v9.2/${path}`);
  return ((await response.json()) as { value: Record<string, unknown>[] }).value;
}

const connector = (name: string) => `/providers/Microsoft.PowerApps/apis/${name}`;
const settings = JSON.stringify({
  EnvironmentVariables: [
    { SchemaName: 'fno_LegalEntities', Value: 'usmf' },
    { SchemaName: 'fno_FinanceOperationsInstance', Value: 'contoso.operations.dynamics.com' },
    { SchemaName: 'fno_MailSender', Value: 'sales@contoso.example' },
  ],
  ConnectionReferences: [
    ['fno_dataverse', 'shared_commondataserviceforapps'],
    ['fno_financeoperations', 'shared_dynamicsax'],
    ['fno_dataversehttp', 'shared_webcontents'],
  ].map(([name, api]) => ({ LogicalName: name, ConnectionId: 'rehearsed', ConnectorId: connector(api!) })),
});

describe.each([
  ['GitHub', () => workflowSteps('.github/workflows/build.yml', 'build')],
  ['Azure', () => azureSteps('azure-pipelines/build.yml')],
])('build on %s', (_service, steps) => {
  test('checks, and names the packages', async () => {
    mkdirSync(join(workspace.folder, 'dist'));
    for (const file of readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.zip')))
      writeFileSync(join(workspace.folder, 'dist', file), readFileSync(join(root, 'dist', file)));
    buildOutputs();
    const printed = await rehearse(steps(), { workspace, environment: undefined, values: {} });
    expect(printed['Check the solution']).toMatch(/ 0 errors/);
    const managed = await readZip(readFileSync(join(workspace.folder, 'packages/FnOConnect_managed.zip')));
    const unmanaged = await readZip(readFileSync(join(workspace.folder, 'packages/FnOConnect.zip')));
    expect([identityOf(managed).isManaged, identityOf(unmanaged).isManaged]).toEqual([true, false]);
  });
});

/** What `npm run build` makes outside `dist/*.zip`. */
function buildOutputs(): void {
  const copy = (path: string) => spawnSync('cp', ['-r', join(root, path), join(workspace.folder, path)]);
  copy('dist/web-resources');
  for (const name of readdirSync(join(root, 'controls')))
    if (existsSync(join(root, 'controls', name, 'out'))) copy(`controls/${name}/out`);
}

describe.each([
  [
    'GitHub',
    () => workflowSteps('.github/workflows/deploy-to-environment.yml', 'deploy'),
    (origin: string) => ({
      'inputs.environment': 'test',
      'vars.ENVIRONMENT_URL': origin,
      'vars.APPLICATION_ID': 'app',
      'vars.TENANT_ID': 'tenant',
      'secrets.CLIENT_SECRET': 'secret',
      'vars.DEPLOYMENT_SETTINGS': settings,
    }),
  ],
  [
    'Azure',
    () => azureSteps('azure-pipelines/templates/deploy-environment.yml'),
    () => ({
      'parameters.environment': 'test',
      ServiceConnection: 'connection',
      DeploymentSettings: settings,
      'Pipeline.Workspace': '.',
    }),
  ],
])('deploy on %s', (service, steps, values) => {
  test('brings the managed package with its settings into an environment, and again as an upgrade', async () => {
    environment = await anEnvironment();
    const folder = join(workspace.folder, service === 'GitHub' ? 'packages' : 'build/packages');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'FnOConnect_managed.zip'), built('_managed'));
    const given = { workspace, environment, values: values(environment.origin) };
    for (const _time of ['first', 'again']) {
      const printed = await rehearse(steps(), given);
      expect(printed['Who am I']).toContain('Environment ID:');
      expect(printed['Solution checker']).toContain('Solution check Finished');
      expect(printed['Import']).toContain('Solution Imported successfully.');
    }
    const solutions = await ask("solutions?$filter=startswith(uniquename,'FnOConnect')&$select=uniquename,ismanaged");
    expect(solutions).toMatchObject([{ uniquename: 'FnOConnect', ismanaged: true }]);
    const set = await ask('environmentvariablevalues?$select=value');
    expect(set.map(({ value }) => value)).toEqual(expect.arrayContaining(['usmf', 'sales@contoso.example']));
    const references = await ask("connectionreferences?$filter=connectionreferencelogicalname eq 'fno_dataverse'");
    expect(references).toMatchObject([{ connectionid: 'rehearsed' }]);
  });
});

describe.each([
  [
    'GitHub',
    () => workflowSteps('.github/workflows/export-to-source.yml', 'export'),
    (origin: string) => ({
      'inputs.solution': 'FnOConnect',
      'inputs.message': 'export from development',
      'vars.ENVIRONMENT_URL': origin,
      'vars.APPLICATION_ID': 'app',
      'vars.TENANT_ID': 'tenant',
      'secrets.CLIENT_SECRET': 'secret',
      'github.token': 'token',
      'github.run_id': '7',
    }),
  ],
  [
    'Azure',
    () => azureSteps('azure-pipelines/export-to-source.yml'),
    () => ({
      'parameters.solution': 'FnOConnect',
      'parameters.message': 'export from development',
      ServiceConnection: 'connection',
      'Build.BuildId': '7',
    }),
  ],
])('export to source on %s', (_service, steps, values) => {
  const git = (...words: string[]) => spawnSync('git', words, { cwd: workspace.folder, encoding: 'utf8' }).stdout;

  beforeEach(() => {
    buildOutputs();
    mkdirSync(join(workspace.folder, 'exported'));
    writeFileSync(
      join(workspace.folder, '.gitignore'),
      'out/\ngenerated/\ndist/\nnode_modules\nbin/\nexported/\n*.json\n',
    );
    const origin = join(workspace.folder, 'exported/origin.git');
    git('init', '-q', '-b', 'main');
    spawnSync('git', ['init', '-q', '--bare', origin]);
    git('remote', 'add', 'origin', origin);
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'as it was');
  });

  test('proposes what was changed, and nothing when nothing was', async () => {
    environment = await anEnvironment([built('')]);
    const given = { workspace, environment, values: values(environment.origin) };
    expect((await rehearse(steps(), given))['Propose the change']).toContain('Nothing has changed.');

    const [{ solutionid }] = (await ask("solutions?$filter=uniquename eq 'FnOConnect'")) as [{ solutionid: string }];
    await fetch(`${environment.origin}/api/data/v9.2/solutions(${solutionid})`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ version: '9.8.7.6' }),
    });
    await rehearse(steps(), given);
    expect(git('log', '--format=%s', '-1', 'origin/export/7')).toBe('export from development\n');
    expect(git('show', '--stat', '--format=', 'origin/export/7')).toMatch(
      /^ solution\/Other\/Solution\.xml [^\n]*\n 1 file changed/,
    );
    expect(git('show', 'origin/export/7:solution/Other/Solution.xml')).toContain('<Version>9.8.7.6</Version>');
  });
});

test('the workflows and stages that only call others name what is there', () => {
  const jobs = readPipeline('.github/workflows/deploy.yml')['jobs'] as Record<string, { uses: string; needs?: string }>;
  for (const { uses, needs } of Object.values(jobs)) {
    expect(existsSync(join(root, uses))).toBe(true);
    if (needs !== undefined) expect(jobs).toHaveProperty(needs);
  }
  const stages = readPipeline('azure-pipelines/deploy.yml')['stages'] as { jobs: { template: string }[] }[];
  for (const { jobs: called } of stages)
    for (const { template } of called) expect(existsSync(join(root, 'azure-pipelines', template))).toBe(true);
});
