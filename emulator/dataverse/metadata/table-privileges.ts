import { isActivity } from './activities.ts';
import type { Definition } from './managed-property.ts';
import type { TableMetadata } from './model.ts';
import { stableId } from './stable-id.ts';

/** Rights a table has privileges for, in the order the platform lists them. */
const rights = ['Create', 'Read', 'Write', 'Delete', 'Assign', 'Share', 'Append', 'AppendTo'] as const;
export type TableRight = (typeof rights)[number];

/** Rows of these have owners, so that privileges reach different depths. */
export const isOwned = ({ ownership }: TableMetadata): boolean => ownership === 'user' || ownership === 'business';

/** Rows nobody owns cannot be assigned or shared. */
export const rightsOf = (table: TableMetadata): TableRight[] =>
  rights.filter((right) => isOwned(table) || (right !== 'Assign' && right !== 'Share'));

/** Tables whose privileges do not carry their name. */
const nouns: Readonly<Record<string, string>> = {
  activityparty: 'Activity',
  activitymimeattachment: 'Activity',
  annotation: 'Note',
  savedqueryvisualization: 'SavedQueryVisualizations',
};

/** `prvReadAccount`; all activities share one set of privileges. */
export const privilegeName = (right: TableRight, table: TableMetadata) =>
  `prv${right}${isActivity(table) ? 'Activity' : (nouns[table.logicalName] ?? table.schemaName)}`;

/** `Privileges` of a table's metadata. */
export function privilegeDefinitions(table: TableMetadata): Definition[] {
  const isIntersect = table.ownership === 'none' && table.primaryName === undefined;
  if (isIntersect) return [];
  const owned = isOwned(table);
  return rightsOf(table).map((right) => ({
    CanBeBasic: owned,
    CanBeDeep: owned,
    CanBeGlobal: true,
    CanBeLocal: owned,
    CanBeEntityReference: false,
    CanBeParentEntityReference: false,
    CanBeRecordFilter: false,
    Name: privilegeName(right, table),
    PrivilegeId: stableId('privilege', privilegeName(right, table)),
    PrivilegeType: right,
  }));
}
