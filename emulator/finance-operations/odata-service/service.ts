import { bearerName, type Clock, type HttpHandler, type HttpRequest, type HttpResponse } from '../../kernel/index.ts';
import { parseQueryOptions } from '../../odata/index.ts';
import type { Condition } from '../../query/index.ts';
import { answerDeepLink } from '../client/record-page.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import { faults } from '../faults.ts';
import { hasTemporaryTables } from '../rules/configuration-keys.ts';
import { inOneCommit } from '../unit-of-work.ts';
import { answerAdapter } from '../virtual-entity-adapter/adapter.ts';
import { adapterPath } from '../virtual-entity-adapter/adapter-path.ts';
import { runBatch } from './batch.ts';
import { baseOf, isVirtualTableCall, userOf, type Call, type ServiceParts } from './call.ts';
import { writeMetadata } from './csdl.ts';
import { answerMetadata } from './metadata-service.ts';
import { requirePriority } from './priorities.ts';
import { render } from './render.ts';
import { pathText, readResourcePath } from './resource-path.ts';
import { answerKey, answerSet } from './resources.ts';
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
      return render(error, request, parts);
    }
  };
  return async (request) => {
    try {
      requirePriority(request, parts.store);
      const admission = enter?.(request);
      try {
        return await answer(request);
      } finally {
        admission?.leave();
      }
    } catch (error) {
      return render(error, request, parts);
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
  if (path === '/') return answerDeepLink(parts, request);
  if (path.startsWith(adapterPath)) return answerAdapter(parts, request);
  if (path.startsWith('/metadata')) {
    if (request.method !== 'GET') throw faults.notAllowed(request.method);
    return answerMetadata(
      decodeURIComponent(path),
      [...bySet.values()],
      (entity) => !hasTemporaryTables(entity, parts.store),
    );
  }
  if (!/^\/data(\/|$)/.test(path)) throw faults.notFound(path);
  const [first, ...segments] = readResourcePath(path.slice('/data'.length));
  if (first === undefined) return serviceDocument(request, enabledEntities(parts));
  if (first.name === '$metadata') {
    const body = writeMetadata([...enabledEntities(parts).values()]);
    return { status: 200, headers: { 'Content-Type': 'application/xml' }, body };
  }
  if (first.name === '$batch')
    return runBatch(request, {
      handle: answer,
      inOneCommit: (work) => inOneCommit(parts, bearerName(request.headers), work),
      render: (error) => render(error, request, parts),
    });
  const entity = bySet.get(first.name);
  const isOff = entity !== undefined && hasTemporaryTables(entity, parts.store);
  // Virtual tables read past the service: they meet temporary tables, which hold nothing of what was stored.
  const isReadPast = isVirtualTableCall(request) && request.method === 'GET';
  if (entity === undefined || (isOff && !isReadPast)) throw faults.notFound(pathText([first, ...segments]));
  const { options } = parseQueryOptions(query);
  const call: Call = {
    request,
    entity,
    get entities() {
      return enabledEntities(parts);
    },
    within: isOff ? nothing : undefined,
    options,
    base: baseOf(request),
    user: userOf(parts, request),
    crossCompany: options.get('cross-company')?.toLowerCase() === 'true',
    withRecId: isVirtualTableCall(request),
  };
  return first.key === undefined ? answerSet(parts, call, segments) : answerKey(parts, call, first.key, segments);
}

/** Data entities that are functional, by AOT name: the configuration keys behind them are on. */
const enabledEntities = ({ entities, store }: ServiceParts): ReadonlyMap<string, EntityDefinition> =>
  new Map([...entities].filter(([, entity]) => !hasTemporaryTables(entity, store)));

/** What no row is among. */
const nothing: Condition = { kind: 'any', of: [] };

const serviceDocument = (request: HttpRequest, enabled: ReadonlyMap<string, EntityDefinition>) =>
  respond(200, {
    '@odata.context': `${baseOf(request)}/$metadata`,
    value: [...enabled.values()].map(({ set }) => ({ name: set, kind: 'EntitySet', url: set })),
  });
