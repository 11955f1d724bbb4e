import type { OrganizationService } from '../dataverse/index.ts';
import type { Condition } from '../query/index.ts';

/** Id of a row with these values; null asks for what is empty. */
export async function findRow(
  organization: OrganizationService,
  table: string,
  values: Readonly<Record<string, string | null>>,
): Promise<string | undefined> {
  const id = `${table}id`;
  const of = Object.entries(values).map(([column, right]): Condition => ({
    kind: 'compare',
    left: { column },
    operator: 'eq',
    right,
  }));
  const filter: Condition = { kind: 'all', of };
  const [row] = await organization.retrieveMultiple({ table, columns: [id], joins: [], order: [], filter, top: 1 });
  return row === undefined ? undefined : String(row[id]);
}
