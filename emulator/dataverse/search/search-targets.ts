import type { Condition } from '../../query/index.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { faults } from './faults.ts';
import type { Searched } from './find-matches.ts';
import { readFilter, requireIndexed } from './search-filter.ts';
import type { SearchScope, TableRequest } from './search-request.ts';
import type { SearchableTable } from './searchable-tables.ts';

/** A table that is searched for this caller. */
export interface SearchTarget extends Searched {
  readonly filter: Condition | undefined;
  readonly selectColumns: readonly string[] | undefined;
}

/**
 * The tables a search goes through, as the caller may: tables the caller may not read, and columns that are hidden from the
 * caller, are not looked at.
 *
 * Decided: a table that is asked for by name and not enabled for search is an error, not an empty answer.
 *
 * @throws Fault 0x80040203 for such a table, for a column that is not in the index, for a filter that cannot be read
 */
export function searchTargets(
  context: RequestContext,
  searchable: readonly SearchableTable[],
  { tables, filters }: SearchScope,
  unnamed: TableRequest['searchColumns'],
): SearchTarget[] {
  const { parts } = context;
  const asked =
    tables?.map((request) => ({ request, one: tableNamed(request.name, searchable) })) ??
    searchable.map((one) => ({ request: { ...whole, name: one.table.logicalName, searchColumns: unnamed }, one }));
  const all = asked.map(({ one }) => one);
  const conditions: Map<SearchableTable, Condition>[] = [];
  for (const { table, text } of filters) {
    const about = table === undefined ? all : all.filter((one) => isNamed(one, table));
    if (table !== undefined && !searchable.some((one) => isNamed(one, table))) tableNamed(table, searchable);
    if (about.length > 0) conditions.push(readFilter(text, about, parts.shapes));
  }
  for (const { one, request } of asked)
    if ((request.filter ?? '') !== '') conditions.push(readFilter(request.filter!, [one], parts.shapes));
  return asked.flatMap(({ one, request }) => {
    const places = placesOf(context, one, request.searchColumns);
    for (const name of request.selectColumns ?? []) requireIndexed(name, [one]);
    if (places.length === 0) return [];
    const of = conditions.flatMap((known) => known.get(one) ?? []);
    const filter: Condition | undefined = of.length < 2 ? of[0] : { kind: 'all', of };
    return [{ one, places, filter, selectColumns: request.selectColumns }];
  });
}

const whole = { selectColumns: undefined, filter: undefined };

/** `activities` in a filter of the legacy search are the tables of all kinds of activities. */
const isNamed = ({ table }: SearchableTable, name: string) =>
  table.logicalName === name || (name === 'activities' && table.primaryId === 'activityid');

function tableNamed(name: string, searchable: readonly SearchableTable[]): SearchableTable {
  const found = searchable.find(({ table }) => table.logicalName === name.toLowerCase());
  if (found !== undefined) return found;
  throw faults.badSearch(
    `The table '${name}' is not enabled for Dataverse search. Set SyncToExternalSearchIndex on it, and give it a default quick-find view.`,
  );
}

/** None where the caller may not read the table. @throws Fault 0x80040203 for a column that is not searched */
function placesOf({ parts, caller }: RequestContext, one: SearchableTable, wanted: TableRequest['searchColumns']) {
  const { table, findColumns } = one;
  const names = wanted === 'primaryName' ? [table.primaryName ?? ''] : wanted;
  if (names !== 'all')
    for (const name of names)
      if (!findColumns.some(({ logicalName }) => logicalName === name))
        throw faults.badSearch(
          `The column '${name}' of '${table.logicalName}' is not searched. Add it to the find columns of the quick-find view.`,
        );
  if (!mayRead({ parts, caller }, one)) return [];
  const hidden = parts.columnSecurity.hidden(caller, table);
  return findColumns.flatMap(({ logicalName }, place) =>
    !hidden.has(logicalName) && (names === 'all' || names.includes(logicalName)) ? [place] : [],
  );
}

function mayRead({ parts, caller }: Pick<RequestContext, 'parts' | 'caller'>, { table }: SearchableTable): boolean {
  for (let one: typeof caller | undefined = caller; one !== undefined; one = one.actingUser)
    if (parts.privileges.grants(one, 'Read', table).length === 0) return false;
  return true;
}
