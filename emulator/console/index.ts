import { Fault, json, randomId, type HttpHandler, type HttpRequest, type NewId } from '../kernel/index.ts';
import type { ConsoleRooms } from './rooms.ts';
import { routes, type Route } from './routes.ts';

export type { ConsoleRooms } from './rooms.ts';

/** Everything the console owns is below this path, which the real platform does not have. */
export const consolePath = '/_emulator';

/** The console: reset, seed, snapshot, clock, faults, trace, and the buttons of each room, as JSON over HTTP. */
export function createConsole(rooms: () => ConsoleRooms, newId: NewId = randomId): HttpHandler {
  return async (request) => {
    try {
      return await answer(request, rooms(), newId);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return json(error.wire.status, { error: { code: error.wire.code, message: error.message } });
    }
  };
}

async function answer(request: HttpRequest, rooms: ConsoleRooms, newId: NewId) {
  const url = new URL(request.url, 'http://localhost');
  const asked = url.pathname.slice(consolePath.length) || '/';
  const there = routes.flatMap((route) => {
    const path = match(route, asked);
    return path === undefined ? [] : [{ route, path }];
  });
  const hit = there.find(({ route }) => route.method === request.method);
  if (hit === undefined)
    return wrongCall(
      request.method,
      asked,
      there.map(({ route }) => route.method),
    );
  const result = await hit.route.run({
    rooms,
    newId,
    path: hit.path,
    query: url.searchParams,
    body: readBody(request),
  });
  return result === undefined ? { status: 204, headers: {}, body: '' } : json(200, result);
}

/** The values of the route's `{…}` parts, or undefined when the path is another. */
function match(route: Route, asked: string): Record<string, string> | undefined {
  const wanted = route.path.split('/');
  const given = asked.replace(/(?<=.)\/$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index]!);
    if (part.startsWith('{')) values[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return values;
}

function wrongCall(method: string, path: string, allowed: readonly string[]) {
  if (allowed.length > 0) {
    const message = `${path} takes ${allowed.join(', ')}, not ${method}.`;
    return json(405, { error: { code: 'MethodNotAllowed', message } }, { Allow: allowed.join(', ') });
  }
  const known = routes.map((route) => `${route.method} ${consolePath}${route.path}`);
  return json(404, { error: { code: 'NotFound', message: `The console has no ${path}.`, known } });
}

function readBody(request: HttpRequest): Record<string, unknown> {
  const text = request.body.toString();
  if (text.trim() === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Said below, in the same words as for JSON of another kind.
  }
  throw new Fault('badConsoleCall', { code: 'BadConsoleCall', status: 400 }, 'The body is not a JSON object.');
}
