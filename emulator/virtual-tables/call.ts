import type { Caller } from '../dataverse/index.ts';
import { faults } from './faults.ts';

export type Json = Record<string, unknown>;

/** One request to finance and operations as the calling user. @throws Fault with the words the provider has for it */
export type Call = (method: string, path: string, caller: Caller, body?: Json) => Promise<Json | undefined>;

/** Marks calls of this provider: rows come with their RecId. */
const mark = { 'x-ms-virtual-entity': '1' };

export function createCall(origin: () => string): Call {
  return async (method, path, caller, body) => {
    const response = await send(`${origin()}/data/${path}`, method, caller, body);
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : (JSON.parse(text) as Json);
    if (response.status === 401 || response.status === 403) throw faults.notAuthorized();
    if (response.status === 429) throw faults.failed('429');
    if (response.status >= 500) throw faults.failed('InternalServerError');
    throw faults.refused(infolog(text));
  };
}

async function send(url: string, method: string, caller: Caller, body: Json | undefined): Promise<Response> {
  const identity: Record<string, string> = caller.isSystem ? {} : { Authorization: `Bearer ${caller.email}` };
  const headers = { ...mark, ...identity, 'Content-Type': 'application/json' };
  try {
    return await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw faults.failed('ServiceUnavailable');
  }
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
