import type { Query } from '../../query/index.ts';
import { readRows, updateRow, type Database, type Shapes } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, Relationship, TableMetadata } from '../metadata/model.ts';

interface Surroundings {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
}

/** What happens to the rows that point at a row that is being deleted. @throws Fault 0x80040227 where it is restricted */
export function deleteRelated(table: TableMetadata, id: string, around: Surroundings): void {
  for (const relationship of table.oneToMany) {
    const behaviour = relationship.cascade.delete;
    if (behaviour === 'NoCascade') continue;
    const children = childrenOf(relationship, id, around);
    if (children.length === 0) continue;
    if (behaviour === 'Restrict') throw faults.cannotDelete();
    const child = around.metadata.table(relationship.referencingTable)!;
    for (const childId of children) {
      if (behaviour === 'RemoveLink')
        updateRow(
          around.database,
          around.shapes(child.logicalName),
          { [child.primaryId]: childId },
          { [relationship.referencingColumn]: null },
        );
      else removeNow(child, childId, around);
    }
  }
}

function childrenOf(
  { referencingTable, referencingColumn }: Relationship,
  id: string,
  { database, shapes, metadata }: Surroundings,
): string[] {
  const child = metadata.table(referencingTable);
  if (child === undefined || child.isVirtual) return [];
  const query: Query = {
    table: referencingTable,
    columns: [child.primaryId],
    joins: [],
    order: [],
    filter: { kind: 'compare', left: { column: referencingColumn }, operator: 'eq', right: id },
  };
  return readRows(database, query, shapes).map((row) => String(row.columns[child.primaryId]));
}

/** Children go first, in the same transaction. Decided: steps on the Delete of a child that goes with its parent do not run. */
function removeNow(table: TableMetadata, id: string, around: Surroundings): void {
  deleteRelated(table, id, around);
  around.database.run(`delete from "${table.logicalName}" where "${table.primaryId}" = ?`, [id]);
}
