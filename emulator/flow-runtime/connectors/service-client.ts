import { writeJson } from '../expressions/json.ts';
import { isObject, type Value } from '../expressions/value.ts';
import { readBody } from '../http/read-body.ts';
import type { ConnectorResult } from './connectors.ts';

export interface HttpCall {
  readonly method: string;
  /** Below the service's root, or the whole address of something below it, such as a next link. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless the headers name another type: then text as it stands, or `{ $content }` as its bytes. */
  readonly body?: Value;
  /** E-mail of the user the call acts as. */
  readonly user: string;
}

/** What flows call themselves; services count them apart. */
const userAgent = 'azure-logic-apps/1.0';

/** A service of the platform as a client outside sees it: over HTTP. */
export interface ServiceClient {
  send(call: HttpCall): Promise<ConnectorResult>;
}

/** What a call that got no answer reads as. Decided: the connector gateway's own 502. */
export const unreachable = (service: string, message: string): ConnectorResult => ({
  statusCode: 502,
  headers: {},
  body: { error: { code: 'BadGateway', message: `${service} could not be reached: ${message}` } },
});

/**
 * A client of one service.
 *
 * @param name as messages call it, e.g. `Dataverse`
 * @param root e.g. `http://127.0.0.1:7071/api/data/v9.2/`
 * @param below where whole addresses begin; the root unless the service has more beside it
 */
export function createServiceClient(name: string, root: () => string, below = root): ServiceClient {
  return {
    async send({ method, path, headers = {}, body, user }) {
      const isWhole = /^https?:/i.test(path);
      if (isWhole && !path.startsWith(below()))
        return unreachable(name, `'${path}' is not an address of it, which begin with '${below()}'.`);
      const isTyped = Object.keys(headers).some((one) => one.toLowerCase() === 'content-type');
      const typed = body === undefined || isTyped ? headers : { ...headers, 'Content-Type': 'application/json' };
      try {
        const response = await fetch(isWhole ? path : root() + path, {
          method,
          headers: {
            Authorization: `Bearer ${user}`,
            'User-Agent': userAgent,
            'OData-Version': '4.0',
            Accept: 'application/json',
            ...typed,
          },
          body: body === undefined ? undefined : isTyped ? asSent(body) : writeJson(body),
        });
        const type = response.headers.get('content-type') ?? undefined;
        return {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: readBody(type, Buffer.from(await response.arrayBuffer())),
        };
      } catch (error) {
        return unreachable(name, ((error as Error).cause as Error | undefined)?.message ?? (error as Error).message);
      }
    },
  };
}

/** The text of a body, or the bytes a binary one stands for. */
export function asSent(body: Value): string | Uint8Array<ArrayBuffer> {
  if (isObject(body) && typeof body['$content'] === 'string')
    return new Uint8Array(Buffer.from(body['$content'], 'base64'));
  return typeof body === 'string' ? body : writeJson(body);
}
