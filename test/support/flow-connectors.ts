import { fromPlain, type Value } from '../../emulator/flow-runtime/expressions/value.ts';
import { ownConnectors, type ConnectorParts } from '../../emulator/flow-runtime/connectors/own-connectors.ts';
import { asSent, type ServiceClient } from '../../emulator/flow-runtime/connectors/service-client.ts';
import { connectorsFrom, runFlow, type Connectors } from '../../emulator/flow-runtime/index.ts';
import { readBody } from '../../emulator/flow-runtime/http/read-body.ts';
import { createApprovalStore } from '../../emulator/flow-runtime/connectors/approval-store.ts';
import { createWaits } from '../../emulator/flow-runtime/connectors/waits.ts';
import { createClock, randomId, request, type HttpHandler } from '../../emulator/kernel/index.ts';
import { createOutbox, openDatabase } from '../../emulator/storage/index.ts';

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

export const someone = 'admin@fnoconnect.example';

/** The runtime's connectors over the services a test has, a store in memory and a clock that stands still. */
export function testConnectors(given: Partial<ConnectorParts>) {
  const store = { database: openDatabase(':memory:'), clock: createClock(() => 0), newId: randomId };
  const told: { readonly url: string; readonly body: object }[] = [];
  const tell = (url: string, body: object) => void told.push({ url, body });
  const parts: ConnectorParts = {
    dataverse: { send: nobody },
    dataverseOrigin: () => 'http://127.0.0.1:7999',
    tableOfSet: () => undefined,
    financeOperations: { send: nobody },
    businessEvents: undefined,
    outbox: createOutbox(store),
    approvals: createApprovalStore(store),
    waits: createWaits(store.database, async (url, body) => tell(url, body)),
    tell,
    user: () => someone,
    ...given,
  };
  return { ...parts, ...store, ...connectorsFrom(ownConnectors(parts)), told };
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
  const apis = [...new Set(JSON.stringify(actions).match(/(?<="connectionName":")[^"]+/g))];
  const connectionReferences = Object.fromEntries(
    apis.map((name) => [name, { api: { name }, connection: { connectionReferenceLogicalName: name } }]),
  );
  const definition = {
    parameters: { $authentication: { type: 'SecureObject', defaultValue: {} } },
    triggers: { manual: { type: 'Request' } },
    actions: inARow(actions),
  };
  const run = await runFlow({ properties: { connectionReferences, definition } }, { connectors, trigger });
  return { ...run, by: Object.fromEntries(run.actions.map((action) => [action.name, action])) as any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests know what they asked for
}

export const value = (plain: unknown): Value => fromPlain(plain);
