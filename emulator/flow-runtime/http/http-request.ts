import { asText } from '../expressions/as-text.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { HttpCallOut } from './http-sender.ts';

/**
 * The request the inputs of an `Http` action describe: `method`, `uri`, `queries`, `headers`, `body`, `authentication`.
 *
 * @throws ExpressionError for an authentication there is no way to do here
 */
export function httpRequestOf(inputs: ValueObject): HttpCallOut {
  const uri = asText(inputs['uri'] ?? '');
  const queries = isObject(inputs['queries']) ? Object.entries(inputs['queries']) : [];
  const query = queries.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(asText(value))}`);
  const headers = isObject(inputs['headers']) ? Object.entries(inputs['headers']) : [];
  return {
    method: asText(inputs['method'] ?? 'GET').toUpperCase(),
    uri: query.length === 0 ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${query.join('&')}`,
    headers: {
      ...Object.fromEntries(headers.map(([name, value]) => [name, asText(value)])),
      ...authorizationOf(inputs['authentication']),
    },
    body: inputs['body'] ?? null,
    ...oauthOf(inputs['authentication']),
  };
}

/** The same call to an address an answer led to: credentials go to the host they were given for, and to no other. */
export function followUp(uri: string, { headers, oauth, ...call }: HttpCallOut): HttpCallOut {
  if (new URL(uri).origin !== new URL(call.uri).origin) return { method: 'GET', uri, headers: {}, body: null };
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  return { method: 'GET', uri, headers: Object.fromEntries(kept), body: null, ...(oauth && { oauth }) };
}

const typeOf = (authentication: ValueObject) => asText(authentication['type'] ?? '').toLowerCase();

function oauthOf(authentication: Value | undefined): Pick<HttpCallOut, 'oauth'> {
  if (!isObject(authentication) || typeOf(authentication) !== 'activedirectoryoauth') return {};
  const part = (name: string) => asText(authentication[name] ?? '');
  if (part('secret') === '')
    throw new ExpressionError(
      'A certificate in the authentication of an Http action is not emulated. Use a secret. See docs/support-matrix.md.',
    );
  const authority = part('authority') || 'https://login.microsoftonline.com';
  const [tenant, audience, clientId, secret] = ['tenant', 'audience', 'clientId', 'secret'].map(part) as [
    string,
    string,
    string,
    string,
  ];
  return { oauth: { authority, tenant, audience, clientId, secret } };
}

function authorizationOf(authentication: Value | undefined): Record<string, string> {
  if (!isObject(authentication)) return {};
  const type = typeOf(authentication);
  const part = (name: string) => asText(authentication[name] ?? '');
  if (type === '' || type === 'none' || type === 'activedirectoryoauth') return {};
  if (type === 'raw') return { Authorization: part('value') };
  if (type === 'basic')
    return { Authorization: `Basic ${Buffer.from(`${part('username')}:${part('password')}`).toString('base64')}` };
  throw new ExpressionError(
    `The authentication '${part('type')}' of an Http action is not emulated. Use Basic, Raw or ActiveDirectoryOAuth. See docs/support-matrix.md.`,
  );
}
