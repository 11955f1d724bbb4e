import type { EntityRow } from '../finance-operations/contract.ts';
import type { Row } from '../query/index.ts';
import type { Companies } from './companies.ts';
import type { TableMap } from './table-map.ts';
import { defaultOf } from './values.ts';

/** What a person knows a row of finance and operations by: `usmf|US-001`. */
export const keyOfEntityRow = ({ entity }: TableMap, row: EntityRow): string =>
  entity.key.map((name) => String(row[name] ?? '')).join('|');

/** The same of a row of Dataverse; a part that is behind a lookup shows the id it leads to. */
export async function keyOfRow(map: TableMap, row: Row, companies: Companies): Promise<string> {
  const company = map.isCompanyBound ? await companies.of(row) : undefined;
  const parts = map.entityKey.map(({ column, mapping }) => {
    if (column === undefined) return defaultOf(mapping) ?? '';
    const value = row[column];
    return typeof value === 'object' && value !== null && 'id' in value ? value.id : String(value ?? '');
  });
  return [...(map.isCompanyBound ? [company?.code ?? ''] : []), ...parts].join('|');
}
