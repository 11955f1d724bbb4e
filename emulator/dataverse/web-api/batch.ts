import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import type { RequestContext } from './request-context.ts';

const mostRequests = 1000;

interface Part {
  readonly contentId: string | undefined;
  readonly request: HttpRequest;
}

type BatchItem =
  { readonly kind: 'request'; readonly part: Part } | { readonly kind: 'changeSet'; readonly parts: readonly Part[] };

/** Thrown inside a change set's transaction to undo it; carries the answer of the request that failed. */
class ChangeSetFailed extends Error {
  constructor(readonly response: HttpResponse) {
    super('change set failed');
  }
}

/** `$batch`: requests in order, change sets all or nothing. Line ends may be CRLF or LF. */
export async function runBatch(context: RequestContext): Promise<HttpResponse> {
  const { request, parts, preferences } = context;
  if (request.method !== 'POST') throw faults.methodNotAllowed(request.method);
  const items = readBatch(request, context);
  const count = items.reduce((sum, item) => sum + (item.kind === 'request' ? 1 : item.parts.length), 0);
  if (count > mostRequests)
    throw faults.payload('$batch', `The batch holds ${count} requests; at most ${mostRequests} are allowed.`);
  const boundary = `batchresponse_${randomUUID()}`;
  const answers: string[] = [];
  let status = 200;
  for (const item of items) {
    const { text, failure } =
      item.kind === 'request' ? await runSingle(parts.handle, item.part) : await runChangeSet(context, item.parts);
    answers.push(text);
    if (failure === undefined || preferences.continueOnError) continue;
    status = failure;
    break;
  }
  const body = `${answers.map((text) => `--${boundary}\r\n${text}`).join('')}--${boundary}--\r\n`;
  return { status, headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}`, 'OData-Version': '4.0' }, body };
}

async function runSingle(handle: RequestContext['parts']['handle'], part: Part) {
  const response = await handle(part.request);
  return { text: writePart(response, undefined), failure: response.status >= 400 ? response.status : undefined };
}

async function runChangeSet({ parts, base }: RequestContext, changes: readonly Part[]) {
  const references = new Map<string, string>();
  try {
    const responses = await parts.database.transaction(async () => {
      const done: string[] = [];
      for (const { request, contentId } of changes) {
        const response = await parts.handle(withReferences(request, references, base));
        if (response.status >= 400) throw new ChangeSetFailed(response);
        const entity = response.headers['OData-EntityId'] ?? response.headers['Location'];
        if (contentId !== undefined && typeof entity === 'string') references.set(`$${contentId}`, entity);
        done.push(writePart(response, contentId));
      }
      return done;
    });
    const boundary = `changesetresponse_${randomUUID()}`;
    const inner = `${responses.map((text) => `--${boundary}\r\n${text}`).join('')}--${boundary}--\r\n`;
    return { text: `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${inner}`, failure: undefined };
  } catch (error) {
    if (!(error instanceof ChangeSetFailed)) throw error;
    return { text: writePart(error.response, undefined), failure: error.response.status };
  }
}

/** `$1` in the URL or in the body is the row an earlier request of the set made. */
function withReferences(request: HttpRequest, references: ReadonlyMap<string, string>, base: string): HttpRequest {
  const inUrl = /\/(\$\d+)(?=\/|$|\?)/.exec(request.url)?.[1];
  const target = inUrl === undefined ? undefined : references.get(inUrl);
  if (inUrl !== undefined && target === undefined)
    throw faults.payload('$batch', `Content-ID Reference: '${inUrl}' does not exist in the batch context.`);
  const url =
    inUrl === undefined ? request.url : request.url.replace(`/${inUrl}`, () => `/${target!.slice(base.length + 1)}`);
  const body = request.body
    .toString('utf8')
    .replace(/"(@odata\.id|[^"]+@odata\.bind)"\s*:\s*"(\$\d+)"/g, (whole, name: string, reference: string) => {
      const entity = references.get(reference);
      return entity === undefined ? whole : `"${name}":"${entity}"`;
    });
  return { ...request, url, body: Buffer.from(body) };
}

function writePart(response: HttpResponse, contentId: string | undefined): string {
  const id = contentId === undefined ? '' : `Content-ID: ${contentId}\r\n`;
  const headers = Object.entries(response.headers)
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('');
  return `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${id}\r\nHTTP/1.1 ${response.status} ${reason(response.status)}\r\n${headers}\r\n${response.body.toString()}\r\n`;
}

const reasons: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};
const reason = (status: number) => reasons[status] ?? 'Status';

function boundaryOf(contentType: string): string {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined)
    throw faults.payload('$batch', 'The Content-Type of a batch is multipart/mixed with a boundary.');
  return boundary.trim();
}

function readBatch(request: HttpRequest, context: RequestContext): BatchItem[] {
  const text = request.body.toString('utf8');
  return splitParts(text, boundaryOf(request.headers['content-type'] ?? '')).map((part): BatchItem => {
    const { headers, body } = readHead(part);
    const type = headers['content-type'] ?? '';
    if (!/^multipart\/mixed/i.test(type)) return { kind: 'request', part: readPart(headers, body, context) };
    const changes = splitParts(body, boundaryOf(type)).map((change) => {
      const head = readHead(change);
      const read = readPart(head.headers, head.body, context);
      if (read.request.method === 'GET') throw faults.payload('$batch', 'A change set cannot hold GET requests.');
      return read;
    });
    return { kind: 'changeSet', parts: changes };
  });
}

function splitParts(text: string, boundary: string): string[] {
  const pieces = text.split(
    new RegExp(`(?:^|\\r?\\n)--${boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:--)?[ \\t]*(?=\\r?\\n|$)`),
  );
  if (pieces.length < 2) throw faults.payload('$batch', 'Stream was not readable.');
  return pieces
    .slice(1)
    .map((piece) => piece.replace(/^\r?\n/, ''))
    .filter((piece) => piece.trim() !== '');
}

function readHead(text: string): { headers: Record<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const headers = head.split(/\r?\n/).flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]];
  });
  return { headers: Object.fromEntries(headers), body: end === null ? '' : text.slice(end.index + end[0].length) };
}

function readPart(headers: Record<string, string>, text: string, { base, request }: RequestContext): Part {
  const line = /^\s*([A-Z]+)\s+(\S+)(?:\s+HTTP\/\d\.\d)?\s*(?:\r?\n|$)/.exec(text);
  if (line === null) throw faults.payload('$batch', 'A part of the batch has no request line.');
  const { headers: own, body } = readHead(text.slice(line[0].length - (line[0].endsWith('\n') ? 0 : 0)));
  const hasHeaders = !/^\r?\n/.test(text.slice(line[0].length)) && text.slice(line[0].length).trim() !== '';
  const inherited = Object.fromEntries(
    ['authorization', 'callerobjectid', 'mscrmcallerid', 'host', 'origin'].flatMap((name) =>
      request.headers[name] === undefined ? [] : [[name, request.headers[name]!]],
    ),
  );
  const bare = text.slice(line[0].length).replace(/^\r?\n/, '');
  return {
    contentId: headers['content-id'] ?? own['content-id'],
    request: {
      method: line[1]!,
      url: fullUrl(line[2]!, base),
      headers: { ...inherited, ...(hasHeaders ? own : {}) },
      body: Buffer.from((hasHeaders ? body : bare).replace(/\r?\n$/, '')),
    },
  };
}

/** Absolute, host-relative and set-relative URLs all occur. */
function fullUrl(url: string, base: string): string {
  const root = base.slice(base.indexOf('/api/data/'));
  if (/^https?:\/\//i.test(url)) return url.replace(/^https?:\/\/[^/]+/i, '');
  return url.startsWith('/api/data/') ? url : `${root}/${url.replace(/^\//, '')}`;
}
