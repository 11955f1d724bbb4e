/** The commands as docs/flows.md names them, run as users run them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../../../..');
const program = join(root, 'emulator/flow-runtime/command-line/flows.ts');
const example = 'examples/flow-tests';

function flows(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, ...options], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'fno-flows-'))));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

test('check reports in words, and as JSON', () => {
  const words = flows('check', 'flows', example);
  expect([words.status, words.stderr]).toEqual([0, '']);
  expect(words.stdout).toContain('requests a run: 18 at least, 19 typically, 5 of them calls of connectors');
  const { stdout } = flows('check', example, '--json');
  expect(JSON.parse(stdout)).toMatchObject([{ findings: [], requests: { typical: 3 } }]);
  const unknown = {
    A: { type: 'OpenApiConnection', inputs: { host: { apiId: '/apis/shared_x', operationId: 'Do' } } },
  };
  const stranger = file('stranger.json', JSON.stringify({ triggers: { m: { type: 'Request' } }, actions: unknown }));
  const told = flows('check', stranger, '--json');
  expect(told.status).toBe(0);
  expect(JSON.parse(told.stdout)).toMatchObject([
    {
      findings: [
        { severity: 'note', rule: 'not-emulated', where: 'A', message: expect.stringContaining('shared_x/Do') },
      ],
    },
  ]);
});

test('check fails a pipeline when a flow would fail', () => {
  const broken = file('broken.json', '{"triggers":{"m":{"type":"Request"}},"actions":{"A":{"type":"Dance"}}}');
  const { status, stdout } = flows('check', broken);
  expect([status, stdout]).toEqual([1, expect.stringContaining("There is no action type 'Dance'. (unknown-type)")]);
});

test('run runs a flow with stubs and prints its history', () => {
  const options = ['--trigger', `${example}/trigger.json`, '--stubs', `${example}/stubs`];
  const { status, stdout } = flows('run', `${example}/definition.json`, ...options);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Succeeded\n {2}Succeeded Read_account .*\n.*Contoso.*\n {2}Succeeded Greet/);
});

test('run without a stub fails, and names what is missing', () => {
  const { status, stdout } = flows('run', `${example}/definition.json`, '--trigger', `${example}/trigger.json`);
  expect(status).toBe(1);
  expect(stdout).toContain("The connector 'shared_commondataserviceforapps' has no operation 'GetItem' here");
});

test.each([
  ['no verb', [], 'npm run flows -- check'],
  ['an unknown verb', ['dance'], "There is no verb 'dance'."],
  ['nothing there', ['check', 'nowhere'], "There is nothing at 'nowhere'."],
  [
    'a body that is no JSON',
    ['run', `${example}/definition.json`, '--trigger', 'README.md'],
    "The trigger's body 'README.md'",
  ],
  [
    'a folder of stubs that is not there',
    ['run', `${example}/definition.json`, '--stubs', 'nowhere'],
    "There is no folder 'nowhere'",
  ],
])('%s is told in one message', (_what, options, words) => {
  const { status, stderr } = flows(...options);
  expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});
