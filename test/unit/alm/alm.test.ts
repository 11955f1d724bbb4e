import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const alm = (...options: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', join(root, 'alm/alm.ts'), ...options], {
    cwd: root,
    encoding: 'utf8',
  });

test.each([
  [['bake'], "There is no verb 'bake'. There is: build, "],
  [['constructor'], "There is no verb 'constructor'."],
  [[], 'Say what to do. There is: build, '],
  [['unpack'], 'Name one zip: npm run alm -- unpack FILE'],
  [['unpack', 'none.zip'], 'There is no file '],
  [['roundtrip'], 'Name one folder or zip'],
  [['roundtrip', 'no/such'], 'There is no folder or zip '],
  [['roundtrip', 'docs/decisions'], 'There is no zip in '],
  [['pack', '--folder', 'docs'], 'Say where the package goes: --zip FILE.'],
  [['pack', '--folder', 'docs', '--zip', 'x.zip'], 'docs is no unpacked solution'],
  [['pack', '--zip', 'x.zip', '--type', 'some'], "There is no package type 'some'. There is: managed"],
  [['build', '--only', 'Nothing'], "There is no 'Nothing' to build. There is: controls, web-resources, solution"],
  [['build', '--bake'], "Unknown option '--bake'"],
])('%j is refused in words, without a trace', (options, message) => {
  const { status, stderr } = alm(...options);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  [['--help'], /unpack +a package into an unpacked solution/],
  [['build', '--help'], /--only/],
  [['roundtrip', '--help'], /FOLDER/],
])('%j says what it can do', (options, words) => {
  const { status, stdout } = alm(...options);
  expect(status).toBe(0);
  expect(stdout).toMatch(words);
});
