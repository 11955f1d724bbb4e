import { readVersion } from '../solution-version.ts';
import type { Command, Commands } from './command.ts';
import { asyncOptions, flag, required } from './options.ts';
import { PacError } from './surroundings.ts';
import { tableOf } from './table.ts';
import { connect, environmentOption, mostMinutesOf, solutionNamed, waitFor, type Json } from './web-api.ts';

const list: Command = {
  help: 'Lists the solutions of the environment',
  options: { includeSystemSolutions: flag('isc'), environment: environmentOption },
  async run(given, surroundings) {
    const api = await connect(given, surroundings);
    const visible = given.is('includeSystemSolutions') ? '' : '&$filter=isvisible%20eq%20true';
    const { value } = await api.get(
      `solutions?$select=uniquename,friendlyname,version,ismanaged&$orderby=uniquename${visible}`,
    );
    const rows = (value as Json[]).map((row) => [
      String(row['uniquename']),
      String(row['friendlyname']),
      String(row['version']),
      row['ismanaged'] === true ? 'True' : 'False',
    ]);
    surroundings.write(tableOf(['Unique Name', 'Friendly Name', 'Version', 'Managed'], rows));
  },
};

const publish: Command = {
  help: 'Publishes all customizations',
  options: { environment: environmentOption, ...asyncOptions },
  async run(given, surroundings) {
    const api = await connect(given, surroundings);
    surroundings.write('Publishing All Customizations...\n');
    await api.post('PublishAllXml', {});
    surroundings.write('Published All Customizations.\n');
  },
};

const remove: Command = {
  help: 'Deletes a solution; a managed one takes along what only it holds',
  options: { 'solution-name': required('sn', 'n'), environment: environmentOption },
  async run(given, surroundings) {
    const api = await connect(given, surroundings);
    const { solutionid } = await solutionNamed(api, given.required('solution-name'));
    surroundings.write('Deleting Solution...\n');
    await api.delete(`solutions(${String(solutionid)})`);
    surroundings.write('Solution deleted successfully.\n');
  },
};

const upgrade: Command = {
  help: 'Lets the holding solution take the place of the installed one',
  options: { 'solution-name': required('sn', 'n'), environment: environmentOption, ...asyncOptions },
  async run(given, surroundings) {
    const api = await connect(given, surroundings);
    const body = { UniqueName: given.required('solution-name') };
    surroundings.write('Solution upgrading...\n');
    if (given.is('async')) {
      const { AsyncOperationId } = await api.post('DeleteAndPromoteAsync', body);
      await waitFor(api, String(AsyncOperationId), { mostMinutes: mostMinutesOf(given), write: surroundings.write });
    } else await api.post('DeleteAndPromote', body);
    surroundings.write('Solution upgraded successfully.\n');
  },
};

const onlineVersion: Command = {
  help: 'Gives the unmanaged solution in the environment a version',
  options: {
    'solution-name': required('sn', 'n'),
    'solution-version': required('sv', 'v'),
    environment: environmentOption,
  },
  async run(given, surroundings) {
    const version = readVersion(given.required('solution-version')).join('.');
    const api = await connect(given, surroundings);
    const solution = await solutionNamed(api, given.required('solution-name'));
    if (solution['ismanaged'] === true)
      throw new PacError(`The solution '${String(solution['uniquename'])}' is managed; its version cannot be changed.`);
    await api.patch(`solutions(${String(solution['solutionid'])})`, { version });
    surroundings.write(`Solution version updated successfully: ${String(solution['version'])} to ${version}.\n`);
  },
};

export const onlineCommands: Commands = {
  delete: remove,
  list,
  'online-version': onlineVersion,
  publish,
  upgrade,
};
