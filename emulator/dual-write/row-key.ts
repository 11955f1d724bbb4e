import type { EntityRow } from '../finance-operations/contract.ts';
import type { Row } from '../query/index.ts';
import type { Companies } from './companies.ts';
import type { TableMap } from './table-map.ts';
import { defaultOf } from './values.ts';

/** Legs are numbered as published maps number them: `001`. */
export const legName = (index: number): string => String(index + 1).padStart(3, '0');

/** A key as a person sees it; of a map with several legs it says which one, since rows of two may have the same. */
export const shownKey = ({ definition, legIndex }: TableMap, parts: readonly string[]): string =>
  `${definition.mapping.legs.length === 1 ? '' : `${legName(legIndex)}: `}${parts.join('|')}`;

/** What a person knows a row of finance and operations by: `usmf|US-001`. */
export const keyOfEntityRow = (map: TableMap, row: EntityRow): string =>
  shownKey(
    map,
    map.entity.key.map((name) => String(row[name] ?? '')),
  );

/** The same of a row of Dataverse; a part that is behind a lookup shows the id it leads to. */
export async function keyOfRow(map: TableMap, row: Row, companies: Companies): Promise<string> {
  const company = map.isCompanyBound ? await companies.of(row) : undefined;
  const parts = map.entityKey.map(({ column, mapping }) => {
    if (column === undefined) return defaultOf(mapping) ?? '';
    const value = row[column];
    return typeof value === 'object' && value !== null && 'id' in value ? value.id : String(value ?? '');
  });
  return shownKey(map, [...(map.isCompanyBound ? [company?.code ?? ''] : []), ...parts]);
}
