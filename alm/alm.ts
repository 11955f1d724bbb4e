import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Verbs that are there, with the script behind each. */
const verbs: Readonly<Record<string, string>> = { build: 'build.ts' };
const planned = ['pack', 'unpack', 'check', 'version', 'import', 'export', 'publish', 'settings', 'doctor'];

const [verb = '', ...options] = process.argv.slice(2);
const script = verbs[verb];
if (script === undefined) {
  const why = planned.includes(verb) ? `'${verb}' is not there yet.` : `There is no verb '${verb}'.`;
  console.error(`${why} There is: ${Object.keys(verbs).join(', ')}.\n\n  npm run alm -- build`);
  process.exitCode = 1;
} else {
  process.exitCode = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, script), ...options], { stdio: 'inherit' }).status ?? 1;
}
