import type { Caller } from '../dataverse/index.ts';
import type { FieldLines } from '../finance-operations/contract.ts';
import { createExchange } from './connections.ts';
import { faults } from './faults.ts';

export type Json = Record<string, unknown>;

/** For whom a request is made: a user, or the application itself, which may read the list of data entities and nothing else. */
type Asker = Caller | typeof theApplication;

/** One request to finance and operations as the calling user: a path below `/data/`, or one that begins with a slash. @throws Fault with the words the provider has for it */
export type Call = (method: string, path: string, asker: Asker, body?: Json) => Promise<Json | undefined>;

/** One page of a set. */
export type ReadPage = (path: string, caller: Caller) => Promise<FieldLines>;

/** Who calls for no user. */
export const theApplication = 'application';

/** Marks of the calls of this provider: rows come with their RecId, and those of a page as lines of values. */
const marks = { row: '1', page: 'page', application: theApplication };

const identityOf = (asker: Asker): Record<string, string> =>
  asker === theApplication || asker.isSystem ? {} : { Authorization: `Bearer ${asker.email}` };

export function createCalls(origin: () => string): { readonly call: Call; readonly readPage: ReadPage } {
  const exchange = createExchange();

  async function ask(method: string, path: string, asker: Asker, mark: string, body?: Json): Promise<string> {
    const question = {
      method,
      path: path.startsWith('/') ? path : `/data/${path}`,
      headers: { 'X-MS-Virtual-Entity': mark, 'Content-Type': 'application/json', ...identityOf(asker) },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const { status, text } = await exchange(origin(), question).catch(() => {
      throw faults.failed('ServiceUnavailable');
    });
    if (status < 300) return text;
    if (status === 401 || status === 403) throw faults.notAuthorized();
    if (status === 429) throw faults.failed('429');
    if (status >= 500) throw faults.failed('InternalServerError');
    throw faults.refused(infolog(text));
  }

  return {
    async call(method, path, asker, body) {
      const text = await ask(method, path, asker, asker === theApplication ? marks.application : marks.row, body);
      return text === '' ? undefined : (JSON.parse(text) as Json);
    },
    readPage: async (path, caller) => JSON.parse(await ask('GET', path, caller, marks.page)) as FieldLines,
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
