import type { OrganizationService } from '../../dataverse/index.ts';
import type { Condition, Row } from '../../query/index.ts';

/** Rows with these values; their primary ids and these columns. */
export async function findMany(
  organization: OrganizationService,
  table: string,
  columns: readonly string[],
  values: Row,
): Promise<readonly Row[]> {
  const of = Object.entries(values).map(([column, value]): Condition => ({
    kind: 'compare',
    left: { column },
    operator: 'eq',
    right: typeof value === 'object' && value !== null && 'id' in value ? value.id : value,
  }));
  const read = [...new Set([`${table}id`, ...columns])];
  return organization.retrieveMultiple({ table, columns: read, joins: [], order: [], filter: { kind: 'all', of } });
}
