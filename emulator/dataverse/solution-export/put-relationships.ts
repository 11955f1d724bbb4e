import { attribute, children } from '../../../packaging/index.ts';
import { componentType } from '../customizing/solution-members.ts';
import type { ManyToManyRelationship, Relationship, TableMetadata } from '../metadata/model.ts';
import { isOfFileColumn } from '../solution-import/read-relationships.ts';
import { dropNodes, listIn, putNode, type ExportCall } from './export-call.ts';
import { isInScope, isWhole } from './scope.ts';

/** Relationships of the solution's lookups, and those of many to many its tables take part in. */
export function putRelationships(call: ExportCall): void {
  const list = listIn(call.pkg, 'EntityRelationships');
  const all = new Map<string, boolean>();
  for (const table of call.catalogue.tables()) {
    for (const one of table.manyToOne) note(all, one, isLookupInScope(call, table, one));
    for (const one of table.manyToMany) note(all, one, isPairInScope(call, one));
  }
  const nameOf = (node: Parameters<typeof attribute>[0]) => attribute(node, 'Name') ?? '';
  dropNodes(list, (node) => !all.has(nameOf(node)) && !isOfFileColumn(node, call.catalogue));
  const there = new Map(children(list, 'EntityRelationship').map((node) => [nameOf(node), node]));
  for (const [name, inScope] of all)
    if (inScope || there.has(name)) putNode(call, list, there.get(name), { kind: 'relationship', parent: '', name });
}

/** An owner is several relationships of one name. */
const note = (all: Map<string, boolean>, { schemaName }: { readonly schemaName: string }, inScope: boolean) =>
  void all.set(schemaName, inScope || all.get(schemaName) === true);

function isLookupInScope({ scope }: ExportCall, table: TableMetadata, relationship: Relationship): boolean {
  if (scope.has(componentType.relationship, relationship.metadataId)) return true;
  const column = table.columns.get(relationship.referencingColumn);
  if (relationship.isManaged || column === undefined) return false;
  // A lookup of another table that points at a whole one: notes and activities of it.
  const isRelated =
    column.isManaged && relationship.isCustom && isWhole(scope, { logicalName: relationship.referencedTable });
  return (
    isRelated ||
    isInScope(scope, table, { type: componentType.column, id: column.metadataId, isManaged: column.isManaged })
  );
}

const isPairInScope = (
  { scope }: ExportCall,
  { metadataId, isManaged, firstTable, secondTable }: ManyToManyRelationship,
) =>
  scope.has(componentType.relationship, metadataId) ||
  (!isManaged && [firstTable, secondTable].some((logicalName) => isWhole(scope, { logicalName })));
