import type { Lookup, Query } from '../../query/index.ts';
import { readRow, readRows, updateRow, type Database, type Shapes } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { activityPointers } from '../metadata/activities.ts';
import type { MetadataCatalogue, Relationship, TableMetadata } from '../metadata/model.ts';
import { nextVersion, type Counters } from './counters.ts';

interface Surroundings {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
  readonly counters: Counters;
  /** Sends the Delete message for a child that goes with its parent. */
  deleteChild(table: TableMetadata, id: string): Promise<void>;
}

/**
 * What happens to the rows that point at a row that is being deleted, before it goes itself.
 *
 * Decided: losing the link raises no Update message; a child that goes raises its own Delete message, with its steps and
 * callbacks, without asking again whether the caller may.
 *
 * @throws Fault 0x80040227 where it is restricted
 */
export async function deleteRelated(table: TableMetadata, id: string, around: Surroundings): Promise<void> {
  for (const relationship of table.oneToMany) {
    const behaviour = relationship.cascade.delete;
    // Activities go with the relationships of their own tables.
    if (behaviour === 'NoCascade' || relationship.referencingTable === activityPointers) continue;
    const children = childrenOf(relationship, id, around);
    if (children.length === 0) continue;
    if (behaviour === 'Restrict') throw faults.cannotDelete();
    const child = around.metadata.table(relationship.referencingTable)!;
    for (const childId of children) {
      if (behaviour === 'RemoveLink') removeLink(child, childId, relationship.referencingColumn, around);
      else await around.deleteChild(child, childId);
    }
  }
}

/**
 * What happens to the rows that belong to a row that gets another owner: by the relationship all of them go along, those
 * that are active, or those of the former owner.
 *
 * Decided: each raises its own Update message, without asking again whether the caller may.
 */
export async function assignRelated(
  table: TableMetadata,
  id: string,
  { from, to }: { readonly from: Lookup; readonly to: Lookup },
  around: Omit<Surroundings, 'deleteChild'> & {
    assignChild(table: TableMetadata, id: string, owner: Lookup): Promise<void>;
  },
): Promise<void> {
  for (const relationship of table.oneToMany) {
    const behaviour = relationship.cascade.assign;
    const child = around.metadata.table(relationship.referencingTable);
    if (behaviour === 'NoCascade' || child?.ownership !== 'user' || child.logicalName === activityPointers) continue;
    for (const childId of childrenOf(relationship, id, around)) {
      const shape = around.shapes(child.logicalName);
      const row = readRow(around.database, shape, { [child.primaryId]: childId });
      const owner = row?.['ownerid'] as Lookup | null | undefined;
      if (!owner || owner.id === to.id) continue;
      if (behaviour === 'Active' && row?.['statecode'] !== 0) continue;
      if (behaviour === 'UserOwned' && owner.id !== from.id) continue;
      await around.assignChild(child, childId, to);
    }
  }
}

function removeLink(
  child: TableMetadata,
  id: string,
  column: string,
  { database, shapes, counters }: Surroundings,
): void {
  const row = { [column]: null, ...nextVersion(child, counters) };
  updateRow(database, shapes(child.logicalName), { [child.primaryId]: id }, row);
}

/** Pairs of a many-to-many relationship go with either side. */
export function deletePairs(table: TableMetadata, id: string, { database }: Pick<Surroundings, 'database'>): void {
  for (const pair of table.manyToMany) {
    const columns = new Set([
      ...(pair.firstTable === table.logicalName ? [pair.firstColumn] : []),
      ...(pair.secondTable === table.logicalName ? [pair.secondColumn] : []),
    ]);
    for (const column of columns) database.run(`delete from "${pair.intersectTable}" where "${column}" = ?`, [id]);
  }
}

function childrenOf(
  { referencingTable, referencingColumn, referencedTable }: Relationship,
  id: string,
  { database, shapes, metadata }: Omit<Surroundings, 'deleteChild'>,
): string[] {
  const child = metadata.table(referencingTable);
  if (child === undefined || child.isVirtual) return [];
  const query: Query = {
    table: referencingTable,
    columns: [child.primaryId],
    joins: [],
    order: [],
    filter: {
      kind: 'compare',
      left: { column: referencingColumn },
      operator: 'eq',
      right: { table: referencedTable, id },
    },
  };
  return readRows(database, query, shapes).map((row) => String(row.columns[child.primaryId]));
}
