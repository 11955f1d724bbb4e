import { readTable } from '../web-api/metadata';
import { list } from '../web-api/web-api';
import { listWords } from '../language/words/list';

export interface FoundRow {
  readonly id: string;
  readonly table: string;
  readonly tableLabel: string;
  readonly name: string;
}

const perTable = 10;

/** Rows of some tables whose primary name begins with a text; tables the user may not read give none. */
export async function searchRows(tables: readonly string[], text: string): Promise<FoundRow[]> {
  const found = await Promise.all(tables.map((table) => searchTable(table, text).catch(() => [])));
  return found.flat();
}

async function searchTable(name: string, text: string): Promise<FoundRow[]> {
  const { set, primaryId, primaryName, label, columns } = await readTable(name);
  const filters = [
    ...(text === '' ? [] : [`startswith(${primaryName},'${text.replaceAll("'", "''")}')`]),
    ...(columns.has('statecode') ? ['statecode eq 0'] : []),
  ];
  const filter = filters.length === 0 ? '' : `&$filter=${encodeURIComponent(filters.join(' and '))}`;
  const rows = await list(`${set}?$select=${primaryName}&$orderby=${primaryName}&$top=${perTable}${filter}`);
  return rows.map((row) => ({
    id: String(row[primaryId]),
    table: name,
    tableLabel: label,
    name: String(row[primaryName] ?? listWords('noName')),
  }));
}
