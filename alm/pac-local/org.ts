import type { Command, Commands } from './command.ts';
import { activeProfile, readProfiles, writeProfiles } from './profiles.ts';
import { addressOf, connect, environmentOption, organizationOf } from './web-api.ts';

const who: Command = {
  help: 'Tells where one is, and as whom',
  options: { environment: environmentOption },
  async run(given, surroundings) {
    const api = await connect(given, surroundings);
    const organization = await organizationOf(api);
    const { UserId } = await api.get('WhoAmI');
    const lines = [
      ['Org ID', organization.OrganizationId],
      ['Unique Name', organization.UniqueName],
      ['Friendly Name', organization.FriendlyName],
      ['Org URL', `${api.environment}/`],
      ['User Email', api.user],
      ['User ID', String(UserId)],
      ['Environment ID', organization.EnvironmentId],
    ] as const;
    surroundings.write('Organization Information\n');
    surroundings.write(lines.map(([name, value]) => `  ${`${name}:`.padEnd(27)} ${value}\n`).join(''));
  },
};

const select: Command = {
  help: 'Chooses the environment of the active profile',
  options: { environment: { ...environmentOption, isRequired: true } },
  async run(given, surroundings) {
    const active = activeProfile(surroundings);
    const environment = addressOf(given.required('environment'));
    await connect(given, surroundings);
    writeProfiles(
      surroundings,
      readProfiles(surroundings).map((one) => (one.isActive ? { ...active, environment } : one)),
    );
    surroundings.write(`Selected environment '${environment}' for the active profile.\n`);
  },
};

export const orgCommands: Commands = { select, who };
