import { Agent, request, type RequestOptions } from 'node:http';
import type { Caller } from '../dataverse/index.ts';
import { faults } from './faults.ts';

export type Json = Record<string, unknown>;

/** One request to finance and operations as the calling user. @throws Fault with the words the provider has for it */
export type Call = (method: string, path: string, caller: Caller, body?: Json) => Promise<Json | undefined>;

/** Marks calls of this provider: rows come with their RecId. */
const mark = { 'x-ms-virtual-entity': '1' };

/** Connections are kept, for less time than the service keeps them: a page is one request over an open one. */
const idleMs = 3000;
const agent = new Agent({ keepAlive: true, timeout: idleMs });

export function createCall(origin: () => string): Call {
  return async (method, path, caller, body) => {
    const { status, text } = await send(`${origin()}/data/${path}`, method, caller, body);
    if (status < 300) return text === '' ? undefined : (JSON.parse(text) as Json);
    if (status === 401 || status === 403) throw faults.notAuthorized();
    if (status === 429) throw faults.failed('429');
    if (status >= 500) throw faults.failed('InternalServerError');
    throw faults.refused(infolog(text));
  };
}

async function send(url: string, method: string, caller: Caller, body: Json | undefined): Promise<Answer> {
  const identity: Record<string, string> = caller.isSystem ? {} : { Authorization: `Bearer ${caller.email}` };
  const headers = { ...mark, ...identity, 'Content-Type': 'application/json' };
  try {
    return await exchange(url, { method, headers, agent }, body === undefined ? undefined : JSON.stringify(body));
  } catch {
    throw faults.failed('ServiceUnavailable');
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One request and its whole answer. A plain client: `fetch` takes as long as reading the page does. */
function exchange(url: string, options: RequestOptions, body: string | undefined): Promise<Answer> {
  return new Promise((done, failed) => {
    const asked = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    asked.on('error', failed).end(body);
  });
}

/** The last infolog message of an error of finance and operations. */
function infolog(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string; innererror?: { message?: string } } };
    return (error?.innererror?.message ?? error?.message ?? text).replace(/^.*Infolog: Error: /s, '');
  } catch {
    return text;
  }
}
