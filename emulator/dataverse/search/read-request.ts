import { isObject, type JsonObject } from '../web-api/read-body.ts';
import { readFacet } from './facet-request.ts';
import { faults } from './faults.ts';
import { searchText } from './search.ts';
import type { OrderClause, SearchRequest, TableRequest } from './search-request.ts';
import type { SuggestRequest } from './suggest.ts';

/**
 * Parameters of `searchquery`, whose lists and objects are JSON inside text.
 *
 * @throws Fault 0x80040203 naming what cannot be read
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/query
 */
export function readQuery(given: JsonObject): SearchRequest {
  const options = readOptions(given['options']);
  return {
    text: searchText(given['search']),
    syntax: options.get('querytype') === 'lucene' ? 'lucene' : 'simple',
    mode: options.get('searchmode') === 'all' ? 'all' : 'any',
    scope: { tables: readTables(given['entities'], 'primaryName'), filters: readFilterText(given['filter']) },
    facets: textsIn(given['facets'], 'facets').map(readFacet),
    order: textsIn(given['orderby'], 'orderby').flatMap(readOrder),
    skip: wholeNumber(given['skip'], 'skip', 0, mostSkipped),
    top: wholeNumber(given['top'], 'top', 50, mostRows),
    isCounted: given['count'] === true,
    isBestEffort: options.get('besteffortsearchenabled') === 'true',
    isGroupRanked: options.get('grouprankingenabled') === 'true',
  };
}

/** Parameters of `searchsuggest`; `searchautocomplete` has some of them, and takes a single letter. */
export function readSuggest(given: JsonObject, least: number): SuggestRequest {
  readOptions(given['options']);
  return {
    text: searchText(given['search'], least),
    scope: { tables: readTables(given['entities'], 'primaryName'), filters: readFilterText(given['filter']) },
    isFuzzy: given['fuzzy'] === true,
    order: textsIn(given['orderby'], 'orderby').flatMap(readOrder),
    top: wholeNumber(given['top'], 'top', 5, mostRows),
  };
}

export const mostRows = 100;
/** What Azure AI Search skips at most. */
export const mostSkipped = 100_000;

/** @throws Fault 0x80040203 for what is no number, or beyond the limits */
export function wholeNumber(value: unknown, name: string, otherwise: number, most: number): number {
  if (value === undefined || value === null) return otherwise;
  const least = name === 'top' ? 1 : 0;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw faults.badSearch(`'${name}' is a whole number from ${least} to ${most}, not '${String(value)}'.`);
}

/** JSON inside text; clients also send the text `null`. Single quotes stand for double ones, as in the documents. */
function inner(value: unknown, name: string): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value ?? null;
  for (const text of [value, value.replaceAll("'", '"')]) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // The other quotes, or none.
    }
  }
  throw faults.badSearch(`'${name}' is no JSON inside the text: ${value}`);
}

/** A list of texts, or texts parted by commas where it is no JSON. */
function textsIn(value: unknown, name: string): string[] {
  const isPlain = typeof value === 'string' && name === 'orderby' && !/^\s*(\[|null$|$)/.test(value);
  const list = isPlain ? [value] : inner(value, name);
  if (list === null) return [];
  if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  throw faults.badSearch(`'${name}' is a list of texts, as JSON inside a text.`);
}

/** `modifiedon desc`, `@search.score`; several parted by commas. */
export function readOrder(text: string): OrderClause[] {
  return text.split(',').map((clause) => {
    const match = /^\s*(@search\.score|[a-z_]\w*)(?:\s+(asc|desc))?\s*$/i.exec(clause);
    if (match === null)
      throw faults.badSearch(`The order '${clause.trim()}' cannot be read: a column and asc or desc are wanted.`);
    const [, name = '', direction = 'asc'] = match;
    const column = name.toLowerCase() === '@search.score' ? undefined : name.toLowerCase();
    return { column, descending: direction.toLowerCase() === 'desc' };
  });
}

const optionValues: Readonly<Record<string, readonly string[]>> = {
  querytype: ['simple', 'lucene'],
  searchmode: ['any', 'all'],
  besteffortsearchenabled: ['true', 'false'],
  grouprankingenabled: ['true', 'false'],
  advancedsuggestenabled: ['true', 'false'],
};

/** Options as they were listed before they had values. */
const flags: Readonly<Record<string, readonly [option: string, value: string]>> = {
  lucene: ['querytype', 'lucene'],
  besteffortsearch: ['besteffortsearchenabled', 'true'],
  groupranking: ['grouprankingenabled', 'true'],
  searchmodelall: ['searchmode', 'all'],
};

/**
 * Decided: `advancedsuggestenabled` changes nothing, for what it does is not documented.
 *
 * @throws Fault 0x80040203 for an option, or a value of one, there is not
 */
function readOptions(value: unknown): Map<string, string> {
  const given = inner(value, 'options');
  const entries = Array.isArray(given)
    ? given.map((one) => flags[String(one)] ?? ([String(one), ''] as const))
    : Object.entries(isObject(given) ? given : {}).map(([name, one]) => [name, String(one)] as const);
  for (const [name, one] of entries)
    if (optionValues[name.toLowerCase()]?.includes(one.toLowerCase()) !== true)
      throw faults.badSearch(
        `The search option '${name}' cannot be '${one}'. There are ${Object.entries(optionValues)
          .map(([option, values]) => `${option} (${values.join(', ')})`)
          .join(', ')}.`,
      );
  return new Map(entries.map(([name, one]) => [name.toLowerCase(), one.toLowerCase()]));
}

function readFilterText(value: unknown) {
  if (value === undefined || value === null || value === '' || value === 'null') return [];
  if (typeof value !== 'string') throw faults.badSearch("'filter' is a text.");
  return [{ table: undefined, text: value }];
}

/** `entities`: the names of its properties in any letter case. */
function readTables(value: unknown, unnamed: TableRequest['searchColumns']): TableRequest[] | undefined {
  const list = inner(value, 'entities');
  if (list === null || (Array.isArray(list) && list.length === 0)) return undefined;
  if (!Array.isArray(list) || !list.every(isObject)) throw faults.badSearch("'entities' is a list of objects.");
  return list.map((one) => {
    const given = new Map(Object.entries(one).map(([name, part]) => [name.toLowerCase(), part]));
    const name = given.get('name');
    if (typeof name !== 'string') throw faults.badSearch("Each of 'entities' has the name of a table.");
    const [searchColumns, selectColumns] = ['searchcolumns', 'selectcolumns'].map((part) =>
      names(given.get(part), part),
    );
    const filter = given.get('filter');
    return {
      name,
      searchColumns: searchColumns ?? unnamed,
      selectColumns: selectColumns ?? [],
      filter: typeof filter === 'string' ? filter : undefined,
    };
  });
}

/** Undefined for an empty list too. */
function names(value: unknown, part: string): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw faults.badSearch(`'${part}' of 'entities' is a list of columns.`);
  return value.length === 0 ? undefined : value.map((one) => one.toLowerCase());
}
