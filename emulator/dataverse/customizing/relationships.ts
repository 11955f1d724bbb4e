import { attribute, childText, type XmlElement } from '../../../packaging/index.ts';
import { dropTable } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { MutableTable } from '../metadata/catalogue.ts';
import type { ManyToManyRelationship, Relationship } from '../metadata/model.ts';
import type { ActiveComponent } from '../solution-import/active-layer.ts';
import { findManyToMany, findRelationships, removeComponent } from '../solution-import/catalogue-components.ts';
import { columnName, presentNode, putInForce, relationshipName, type CustomizingCall } from './call.ts';
import { columnKinds, type ColumnKind } from './column-kinds.ts';
import { dropColumn, forget } from './columns.ts';
import { objectOf, textOf, type Sent } from './definition-values.ts';
import { requireUnused } from './dependencies.ts';
import { setText } from './nodes.ts';
import { requireSchemaName } from './open-solution.ts';
import { componentType, joinWithTable } from './solution-members.ts';
import { isIntersect } from './tables.ts';
import { newColumnNode } from './write-column.ts';
import { manyToManyNode, oneToManyNode, writeRelationship } from './write-relationship.ts';

/** Creates a one-to-many relationship with its lookup, or adds a target to a lookup that is there. */
export function createOneToMany(call: CustomizingCall, sent: Sent): Relationship {
  const lookup = objectOf(sent, 'Lookup');
  if (lookup === undefined)
    throw faults.invalidArgument("A one-to-many relationship needs the definition of its 'Lookup'.");
  const referencing = requireTable(call, textOf(sent, 'ReferencingEntity'), 'ReferencingEntity');
  const column = requireSchemaName(call.database, textOf(lookup, 'SchemaName'), 'Attribute');
  const there = referencing.columns.get(column.toLowerCase());
  if (there !== undefined && there.type !== 'lookup')
    throw faults.columnExists(there.logicalName, referencing.logicalName);
  const isMore = there !== undefined;
  const relationship = relationshipParts(call, { referencing, column, isPolymorphic: isMore }, sent);
  const made = isMore ? [] : [lookupColumn(call, referencing, { column, kind: columnKinds.Lookup! }, lookup)];
  putInForce(call, [...made, relationship], [referencing.logicalName]);
  return joinedRelationship(call, referencing, relationship.name);
}

interface LookupPlace {
  readonly referencing: MutableTable;
  /** Schema name of the lookup. */
  readonly column: string;
  /** One of several targets: its navigation property carries the name of the target. */
  readonly isPolymorphic: boolean;
}

/** The component a relationship is. @throws Fault for a name that is taken, a table there is not, a second parent */
export function relationshipParts(
  call: CustomizingCall,
  { referencing, column, isPolymorphic }: LookupPlace,
  sent: Sent,
): ActiveComponent {
  const name = requireSchemaName(call.database, textOf(sent, 'SchemaName'), 'OneToManyRelationship');
  requireFreeName(call, name);
  const referenced = requireTable(call, textOf(sent, 'ReferencedEntity'), 'ReferencedEntity');
  const targets = referencing.columns.get(column.toLowerCase())?.targets ?? [];
  if (targets.includes(referenced.logicalName))
    throw faults.componentExists('relationship of the lookup to', referenced.logicalName);
  const own = isPolymorphic ? `${column}_${referenced.logicalName}` : column;
  const node = oneToManyNode({
    name,
    referencing: referencing.schemaName,
    referenced: referenced.schemaName,
    column,
    referencingNavigation: textOf(sent, 'ReferencingEntityNavigationPropertyName') ?? own,
    referencedNavigation: textOf(sent, 'ReferencedEntityNavigationPropertyName') ?? name,
    version: call.solution.version,
  });
  writeRelationship(node, sent, call.mergesLabels);
  requireOneParent(referencing, name, node);
  return { ...relationshipName(name), node, isOwn: true };
}

/** The component a lookup column is. */
export function lookupColumn(
  call: CustomizingCall,
  table: MutableTable,
  { column, kind, style = 'single' }: { readonly column: string; readonly kind: ColumnKind; readonly style?: string },
  sent: Sent,
): ActiveComponent {
  const name = column.toLowerCase();
  if (table.columns.has(name)) throw faults.columnExists(name, table.logicalName);
  const node = newColumnNode({ call, table, kind, schemaName: column }, sent);
  if (style !== 'single') setText(node, 'LookupStyle', style);
  return { ...columnName(table, name), node, isOwn: true };
}

export function joinedRelationship(call: CustomizingCall, table: MutableTable, name: string): Relationship {
  const [relationship] = findRelationships(call.catalogue, name);
  const column = table.columns.get(relationship!.referencingColumn)!;
  joinWithTable(call, table, componentType.column, column.metadataId);
  joinWithTable(call, table, componentType.relationship, relationship!.metadataId);
  return relationship!;
}

