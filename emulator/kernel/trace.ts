import type { HttpHandler, HttpRequest } from './http.ts';

/** One request a service answered, for the console's trace. */
export interface TraceEntry {
  readonly sequence: number;
  readonly time: string;
  readonly service: string;
  readonly method: string;
  readonly url: string;
  /** The token it came with, as given; undefined for none. */
  readonly caller: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
}

export interface Trace {
  add(entry: Omit<TraceEntry, 'sequence'>): void;
  since(sequence: number): readonly TraceEntry[];
}

/** Keeps the newest entries; older ones are dropped. */
export function createTrace(capacity = 5000): Trace {
  const entries: TraceEntry[] = [];
  let sequence = 0;
  return {
    add(entry) {
      entries.push({ ...entry, sequence: ++sequence });
      if (entries.length > capacity) entries.shift();
    },
    since: (from) => entries.filter((entry) => entry.sequence > from),
  };
}

/** The caller named by a bearer token: here the token is the user's e-mail, or a JWT that carries it as `upn`. */
export function bearerName(headers: HttpRequest['headers']): string | undefined {
  const token = /^Bearer\s+(.+)$/i.exec(headers['authorization'] ?? '')?.[1]?.trim();
  if (token === undefined) return undefined;
  const claims = token.split('.')[1];
  if (claims === undefined || token.includes('@')) return token;
  try {
    return String((JSON.parse(Buffer.from(claims, 'base64url').toString()) as { upn?: string }).upn ?? token);
  } catch {
    return token;
  }
}

/** Writes each request a handler answers into the trace. */
export function withTrace(service: string, trace: Trace, now: () => Date, handler: HttpHandler): HttpHandler {
  return async (request) => {
    const started = performance.now();
    const note = (status: number) =>
      trace.add({
        time: now().toISOString(),
        service,
        method: request.method,
        url: request.url,
        caller: bearerName(request.headers),
        status,
        milliseconds: Math.round((performance.now() - started) * 10) / 10,
      });
    try {
      const response = await handler(request);
      note(response.status);
      return response;
    } catch (error) {
      note(0);
      throw error;
    }
  };
}
