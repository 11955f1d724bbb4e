import { BuildError } from './build-error.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { runAsProgram } from './command-line.ts';
import { exportPackage } from './export.ts';
import { importPackage } from './import.ts';
import { pack } from './pack.ts';
import { publish } from './publish.ts';
import { roundtrip } from './roundtrip.ts';
import { settings } from './settings.ts';
import { unpack } from './unpack.ts';
import { version } from './version.ts';

/** What `npm run alm -- <verb>` can do. */
const verbs: Readonly<Record<string, (options: string[]) => Promise<void>>> = {
  build,
  check,
  export: exportPackage,
  import: importPackage,
  pack,
  publish,
  roundtrip,
  settings,
  unpack,
  version,
};

async function alm([verb = '', ...options]: string[]): Promise<void> {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (run !== undefined) return run(options);
  const why = verb === '' ? 'Say what to do.' : `There is no verb '${verb}'.`;
  throw new BuildError(`${why} There is: ${Object.keys(verbs).join(', ')}.\n\n  npm run alm -- build`);
}

if (require.main === module) runAsProgram(alm, process.argv.slice(2));
