import type { TableMetadata } from '../dataverse/index.ts';
import { companyColumnOf } from './companies.ts';
import type { MappedField } from './table-map.ts';

/** Columns of an alternate key that a map has to map: its company is implied. */
export const ownColumns = (table: TableMetadata, columns: readonly string[]): readonly string[] => {
  const company = companyColumnOf(table.columns);
  return columns.filter((column) => column !== company);
};

/**
 * The integration key of a map: the alternate key of the table by which its rows are found.
 *
 * Decided: of several the one with the fewest columns among those that are mapped whole.
 *
 * @returns undefined when no key is mapped whole
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-integration-keys
 */
export function integrationKeyOf(
  table: TableMetadata,
  fields: readonly MappedField[],
): readonly MappedField[] | undefined {
  const candidates = table.keys.flatMap(({ columns }) => {
    const mapped = ownColumns(table, columns).map((column) =>
      fields.find((one) => one.column === column && one.field !== undefined && one.mapping.syncDirection !== 2),
    );
    return mapped.length > 0 && mapped.every((one) => one !== undefined) ? [mapped as MappedField[]] : [];
  });
  return candidates.sort((one, other) => one.length - other.length)[0];
}
