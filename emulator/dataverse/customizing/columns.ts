import { childText, type XmlElement } from '../../../packaging/index.ts';
import { notEmulated } from '../../kernel/index.ts';
import { dropColumns } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { dropFiles } from '../files/drop-files.ts';
import type { MutableTable } from '../metadata/catalogue.ts';
import { subTypeOf } from '../metadata/column-definition.ts';
import type { ColumnMetadata, TableMetadata } from '../metadata/model.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { activeComponent, forgetActive, keepActive, type ActiveComponent } from '../solution-import/active-layer.ts';
import { removeComponent, type ComponentName } from '../solution-import/catalogue-components.ts';
import { columnName, presentNode, putInForce, relationshipName, type CustomizingCall } from './call.ts';
import { kindNamed, type ColumnKind } from './column-kinds.ts';
import { textOf, typeOf, wholeOf, type Sent } from './definition-values.ts';
import { requireUnused } from './dependencies.ts';
import { requireSchemaName } from './open-solution.ts';
import { componentType, joinWithTable, removeFromAll } from './solution-members.ts';
import { currencyColumns } from './system-columns.ts';
import { currencyRelationship } from './system-relationships.ts';
import { baseAmountNode, newColumnNode, writeColumn } from './write-column.ts';

/** Creates a column. @returns its metadata */
export function createColumn(call: CustomizingCall, table: MutableTable, sent: Sent): ColumnMetadata {
  const { components, name } = newColumn(call, table, sent);
  putInForce(call, components, [table.logicalName]);
  return joined(call, table, name);
}

/** Notes a new column, and what came with it, in the solution. */
export function joined(call: CustomizingCall, table: MutableTable, name: string): ColumnMetadata {
  const column = table.columns.get(name)!;
  joinWithTable(call, table, componentType.column, column.metadataId);
  return column;
}

/** The components a new column is: money comes with its base amount, and the currency of the row. */
export function newColumn(
  call: CustomizingCall,
  table: Pick<TableMetadata, 'logicalName' | 'schemaName' | 'columns'>,
  sent: Sent,
): { readonly components: ActiveComponent[]; readonly name: string } {
  const kind = requireKind(sent);
  const schemaName = requireSchemaName(call.database, textOf(sent, 'SchemaName'), 'Attribute');
  const name = schemaName.toLowerCase();
  if (table.columns.has(name)) throw faults.columnExists(name, table.logicalName);
  const node = newColumnNode({ call, table, kind, schemaName }, sent);
  const own = [active(columnName(table, name), node)];
  return { name, components: kind.type === 'money' ? [...own, ...withCurrency(call, table, node)] : own };
}

const active = (name: ComponentName, node: XmlElement): ActiveComponent => ({ ...name, node, isOwn: true });

function withCurrency(
  { solution }: CustomizingCall,
  table: Pick<TableMetadata, 'logicalName' | 'schemaName' | 'columns'>,
  node: XmlElement,
): ActiveComponent[] {
  const base = baseAmountNode(node);
  const columns = currencyColumns(solution.version).filter((one) => !table.columns.has(childText(one, 'LogicalName')));
  const relationship = currencyRelationship(table.schemaName, solution.version);
  return [
    active(columnName(table, childText(base, 'LogicalName')), base),
    ...columns.map((one) => active(columnName(table, childText(one, 'LogicalName')), one)),
    ...(table.columns.has('transactioncurrencyid')
      ? []
      : [active(relationshipName(relationship.attributes.get('Name')!), relationship)]),
  ];
}

