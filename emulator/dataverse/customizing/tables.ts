import { attribute, childText, descend, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import { notEmulated } from '../../kernel/index.ts';
import { dropTable } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { dropFiles } from '../files/drop-files.ts';
import type { MutableTable } from '../metadata/catalogue.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { defaultSetName } from '../metadata/names.ts';
import { tableSettings } from '../metadata/table-settings.ts';
import type { ActiveComponent } from '../solution-import/active-layer.ts';
import { removeComponent } from '../solution-import/catalogue-components.ts';
import { addTablePrivileges, removeTablePrivileges } from '../solution-import/privileges.ts';
import { columnName, presentNode, putInForce, relationshipName, tableName, type CustomizingCall } from './call.ts';
import { dropColumn, forget, newColumn } from './columns.ts';
import { addDefaultForms, addDefaultViews } from './default-views.ts';
import { booleanOf, isNamed, labelOf, listOf, textOf, valueOf, type Sent } from './definition-values.ts';
import { requireUnused } from './dependencies.ts';
import { labelsNode, setText, textNode } from './nodes.ts';
import { requireFreeTable, requireSchemaName } from './open-solution.ts';
import { relatedRows } from './related-rows.ts';
import { behavior, componentType, joinSolutions, removeFromAll } from './solution-members.ts';
import { systemColumns } from './system-columns.ts';
import { systemRelationships } from './system-relationships.ts';
import { writeLabel, writeSettings } from './write-settings.ts';
import { firstText } from './write-choice.ts';

const ownerships: Readonly<Record<string, string>> = { UserOwned: 'UserOwned', OrganizationOwned: 'OrgOwned' };

/** Creates a table with the columns of its definition, those every table has, relationships, privileges, views and forms. */
export function createTable(call: CustomizingCall, sent: Sent): TableMetadata {
  const { database, catalogue, solution } = call;
  const schemaName = requireSchemaName(database, textOf(sent, 'SchemaName'), 'Entity');
  const logicalName = schemaName.toLowerCase();
  requireFreeTable(catalogue, logicalName);
  requireStandard(sent);
  const mask = ownerships[textOf(sent, 'OwnershipType') ?? 'UserOwned'];
  if (mask === undefined) throw faults.invalidOwnership();
  const isOwned = mask === 'UserOwned';
  const node = tableNode(call, { schemaName, mask }, sent);
  const columns = systemColumns(schemaName, isOwned, solution.version).map((one) =>
    own(columnName({ logicalName }, childText(one, 'LogicalName')), one),
  );
  const relationships = systemRelationships(schemaName, isOwned, solution.version);
  putInForce(
    call,
    [
      own(tableName(logicalName), node),
      ...columns,
      ...ownColumns(
        call,
        { schemaName, logicalName, columns: new Map(columns.map((one) => [one.name, undefined!])) },
        sent,
      ),
      ...relationships.map((one) => own(relationshipName(attribute(one, 'Name')!), one)),
    ],
    [logicalName],
  );
  const table = catalogue.table(logicalName)!;
  addTablePrivileges(call, table);
  joinSolutions(call, componentType.table, table.metadataId, behavior.everything);
  relatedRows(call, table, sent);
  addDefaultViews(call, table);
  addDefaultForms(call, table);
  return table;
}

const own = (name: Omit<ActiveComponent, 'node' | 'isOwn'>, node: XmlElement): ActiveComponent => ({
  ...name,
  node,
  isOwn: true,
});

/** @throws Fault 501 for kinds of tables that are not made here */
function requireStandard(sent: Sent): void {
  if (booleanOf(sent, 'IsActivity') === true)
    throw notEmulated('Creating an activity table', 'Import a solution that holds it.');
  const type = textOf(sent, 'TableType') ?? 'Standard';
  if (type !== 'Standard' || textOf(sent, 'DataProviderId') !== undefined)
    throw notEmulated(
      'Creating an elastic or virtual table',
      'Make a standard table, or import a solution that holds it.',
    );
}

/** The columns of the definition, the primary name first. @throws Fault where there is no primary name, or one of another type */
function ownColumns(call: CustomizingCall, table: Parameters<typeof newColumn>[1], sent: Sent): ActiveComponent[] {
  const given = listOf(sent, 'Attributes') ?? [];
  const [primary, ...more] = given.filter((one) => one['IsPrimaryName'] === true);
  if (primary === undefined) throw faults.primaryNameMissing(table.logicalName);
  if (more.length > 0)
    throw faults.invalidArgument(`The entity ${table.logicalName} can have only one primary name attribute.`);
  const seen = new Map(table.columns);
  const components = [primary, ...given.filter((one) => one !== primary)].flatMap((one) => {
    const made = newColumn(call, { ...table, columns: seen }, one);
    for (const { kind, name } of made.components) if (kind === 'column') seen.set(name, undefined!);
    return made.components;
  });
  if (childText(components[0]!.node, 'Type') !== 'nvarchar') throw faults.primaryNameType();
  return components;
}

function tableNode(
  call: CustomizingCall,
  { schemaName, mask }: { schemaName: string; mask: string },
  sent: Sent,
): XmlElement {
  const name = schemaName.toLowerCase();
  const [label, many] = [labelOf(sent, 'DisplayName'), labelOf(sent, 'DisplayCollectionName')];
  if (!isNamed(label)) throw faults.invalidArgument(`Entity Display Name for id ${name} not specified`);
  if (!isNamed(many)) throw faults.invalidArgument(`Entity Display Collection Name for id ${name} not specified`);
  const set = textOf(sent, 'EntitySetName') ?? defaultSetName(name);
  if (!/^[a-z_][a-z0-9_]*$/i.test(set) || call.catalogue.tableBySet(set) !== undefined)
    throw faults.componentExists('entity set', set);
  const entity = xmlElement('entity', { Name: schemaName }, [
    labelsNode('LocalizedNames', 'LocalizedName', label),
    labelsNode('LocalizedCollectionNames', 'LocalizedCollectionName', many),
    labelsNode('Descriptions', 'Description', labelOf(sent, 'Description') ?? {}),
    textNode('EntitySetName', set),
    textNode('OwnershipTypeMask', mask),
    ...tableSettings.map(({ element, otherwise }) => textNode(element, otherwise ?? '')),
    textNode('ChangeTrackingEnabled', sent['ChangeTrackingEnabled'] === true),
    textNode('IsActivity', false),
    textNode('IsActivityParty', false),
    textNode('IsBPFEntity', false),
    textNode('IsSolutionAware', false),
  ]);
  setText(entity, 'IntroducedVersion', call.solution.version);
  writeSettings(entity, tableSettings, sent);
  return xmlElement('Entity', {}, [
    xmlElement('Name', { LocalizedName: firstText(label), OriginalName: firstText(label) }, [schemaName]),
    xmlElement('EntityInfo', {}, [entity]),
  ]);
}

/** Changes what a definition says of a table; what it does not say stays. */
export async function updateTable(call: CustomizingCall, table: MutableTable, sent: Sent): Promise<void> {
  if (isIntersect(table)) throw faults.notCustomTable(table.logicalName);
  if (valueOf(sent, 'IsValidForQueue') === true)
    throw notEmulated('Enabling a table for queues', 'Import a solution that holds the change.');
  if (!table.isVirtual && table.changeTrackingEnabled && sent['ChangeTrackingEnabled'] === false)
    throw faults.invalidArgument(`Change tracking of the entity ${table.logicalName} cannot be disabled.`);
  const present = await presentNode(call, tableName(table.logicalName));
  const entity = descend(present?.node, 'EntityInfo', 'entity');
  if (present === undefined || entity === undefined) throw faults.notCustomTable(table.logicalName);
  entity.children = entity.children.filter((one) => one.kind !== 'element' || !leftOut(table).includes(one.name));
  const merges = call.mergesLabels;
  writeSettings(entity, tableSettings, sent);
  if (!table.isVirtual && sent['ChangeTrackingEnabled'] === true) setText(entity, 'ChangeTrackingEnabled', true);
  writeLabel(entity, { list: 'LocalizedNames', item: 'LocalizedName' }, labelOf(sent, 'DisplayName'), merges);
  const many = labelOf(sent, 'DisplayCollectionName');
  writeLabel(entity, { list: 'LocalizedCollectionNames', item: 'LocalizedCollectionName' }, many, merges);
  writeLabel(entity, { list: 'Descriptions', item: 'Description' }, labelOf(sent, 'Description'), merges);
  const node = xmlElement('Entity', {}, [
    present.node!.children.find((one) => one.kind === 'element' && one.name === 'Name')!,
    xmlElement('EntityInfo', {}, [entity]),
  ]);
  putInForce(call, [{ ...present, node }], [table.logicalName]);
  relatedRows(call, table, sent);
  joinSolutions(call, componentType.table, table.metadataId, table.isManaged ? behavior.listed : behavior.everything);
}

/** What a change of a table does not keep: its parts, and what the provider of a virtual table decides. */
const leftOut = ({ isVirtual }: TableMetadata) => [
  ...['attributes', 'EntityKeys'],
  ...(isVirtual ? ['ChangeTrackingEnabled'] : []),
];

export const isIntersect = (table: TableMetadata) => table.ownership === 'none' && table.primaryName === undefined;

/** Deletes a table with its rows, relationships, views, forms and privileges; lookups of other tables that point at it go too. */
export function deleteTable(call: CustomizingCall, table: MutableTable): void {
  const { database, catalogue } = call;
  if (!table.isCustom || isIntersect(table)) throw faults.notCustomTable(table.logicalName);
  if (table.isManaged) throw faults.managedDelete('Entity', table.metadataId);
  requireUnused(call, { type: componentType.table, id: table.metadataId });
  dropRelated(call, table);
  for (const [name, column] of [
    ['savedquery', 'returnedtypecode'],
    ['savedqueryvisualization', 'primaryentitytypecode'],
    ['systemform', 'objecttypecode'],
  ] as const)
    if (catalogue.table(name)?.columns.has(column) === true)
      database.run(`delete from "${name}" where "${column}" = ?`, [table.logicalName]);
  for (const { logicalName, metadataId } of table.columns.values()) {
    forgetQuietly(call, columnName(table, logicalName));
    removeFromAll(database, metadataId);
  }
  for (const { logicalName } of table.keys)
    forgetQuietly(call, { kind: 'key', parent: table.logicalName, name: logicalName });
  removeTablePrivileges(call, table);
  dropFiles(database, table.logicalName);
  dropTable(database, table.logicalName);
  database.run('delete from principalobjectaccess where objecttypecode = ?', [table.logicalName]);
  database.run('delete from callbackregistration where entityname = ?', [table.logicalName]);
  database.run('delete from "emulator$counters" where name like ?', [`${table.logicalName}.%`]);
  forget(call, tableName(table.logicalName), table.metadataId);
  removeComponent(catalogue, tableName(table.logicalName));
}

/** Parts of a table that is gone leave nothing that could come back without it. */
const forgetQuietly = (
  { database }: CustomizingCall,
  { kind, parent, name }: Omit<ActiveComponent, 'node' | 'isOwn'>,
) =>
  void database.run('delete from "emulator$active_layer" where kind = ? and parent = ? and name = ?', [
    kind,
    parent,
    name,
  ]);

function dropRelated(call: CustomizingCall, table: MutableTable): void {
  const { database, catalogue } = call;
  for (const { referencingTable, referencingColumn, schemaName, metadataId } of [...table.oneToMany]) {
    if (referencingTable === table.logicalName) continue;
    const other = catalogue.table(referencingTable)!;
    const column = other.columns.get(referencingColumn);
    const isOnly = column?.targets.every((target) => target === table.logicalName) === true;
    if (column !== undefined && isOnly && column.isCustom) dropColumn(call, other, column);
    else {
      forget(call, relationshipName(schemaName), metadataId);
      removeComponent(catalogue, relationshipName(schemaName));
      if (
        database.get('select 1 from pragma_table_info(?) where name = ?', [
          other.logicalName,
          `${referencingColumn}__table`,
        ]) !== undefined
      )
        database.run(
          `update "${other.logicalName}" set "${referencingColumn}" = null, "${referencingColumn}__table" = null where "${referencingColumn}__table" = ?`,
          [table.logicalName],
        );
    }
  }
  for (const { schemaName, metadataId } of table.manyToOne) forget(call, relationshipName(schemaName), metadataId);
  for (const { schemaName, metadataId, intersectTable } of [...table.manyToMany]) {
    dropTable(database, intersectTable);
    forget(call, relationshipName(schemaName), metadataId);
    removeComponent(catalogue, relationshipName(schemaName));
  }
}
