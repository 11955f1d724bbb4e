import type { RequestContext } from '../web-api/request-context.ts';
import type { FacetGroup } from './facets.ts';
import type { Hit, SearchResult } from './search.ts';
import type { Suggestion } from './suggest.ts';
import { writeAttributes } from './write-attributes.ts';

/** Columns of a table that was not asked for by name. */
const ownColumns = ({ one: { table, viewColumns } }: Hit) => [
  'ownerid',
  'owningbusinessunit',
  table.primaryName ?? table.primaryId,
  'createdon',
  'modifiedon',
  ...viewColumns,
];

/** Of a table that was, the primary name unless columns were named. */
const selected = (hit: Hit) => {
  const { selectColumns, one } = hit;
  if (selectColumns === undefined) return ownColumns(hit);
  return selectColumns.length === 0 ? [one.table.primaryName ?? one.table.primaryId] : selectColumns;
};

/**
 * What `searchquery` answers inside its `response`. `ObjectTypeCode` is always 0; the code stands among the attributes.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/query#response
 */
export function writeQuery(context: RequestContext, { hits, facets, count }: SearchResult) {
  return {
    Error: null,
    Value: hits.map((hit) => ({
      Id: hit.id,
      EntityName: hit.one.table.logicalName,
      ObjectTypeCode: 0,
      Attributes: {
        '@search.objecttypecode': hit.one.table.objectTypeCode,
        ...writeAttributes(context, hit, selected(hit), 'annotated'),
      },
      Highlights: hit.highlights,
      Score: hit.score,
    })),
    Facets: Object.fromEntries([...facets].map(([name, groups]) => [name, groups.map(writeGroup)])),
    QueryContext: null,
    Count: count ?? -1,
  };
}

const writeGroup = ({ type, value, optionalValue, from, to, count }: FacetGroup) => ({
  count,
  from: from ?? null,
  to: to ?? null,
  type,
  value: value ?? null,
  optionalvalue: optionalValue ?? null,
});

/** What `searchsuggest` answers inside its `response`. */
export function writeSuggestions(context: RequestContext, suggestions: readonly Suggestion[]) {
  return {
    Error: null,
    Value: suggestions.map(({ text, hit }) => {
      const { table } = hit.one;
      const named = [table.primaryName ?? table.primaryId, ...(hit.selectColumns ?? [])];
      return { Text: text, Document: { ...identity(hit), ...writeAttributes(context, hit, named, 'annotated') } };
    }),
    QueryContext: null,
  };
}

/** What `searchautocomplete` answers inside its `response`. */
export const writeCompletion = (text: string | undefined) => ({ Error: null, Value: text ?? null, QueryContext: null });

const identity = ({ id, one: { table } }: Hit) => ({
  '@search.objectid': id,
  '@search.entityname': table.logicalName,
  '@search.objecttypecode': table.objectTypeCode,
});
