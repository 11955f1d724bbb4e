import type { Table } from '../web-api/metadata';
import { list } from '../web-api/web-api';

const quickFind = 4;

/** Columns the quick find view of a table looks in; its primary name where it has none. */
export async function readKeywordColumns(table: Table): Promise<string[]> {
  const views = await list(
    `savedqueries?$select=fetchxml&$filter=returnedtypecode eq '${table.name}' and querytype eq ${quickFind}`,
  );
  const fetches = views.map((view) =>
    new DOMParser().parseFromString(String(view['fetchxml'] ?? ''), 'application/xml'),
  );
  const conditions = fetches.flatMap((fetch) => [
    ...fetch.querySelectorAll('entity > filter[isquickfindfields] condition[attribute]'),
  ]);
  const columns = [...new Set(conditions.map((one) => one.getAttribute('attribute')!))];
  const texts = columns.filter((name) => /^(String|Memo)$/.test(table.columns.get(name)?.type ?? ''));
  return texts.length > 0 ? texts : [table.primaryName];
}
