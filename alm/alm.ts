import { BuildError } from './build-error.ts';
import { build } from './build.ts';
import { runAsProgram } from './command-line.ts';
import { pack } from './pack.ts';

/** What `npm run alm -- <verb>` can do. */
const verbs: Readonly<Record<string, (options: string[]) => Promise<void>>> = { build, pack };

/** Verbs of the plan that are not written yet. */
const planned = ['unpack', 'check', 'version', 'import', 'export', 'publish', 'settings', 'doctor'];

async function alm([verb = '', ...options]: string[]): Promise<void> {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (run !== undefined) return run(options);
  const why =
    verb === ''
      ? 'Say what to do.'
      : planned.includes(verb)
        ? `'${verb}' is not there yet.`
        : `There is no verb '${verb}'.`;
  throw new BuildError(`${why} There is: ${Object.keys(verbs).join(', ')}.\n\n  npm run alm -- build`);
}

if (require.main === module) runAsProgram(alm, process.argv.slice(2));
