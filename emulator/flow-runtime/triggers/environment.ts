import type { ServiceClient } from '../connectors/service-client.ts';
import type { FlowDefinition, ParameterDefinition } from '../definition/model.ts';
import { readJson } from '../expressions/json.ts';
import type { Value } from '../expressions/value.ts';
import { messageOf, rowsOf } from './dataverse-webhook.ts';

/** What a flow binds to in its environment. */
export interface Environment {
  /** Its id; flows build addresses of runs of it. */
  readonly id: string;
  readonly connectionReferences: ReadonlySet<string>;
  /** Value by schema name in lower case: the current value, else the default; undefined when it has neither. */
  readonly variables: ReadonlyMap<string, string | undefined>;
}

/** Before it is read, and where there is none. */
export const noEnvironment: Environment = {
  id: '00000000-0000-0000-0000-000000000000',
  connectionReferences: new Set(),
  variables: new Map(),
};

export async function readEnvironment(client: ServiceClient, user: string): Promise<Environment> {
  const [organization] = await rows(client, user, 'organizations?$select=organizationid');
  const references = await rows(client, user, 'connectionreferences?$select=connectionreferencelogicalname');
  const definitions = await rows(
    client,
    user,
    'environmentvariabledefinitions?$select=environmentvariabledefinitionid,schemaname,defaultvalue',
  );
  const values = await rows(
    client,
    user,
    'environmentvariablevalues?$select=value,_environmentvariabledefinitionid_value',
  );
  const current = new Map(values.map((row) => [String(row['_environmentvariabledefinitionid_value']), row['value']]));
  const asText = (value: Value | undefined) => (value === undefined || value === null ? undefined : String(value));
  return {
    id: String(organization?.['organizationid'] ?? noEnvironment.id),
    connectionReferences: new Set(references.map((row) => String(row['connectionreferencelogicalname']).toLowerCase())),
    variables: new Map(
      definitions.map((row) => [
        String(row['schemaname']).toLowerCase(),
        asText(current.get(String(row['environmentvariabledefinitionid']))) ?? asText(row['defaultvalue']),
      ]),
    ),
  };
}

async function rows(client: ServiceClient, user: string, path: string) {
  const answer = await client.send({ method: 'GET', path, user });
  if (answer.statusCode >= 400)
    throw new Error(`The environment of the flows cannot be read: ${messageOf(answer.body)}`);
  return rowsOf(answer.body);
}

/** Values of the flow's parameters: environment variable first, then the default in the definition. */
export function bindParameters(definition: FlowDefinition, environment: Environment): Map<string, Value> {
  return new Map(
    [...definition.parameters.values()].map((parameter) => [parameter.name, bind(parameter, environment)]),
  );
}

function bind(parameter: ParameterDefinition, environment: Environment): Value {
  const text =
    parameter.schemaName === undefined ? undefined : environment.variables.get(parameter.schemaName.toLowerCase());
  if (text === undefined) return parameter.defaultValue ?? null;
  switch (parameter.type.toLowerCase()) {
    case 'string':
      return text;
    case 'bool':
      // Dataverse keeps yes/no variables as `yes` and `no`.
      return /^(true|yes|1)$/i.test(text);
    case 'float':
      return Number(text);
    default:
      return readJson(text);
  }
}

/** @throws Error naming the first connection reference that is not in the environment */
export function requireConnections(definition: FlowDefinition, environment: Environment): void {
  for (const { logicalName, key } of definition.connections.values()) {
    if (logicalName === undefined || environment.connectionReferences.has(logicalName.toLowerCase())) continue;
    throw new Error(
      `The connection reference '${logicalName}' of connection '${key}' is not in this environment. Import the solution that holds it.`,
    );
  }
}
