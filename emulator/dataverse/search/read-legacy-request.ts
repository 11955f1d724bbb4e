import type { JsonObject } from '../web-api/read-body.ts';
import { readFacet } from './facet-request.ts';
import { faults } from './faults.ts';
import { mostRows, mostSkipped, readOrder, wholeNumber } from './read-request.ts';
import { filterParts } from './search-filter.ts';
import type { SearchRequest, SearchScope, TableRequest } from './search-request.ts';
import { searchText } from './search.ts';
import type { SuggestRequest } from './suggest.ts';

const queryProperties = [
  'search',
  'entities',
  'facets',
  'filter',
  'returntotalrecordcount',
  'skip',
  'top',
  'orderby',
  'searchmode',
  'searchtype',
];
const suggestProperties = ['search', 'usefuzzy', 'top', 'orderby', 'entities', 'filter'];

/**
 * The body of a search of version 1.0.
 *
 * @throws Fault 0x80040203 naming what cannot be read
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/legacy#query-properties
 */
export function readLegacyQuery(body: JsonObject): SearchRequest {
  const given = lowered(body, queryProperties);
  return {
    text: searchText(given['search']),
    syntax: choice(given, 'searchtype', ['simple', 'full']) === 'full' ? 'lucene' : 'simple',
    mode: choice(given, 'searchmode', ['any', 'all']),
    scope: scopeOf(given, 'all'),
    facets: list(given, 'facets').map(readFacet),
    order: list(given, 'orderby').flatMap(readOrder),
    skip: wholeNumber(given['skip'], 'skip', 0, mostSkipped),
    top: wholeNumber(given['top'], 'top', 50, mostRows),
    isCounted: given['returntotalrecordcount'] === true,
    isBestEffort: false,
    isGroupRanked: false,
  };
}

/** The body of a suggestion or completion of version 1.0. */
export function readLegacySuggest(body: JsonObject, least: number): SuggestRequest {
  const given = lowered(body, suggestProperties);
  return {
    text: searchText(given['search'], least),
    scope: scopeOf(given, 'primaryName'),
    isFuzzy: given['usefuzzy'] === true,
    order: list(given, 'orderby').flatMap(readOrder),
    top: wholeNumber(given['top'], 'top', 5, mostRows),
  };
}

/** Decided: a property that is not documented is an error; its name may be in any letter case. */
function lowered(body: JsonObject, known: readonly string[]): JsonObject {
  const unknown = Object.keys(body).find((name) => !known.includes(name.toLowerCase()));
  if (unknown !== undefined)
    throw faults.badSearch(`The search has no property '${unknown}'. It has ${known.join(', ')}.`);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
}

function scopeOf(given: JsonObject, searchColumns: TableRequest['searchColumns']): SearchScope {
  const names = list(given, 'entities');
  const filter = given['filter'] ?? '';
  if (typeof filter !== 'string') throw faults.badSearch("'filter' is a text.");
  const tables = names.map((name) => ({ name, searchColumns, selectColumns: undefined, filter: undefined }));
  return { tables: tables.length === 0 ? undefined : tables, filters: filterParts(filter) };
}

function list(given: JsonObject, name: string): string[] {
  const value = given[name] ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw faults.badSearch(`'${name}' is a list of texts.`);
}

/** The first where it is left out. */
function choice<const Name extends string>(given: JsonObject, name: string, among: readonly [Name, ...Name[]]): Name {
  const value = given[name];
  if (value === undefined || value === null || value === '') return among[0];
  const found = among.find((one) => one === String(value).toLowerCase());
  if (found === undefined) throw faults.badSearch(`'${name}' is one of ${among.join(', ')}, not '${String(value)}'.`);
  return found;
}
