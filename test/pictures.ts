import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Makes the pictures of docs/credit-limit.md anew, from the test that walks the scenario in a browser. */
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/jest/bin/jest.js'), '--runInBand', 'test/browser/credit-limit.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PICTURES: join(root, 'docs/images') } },
);
if (status === 0) console.log('The pictures are in docs/images. Look at them before you commit them.');
process.exit(status ?? 1);
