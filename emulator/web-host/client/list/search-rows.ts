import { listWords } from '../language/words/list';
import { readTable } from '../web-api/metadata';
import { list } from '../web-api/web-api';

export interface FoundRow {
  readonly id: string;
  readonly table: string;
  readonly tableLabel: string;
  readonly name: string;
}

/** A filter a script adds to a lookup: FetchXML, for one table or for all of them. */
export interface LookupFilter {
  readonly filterXml: string;
  readonly table?: string | undefined;
}

const perTable = 10;

/** Rows of some tables whose primary name begins with a text; tables the user may not read give none. */
export async function searchRows(
  tables: readonly string[],
  text: string,
  filters: readonly LookupFilter[] = [],
): Promise<FoundRow[]> {
  const found = await Promise.all(
    tables.map((table) => {
      const own = filters.filter((one) => one.table === undefined || one.table === table);
      return searchTable(table, text, own).catch(() => []);
    }),
  );
  return found.flat();
}

async function searchTable(name: string, text: string, filters: readonly LookupFilter[]): Promise<FoundRow[]> {
  const table = await readTable(name);
  const { set, primaryId, primaryName, label } = table;
  const fetch = searchFetch({ name, primaryName, hasState: table.columns.has('statecode') }, text, filters);
  const rows = await list(`${set}?fetchXml=${encodeURIComponent(fetch)}`);
  return rows.map((row) => ({
    id: String(row[primaryId]),
    table: name,
    tableLabel: label,
    name: String(row[primaryName] ?? listWords('noName')),
  }));
}

/** Values get into the query as attributes, filters of scripts as elements: never as text. */
export function searchFetch(
  { name, primaryName, hasState }: { readonly name: string; readonly primaryName: string; readonly hasState: boolean },
  text: string,
  filters: readonly LookupFilter[],
): string {
  const document = new DOMParser().parseFromString('<fetch/>', 'application/xml');
  const add = (parent: Element, element: string, attributes: Record<string, string>) => {
    const made = document.createElement(element);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return parent.appendChild(made);
  };
  const fetch = document.documentElement;
  fetch.setAttribute('top', String(perTable));
  const entity = add(fetch, 'entity', { name });
  add(entity, 'attribute', { name: primaryName });
  add(entity, 'order', { attribute: primaryName });
  const filter = add(entity, 'filter', { type: 'and' });
  if (text !== '')
    add(filter, 'condition', {
      attribute: primaryName,
      operator: 'like',
      value: `${text.replaceAll(/[[%_]/g, '[$&]')}%`,
    });
  if (hasState) add(filter, 'condition', { attribute: 'statecode', operator: 'eq', value: '0' });
  for (const { filterXml } of filters) {
    const given = new DOMParser().parseFromString(filterXml, 'application/xml').documentElement;
    if (given.tagName === 'filter') filter.appendChild(document.importNode(given, true));
  }
  return new XMLSerializer().serializeToString(document);
}