export function requireTable({ catalogue }: CustomizingCall, name: string | undefined, property: string): MutableTable {
  const table = name === undefined ? undefined : catalogue.table(name);
  if (table === undefined)
    throw faults.invalidArgument(`There is no entity '${name ?? ''}': ${property} of the relationship.`);
  if (isIntersect(table)) throw faults.invalidArgument(`The entity '${name}' cannot take part in a relationship.`);
  return table;
}

function requireFreeName({ catalogue }: CustomizingCall, name: string): void {
  if (name.length > 100)
    throw faults.invalidArgument(`The name of the relationship '${name}' is longer than 100 characters.`);
  if (findRelationships(catalogue, name).length > 0 || findManyToMany(catalogue, name) !== undefined)
    throw faults.componentExists('relationship', name);
}

const isParental = (assign: string, onDelete: string) => assign === 'Cascade' && onDelete === 'Cascade';

/** A table belongs to the rows of one other at most. */
function requireOneParent(table: MutableTable, name: string, node: XmlElement): void {
  const others = table.manyToOne.filter((one) => one.schemaName !== name && one.isCustom);
  const has = others.some(({ cascade }) => isParental(cascade.assign, cascade.delete));
  if (has && isParental(childText(node, 'CascadeAssign'), childText(node, 'CascadeDelete'))) throw faults.parentTwice();
}

/** Creates a many-to-many relationship with the table that holds its pairs. */
export function createManyToMany(call: CustomizingCall, sent: Sent): ManyToManyRelationship {
  const { catalogue, database, solution } = call;
  const name = requireSchemaName(database, textOf(sent, 'SchemaName'), 'ManyToManyRelationship');
  requireFreeName(call, name);
  const first = requireTable(call, textOf(sent, 'Entity1LogicalName'), 'Entity1LogicalName');
  const second = requireTable(call, textOf(sent, 'Entity2LogicalName'), 'Entity2LogicalName');
  const intersect = textOf(sent, 'IntersectEntityName') ?? name;
  requireSchemaName(database, intersect, 'IntersectEntity');
  if (catalogue.table(intersect) !== undefined) throw faults.tableExists(intersect);
  const node = manyToManyNode({
    name,
    first: first.schemaName,
    second: second.schemaName,
    intersect,
    firstNavigation: textOf(sent, 'Entity1NavigationPropertyName') ?? name,
    secondNavigation: textOf(sent, 'Entity2NavigationPropertyName') ?? name,
    version: solution.version,
  });
  writeRelationship(node, sent, call.mergesLabels);
  putInForce(call, [{ ...relationshipName(name), node, isOwn: true }], [intersect.toLowerCase()]);
  const relationship = findManyToMany(catalogue, name)!;
  for (const table of new Set([first, second]))
    if (!table.isManaged || (first.isManaged && second.isManaged))
      joinWithTable(call, table, componentType.relationship, relationship.metadataId);
  return relationship;
}

/** Changes cascades, menus and switches of a relationship. */
export async function updateRelationship(call: CustomizingCall, name: string, sent: Sent): Promise<void> {
  const present = await presentNode(call, relationshipName(name));
  if (present?.node === undefined) throw faults.notCustomRelationship(name);
  writeRelationship(present.node, sent, call.mergesLabels);
  const [relationship] = findRelationships(call.catalogue, name);
  const table = relationship === undefined ? undefined : call.catalogue.table(relationship.referencingTable);
  if (table !== undefined) requireOneParent(table, attribute(present.node, 'Name')!, present.node);
  putInForce(call, [present], []);
  if (table !== undefined) joinWithTable(call, table, componentType.relationship, relationship!.metadataId);
}

/** Deletes a relationship: with its lookup, where no other stands on it, or with its pairs. */
export function deleteRelationship(call: CustomizingCall, name: string): void {
  const { catalogue, database } = call;
  const pairs = findManyToMany(catalogue, name);
  const [relationship] = findRelationships(catalogue, name);
  const id = (pairs ?? relationship!).metadataId;
  if ((pairs ?? relationship!).isManaged) throw faults.managedDelete('EntityRelationship', id);
  if (pairs !== undefined) {
    dropTable(database, pairs.intersectTable);
    forget(call, relationshipName(pairs.schemaName), id);
    return removeComponent(catalogue, relationshipName(pairs.schemaName));
  }
  const table = catalogue.table(relationship!.referencingTable)!;
  const column = table.columns.get(relationship!.referencingColumn)!;
  if (!column.isCustom) throw faults.notCustomRelationship(name);
  if (column.targets.length > 1) return dropTarget(call, table, relationship!);
  requireUnused(call, { type: componentType.column, id: column.metadataId });
  dropColumn(call, table, column);
}

/** One target of several: the lookup stays, without the values that point there. */
function dropTarget(
  call: CustomizingCall,
  table: MutableTable,
  { schemaName, metadataId, referencingColumn, referencedTable }: Relationship,
): void {
  const [column, target] = [`"${referencingColumn}"`, `"${referencingColumn}__table"`];
  call.database.run(`update "${table.logicalName}" set ${column} = null, ${target} = null where ${target} = ?`, [
    referencedTable,
  ]);
  forget(call, relationshipName(schemaName), metadataId);
  removeComponent(call.catalogue, relationshipName(schemaName));
}
