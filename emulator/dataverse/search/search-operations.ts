import type { Parameter, Signature } from '../messages/operations/operation.ts';
import { respond, type Operation, type Operations } from '../web-api/operations/operation.ts';
import { readParameters } from '../web-api/operations/read-parameters.ts';
import type { JsonObject } from '../web-api/read-body.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { readQuery, readSuggest } from './read-request.ts';
import { search } from './search.ts';
import { searchStatistics, searchStatus } from './search-status.ts';
import { autocomplete, suggest } from './suggest.ts';
import { writeCompletion, writeQuery, writeSuggestions } from './write-results.ts';

/** What an operation of search answers inside its `response`. */
type Answering = (context: RequestContext, given: JsonObject) => unknown;

/** By their names below `/api/search/v2.0/`; the operations of the Web API are called `search…`. */
export const answers: Readonly<Record<string, Answering>> = {
  query: (context, given) => writeQuery(context, search(context, readQuery(given))),
  suggest: (context, given) => writeSuggestions(context, suggest(context, readSuggest(given, 3))),
  autocomplete: (context, given) => writeCompletion(autocomplete(context, readSuggest(given, 1))),
  statistics: searchStatistics,
  status: searchStatus,
};

const optional = (name: string, type: Parameter['type'] = 'string'): Parameter => ({ name, type, isOptional: true });
const shared = [{ name: 'search', type: 'string' } as const, optional('entities'), optional('filter')];
const described = [optional('options'), optional('orderby'), optional('propertybag')];

const parameters: Readonly<Record<string, readonly Parameter[]>> = {
  query: [
    ...shared,
    ...described,
    optional('facets'),
    optional('count', 'boolean'),
    optional('skip', 'integer'),
    optional('top', 'integer'),
  ],
  suggest: [...shared, ...described, optional('fuzzy', 'boolean'), optional('top', 'integer')],
  autocomplete: [...shared, optional('fuzzy', 'boolean'), optional('propertybag')],
  statistics: [],
  status: [],
};

/**
 * How the operations of search are declared.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/overview#search-operations
 */
export const searchSignatures: readonly Signature[] = Object.entries(parameters).map(([name, taken]) => ({
  name: `search${name}`,
  isFunction: taken.length === 0,
  parameters: taken,
  results: [{ name: 'response', type: 'string' }],
}));

/**
 * Dataverse search in the Web API. Each search is one transaction of the store: it reads what was written since the last one
 * into the index.
 */
export const searchOperations: Operations = Object.fromEntries(
  searchSignatures.map((signature): [string, Operation] => [
    signature.name,
    {
      method: signature.isFunction ? 'GET' : 'POST',
      async run(context, { inside }) {
        const given = await readParameters(context, signature, inside);
        return respond(context, signature.name, { response: await answered(context, signature.name.slice(6), given) });
      },
    },
  ]),
);

/** @throws Fault 429 where the caller, or all together, search too often */
export function admitted({ parts, caller }: RequestContext): RequestContext['parts'] {
  parts.admitSearch?.(caller.userId);
  return parts;
}

/** The answer as the text it is handed over in. */
export const answered = (context: RequestContext, name: string, given: JsonObject): Promise<string> =>
  admitted(context).database.transaction(async () => JSON.stringify(answers[name]!(context, given)));
