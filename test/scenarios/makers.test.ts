/** Every command of the pages for makers, in their order, as a reader would type them; `pac` is pac-local. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Emulator } from '../../emulator/emulator.ts';
import { attribute, descendants, parseXml } from '../../packaging/index.ts';
import { anEnvironment } from '../support/environments.ts';
import { codeIn, readTables } from '../support/page-tables.ts';
import { aWorkspace, type Workspace } from '../support/workspace.ts';

const root = join(__dirname, '../..');

// Each page is a dozen programs, each of which a busy machine takes its time for.
jest.setTimeout(300_000);

let workspace: Workspace;
let environment: Emulator;
beforeEach(async () => {
  workspace = aWorkspace(['alm', 'packaging', 'solution', 'flows', 'controls'], { name: 'makers' });
  const bin = join(workspace.folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'pac'), `#!/bin/sh\nexec "${join(root, 'alm/pac-local/pac-local.cjs')}" "$@"\n`, {
    mode: 0o755,
  });
  for (const path of ['dist', ...readdirSync(join(root, 'controls')).map((name) => `controls/${name}/out`)])
    if (existsSync(join(root, path))) spawnSync('cp', ['-r', join(root, path), join(workspace.folder, path)]);
  mkdirSync(join(workspace.folder, 'exported'));
  mkdirSync(join(workspace.folder, 'packed'));
  environment = await anEnvironment();
  await takePart(environment);
});
afterEach(async () => {
  await environment.close();
  workspace.remove();
});

/** An environment as the pages want it: a company takes part in dual-write, and the table maps run. */
async function takePart({ platform }: Emulator): Promise<void> {
  const company = { cdm_companycode: 'usmf', cdm_name: 'Contoso', cdm_isenabledfordualwrite: true };
  await platform.dataverse.organization.create('cdm_company', company);
  await platform.dualWrite.startAll();
}

/** The shell blocks of a page, in order; addresses of environments are those of the emulator. */
const blocksOf = (page: string) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/```sh\n([^]*?)```/g)].map((match) =>
    match[1]!.replace(/https:\/\/contoso-\w+\.crm\.dynamics\.com|http:\/\/127\.0\.0\.1:7071/g, environment.origin),
  );

/** Not run again here, and why. */
const notRun: Readonly<Record<string, string>> = { 'npm run build': 'npm test builds before it tests' };

/** Runs a block; the environment answers from this process, so the shell is a process of its own. */
function runBlock(block: string): Promise<string> {
  const lines = block.split('\n').filter((line) => notRun[line.trim()] === undefined);
  const { folder } = workspace;
  const PATH = [join(folder, 'bin'), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  const child = spawn('bash', ['-e', '-c', lines.join('\n')], {
    cwd: folder,
    env: { PATH, HOME: folder, PAC_LOCAL_HOME: folder },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((done, failed) =>
    child.once('close', (code) =>
      code === 0 ? done(output) : failed(new Error(`${block}ended with ${code}:\n${output}`)),
    ),
  );
}

/** What the reader does by hand after the settings file is written. */
function fillIn(): void {
  const file = join(workspace.folder, 'settings.json');
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8').replaceAll(/"(ConnectionId|Value)": ""/g, '"$1": "filled-in"');
  writeFileSync(file, text);
}

async function runPage(page: string): Promise<string> {
  let printed = '';
  for (const block of blocksOf(page)) {
    printed += await runBlock(block);
    fillIn();
  }
  return printed;
}

test('docs/makers.md: from the first sign-in to the end', async () => {
  const printed = await runPage('docs/makers.md');
  expect(printed).toMatch(/FnOConnect +.* True$/m);
  expect(printed.match(/Solution Imported successfully\./g)).toHaveLength(3);
  expect(printed).toContain('Solution upgraded successfully.');
  expect(printed).toContain('Solution deleted successfully.');
  const { metadata } = environment.platform.dataverse;
  expect(metadata.table('fno_addresschange')).toBeUndefined();
  expect(metadata.table('account')).toBeDefined();
});

test('docs/alm.md: check, pack, import, export and unpack', async () => {
  const printed = await runPage('docs/alm.md');
  expect(printed).toContain('Published All Customizations.');
  expect(printed).toMatch(/unpacked .*FnOConnect\.zip\s+to .*: 0 files written, 0 removed/);
  expect(readdirSync(join(workspace.folder, 'packed')).sort()).toEqual(['FnOConnect.zip', 'FnOConnect_managed.zip']);
});

test('the properties named for a control are those of its manifest', () => {
  const rows = readTables('docs/makers.md').filter((row) => row['Goes on'] !== undefined);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    const file = `controls/${codeIn(row['Control']!)[0]}/ControlManifest.Input.xml`;
    const manifest = parseXml(readFileSync(join(root, file)), file);
    const names = (usage: string) =>
      [...descendants(manifest, 'property')]
        .filter((one) => attribute(one, 'usage') === usage)
        .map((one) => attribute(one, 'name')!);
    const sets = [...descendants(manifest, 'data-set')].map((one) => attribute(one, 'name')!);
    expect(codeIn(row['Bound']!)).toEqual([...sets, ...names('bound')]);
    expect(codeIn(row['Set']!)).toEqual(names('input'));
  }
});
