import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request, as the socket, `$batch` and the tests all hand it over. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as sent, not decoded, e.g. `/api/data/v9.2/accounts?$top=1`. */
  readonly url: string;
  /** Names in lower case. A header sent several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in the product's spelling. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** Thrown by a handler to cut the connection without an answer (an injected outage). */
export class ConnectionDropped extends Error {
  constructor() {
    super('The connection was closed without an answer.');
  }
}

const noBody = Buffer.alloc(0);

/** A request made in code: what a client in the same process hands to a handler. */
export function request(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body?: string | Buffer | object,
): HttpRequest {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (body === undefined) return { method, url, headers: lower, body: noBody };
  if (Buffer.isBuffer(body) || typeof body === 'string')
    return { method, url, headers: lower, body: Buffer.from(body) };
  const typed = { 'content-type': 'application/json', ...lower };
  return { method, url, headers: typed, body: Buffer.from(JSON.stringify(body)) };
}

export function json(status: number, body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** The JSON in a body made by `json`, for callers in the same process. */
export function readJson(message: { readonly body: string | Buffer }): unknown {
  const text = message.body.toString();
  return text === '' ? undefined : JSON.parse(text);
}

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Whether a host, with or without a port, is this machine. */
export const isLoopbackHost = (host: string) => loopbackName.test(host);

/** False when the request names a host, or comes from a page, that is not on this machine (DNS rebinding, foreign pages). */
export function isLoopback(headers: HttpRequest['headers']): boolean {
  const host = headers['host'];
  const origin = headers['origin'];
  if (host !== undefined && !loopbackName.test(host)) return false;
  if (origin === undefined) return true;
  try {
    return loopbackName.test(new URL(origin).host);
  } catch {
    return false;
  }
}

/** Largest body taken: Dataverse's own limit for a file block is 128 MB. */
const largestBody = 128 * 1024 * 1024;

/** Without either header a request has no body (RFC 9112, 6.3), and there is nothing to wait for. */
const hasBody = ({ headers }: IncomingMessage) =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(handler: HttpHandler, message: IncomingMessage): Promise<HttpResponse> {
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  if (!isLoopback(headers)) {
    return json(403, {
      error: { code: 'NotLoopback', message: 'The emulator answers requests from this machine only.' },
    });
  }
  const body = hasBody(message) ? await readBody(message) : noBody;
  if (body === undefined)
    return json(413, { error: { code: 'BodyTooLarge', message: 'The body is larger than 128 MB.' } });
  return handler({ method: message.method ?? 'GET', url: message.url ?? '/', headers, body });
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'Content-Length': length }) } as Record<
    string,
    string
  >);
  response.end(status === 204 ? undefined : body);
}

export interface RunningServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Longest request line and headers taken: a URL of Dataverse may have 32,768 characters, and a $batch is told of a longer one. */
const longestHead = 256 * 1024;

/**
 * How long a connection may wait for its next request, in milliseconds; that of IIS. Node's 5 s close it on clients that ask every
 * few seconds how an import is getting on, just as they ask again.
 */
const idleMs = 120_000;

/** Serves `handler` on loopback; port 0 takes a free one. Rejects when the port is taken. */
export async function serve(handler: HttpHandler, port: number): Promise<RunningServer> {
  const server: Server = createServer({ maxHeaderSize: longestHead, keepAliveTimeout: idleMs }, (message, response) => {
    answer(handler, message).then(
      (result) => send(response, result),
      (error: unknown) => {
        if (error instanceof ConnectionDropped) return void response.destroy();
        console.error(error);
        send(response, json(500, { error: { code: 'Emulator', message: String(error) } }));
      },
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
