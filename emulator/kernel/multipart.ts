import type { HttpRequest, HttpResponse } from './http.ts';

/** A batch that cannot be read; each service has a fault of its own for it. */
export class UnreadableBatch extends Error {}

/** One request inside a `$batch`. */
export interface BatchPart {
  readonly contentId: string | undefined;
  readonly request: HttpRequest;
}

export type BatchItem =
  | { readonly kind: 'request'; readonly part: BatchPart }
  | { readonly kind: 'changeSet'; readonly parts: readonly BatchPart[] };

/** Headers of the batch that hold for each of its parts. */
const inherited = ['authorization', 'callerobjectid', 'mscrmcallerid', 'host', 'origin'];

/**
 * Reads the body of a `$batch`. Line ends may be CRLF or LF.
 *
 * @param base the part's URLs may be relative to it
 * @throws UnreadableBatch for what is not multipart, a GET inside a change set, a batch inside a batch
 */
export function readBatch(request: HttpRequest, base: string): BatchItem[] {
  const text = request.body.toString('utf8');
  return splitParts(text, boundaryOf(request.headers['content-type'] ?? '')).map((part): BatchItem => {
    const { headers, body } = readHead(part);
    const type = headers['content-type'] ?? '';
    if (!/^multipart\/mixed/i.test(type)) return { kind: 'request', part: readPart(headers, body, request, base) };
    const changes = splitParts(body, boundaryOf(type)).map((change) => {
      const head = readHead(change);
      const read = readPart(head.headers, head.body, request, base);
      if (read.request.method === 'GET') throw new UnreadableBatch('A change set cannot hold GET requests.');
      return read;
    });
    return { kind: 'changeSet', parts: changes };
  });
}

function boundaryOf(contentType: string): string {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined)
    throw new UnreadableBatch('The Content-Type of a batch is multipart/mixed with a boundary.');
  return boundary.trim();
}

function splitParts(text: string, boundary: string): string[] {
  const literal = boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pieces = text.split(new RegExp(`(?:^|\\r?\\n)--${literal}(?:--)?[ \\t]*(?=\\r?\\n|$)`));
  if (pieces.length < 2) throw new UnreadableBatch('Stream was not readable.');
  return pieces
    .slice(1)
    .map((piece) => piece.replace(/^\r?\n/, ''))
    .filter((piece) => piece.trim() !== '');
}

/** Headers up to the first empty line, and what stands after it. A body without headers begins with that empty line. */
function readHead(text: string): { headers: Record<string, string>; body: string } {
  const end = /(?:^|\r?\n)\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const headers = head.split(/\r?\n/).flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
  });
  return { headers: Object.fromEntries(headers), body: end === null ? '' : text.slice(end.index + end[0].length) };
}

/** Some clients leave spaces in the URL. */
const requestLine = /^\s*([A-Z]+)[ \t]+(\S[^\r\n]*?)(?:[ \t]+HTTP\/\d\.\d)?[ \t]*(?:\r?\n|$)/;

function readPart(
  headers: Readonly<Record<string, string>>,
  text: string,
  batch: HttpRequest,
  base: string,
): BatchPart {
  const [line, method, target] = requestLine.exec(text) ?? [];
  if (line === undefined || method === undefined || target === undefined)
    throw new UnreadableBatch('A part of the batch has no request line.');
  const url = fullUrl(target, base);
  if (/\/\$batch(\?|$)/.test(url)) throw new UnreadableBatch('A batch cannot hold another batch.');
  const { headers: own, body } = readHead(text.slice(line.length));
  const shared = inherited.flatMap((name) => (batch.headers[name] === undefined ? [] : [[name, batch.headers[name]]]));
  return {
    contentId: headers['content-id'] ?? own['content-id'],
    request: {
      method,
      url,
      headers: { ...(Object.fromEntries(shared) as Record<string, string>), ...own },
      body: Buffer.from(body.replace(/\r?\n$/, '')),
    },
  };
}

/** Absolute, host-relative and set-relative URLs all occur. */
function fullUrl(url: string, base: string): string {
  const root = base.replace(/^https?:\/\/[^/]+/i, '');
  if (/^https?:\/\//i.test(url)) return url.replace(/^https?:\/\/[^/]+/i, '');
  return url.toLowerCase().startsWith(`${root.split('/', 2).join('/').toLowerCase()}/`)
    ? url
    : `${root}/${url.replace(/^\//, '')}`;
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  206: 'Partial Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  416: 'Range Not Satisfiable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};

/** An answer as a part of the batch's answer. */
export function writePart(response: HttpResponse, contentId?: string): string {
  const id = contentId === undefined ? '' : `Content-ID: ${contentId}\r\n`;
  const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const status = `HTTP/1.1 ${response.status} ${reasons[response.status] ?? 'Status'}`;
  return `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${id}\r\n${status}\r\n${headers.join('')}\r\n${response.body.toString()}\r\n`;
}

/** Parts between boundaries, as the body of a multipart message. */
export const joinParts = (parts: readonly string[], boundary: string) =>
  `${parts.map((text) => `--${boundary}\r\n${text}`).join('')}--${boundary}--\r\n`;
