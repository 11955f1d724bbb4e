import { fromPlain, type Value } from '../../emulator/flow-runtime/expressions/value.ts';
import { ownConnectors, type ConnectorParts } from '../../emulator/flow-runtime/connectors/own-connectors.ts';
import { asSent, type ServiceClient } from '../../emulator/flow-runtime/connectors/service-client.ts';
import { connectorsFrom, runFlow, type Connectors } from '../../emulator/flow-runtime/index.ts';
import { readBody } from '../../emulator/flow-runtime/http/read-body.ts';
import { request, type HttpHandler } from '../../emulator/kernel/index.ts';

/** A service asked through its dispatcher, without a socket. */
export function clientOf(handle: HttpHandler, root: string): ServiceClient {
  return {
    async send({ method, path, headers = {}, body, user }) {
      const url = /^https?:/.test(path) ? path.replace(/^https?:\/\/[^/]+/, '') : root + path;
      const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers };
      const sent = body === undefined ? undefined : Buffer.from(asSent(body) as string);
      const answer = await handle(request(method, url, { authorization: `Bearer ${user}`, ...typed }, sent));
      const type = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
      return {
        statusCode: answer.status,
        headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
        body: readBody(type === undefined ? undefined : String(type), Buffer.from(answer.body as string)),
      };
    },
  };
}

const nobody = (): never => {
  throw new Error('This test has no such service.');
};

/** The runtime's connectors, over the services a test has. */
export function testConnectors(parts: Partial<ConnectorParts>): Connectors {
  return connectorsFrom(
    ownConnectors({
      dataverse: { send: nobody },
      dataverseOrigin: () => 'http://127.0.0.1:7999',
      tableOfSet: () => undefined,
      user: () => 'admin@fnoconnect.example',
      ...parts,
    }),
  );
}

/** One action that calls a connector; it is tried once. */
export const connectorCall = (api: string, operationId: string, parameters: object, more: object = {}) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { apiId: `/providers/Microsoft.PowerApps/apis/${api}`, connectionName: api, operationId },
    parameters,
    authentication: "@parameters('$authentication')",
    retryPolicy: { type: 'none' },
  },
  ...more,
});

/** The actions of a flow, each after the one before. */
export function inARow(actions: Readonly<Record<string, object>>): Record<string, object> {
  const names = Object.keys(actions);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      { ...(index === 0 ? {} : { runAfter: { [names[index - 1]!]: ['Succeeded'] } }), ...actions[name] },
    ]),
  );
}

/** Runs actions one after another. @returns how the run ended, and what each action did, by name */
export async function runActions(
  actions: Readonly<Record<string, object>>,
  connectors: Connectors,
  trigger: unknown = {},
) {
  const definition = {
    parameters: { $authentication: { type: 'SecureObject', defaultValue: {} } },
    triggers: { manual: { type: 'Request' } },
    actions: inARow(actions),
  };
  const run = await runFlow(definition, { connectors, trigger });
  return { ...run, by: Object.fromEntries(run.actions.map((action) => [action.name, action])) as any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
}

export const value = (plain: unknown): Value => fromPlain(plain);
