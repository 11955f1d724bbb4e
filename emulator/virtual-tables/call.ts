import type { Caller } from '../dataverse/index.ts';
import { createExchange } from './connections.ts';
import { faults } from './faults.ts';

export type Json = Record<string, unknown>;

/** One request to finance and operations as the calling user: a path below `/data/`, or one that begins with a slash. @throws Fault with the words the provider has for it */
export type Call = (
  method: string,
  path: string,
  caller: Caller | typeof theApplication,
  body?: Json,
) => Promise<Json | undefined>;

/** Who calls for no user: may read the list of data entities, and nothing else. */
export const theApplication = 'application';

/** Marks calls of this provider: rows come with their RecId. */
const markOf = (caller: Parameters<Call>[2]) => ({
  'X-MS-Virtual-Entity': caller === theApplication ? theApplication : '1',
  'Content-Type': 'application/json',
});

const identityOf = (caller: Parameters<Call>[2]): Record<string, string> =>
  caller === theApplication || caller.isSystem ? {} : { Authorization: `Bearer ${caller.email}` };

export function createCall(origin: () => string): Call {
  const exchange = createExchange();
  return async (method, path, caller, body) => {
    const question = {
      method,
      path: path.startsWith('/') ? path : `/data/${path}`,
      headers: { ...markOf(caller), ...identityOf(caller) },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const { status, text } = await exchange(origin(), question).catch(() => {
      throw faults.failed('ServiceUnavailable');
    });
    if (status < 300) return text === '' ? undefined : (JSON.parse(text) as Json);
    if (status === 401 || status === 403) throw faults.notAuthorized();
    if (status === 429) throw faults.failed('429');
    if (status >= 500) throw faults.failed('InternalServerError');
    throw faults.refused(infolog(text));
  };
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
