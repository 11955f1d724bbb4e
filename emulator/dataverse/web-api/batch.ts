import { randomUUID } from 'node:crypto';
import {
  joinParts,
  readBatch,
  UnreadableBatch,
  writePart,
  type BatchItem,
  type BatchPart,
  type HttpRequest,
  type HttpResponse,
} from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import type { RequestContext } from './request-context.ts';

const mostRequests = 1000;

/** Thrown inside a change set's transaction to undo it; carries the answer of the request that failed. */
class ChangeSetFailed extends Error {
  constructor(readonly response: HttpResponse) {
    super('change set failed');
  }
}

interface Answered {
  readonly text: string;
  /** Status of the failure, if it failed. */
  readonly failure: number | undefined;
}

/** `$batch`: requests in order, change sets all or nothing; the first failure ends it unless the client wants the rest. */
export async function runBatch(context: RequestContext): Promise<HttpResponse> {
  const { request, preferences, base } = context;
  if (request.method !== 'POST') throw faults.methodNotAllowed(request.method);
  const items = readItems(request, base);
  const count = items.reduce((sum, item) => sum + (item.kind === 'request' ? 1 : item.parts.length), 0);
  if (count > mostRequests)
    throw faults.payload('$batch', `The batch holds ${count} requests; at most ${mostRequests} are allowed.`);
  const answers: string[] = [];
  let status = 200;
  for (const item of items) {
    const answered = await (item.kind === 'request'
      ? runSingle(context, item.part)
      : runChangeSet(context, item.parts));
    answers.push(answered.text);
    if (answered.failure === undefined || preferences.continueOnError) continue;
    status = answered.failure;
    break;
  }
  const boundary = `batchresponse_${randomUUID()}`;
  const headers = { 'Content-Type': `multipart/mixed; boundary=${boundary}`, 'OData-Version': '4.0' };
  return { status, headers, body: joinParts(answers, boundary) };
}

function readItems(request: HttpRequest, base: string): BatchItem[] {
  try {
    return readBatch(request, base);
  } catch (error) {
    throw error instanceof UnreadableBatch ? faults.payload('$batch', error.message) : error;
  }
}

const failureOf = ({ status }: HttpResponse) => (status >= 400 ? status : undefined);

async function runSingle({ parts }: RequestContext, part: BatchPart): Promise<Answered> {
  const response = await parts.handlePart(part.request);
  return { text: writePart(response, part.contentId), failure: failureOf(response) };
}

async function runChangeSet(context: RequestContext, changes: readonly BatchPart[]): Promise<Answered> {
  try {
    const done = await context.parts.database.transaction(() => runChanges(context, changes));
    const boundary = `changesetresponse_${randomUUID()}`;
    const head = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n`;
    return { text: head + joinParts(done, boundary), failure: undefined };
  } catch (error) {
    if (!(error instanceof ChangeSetFailed)) throw error;
    return { text: writePart(error.response), failure: error.response.status };
  }
}

async function runChanges({ parts, base }: RequestContext, changes: readonly BatchPart[]): Promise<string[]> {
  const references = new Map<string, string>();
  const done: string[] = [];
  for (const { request, contentId } of changes) {
    const response = await parts.handlePart(withReferences(request, references, base));
    if (failureOf(response) !== undefined) throw new ChangeSetFailed(response);
    const entity = response.headers['OData-EntityId'] ?? response.headers['Location'];
    if (contentId !== undefined && typeof entity === 'string') references.set(`$${contentId}`, entity);
    done.push(writePart(response, contentId));
  }
  return done;
}

/** `$1` in the URL or in the body is the row an earlier request of the set made. @throws Fault for one there is not */
function withReferences(request: HttpRequest, references: ReadonlyMap<string, string>, base: string): HttpRequest {
  const named = /\/(\$[^/?]+)(?=\/|$|\?)/.exec(request.url)?.[1];
  const inUrl = named !== undefined && /^\$\w+$/.test(named) && !isReserved(named) ? named : undefined;
  const target = inUrl === undefined ? undefined : references.get(inUrl);
  if (inUrl !== undefined && target === undefined)
    throw faults.payload('$batch', `Content-ID Reference: '${inUrl}' does not exist in the batch context.`);
  const url =
    target === undefined ? request.url : request.url.replace(`/${inUrl}`, () => `/${target.slice(base.length + 1)}`);
  return { ...request, url, body: bodyWithReferences(request.body, references) };
}

/** Addresses in a body: `"x@odata.bind": "$1"`, `"y@odata.bind": ["$1", "$2"]`, `"@odata.id": "$1"`. */
function bodyWithReferences(body: Buffer, references: ReadonlyMap<string, string>): Buffer {
  if (references.size === 0 || !body.includes('"$')) return body;
  const named = /"(?:@odata\.id|[^"]+@odata\.bind)"\s*:\s*(?:"\$\w+"|\[[^\]]*\])/g;
  const text = body
    .toString('utf8')
    .replace(named, (whole) =>
      whole.replace(/"(\$\w+)"(?=\s*[,\]]|$)/g, (quoted, name: string) =>
        references.has(name) ? `"${references.get(name)}"` : quoted,
      ),
    );
  return Buffer.from(text);
}

/** Segments of a path that begin with the same sign. */
const isReserved = (segment: string) => ['$ref', '$count', '$value', '$metadata', '$batch'].includes(segment);
