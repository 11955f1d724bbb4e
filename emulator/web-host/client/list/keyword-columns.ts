import type { Table } from '../web-api/metadata';
import { list } from '../web-api/web-api';

const quickFind = 4;

/**
 * Columns the quick find view of a table looks in; its primary name where it has none, but of a virtual table nothing, whose
 * rows the search box does not narrow then.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/faq
 */
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
  return texts.length > 0 || table.isVirtual ? texts : [table.primaryName];
}
