import { notEmulated, type HttpRequest, type HttpResponse, type RateLimits } from '../kernel/index.ts';
import { handleMonitorRequest, monitoredId } from './background/status-monitor.ts';
import type { Caller } from './contract.ts';
import { faults } from './faults.ts';
import { handleImageRequest, isImageRequest } from './files/image-download.ts';
import { handleResourceRequest } from './resources.ts';
import { handleSearchRequest, isSearchRequest } from './search/index.ts';
import type { ApiParts } from './web-api/api.ts';
import { checkBypass } from './web-api/bypass-logic.ts';
import { preflight } from './web-api/cross-origin.ts';
import { readContext, type RequestContext } from './web-api/request-context.ts';
import { route } from './web-api/router.ts';
import { sharedVariables } from './web-api/shared-variables.ts';
import { refuseOptions } from './web-api/unserved.ts';

/** Characters of an address. */
export const longestUrl = 32_768;
/** Inside a `$batch`. */
export const longestPartUrl = 65_536;

/** Hands a request to the part of Dataverse its address names. @throws Fault 404, 501 for what nobody serves, 429 */
export function dispatch(
  api: ApiParts,
  request: HttpRequest,
  mostCharacters: number,
  protection: RateLimits | undefined,
): HttpResponse | Promise<HttpResponse> {
  const path = request.url.split('?', 1)[0]!;
  if (request.method === 'OPTIONS') return preflight(request);
  const match = webApiPath.exec(path);
  if (match === null) return elsewhere(api, request, path);
  if (match[1] === undefined) throw faults.noHttpResource(`${api.origin()}${request.url}`);
  if (request.url.length > mostCharacters) throw faults.urlTooLong(mostCharacters);
  const context = readContext(api, request, `${api.origin()}/api/data/${match[1]}`);
  refuseOptions(context);
  checkBypass(context);
  const run = () => route(context, decodePath(match[2] ?? ''));
  // A $batch opens its own transactions; a read waits until nobody is in the middle of one.
  const served = () =>
    request.method === 'GET' ? api.database.reading(run) : api.pipeline.request(sharedVariables(context), run);
  // A part of a batch is in already.
  if (protection === undefined || mostCharacters === longestPartUrl) return served();
  return protectedBy(protection, context.caller.userId, served);
}

async function protectedBy(protection: RateLimits, userId: string, served: () => Promise<HttpResponse>) {
  const admission = protection.enter(userId);
  try {
    const response = await served();
    return { ...response, headers: { ...response.headers, ...admission.headers() } };
  } finally {
    admission.leave();
  }
}

/** What is not below `/api/data/`. */
function elsewhere(api: ApiParts, request: HttpRequest, path: string): HttpResponse | Promise<HttpResponse> {
  const monitored = monitoredId(path);
  if (monitored !== undefined)
    return handleMonitorRequest(request, monitored, api.callers.of(request.headers), api.pipeline);
  if (isSearchRequest(path)) return handleSearchRequest(api, request);
  if (/^\/XRMServices\//i.test(path)) throw notEmulated('The Organization Service (SOAP)', 'Use the Web API.');
  if (path.startsWith('/api/discovery/'))
    throw notEmulated('The discovery service', 'There is one environment: name its address.');
  if (isImageRequest(request)) return handleImageRequest(api, request.url, api.callers.of(request.headers));
  return handleResourceRequest(api.database, request);
}

const webApiPath = /^\/api\/data(?:\/(v9\.\d))?(?:\/(.*))?$/is;

/** Does what was put off, as the one who asked for it. */
export function carryOut(api: ApiParts, request: HttpRequest, caller: Caller, record: RequestContext['record']) {
  const [, version, path] = webApiPath.exec(request.url.split('?', 1)[0]!)!;
  const context = { ...readContext(api, request, `${api.origin()}/api/data/${version}`, caller), record };
  return api.pipeline.request(sharedVariables(context), () => route(context, decodePath(path!)));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw faults.queryNotSupported('The URL is not percent-encoded correctly.');
  }
}
