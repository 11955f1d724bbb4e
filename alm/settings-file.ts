import { existsSync, readFileSync } from 'node:fs';
import { BuildError } from './build-error.ts';
import { variableTypes, type Reference, type Variable } from './settings-of-solution.ts';

/** The deployment-settings file, as `pac solution import --settings-file` takes it. */
export interface Settings {
  readonly EnvironmentVariables: readonly { readonly SchemaName: string; readonly Value: string }[];
  readonly ConnectionReferences: readonly {
    readonly LogicalName: string;
    readonly ConnectionId: string;
    readonly ConnectorId: string;
  }[];
}

const shape = {
  EnvironmentVariables: ['SchemaName', 'Value'],
  ConnectionReferences: ['LogicalName', 'ConnectionId', 'ConnectorId'],
};

/** @throws BuildError when it is not there, no JSON, or of another shape */
export function readSettings(file: string): Settings {
  if (!existsSync(file)) throw new BuildError(`There is no ${file}. Make it: npm run alm -- settings create ${file}`);
  const settings = parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), file) as Record<string, unknown>;
  for (const [list, keys] of Object.entries(shape)) {
    const entries = settings?.[list] ?? [];
    const isOfShape = (entry: unknown) =>
      keys.every((key) => typeof (entry as Record<string, unknown>)?.[key] === 'string');
    if (!Array.isArray(entries) || !entries.every(isOfShape))
      throw new BuildError(`${file}: ${list} must be a list of entries with the texts ${keys.join(', ')}.`);
  }
  return { EnvironmentVariables: [], ConnectionReferences: [], ...settings };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BuildError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

interface Needs {
  readonly variables: readonly Variable[];
  readonly references: readonly Reference[];
}

/**
 * The file for a solution. What `known` says already stays; a variable begins with its default value and a connection
 * with an empty id, to be filled in.
 */
export function settingsFor({ variables, references }: Needs, known?: Settings): Settings {
  const valueOf = (name: string) => known?.EnvironmentVariables.find(({ SchemaName }) => SchemaName === name)?.Value;
  const connectionOf = (name: string) =>
    known?.ConnectionReferences.find(({ LogicalName }) => LogicalName === name)?.ConnectionId;
  return {
    EnvironmentVariables: variables.map(({ schemaName, defaultValue, type }) => ({
      SchemaName: schemaName,
      Value: valueOf(schemaName) ?? (type === variableTypes.secret ? '' : defaultValue),
    })),
    ConnectionReferences: references.map(({ logicalName, connectorId }) => ({
      LogicalName: logicalName,
      ConnectionId: connectionOf(logicalName) ?? '',
      ConnectorId: connectorId,
    })),
  };
}

/** What would make an import with this file fail, or do something else than meant. */
export function problemsOf(settings: Settings, { variables, references }: Needs): string[] {
  const given = settings.EnvironmentVariables.map(({ SchemaName }) => SchemaName);
  const bound = settings.ConnectionReferences.map(({ LogicalName }) => LogicalName);
  return [
    ...twice('environment variable', given),
    ...twice('connection reference', bound),
    ...unknown(
      'environment variable',
      given,
      variables.map(({ schemaName }) => schemaName),
    ),
    ...unknown(
      'connection reference',
      bound,
      references.map(({ logicalName }) => logicalName),
    ),
    ...variables.flatMap((variable) => problemsOfVariable(settings, variable)),
    ...references.flatMap((reference) => problemsOfReference(settings, reference)),
  ];
}

const twice = (what: string, names: readonly string[]) =>
  names.filter((name, place) => names.indexOf(name) < place).map((name) => `The ${what} '${name}' is there twice.`);

function unknown(what: string, names: readonly string[], known: readonly string[]): string[] {
  const strange = names.filter((name) => !known.includes(name));
  return strange.map((name) => {
    const near = known.find((other) => other.toLowerCase() === name.toLowerCase());
    return near === undefined
      ? `The solution has no ${what} '${name}'.`
      : `The ${what} '${name}' is spelt '${near}' in the solution; letter case matters.`;
  });
}

function problemsOfVariable(settings: Settings, { schemaName, type, defaultValue }: Variable): string[] {
  const value = settings.EnvironmentVariables.find(({ SchemaName }) => SchemaName === schemaName)?.Value;
  if (value === undefined)
    return defaultValue === '' ? [`The environment variable '${schemaName}' has neither a default nor a value.`] : [];
  if (value === '')
    return [
      `The environment variable '${schemaName}' is empty, which an import refuses; leave the entry out or fill it in.`,
    ];
  const kind = wrongKind(type, value);
  return kind === undefined
    ? []
    : [`The environment variable '${schemaName}' must be ${kind}, not '${value.slice(0, 60)}'.`];
}

function wrongKind(type: string, value: string): string | undefined {
  if (type === variableTypes.number && !/^-?\d+(\.\d+)?$/.test(value)) return 'a number';
  if (type === variableTypes.yesNo && !/^(yes|no)$/.test(value)) return 'yes or no';
  if (type !== variableTypes.json) return undefined;
  try {
    JSON.parse(value);
    return undefined;
  } catch {
    return 'JSON';
  }
}

function problemsOfReference(settings: Settings, { logicalName, connectorId }: Reference): string[] {
  const entry = settings.ConnectionReferences.find(({ LogicalName }) => LogicalName === logicalName);
  if (entry === undefined) return [`The connection reference '${logicalName}' has no entry: its flows would stay off.`];
  if (entry.ConnectionId === '') return [`The connection reference '${logicalName}' has no ConnectionId.`];
  if (entry.ConnectorId.toLowerCase() === connectorId.toLowerCase()) return [];
  return [`The connection reference '${logicalName}' is of ${connectorId}, not of ${entry.ConnectorId}.`];
}
