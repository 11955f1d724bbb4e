import { formatValue } from '../web-api/format-value.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import type { FacetRequest } from './facet-request.ts';
import type { FacetGroup } from './facets.ts';
import type { Hit, SearchResult } from './search.ts';
import type { Suggestion } from './suggest.ts';
import { writeAttributes } from './write-attributes.ts';

/**
 * What a search of version 1.0 answers; dates in it are as the user sees them.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/legacy#example-basic-search
 */
export function writeLegacyQuery(
  context: RequestContext,
  { hits, facets, count }: SearchResult,
  requested: readonly FacetRequest[],
) {
  const dates = new Set(
    requested.filter((one) => one.bounds !== undefined || one.interval !== undefined).map(({ name }) => name),
  );
  return {
    value: hits.map((hit) => ({
      '@search.score': hit.score,
      '@search.highlights': hit.highlights,
      '@search.entityname': hit.one.table.logicalName,
      '@search.objectid': hit.id,
      ...writeAttributes(context, hit, ['ownerid'], 'legacy'),
      '@search.objecttypecode': hit.one.table.objectTypeCode,
      ...writeAttributes(context, hit, [...named(hit), 'createdon', 'modifiedon', ...hit.one.viewColumns], 'legacy'),
    })),
    facets: Object.fromEntries(
      [...facets].map(([name, groups]) => [
        name,
        groups.map((group) => writeGroup(group, dates.has(name) ? asShown(context) : (value) => value)),
      ]),
    ),
    totalrecordcount: count ?? -1,
  };
}

/** What is not there is left out. */
const writeGroup = (
  { type, value, optionalValue, from, to, count }: FacetGroup,
  shown: (value: string | number | boolean | undefined) => unknown,
) => ({
  Type: type,
  From: shown(from),
  To: shown(to),
  Value: shown(value),
  OptionalValue: optionalValue,
  Count: count,
});

/** A date as the user sees it; numbers as they are. */
const asShown =
  ({ writer }: RequestContext) =>
  (value: string | number | boolean | undefined) =>
    typeof value === 'string' ? formatValue(moment, value, undefined, writer.formats) : value;

/** Stands for the column of a bound: all are moments, in the user's zone. */
const moment = { type: 'datetime', dateBehavior: 1, format: undefined } as Parameters<typeof formatValue>[0];

const named = ({ one: { table } }: Hit) => [table.primaryName ?? table.primaryId, 'entityimage_url'];

/** What a suggestion of version 1.0 answers. */
export function writeLegacySuggestions(context: RequestContext, suggestions: readonly Suggestion[]) {
  return {
    value: suggestions.map(({ text, hit }) => ({
      text,
      document: {
        '@search.objectid': hit.id,
        '@search.entityname': hit.one.table.logicalName,
        '@search.objecttypecode': hit.one.table.objectTypeCode,
        ...writeAttributes(context, hit, [...named(hit), ...hit.one.viewColumns], 'legacy'),
      },
    })),
  };
}
