import { isObject, type Value } from '../expressions/value.ts';
import type { ConnectorResult } from '../connectors/connectors.ts';
import { asSent } from '../connectors/service-client.ts';
import { requestToken, type ClientCredentials } from './client-credentials.ts';
import { readBody } from './read-body.ts';

/** What an `Http` action, trigger or webhook sends; already resolved. */
export interface HttpCallOut {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Value;
  /** Signs the call with a token asked for first. */
  readonly oauth?: ClientCredentials;
}

/** Sends beyond this machine, if that is allowed. */
export type HttpSender = (call: HttpCallOut) => Promise<ConnectorResult>;

const answer = (statusCode: number, code: string, message: string): ConnectorResult => ({
  statusCode,
  headers: {},
  body: { error: { code, message } },
});

/**
 * Sends to hosts of the list only, e.g. `api.contoso.com` or `127.0.0.1:8080`; a host without a port allows every port.
 * Any other is answered 403 in words that name the setting, and nothing leaves. Redirects are not followed: they could
 * lead to another host.
 */
export function createHttpSender(allowedHosts: readonly string[]): HttpSender {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const send: HttpSender = async ({ method, uri, headers, body, oauth }) => {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol))
      return answer(400, 'InvalidUri', `'${uri}' is not an absolute http or https address.`);
    if (!allowed.has(url.hostname) && !allowed.has(url.host))
      return answer(
        403,
        'HostNotAllowed',
        `Flows may not call '${url.host}' here. Allow it with --allow-host ${url.hostname}, or give the action a stub.`,
      );
    const token = oauth && (await requestToken(oauth, send));
    if (typeof token === 'object') return token;
    const isBare = method === 'GET' || method === 'HEAD' || body === null;
    try {
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        headers: {
          ...withContentType(headers, isBare ? null : body),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: isBare ? undefined : asSent(body),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      return {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: readBody(response.headers.get('content-type') ?? undefined, bytes),
      };
    } catch (error) {
      const cause = (error as Error).cause as Error | undefined;
      return answer(502, 'BadGateway', `'${url.host}' could not be reached: ${cause?.message ?? String(error)}`);
    }
  };
  return send;
}

const isBinary = (body: Value): body is { readonly $content: string; readonly '$content-type': string } =>
  isObject(body) && typeof body['$content'] === 'string';

function withContentType(headers: HttpCallOut['headers'], body: Value): Record<string, string> {
  const hasOne = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  if (hasOne || body === null) return { ...headers };
  const type = isBinary(body) ? body['$content-type'] : isObject(body) || Array.isArray(body) ? 'application/json' : '';
  return type === '' ? { ...headers } : { ...headers, 'content-type': type };
}
