import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { identityOf, readZip, type SolutionIdentity } from '../../packaging/index.ts';
import { readSettings } from '../settings-file.ts';
import { compareVersions } from '../solution-version.ts';
import type { Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { asyncOptions, flag, required, text } from './options.ts';
import { PacError, type Surroundings } from './surroundings.ts';
import { connect, environmentOption, findSolution, mostMinutesOf, waitFor, type Json, type WebApi } from './web-api.ts';

export const importCommand: Command = {
  help: 'Imports a solution zip',
  options: {
    path: required('p'),
    'activate-plugins': flag('ap'),
    'force-overwrite': flag('f'),
    'skip-dependency-check': flag('s'),
    'import-as-holding': flag('h'),
    'stage-and-upgrade': flag('up'),
    'publish-changes': flag('pc'),
    'convert-to-managed': flag('cm'),
    'skip-lower-version': flag('slv'),
    'settings-file': text(),
    environment: environmentOption,
    ...asyncOptions,
  },
  async run(given, surroundings) {
    if (given.is('import-as-holding') && given.is('stage-and-upgrade'))
      throw new PacError('--import-as-holding and --stage-and-upgrade exclude each other.');
    const zip = readPackage(resolve(surroundings.cwd, given.required('path')));
    const identity = identityOf(await readZip(zip));
    const parameters = parametersOf(given, surroundings);
    const api = await connect(given, surroundings);
    const there = await findSolution(api, identity.uniqueName);
    if (given.is('skip-lower-version') && isThereAlready(there, identity))
      return surroundings.write(
        `Solution import skipped: ${identity.uniqueName} ${String(there!['version'])} is installed, which is not lower than ${identity.version}.\n`,
      );
    surroundings.write('Solution Importing...\n');
    await send(
      api,
      { given, surroundings, isUpgrade: given.is('stage-and-upgrade') && there !== undefined },
      {
        CustomizationFile: zip.toString('base64'),
        ...parameters,
      },
    );
    surroundings.write('Solution Imported successfully.\n');
    if (!given.is('publish-changes')) return;
    surroundings.write('Publishing All Customizations...\n');
    await api.post('PublishAllXml', {});
    surroundings.write('Published All Customizations.\n');
  },
};

function readPackage(path: string): Buffer {
  if (!existsSync(path) || !statSync(path).isFile()) throw new PacError(`There is no solution zip at ${path}.`);
  return readFileSync(path);
}

const isThereAlready = (there: Json | undefined, { version }: SolutionIdentity) =>
  there !== undefined && compareVersions(numbers(String(there['version'])), numbers(version)) >= 0;

const numbers = (version: string) => version.split('.').map(Number);

/** What the switches and the settings file are to the Web API. */
function parametersOf(given: Arguments, { cwd }: Surroundings): Json {
  const file = given.text('settings-file');
  return {
    ImportJobId: randomUUID(),
    OverwriteUnmanagedCustomizations: given.is('force-overwrite'),
    PublishWorkflows: given.is('activate-plugins'),
    SkipProductUpdateDependencies: given.is('skip-dependency-check'),
    HoldingSolution: given.is('import-as-holding'),
    ConvertToManaged: given.is('convert-to-managed'),
    ...(file === undefined ? {} : { ComponentParameters: componentParameters(resolve(cwd, file)) }),
  };
}

/** Connections and values of a deployment-settings file. @throws PacError for an entry that is empty: an import refuses it */
function componentParameters(file: string): Json[] {
  const { EnvironmentVariables, ConnectionReferences } = readSettings(file);
  const values = EnvironmentVariables.map(({ SchemaName, Value }) => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.environmentvariablevalue',
    schemaname: SchemaName,
    value: filledIn(Value, SchemaName),
  }));
  const connections = ConnectionReferences.map(({ LogicalName, ConnectionId, ConnectorId }) => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.connectionreference',
    connectionreferencelogicalname: LogicalName,
    connectionid: filledIn(ConnectionId, LogicalName),
    connectorid: ConnectorId,
  }));
  return [...values, ...connections];
}

function filledIn(value: string, name: string): string {
  if (value === '')
    throw new PacError(`The settings file has no value for '${name}'; fill it in or leave the entry out.`);
  return value;
}

interface Sending {
  readonly given: Arguments;
  readonly surroundings: Surroundings;
  readonly isUpgrade: boolean;
}

async function send(api: WebApi, { given, surroundings, isUpgrade }: Sending, body: Json): Promise<void> {
  const message = isUpgrade ? 'StageAndUpgrade' : 'ImportSolution';
  if (!given.is('async')) return void (await api.post(message, body));
  const { AsyncOperationId, ImportJobKey } = await api.post(`${message}Async`, body);
  surroundings.write(`Processing asynchronous operation ${String(AsyncOperationId)}...\n`);
  await waitFor(api, String(AsyncOperationId), {
    mostMinutes: mostMinutesOf(given),
    write: surroundings.write,
    progress: async () => {
      const job = await api.get(`importjobs(${String(ImportJobKey)})?$select=progress`);
      return `Import progress: ${Math.round(Number(job['progress'] ?? 0))}%`;
    },
  });
}
