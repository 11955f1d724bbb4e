import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { childText, descend, parseXml } from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import { runPac } from './pac-tool.ts';
import { readSettings } from './settings-file.ts';

export const importUsage = `npm run alm -- import [ZIP] [--environment URL] [--settings FILE] [--upgrade | --holding] [--publish] [--sync]

  ZIP            the package; ours, managed and built, when left out
  --environment  where it goes; the one pac is signed in to when left out
  --settings     deployment-settings file with connections and values
  --upgrade      what the new version lacks is deleted, with its data; installs where nothing is yet
  --holding      beside the installed version, for pac solution upgrade to promote later
  --publish      publishes afterwards; an unmanaged package needs it
  --sync         waits in one request instead of asking after a job`;

/** `npm run alm -- import`: imports a package into an environment, through Microsoft's own tool. */
export async function importPackage(options: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: options,
    allowPositionals: true,
    options: {
      environment: { type: 'string' },
      settings: { type: 'string' },
      upgrade: { type: 'boolean', default: false },
      holding: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
      sync: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(importUsage);
  if (positionals.length > 1) throw new BuildError('Name one zip: npm run alm -- import ZIP');
  if (values.upgrade && values.holding) throw new BuildError('Say --upgrade or --holding, not both.');
  const zip = packageNamed(positionals[0]);
  if (values.settings !== undefined) readSettings(values.settings);
  await runPac({
    action: 'importSolution',
    environment: values.environment,
    words: ['solution', 'import'],
    inputs: {
      path: zip,
      async: String(!values.sync),
      'max-async-wait-time': '60',
      'force-overwrite': 'true',
      'publish-changes': String(values.publish),
      'activate-plugins': 'true',
      ...(values.upgrade ? { 'stage-and-upgrade': 'true' } : {}),
      ...(values.holding ? { 'import-as-holding': 'true' } : {}),
      ...(values.settings === undefined ? {} : { 'settings-file': resolve(values.settings) }),
    },
  });
}

function packageNamed(named: string | undefined): string {
  const root = join(__dirname, '..');
  const zip = named === undefined ? join(root, 'dist', `${builtName(root)}_managed.zip`) : resolve(named);
  if (!existsSync(zip))
    throw new BuildError(`There is no ${zip}.${named === undefined ? ' Build it: npm run build' : ''}`);
  return zip;
}

/** `FnOConnect_1_2_3_4`, as the build names what it makes. */
function builtName(root: string): string {
  const file = join(root, 'solution/Other/Solution.xml');
  const manifest = descend(parseXml(readFileSync(file), file), 'SolutionManifest');
  return `${childText(manifest, 'UniqueName')}_${childText(manifest, 'Version').replaceAll('.', '_')}`;
}
