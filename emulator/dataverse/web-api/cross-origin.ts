import type { HttpRequest, HttpResponse } from '../../kernel/index.ts';

const exposed =
  'Preference-Applied,OData-EntityId,Location,ETag,OData-Version,Content-Encoding,Transfer-Encoding,Content-Length,Retry-After';
const methods = 'GET, POST, PATCH, PUT, DELETE, OPTIONS';

/** Lets a page of another port of this machine read the answer; pages from elsewhere never get this far. */
export function readableFrom({ headers }: HttpRequest, response: HttpResponse): HttpResponse {
  const origin = headers['origin'];
  if (origin === undefined) return response;
  // What carries files names headers of its own.
  const own = String(response.headers['Access-Control-Expose-Headers'] ?? '').replaceAll('; ', ',');
  const names = own === '' ? exposed : `${exposed},${own}`;
  const allowed = { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': names, Vary: 'Origin' };
  return { ...response, headers: { ...response.headers, ...allowed } };
}

/** What a browser asks before it sends a request to another origin. */
export function preflight({ headers }: HttpRequest): HttpResponse {
  const wanted = headers['access-control-request-headers'];
  const allowed: Record<string, string> = wanted === undefined ? {} : { 'Access-Control-Allow-Headers': wanted };
  return { status: 204, headers: { Allow: methods, 'Access-Control-Allow-Methods': methods, ...allowed }, body: '' };
}
