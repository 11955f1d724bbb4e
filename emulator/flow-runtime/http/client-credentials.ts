import type { ConnectorResult } from '../connectors/connectors.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { HttpSender } from './http-sender.ts';

/** What `ActiveDirectoryOAuth` with a secret signs in with. */
export interface ClientCredentials {
  /** e.g. `https://login.microsoftonline.com`, the default */
  readonly authority: string;
  readonly tenant: string;
  readonly audience: string;
  readonly clientId: string;
  readonly secret: string;
}

/**
 * Asks the authority for a token; its host has to be allowed as any other.
 *
 * @returns the token, or the refusal
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app#azure-active-directory-oauth-authentication
 */
export async function requestToken(
  { authority, tenant, audience, clientId, secret }: ClientCredentials,
  send: HttpSender,
): Promise<string | ConnectorResult> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret, resource: audience };
  const answer = await send({
    method: 'POST',
    uri: `${authority.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}/oauth2/token`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  const token = tokenIn(answer.body);
  if (answer.statusCode < 400 && token !== undefined) return token;
  const message = `The authority refused the credentials of '${clientId}' with status ${answer.statusCode}.`;
  return isRefusal(answer)
    ? answer
    : { statusCode: 401, headers: {}, body: { error: { code: 'Unauthorized', message } } };
}

const tokenIn = (body: Value) =>
  isObject(body) && typeof body['access_token'] === 'string' ? body['access_token'] : undefined;

/** Words that say what to do: a host that is not allowed, or cannot be reached. */
const isRefusal = ({ body }: ConnectorResult) =>
  isObject(body) && isObject(body['error']) && ['HostNotAllowed', 'BadGateway'].includes(String(body['error']['code']));
