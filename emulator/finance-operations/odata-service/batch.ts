import { randomUUID } from 'node:crypto';
import {
  joinParts,
  readBatch,
  UnreadableBatch,
  writePart,
  type BatchItem,
  type BatchPart,
  type HttpHandler,
  type HttpRequest,
  type HttpResponse,
} from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { baseOf } from './call.ts';

const mostOperations = 5000;

export interface BatchParts {
  /** Answers one request of the batch; a refusal is an answer. */
  readonly handle: HttpHandler;
  /** Runs a change set in one transaction; throws what undid it. */
  inOneCommit<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The answer to what was thrown. */
  readonly render: (error: unknown) => HttpResponse;
}

/** Undoes the transaction of a change set; carries the answer of the request that failed. */
class ChangeSetFailed extends Error {
  constructor(readonly response: HttpResponse) {
    super('change set failed');
  }
}

/**
 * `$batch`: requests in order, change sets all or nothing. The first failure ends it unless the client prefers to go on.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/odata#batch-requests
 */
export async function runBatch(request: HttpRequest, parts: BatchParts): Promise<HttpResponse> {
  if (request.method !== 'POST') throw faults.notAllowed(request.method);
  const items = readItems(request);
  const count = items.reduce((sum, item) => sum + (item.kind === 'request' ? 1 : item.parts.length), 0);
  if (count > mostOperations)
    throw faults.badRequest(
      `The current batch message contains too many operations. A maximum number of '${mostOperations}' operations are allowed in a batch message.`,
    );
  const goesOn = /odata\.continue-on-error|\bcontinue-on-error/.test(request.headers['prefer'] ?? '');
  const answers: string[] = [];
  for (const item of items) {
    const { text, hasFailed } = await (item.kind === 'request'
      ? runSingle(item.part, parts)
      : runChangeSet(item.parts, parts));
    answers.push(text);
    if (hasFailed && !goesOn) break;
  }
  const boundary = `batchresponse_${randomUUID()}`;
  const headers = { 'Content-Type': `multipart/mixed; boundary=${boundary}`, 'OData-Version': '4.0' };
  return { status: 200, headers, body: joinParts(answers, boundary) };
}

function readItems(request: HttpRequest): BatchItem[] {
  try {
    return readBatch(request, baseOf(request));
  } catch (error) {
    throw error instanceof UnreadableBatch ? faults.badRequest(error.message) : error;
  }
}

interface Answered {
  readonly text: string;
  readonly hasFailed: boolean;
}

async function runSingle({ request, contentId }: BatchPart, { handle }: BatchParts): Promise<Answered> {
  const response = await handle(request);
  return { text: writePart(response, contentId), hasFailed: response.status >= 400 };
}

/** What finance and operations or who listens refuses at the commit undoes the whole set, as a refused request does. */
async function runChangeSet(
  changes: readonly BatchPart[],
  { handle, inOneCommit, render }: BatchParts,
): Promise<Answered> {
  try {
    const done = await inOneCommit(() => runChanges(changes, handle));
    const boundary = `changesetresponse_${randomUUID()}`;
    const head = `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n`;
    return { text: head + joinParts(done, boundary), hasFailed: false };
  } catch (error) {
    return { text: writePart(error instanceof ChangeSetFailed ? error.response : render(error)), hasFailed: true };
  }
}

async function runChanges(changes: readonly BatchPart[], handle: HttpHandler): Promise<string[]> {
  const made = new Map<string, string>();
  const done: string[] = [];
  for (const { request, contentId } of changes) {
    const response = await handle(withReference(request, made));
    if (response.status >= 400) throw new ChangeSetFailed(response);
    const location = response.headers['Location'];
    if (contentId !== undefined && typeof location === 'string') made.set(contentId, location);
    done.push(writePart(response, contentId));
  }
  return done;
}

/** `$1` in the address is the row an earlier request of the set made. */
function withReference(request: HttpRequest, made: ReadonlyMap<string, string>): HttpRequest {
  const id = /\/\$(\w+)(?=$|[/?])/.exec(request.url)?.[1];
  const target = id === undefined ? undefined : made.get(id);
  if (target === undefined) return request;
  return { ...request, url: request.url.replace(/^.*\/\$\w+/, () => target.replace(/^https?:\/\/[^/]+/i, '')) };
}
