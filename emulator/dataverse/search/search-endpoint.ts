import { json, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { faults as platformFaults } from '../faults.ts';
import type { ApiParts } from '../web-api/api.ts';
import { parseBody } from '../web-api/parse-body.ts';
import type { JsonObject } from '../web-api/read-body.ts';
import { readContext, type RequestContext } from '../web-api/request-context.ts';
import { readLegacyQuery, readLegacySuggest } from './read-legacy-request.ts';
import { admitted, answered, answers } from './search-operations.ts';
import { search } from './search.ts';
import { autocomplete, suggest } from './suggest.ts';
import { writeLegacyQuery, writeLegacySuggestions } from './write-legacy-results.ts';

/** Version 1.0, whose answers are JSON as it is. */
const legacy: Readonly<Record<string, (context: RequestContext, body: JsonObject) => unknown>> = {
  query(context, body) {
    const request = readLegacyQuery(body);
    return writeLegacyQuery(context, search(context, request), request.facets);
  },
  suggest: (context, body) => writeLegacySuggestions(context, suggest(context, readLegacySuggest(body, 3))),
  autocomplete: (context, body) => ({ value: autocomplete(context, readLegacySuggest(body, 1)) ?? null }),
};

const reads = new Set(['statistics', 'status']);

/** The address below which search answers, whatever the version. */
export const isSearchRequest = (path: string): boolean => path.toLowerCase().startsWith('/api/search/');

/**
 * Search under an address of its own, which is no OData service.
 *
 * Decided: version 2.0 answers what the Web API does without its `@odata.context`.
 *
 * @throws Fault 404 for a version or an operation there is not, 405 for a wrong verb
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/overview
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/legacy
 */
export async function handleSearchRequest(parts: ApiParts, request: HttpRequest): Promise<HttpResponse> {
  const path = request.url.split('?', 1)[0]!;
  const [, version, name = ''] = /^\/api\/search\/v([12])\.0\/(\w+)\/?$/i.exec(path) ?? [];
  const known = version === '1' ? legacy : answers;
  if (version === undefined || !Object.hasOwn(known, name))
    throw platformFaults.noHttpResource(`${parts.origin()}${request.url}`);
  if (request.method !== (reads.has(name) ? 'GET' : 'POST')) throw platformFaults.methodNotAllowed(request.method);
  const context = readContext(parts, request, `${parts.origin()}/api/data/v9.2`);
  const body = reads.has(name) ? {} : parseBody(context, name);
  if (version === '2') return json(200, { response: await answered(context, name, body) });
  return json(200, await admitted(context).database.transaction(async () => legacy[name]!(context, body)));
}
