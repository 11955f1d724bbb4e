import {
  attribute,
  child,
  childText,
  children,
  descend,
  elements,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import { behavior, componentType } from '../customizing/solution-members.ts';
import { keyId } from '../customizing/component-names.ts';
import { labelIn } from '../metadata/labels.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { activeComponent } from '../solution-import/active-layer.ts';
import { dropNodes, listIn, putNode, type ExportCall } from './export-call.ts';
import { chartParts } from './chart-parts.ts';
import { formParts } from './form-parts.ts';
import { putParts } from './put-parts.ts';
import { viewParts } from './view-parts.ts';
import { isInScope, type TableInScope } from './scope.ts';

/** Tables of the solution with their columns, keys, views and forms. */
export function putTables(call: ExportCall): void {
  const list = listIn(call.pkg, 'Entities');
  const names = new Set(call.scope.tables.map(({ table }) => table.logicalName));
  dropNodes(list, (node) => !names.has(childText(node, 'Name').toLowerCase()));
  for (const one of call.scope.tables) putTable(call, list, one);
}

function putTable(call: ExportCall, list: XmlElement, { table, behavior: how }: TableInScope): void {
  const there = children(list, 'Entity').find((one) => childText(one, 'Name').toLowerCase() === table.logicalName);
  const node = there ?? newNode(call, table, how);
  if (there === undefined) list.children.push(node);
  else putSettings(call, node, table);
  const entity = descend(node, 'EntityInfo', 'entity');
  if (entity !== undefined) {
    putColumns(call, entity, table);
    putKeys(call, entity, table);
  }
  for (const kind of [formParts, viewParts, chartParts]) putParts(call, node, table, kind);
}

/** A whole table where it is ours to give, else what its parts stand in. */
function newNode(call: ExportCall, table: TableMetadata, how: number): XmlElement {
  const present = call.nodes({ kind: 'table', parent: '', name: table.logicalName })?.node;
  const entity = descend(present, 'EntityInfo', 'entity');
  const isShell = table.isManaged || how === behavior.shell || present === undefined || entity === undefined;
  if (isShell) {
    const name = { LocalizedName: labelIn(table.label), OriginalName: '' };
    const shell = xmlElement('entity', { Name: table.schemaName }, [xmlElement('attributes')]);
    return entityNode(xmlElement('Name', name, [table.schemaName]), shell);
  }
  dropNodes(entity, ({ name }) => ['attributes', 'EntityKeys'].includes(name));
  const labels = entity.children.findIndex((one) => one.kind === 'element' && one.name === 'Descriptions');
  entity.children.splice(labels + 1, 0, xmlElement('attributes'));
  return entityNode(child(present, 'Name')!, entity);
}

const entityNode = (name: XmlElement, entity: XmlElement) =>
  xmlElement('Entity', {}, [
    name,
    xmlElement('EntityInfo', {}, [entity]),
    xmlElement('FormXml'),
    xmlElement('SavedQueries'),
    xmlElement('RibbonDiffXml', {}, [
      xmlElement('CustomActions'),
      xmlElement('Templates', {}, [xmlElement('RibbonTemplates', { Id: 'Mscrm.Templates' })]),
      xmlElement('CommandDefinitions'),
      xmlElement('RuleDefinitions', {}, [
        xmlElement('TabDisplayRules'),
        xmlElement('DisplayRules'),
        xmlElement('EnableRules'),
      ]),
      xmlElement('LocLabels'),
    ]),
  ]);

/** Labels and switches that were changed here. */
function putSettings(call: ExportCall, node: XmlElement, table: TableMetadata): void {
  const changed = descend(
    activeComponent(call.database, { kind: 'table', parent: '', name: table.logicalName })?.node,
    'EntityInfo',
    'entity',
  );
  const entity = descend(node, 'EntityInfo', 'entity');
  if (changed === undefined || entity === undefined || child(entity, 'OwnershipTypeMask') === undefined) return;
  const parts = elements(entity).filter(({ name }) => ['attributes', 'EntityKeys'].includes(name));
  dropNodes(changed, ({ name }) => ['attributes', 'EntityKeys'].includes(name));
  const place = changed.children.findIndex((one) => one.kind === 'element' && one.name === 'Descriptions') + 1;
  entity.children = [...changed.children.slice(0, place), ...parts, ...changed.children.slice(place)];
}

function putColumns(call: ExportCall, entity: XmlElement, table: TableMetadata): void {
  const list = child(entity, 'attributes') ?? made(entity, 'attributes');
  const nameOf = (node: XmlElement) =>
    childText(node, 'LogicalName') || (attribute(node, 'PhysicalName') ?? '').toLowerCase();
  dropNodes(list, (node) => !table.columns.has(nameOf(node)));
  const there = new Map(children(list, 'attribute').map((node) => [nameOf(node), node]));
  for (const column of table.columns.values()) {
    const part = { type: componentType.column, id: column.metadataId, isManaged: column.isManaged };
    const base = column.calculationOf === undefined ? undefined : table.columns.get(column.calculationOf);
    const isAlong = base !== undefined && isInScope(call.scope, table, { ...part, id: base.metadataId });
    if (!there.has(column.logicalName) && !isInScope(call.scope, table, part) && !isAlong) continue;
    putNode(call, list, there.get(column.logicalName), {
      kind: 'column',
      parent: table.logicalName,
      name: column.logicalName,
    });
  }
}

function made(parent: XmlElement, name: string): XmlElement {
  const node = xmlElement(name);
  parent.children.push(node);
  return node;
}

function putKeys(call: ExportCall, entity: XmlElement, table: TableMetadata): void {
  const list = child(entity, 'EntityKeys');
  const wasEmpty = list !== undefined && elements(list).length === 0;
  dropNodes(list, (node) => !table.keys.some((key) => key.logicalName === childText(node, 'LogicalName')));
  for (const { logicalName, isManaged } of table.keys) {
    const there = children(list, 'EntityKey').find((one) => childText(one, 'LogicalName') === logicalName);
    const part = { type: componentType.key, id: keyId(table.logicalName, logicalName), isManaged };
    if (there === undefined && !isInScope(call.scope, table, part)) continue;
    const into = child(entity, 'EntityKeys') ?? behindColumns(entity, xmlElement('EntityKeys'));
    putNode(call, into, there, { kind: 'key', parent: table.logicalName, name: logicalName });
  }
  if (list !== undefined && !wasEmpty && elements(list).length === 0) dropNodes(entity, (node) => node === list);
}

function behindColumns(entity: XmlElement, node: XmlElement): XmlElement {
  const place = entity.children.findIndex((one) => one.kind === 'element' && one.name === 'attributes');
  entity.children.splice(place + 1, 0, node);
  return node;
}
