import { faults } from '../faults.ts';
import { isObject, type JsonObject } from './read-body.ts';
import type { RequestContext } from './request-context.ts';

/** The JSON object of a request's body. @throws Fault 0x80048d19 naming the set or operation */
export function parseBody({ request }: RequestContext, where: string): JsonObject {
  try {
    // A byte order mark is how some clients begin UTF-8.
    const body: unknown = JSON.parse(request.body.toString('utf8').replace(/^\uFEFF/, ''));
    if (isObject(body)) return body;
  } catch (error) {
    throw faults.payload(where, `Microsoft.OData.ODataException: ${(error as Error).message}`);
  }
  throw faults.payload(where, 'Microsoft.OData.ODataException: A JSON object was expected.');
}
