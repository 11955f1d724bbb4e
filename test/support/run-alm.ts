import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** `npm run alm -- …` as a process of its own. */
export function runAlm(options: readonly string[], { cwd = root, env = process.env } = {}) {
  const program = ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'alm/alm.ts')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...options], {
    cwd,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
