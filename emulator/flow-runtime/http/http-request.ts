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
  };
}

function authorizationOf(authentication: Value | undefined): Record<string, string> {
  if (!isObject(authentication)) return {};
  const type = asText(authentication['type'] ?? '').toLowerCase();
  const part = (name: string) => asText(authentication[name] ?? '');
  if (type === '' || type === 'none') return {};
  if (type === 'raw') return { Authorization: part('value') };
  if (type === 'basic')
    return { Authorization: `Basic ${Buffer.from(`${part('username')}:${part('password')}`).toString('base64')}` };
  throw new ExpressionError(
    `The authentication '${part('type')}' of an Http action is not emulated. Use Basic or Raw. See docs/support-matrix.md.`,
  );
}
