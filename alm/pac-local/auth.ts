import type { Arguments, Options } from './arguments.ts';
import type { Command, Commands } from './command.ts';
import { flag, text } from './options.ts';
import { activeProfile, clearProfiles, readProfiles, writeProfiles, type Profile } from './profiles.ts';
import { PacError, type Surroundings } from './surroundings.ts';
import { tableOf } from './table.ts';
import { addressOf, environmentOption, openWebApi, organizationOf } from './web-api.ts';

/** All that the real tool takes, so that the same call works; what proves who one is is not asked for here. */
const createOptions: Options = {
  environment: environmentOption,
  name: text('n'),
  kind: text('k'),
  username: text('un'),
  password: text('p'),
  applicationId: text('id'),
  clientSecret: text('cs'),
  tenant: text('t'),
  cloud: text('ci'),
  certificateDiskPath: text('cdp'),
  certificatePassword: text('cp'),
  deviceCode: flag('dc'),
  managedIdentity: flag('mi'),
  githubFederated: flag('ghf'),
  azureDevOpsFederated: flag('adof'),
};

const create: Command = {
  help: 'Signs in and makes the profile the active one',
  options: createOptions,
  async run(given, surroundings) {
    const environment = given.text('environment');
    const others = readProfiles(surroundings).map((one) => ({ ...one, isActive: false }));
    const profile: Profile = {
      name: given.text('name') ?? '',
      environment: environment === undefined ? undefined : addressOf(environment),
      ...identityOf(given),
      cloud: given.text('cloud') ?? 'Public',
      isActive: true,
    };
    // Signing in to an environment that is not there fails here, not at the first use.
    if (profile.environment !== undefined)
      await openWebApi({ ...profile, environment: profile.environment }).get('WhoAmI');
    writeProfiles(surroundings, [...others, profile]);
    surroundings.write(`'${profile.user}' authenticated successfully.\nAuthentication profile created\n`);
    surroundings.write(` * ${lineOf(profile)}\n`);
  },
};

/** Decided: with neither a user nor an application one is the administrator, as the emulator takes an unknown caller. */
function identityOf(given: Arguments): Pick<Profile, 'user' | 'kind'> {
  const username = given.text('username');
  if (username !== undefined) return { user: username, kind: 'User' };
  const application = given.text('applicationId') ?? (given.is('managedIdentity') ? 'managed-identity' : undefined);
  return application === undefined
    ? { user: 'administrator', kind: 'User' }
    : { user: application, kind: 'Application' };
}

const lineOf = ({ name, user, cloud, kind, environment }: Profile) =>
  ['UNIVERSAL', name, ':', user, cloud, kind, environment ?? ''].filter((part) => part !== '').join(' ');

const list: Command = {
  help: 'Lists the profiles',
  options: {},
  async run(_given, surroundings) {
    const profiles = readProfiles(surroundings);
    if (profiles.length === 0)
      return surroundings.write(
        'No profiles were found on this computer. Please run "pac auth create" to create one.\n',
      );
    const rows = profiles.map((one, place) => [
      `[${place + 1}]`,
      one.isActive ? '*' : '',
      'UNIVERSAL',
      one.name,
      one.user,
      one.cloud,
      one.kind,
      one.environment ?? '',
    ]);
    surroundings.write(tableOf(['Index', 'Active', 'Kind', 'Name', 'User', 'Cloud', 'Type', 'Environment Url'], rows));
  },
};

const who: Command = {
  help: 'Tells who the active profile is',
  options: {},
  async run(_given, surroundings) {
    const { user, kind, cloud, environment } = activeProfile(surroundings);
    surroundings.write(`Connected as ${user}\nType: ${kind}\nCloud: ${cloud}\nUser: ${user}\n`);
    if (environment === undefined) return;
    const api = openWebApi({ user, environment });
    const { EnvironmentId, FriendlyName } = await organizationOf(api);
    surroundings.write(
      `Environment ID: ${EnvironmentId}\nEnvironment: ${FriendlyName}\nEnvironment Url: ${environment}\n`,
    );
  },
};

const choose: Options = { index: text('i'), name: text('n') };

const select: Command = {
  help: 'Makes another profile the active one',
  options: choose,
  async run(given, surroundings) {
    const chosen = placeOf(given, surroundings);
    const profiles = readProfiles(surroundings).map((one, place) => ({ ...one, isActive: place === chosen }));
    writeProfiles(surroundings, profiles);
    surroundings.write(`New default profile:\n * ${lineOf(profiles[chosen]!)}\n`);
  },
};

const remove: Command = {
  help: 'Forgets a profile',
  options: choose,
  async run(given, surroundings) {
    const chosen = placeOf(given, surroundings);
    writeProfiles(
      surroundings,
      readProfiles(surroundings).filter((_, place) => place !== chosen),
    );
    surroundings.write(`Profile with index ${chosen + 1} deleted\n`);
  },
};

/** The place of the profile that `--index`, counted from 1, or `--name` says. */
function placeOf(given: Arguments, surroundings: Surroundings): number {
  const profiles = readProfiles(surroundings);
  const name = given.text('name');
  const place =
    name === undefined ? Number(given.required('index')) - 1 : profiles.findIndex((one) => one.name === name);
  if (profiles[place] === undefined) throw new PacError('There is no such profile. See: pac auth list');
  return place;
}

const clear: Command = {
  help: 'Forgets all profiles',
  options: {},
  async run(_given, surroundings) {
    clearProfiles(surroundings);
    surroundings.write('Auth profiles and cached credentials removed.\n');
  },
};

export const authCommands: Commands = { clear, create, delete: remove, list, select, who };
