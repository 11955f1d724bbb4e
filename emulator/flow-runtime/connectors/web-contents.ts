import { isObject, type Value } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorResult, Operations } from './connectors.ts';
import { objectOf, optional, required } from './parameters.ts';
import { refuse } from './result.ts';
import type { ServiceClient } from './service-client.ts';

export const webContentsApi = 'shared_webcontents';

interface Parts {
  readonly dataverse: ServiceClient;
  readonly dataverseOrigin: () => string;
  readonly user: (connectionReference: string | undefined) => string;
}

/**
 * The connector "HTTP with Microsoft Entra ID (preauthorized)": a request of one's own, with headers of one's own, to the
 * service the connection is for. It is how a flow sends `If-Match`, which the Dataverse connector cannot.
 *
 * Decided: the connection is for Dataverse, the only resource there is here; any other address is refused by name.
 *
 * @see https://learn.microsoft.com/connectors/webcontents
 */
export function webContentsOperations(parts: Parts): Operations {
  return {
    InvokeHttp: (call) => {
      const { method, url, headers, body } = objectOf(call.parameters, 'request');
      return sent(parts, call, {
        method: String(method ?? '').toUpperCase() || required(call, 'request/method'),
        url: String(url ?? '') || required(call, 'request/url'),
        headers: isObject(headers) ? headers : {},
        body: body === null || body === '' ? undefined : body,
      });
    },
    GetFileContent: (call) =>
      sent(parts, call, { method: 'GET', url: optional(call, 'path') ?? required(call, 'path'), headers: {} }),
  };
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, Value>>;
  readonly body?: Value;
}

async function sent(parts: Parts, call: ConnectorCall, request: Request): Promise<ConnectorResult> {
  const origin = parts.dataverseOrigin();
  const local = request.url.startsWith(origin) ? request.url.slice(origin.length) : request.url;
  const path = /^\/api\/data\/v9\.\d\/(.*)$/s.exec(local)?.[1];
  if (path === undefined)
    return refuse(
      501,
      'NotEmulated',
      `'${request.url}' is not emulated: the connection is for Dataverse, below '/api/data/v9.2/'. Register a stub for ${webContentsApi}/${call.operation}.`,
    );
  return parts.dataverse.send({
    method: request.method,
    path,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: request.body,
    user: parts.user(call.connectionReference),
  });
}
