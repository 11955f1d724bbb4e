import { BuildError } from './build-error.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { runAsProgram } from './command-line.ts';
import { doctor } from './doctor.ts';
import { exportPackage } from './export.ts';
import { importPackage } from './import.ts';
import { pack } from './pack.ts';
import { publish } from './publish.ts';
import { roundtrip } from './roundtrip.ts';
import { settings } from './settings.ts';
import { unpack } from './unpack.ts';
import { version } from './version.ts';

interface Verb {
  readonly run: (options: string[]) => Promise<void>;
  readonly does: string;
}

/** What `npm run alm -- <verb>` can do. */
const verbs: Readonly<Record<string, Verb>> = {
  build: { run: build, does: 'controls, web resources and the packages, from source' },
  check: { run: check, does: 'finds what an import would refuse, before it does' },
  doctor: { run: doctor, does: 'says what an environment lacks before an import, and what to do' },
  export: { run: exportPackage, does: 'brings a solution out of an environment' },
  import: { run: importPackage, does: 'brings a package into an environment' },
  pack: { run: pack, does: 'an unpacked solution into its packages' },
  publish: { run: publish, does: 'publishes all customizations of an environment' },
  roundtrip: { run: roundtrip, does: 'unpacks and packs every zip of a folder, and compares' },
  settings: { run: settings, does: 'writes or verifies a deployment-settings file' },
  unpack: { run: unpack, does: 'a package into an unpacked solution' },
  version: { run: version, does: 'prints or raises the version of the solution and its controls' },
};

const usage = () =>
  Object.entries(verbs)
    .map(([verb, { does }]) => `  ${verb.padEnd(10)} ${does}`)
    .join('\n');

async function alm([verb = '', ...options]: string[]): Promise<void> {
  if (['--help', '-h', 'help'].includes(verb))
    return console.log(`npm run alm -- VERB [OPTIONS]; VERB --help says more\n\n${usage()}`);
  const known = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (known !== undefined) return known.run(options);
  const why = verb === '' ? 'Say what to do.' : `There is no verb '${verb}'.`;
  throw new BuildError(`${why} There is: ${Object.keys(verbs).join(', ')}.\n\n${usage()}`);
}

if (require.main === module) runAsProgram(alm, process.argv.slice(2));
