import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const alm = (...options: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', join(root, 'alm/alm.ts'), ...options], {
    cwd: root,
    encoding: 'utf8',
  });

test.each([
  [['import'], "'import' is not there yet. There is: build, pack."],
  [['bake'], "There is no verb 'bake'. There is: build, pack."],
  [['constructor'], "There is no verb 'constructor'."],
  [[], 'Say what to do. There is: build, pack.'],
  [['build', '--only', 'Nothing'], "There is no 'Nothing' to build. There is: controls, web-resources, solution"],
  [['build', '--bake'], "Unknown option '--bake'"],
])('%j is refused in words, without a trace', (options, message) => {
  const { status, stderr } = alm(...options);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('build --help says what it can do', () => {
  const { status, stdout } = alm('build', '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--only');
});