/** @throws Fault for a type there is not, and one that is made in another way */
function requireKind(sent: Sent): ColumnKind {
  const type = typeOf(sent);
  const name = /^(?:Complex)?(\w+?)AttributeMetadata$/.exec(type ?? '')?.[1] ?? textOf(sent, 'AttributeType') ?? '';
  const kind = kindNamed(name);
  if (kind === undefined || name === 'Lookup' || name === 'Customer')
    throw faults.invalidArgument(
      name === 'Lookup' || name === 'Customer'
        ? `A column of type ${name} is created with its relationship: POST RelationshipDefinitions, CreateCustomerRelationships or CreatePolymorphicLookupAttribute.`
        : `An attribute of type '${type ?? name}' cannot be created.`,
    );
  const source = wholeOf(sent, 'SourceType') ?? 0;
  if (source !== 0)
    throw notEmulated(
      'A calculated, roll-up or formula column',
      'Compute the value in the client, and make a plain column.',
    );
  return kind;
}

/** Changes a column to what the definition says. */
export async function updateColumn(
  call: CustomizingCall,
  table: MutableTable,
  column: ColumnMetadata,
  sent: Sent,
): Promise<void> {
  const kind = kindNamed(column.attributeType) ?? { type: '', imeMode: 'auto' };
  const type = typeOf(sent);
  if (type !== undefined && /^(?:Complex)?(\w+?)AttributeMetadata$/.exec(type)?.[1] !== subTypeOf(column))
    throw faults.invalidArgument(`The type of the attribute '${column.logicalName}' cannot be changed.`);
  const present = await presentNode(call, columnName(table, column.logicalName));
  if (present?.node === undefined)
    throw faults.invalidArgument(`The attribute '${column.logicalName}' cannot be changed.`);
  writeColumn(call, { node: present.node, table, kind }, sent);
  putInForce(call, [present], [table.logicalName]);
  joinWithTable(call, table, componentType.column, column.metadataId);
}

/** Deletes a column with its values. @throws Fault while something uses it, for the platform's own and managed ones */
export function deleteColumn(call: CustomizingCall, table: MutableTable, column: ColumnMetadata): void {
  if (column.isPrimaryName) throw faults.primaryNameStays();
  if (!column.isCustom || column.calculationOf !== undefined) throw faults.notCustomColumn(column.logicalName);
  if (column.isManaged) throw faults.managedDelete('Attribute', column.metadataId);
  requireUnused(call, { type: componentType.column, id: column.metadataId });
  dropColumn(call, table, column);
}

/** Takes a column away, with its companions, its relationships and all it holds. */
export function dropColumn(call: CustomizingCall, table: MutableTable, column: ColumnMetadata): void {
  const { database, catalogue } = call;
  const companions = [...table.columns.values()].filter(
    (one) => one.calculationOf === column.logicalName || isCompanion(one, column),
  );
  const gone = [column, ...companions];
  if (!table.isVirtual)
    dropColumns(
      database,
      shapeOf(table),
      gone.map(({ logicalName }) => logicalName),
    );
  for (const { schemaName, metadataId } of table.manyToOne.filter(
    (one) => one.referencingColumn === column.logicalName,
  )) {
    forget(call, relationshipName(schemaName), metadataId);
  }
  for (const one of gone) {
    forget(call, columnName(table, one.logicalName), one.metadataId);
    removeComponent(catalogue, columnName(table, one.logicalName));
    database.run('delete from "emulator$counters" where name = ?', [`${table.logicalName}.${one.logicalName}`]);
    if (one.file !== undefined) dropFiles(database, table.logicalName, one.logicalName);
  }
  catalogue.changed();
}

/** `x_name` of a file column `x`. */
const isCompanion = (one: ColumnMetadata & { readonly attributeOf?: string }, column: ColumnMetadata) =>
  one.attributeOf === column.logicalName;

/** What was made here goes without a trace; what a package brought stays away from now on. */
export function forget(call: CustomizingCall, name: ComponentName, metadataId: string): void {
  const isOwn = activeComponent(call.database, name)?.isOwn === true;
  forgetActive(call.database, name);
  if (!isOwn) keepActive(call.database, { ...name, node: undefined, isOwn: false });
  removeFromAll(call.database, metadataId);
}
