import { notEmulated } from '../../kernel/index.ts';
import type { ColumnMetadata, TableMetadata } from './model.ts';

/** By `SourceType`. */
export const computedKinds = ['', 'calculated', 'roll-up', 'formula'] as const;

/** A value the platform computes: it is not stored here, and nobody may take its absence for a value. */
export const isComputed = ({ sourceType }: Pick<ColumnMetadata, 'sourceType'>): boolean => sourceType !== 0;

/**
 * Refuses to read, to filter by or to order by a computed column. What formulas look like in a package is not documented.
 *
 * @throws Fault notEmulated
 */
export function requireStored({ logicalName, columns }: TableMetadata, name: string): void {
  const column = columns.get(name);
  if (column === undefined || !isComputed(column)) return;
  const kind = computedKinds[column.sourceType] ?? 'computed';
  throw notEmulated(`The ${kind} column '${logicalName}.${name}'`, 'Ask for the columns it is computed from.');
}
