import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pack } from '../pack.ts';
import { settings } from '../settings.ts';
import { unpack } from '../unpack.ts';
import type { Arguments, Options } from './arguments.ts';
import type { Command, Commands } from './command.ts';
import { flag, required, text } from './options.ts';
import { PacError, type Surroundings } from './surroundings.ts';

/** What pack and unpack have in common. */
const packagingOptions: Options = {
  zipFile: required('z'),
  folder: required('f'),
  packageType: text('p'),
  map: text('m'),
  localize: flag('loc'),
  log: text('l', 'logFile'),
  errorLevel: text('e'),
  singleComponent: text('sc'),
  sourceLoc: text('src'),
  useLcid: flag('lcid'),
  useUnmanagedFileForMissingManaged: flag('same'),
  disablePluginRemap: flag('dpm'),
  processCanvasApps: flag('pca'),
};

const packCommand: Command = {
  help: 'Packs a folder of solution components into a zip',
  options: packagingOptions,
  async run(given, surroundings) {
    requireServed(given);
    const type = given.text('packageType') ?? 'Unmanaged';
    const switches = [
      ...(given.is('localize') ? ['--localize'] : []),
      ...(given.is('useUnmanagedFileForMissingManaged') ? ['--use-unmanaged-for-missing-managed'] : []),
    ];
    const paths = ['--folder', pathOf(given, 'folder', surroundings), '--zip', pathOf(given, 'zipFile', surroundings)];
    await pack([...paths, '--type', type, ...mapOf(given, surroundings), ...switches]);
    finish(given, surroundings, `${type} Pack complete.`);
  },
};

const unpackCommand: Command = {
  help: 'Unpacks a solution zip into a folder of components',
  options: { ...packagingOptions, allowDelete: text('ad'), allowWrite: text('aw'), clobber: flag('c') },
  async run(given, surroundings) {
    requireServed(given);
    if (/^(no|false)$/i.test(given.text('allowWrite') ?? ''))
      throw new PacError('--allowWrite no is not served: unpack into an empty folder and compare.');
    const type = given.text('packageType') ?? 'Unmanaged';
    const folder = ['--folder', pathOf(given, 'folder', surroundings)];
    const zip = pathOf(given, 'zipFile', surroundings);
    await unpack([zip, ...folder, '--type', type, ...mapOf(given, surroundings), ...textSwitches(given)]);
    finish(given, surroundings, `${type} Extract complete.`);
  },
};

/** Options that would change what is written, and are not served. */
function requireServed(given: Arguments): void {
  if (!/^(none)?$/i.test(given.text('singleComponent') ?? ''))
    throw new PacError('--singleComponent is not served: the whole solution is packed or unpacked.');
  if (given.is('processCanvasApps')) throw new PacError('--processCanvasApps is not served.');
}

/** Where texts go; the language of the template means nothing without them, and nothing to pack. */
function textSwitches(given: Arguments): string[] {
  if (!given.is('localize')) return [];
  const source = given.text('sourceLoc');
  return [
    '--localize',
    ...(source === undefined ? [] : ['--source-loc', source]),
    ...(given.is('useLcid') ? ['--use-lcid'] : []),
  ];
}

const pathOf = (given: Arguments, name: string, { cwd }: Surroundings) => resolve(cwd, given.required(name));

function mapOf(given: Arguments, { cwd }: Surroundings): string[] {
  const map = given.text('map');
  return map === undefined ? [] : ['--map', resolve(cwd, map)];
}

function finish(given: Arguments, { cwd, write }: Surroundings, told: string): void {
  const log = given.text('log');
  if (log !== undefined) appendFileSync(resolve(cwd, log), `${told}\n`);
  write(`\n${told}\n`);
}

const createSettings: Command = {
  help: 'Writes the deployment-settings file of a solution, to be filled in',
  options: { 'solution-zip': text('z'), 'solution-folder': text('f'), 'settings-file': required('s') },
  async run(given, { cwd }) {
    const source = given.text('solution-zip') ?? given.text('solution-folder');
    if (source === undefined) throw new PacError('Name a solution: --solution-zip or --solution-folder.');
    await settings(['create', resolve(cwd, given.required('settings-file')), '--solution', resolve(cwd, source)]);
  },
};

export const packagingCommands: Commands = {
  'create-settings': createSettings,
  pack: packCommand,
  unpack: unpackCommand,
};
