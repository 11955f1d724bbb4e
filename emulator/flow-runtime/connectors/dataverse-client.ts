import { readJson, writeJson } from '../expressions/json.ts';
import type { Value } from '../expressions/value.ts';
import type { ConnectorResult } from './connectors.ts';

export interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Value;
  /** E-mail of the user the call acts as. */
  readonly user: string;
}

/** The Web API as a client outside sees it: over HTTP. */
export interface DataverseClient {
  send(call: HttpCall): Promise<ConnectorResult>;
}

/** What a call that got no answer reads as. Decided: the connector gateway's own 502. */
export const unreachable = (message: string): ConnectorResult => ({
  statusCode: 502,
  headers: {},
  body: { error: { code: 'BadGateway', message: `Dataverse could not be reached: ${message}` } },
});

export function createDataverseClient(origin: () => string): DataverseClient {
  return {
    async send({ method, path, headers = {}, body, user }) {
      const typed = body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' };
      try {
        const response = await fetch(`${origin()}/api/data/v9.2/${path}`, {
          method,
          headers: { Authorization: `Bearer ${user}`, 'OData-Version': '4.0', Accept: 'application/json', ...typed },
          body: body === undefined ? undefined : writeJson(body),
        });
        return {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: readBody(await response.text()),
        };
      } catch (error) {
        return unreachable(((error as Error).cause as Error | undefined)?.message ?? (error as Error).message);
      }
    },
  };
}

function readBody(text: string): Value {
  if (text === '') return null;
  try {
    return readJson(text);
  } catch {
    return text;
  }
}
