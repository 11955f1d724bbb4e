import { notEmulated, type Clock, type HttpHandler, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { parseQueryOptions } from '../../odata/index.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import { faults } from '../faults.ts';
import { runBatch } from './batch.ts';
import { baseOf, isVirtualTableCall, userOf, type Call, type ServiceParts } from './call.ts';
import { writeMetadata } from './csdl.ts';
import { answerMetadata } from './metadata-service.ts';
import { readSet } from './read-set.ts';
import { render } from './render.ts';
import { insertRow, rowRequest } from './row-requests.ts';
import { createThrottling } from './throttling.ts';
import { respond } from './write-row.ts';

type Sets = ReadonlyMap<string, EntityDefinition>;

/** Answers `/data/…` and `/metadata/…`; users meet limits only where there is throttling. */
export function createService(parts: ServiceParts & { readonly throttled: Clock | undefined }): HttpHandler {
  const bySet = new Map([...parts.entities.values()].map((entity) => [entity.set, entity]));
  const enter = parts.throttled === undefined ? undefined : createThrottling(parts.throttled);
  // A batch is one request to the limits, and its parts are let in with it.
  const answer: HttpHandler = async (request) => {
    try {
      return await dispatch(parts, bySet, request, answer);
    } catch (error) {
      return render(error, request, parts.log);
    }
  };
  return async (request) => {
    try {
      const admission = enter?.(request);
      try {
        return await answer(request);
      } finally {
        admission?.leave();
      }
    } catch (error) {
      return render(error, request, parts.log);
    }
  };
}

async function dispatch(
  parts: ServiceParts,
  bySet: Sets,
  request: HttpRequest,
  answer: HttpHandler,
): Promise<HttpResponse> {
  const [path, query = ''] = request.url.split(/\?(.*)/s) as [string, string?];
  const decoded = decodeURIComponent(path);
  if (decoded.startsWith('/metadata')) return answerMetadata(decoded, [...bySet.values()]);
  const match = /^\/data(?:\/(.*))?$/s.exec(decoded);
  if (match === null) throw faults.notFound(path);
  const rest = match[1] ?? '';
  if (rest === '') return serviceDocument(request, bySet);
  if (rest === '$metadata')
    return { status: 200, headers: { 'Content-Type': 'application/xml' }, body: writeMetadata([...bySet.values()]) };
  if (rest === '$batch') return runBatch(request, parts.database, answer);
  const [, set = '', keyText, tail] = /^(\w+)(?:\((.*)\))?(?:\/(.+))?$/s.exec(rest) ?? [];
  const entity = bySet.get(set);
  if (entity === undefined) throw faults.notFound(rest);
  const { options } = parseQueryOptions(query);
  const call: Call = {
    request,
    entity,
    options,
    base: baseOf(request),
    user: userOf(parts, request),
    crossCompany: options.get('cross-company')?.toLowerCase() === 'true',
    withRecId: isVirtualTableCall(request),
  };
  if (keyText !== undefined) return rowRequest(parts, call, keyText, tail);
  if (tail !== undefined && tail !== '$count')
    throw notEmulated(`'/${tail}' below '${set}'`, 'Bound actions: read or write the row itself.');
  if (request.method === 'GET') return parts.database.reading(async () => readSet(parts, call, tail === '$count'));
  if (request.method !== 'POST') throw faults.notAllowed(request.method);
  return insertRow(parts, call);
}

const serviceDocument = (request: HttpRequest, bySet: Sets) =>
  respond(200, {
    '@odata.context': `${baseOf(request)}/$metadata`,
    value: [...bySet.keys()].map((name) => ({ name, kind: 'EntitySet', url: name })),
  });
