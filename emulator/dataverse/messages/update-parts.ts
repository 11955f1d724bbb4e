import type { Row } from '../../query/index.ts';
import type { TableMetadata } from '../metadata/model.ts';

const stateColumns = ['statecode', 'statuscode'];

/** Columns that say whom a row of a business-owned table belongs to. */
const ownerColumns: Readonly<Record<string, readonly string[]>> = {
  systemuser: ['businessunitid', 'parentsystemuserid'],
  team: ['businessunitid', 'administratorid'],
  businessunit: ['parentbusinessunitid'],
};

/**
 * What an Update writes one after the other: first the ordinary columns, then those of the owner, then state and status,
 * which had messages of their own once. The steps of the stages inside the transaction run for each.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/special-update-operation-behavior
 */
export function updateParts({ logicalName }: Pick<TableMetadata, 'logicalName'>, target: Row): readonly Row[] {
  const special = [ownerColumns[logicalName] ?? [], stateColumns];
  const apart = new Set(special.flat());
  const only = (wanted: (name: string) => boolean): Row =>
    Object.fromEntries(Object.entries(target).filter(([name]) => wanted(name)));
  const parts = [only((name) => !apart.has(name)), ...special.map((names) => only((name) => names.includes(name)))];
  const written = parts.filter((part) => Object.keys(part).length > 0);
  return written.length > 1 ? written : [target];
}
