import { child, childText, children, descend, text, type XmlElement } from '../../../packaging/index.ts';
import { notEmulated } from '../../kernel/index.ts';
import type { Catalogue, MutableTable, ReadLayer } from '../metadata/catalogue.ts';
import type { AlternateKey, ColumnMetadata, Label } from '../metadata/model.ts';
import { defaultSetName } from '../metadata/names.ts';
import { readSettings, type Setting } from '../metadata/settings.ts';
import { stableId } from '../metadata/stable-id.ts';
import { mergeChoices } from './merge-choices.ts';
import { requireName } from './names.ts';
import { tableSettings } from '../metadata/table-settings.ts';
import { readColumn, versionNumber } from './read-columns.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';
import { statedTypeCode, typeCodeOf } from './type-codes.ts';

/** The provider of tables kept outside the relational store. */
const elasticProvider = '1d9bde74-9ebd-4da9-8ff5-aa74945b9f74';

/** Adds an `Entity` node: a new table, or what it adds to one that is there. @throws Fault of the import */
export function readTable(node: XmlElement, catalogue: Catalogue): void {
  const schemaName = childText(node, 'Name');
  const entity = descend(node, 'EntityInfo', 'entity');
  const there = catalogue.table(schemaName);
  if (entity === undefined) {
    if (there === undefined) throw notInTarget(schemaName);
    return;
  }
  const table = there ?? newTable(node, entity, schemaName, catalogue);
  if (there !== undefined) updateTable(there, entity, catalogue.layer);
  for (const column of children(child(entity, 'attributes'), 'attribute')) {
    const read = readColumn(column, table.logicalName, (name) => catalogue.globalChoice(name));
    table.columns.set(read.logicalName, merged(table, table.columns.get(read.logicalName), read, catalogue.layer));
  }
  for (const key of children(child(entity, 'EntityKeys'), 'EntityKey')) addKey(table, readKey(key, catalogue.layer));
  const values = [...table.columns.values()];
  table.primaryId = values.find((column) => column.isPrimaryId)?.logicalName ?? table.primaryId;
  table.primaryName = values.find((column) => column.isPrimaryName)?.logicalName ?? table.primaryName;
  if (!table.isVirtual && !table.columns.has('versionnumber'))
    table.columns.set('versionnumber', { ...versionNumber(table.logicalName), isManaged: table.isManaged });
}

const notInTarget = (table: string) =>
  refusal(
    'missingComponent',
    `Cannot add a Root Component ${table.toLowerCase()} of type 1 because it is not in the target system.`,
  );

function newTable(node: XmlElement, entity: XmlElement, schemaName: string, catalogue: Catalogue): MutableTable {
  requireName(schemaName, `table '${schemaName}'`);
  if (child(entity, 'OwnershipTypeMask') === undefined)
    throw refusal('tableNotFound', `The table '${schemaName}' is extended, but it is not in this environment.`);
  const logicalName = schemaName.toLowerCase();
  const collectionLabel = readChildLabels(entity, 'LocalizedCollectionNames');
  if (Object.keys(collectionLabel).length === 0)
    throw refusal('incompleteTable', `Entity Display Collection Name for id ${logicalName} not specified`);
  const provider = childText(entity, 'DataProviderId');
  if (provider.toLowerCase().includes(elasticProvider))
    throw notEmulated(`The elastic table '${schemaName}'`, 'Make it a standard table.');
  const table: MutableTable = {
    metadataId: stableId('table', logicalName),
    logicalName,
    schemaName,
    entitySetName: setNameOf(entity, logicalName, catalogue),
    objectTypeCode: statedTypeCode(childText(node, 'ObjectTypeCode')) ?? typeCodeOf(catalogue, logicalName),
    label: readChildLabels(entity, 'LocalizedNames'),
    collectionLabel,
    description: readChildLabels(entity, 'Descriptions'),
    ownership: ownershipOf(childText(entity, 'OwnershipTypeMask')),
    primaryId: `${logicalName}id`,
    primaryName: undefined,
    columns: new Map(),
    keys: [],
    manyToOne: [],
    oneToMany: [],
    manyToMany: [],
    isVirtual: provider !== '',
    dataProviderId: bareId(provider),
    dataSourceId: bareId(childText(entity, 'DataSourceId')),
    externalName: childText(entity, 'ExternalName') || undefined,
    isCustom: logicalName.includes('_'),
    hasOptimisticConcurrency: provider === '',
    changeTrackingEnabled: childText(entity, 'ChangeTrackingEnabled') === '1',
    enforcesTransitions: childText(entity, 'EnforceStateTransitions') === '1',
    isManaged: catalogue.layer.isManaged,
    settings: readSettings(tableSettings, entity),
  };
  catalogue.addTable(table);
  return table;
}

/** A GUID without the braces packages write around it. */
const bareId = (text: string) => text.replaceAll(/[{}]/g, '').toLowerCase() || undefined;

function setNameOf(entity: XmlElement, logicalName: string, catalogue: Catalogue): string {
  const name = childText(entity, 'EntitySetName') || defaultSetName(logicalName);
  requireName(name, `entity set of '${logicalName}'`);
  const taken = catalogue.tableBySet(name);
  if (taken !== undefined)
    throw refusal('sameKey', `The entity set name '${name}' of '${logicalName}' is that of '${taken.logicalName}'.`);
  return name;
}

/** Labels and switches the update states; what the platform never changes must be the same. */
function updateTable(table: MutableTable, entity: XmlElement, { replaces, isManaged }: ReadLayer): void {
  const mask = childText(entity, 'OwnershipTypeMask');
  if (mask !== '' && ownershipOf(mask) !== table.ownership)
    throw refusal('badSchema', `The ownership of the table '${table.logicalName}' cannot change to '${mask}'.`);
  const updated = (label: Label, element: string) =>
    replaces && child(entity, element) !== undefined
      ? readChildLabels(entity, element)
      : { ...label, ...readChildLabels(entity, element) };
  table.label = updated(table.label, 'LocalizedNames');
  table.collectionLabel = updated(table.collectionLabel, 'LocalizedCollectionNames');
  table.description = updated(table.description, 'Descriptions');
  table.settings = updatedSettings(table.settings, entity);
  const enforces = childText(entity, 'EnforceStateTransitions');
  if (enforces !== '') table.enforcesTransitions = enforces === '1';
  const tracking = childText(entity, 'ChangeTrackingEnabled');
  // Change tracking can be switched on by a solution, never off: but of a virtual table, whose own solution says how it is.
  if (table.isVirtual && isManaged && tracking !== '') table.changeTrackingEnabled = tracking === '1';
  else table.changeTrackingEnabled ||= tracking === '1';
}

/** The settings a package states, and those it does not. */
function updatedSettings(before: MutableTable['settings'], entity: XmlElement): MutableTable['settings'] {
  const isStated = ({ element }: Setting) => childText(entity, element) !== '';
  const kept = Object.entries(before ?? {}).filter(
    ([property]) => !tableSettings.some((one) => one.property === property && isStated(one)),
  );
  const settings = { ...Object.fromEntries(kept), ...readSettings(tableSettings, entity) };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

/** A column after an update; its targets are those of its relationships, old and new. */
function merged(
  table: MutableTable,
  before: ColumnMetadata | undefined,
  read: ColumnMetadata,
  layer: ReadLayer,
): ColumnMetadata {
  const isManaged = before?.isManaged ?? layer.isManaged;
  const isNew = before === undefined;
  const own = read.choice === undefined || read.choice.isGlobal ? read.choice : { ...read.choice, isManaged };
  if (isNew) return { ...read, isManaged, choice: own };
  const name = `${table.logicalName}.${read.logicalName}`;
  if (before.attributeType !== read.attributeType)
    throw refusal(
      'badSchema',
      `The column '${name}' is of type ${before.attributeType}; it cannot become ${read.attributeType}.`,
    );
  if (before.type !== read.type)
    throw notEmulated(`Changing the behaviour of the date column '${name}'`, 'Make a new column.');
  const choice = own === undefined || own.isGlobal ? own : mergeChoices(before.choice, own, layer);
  const label = layer.replaces ? read.label : { ...before.label, ...read.label };
  return { ...read, isManaged, label, choice, targets: before.targets };
}

function ownershipOf(mask: string): MutableTable['ownership'] {
  const known: Record<string, MutableTable['ownership']> = {
    userowned: 'user',
    orgowned: 'organization',
    businessowned: 'business',
    none: 'none',
  };
  return known[mask.toLowerCase()] ?? 'none';
}

function readKey(node: XmlElement, { isManaged }: ReadLayer): AlternateKey {
  return {
    logicalName: childText(node, 'LogicalName'),
    columns: children(child(node, 'EntityKeyAttributes'), 'AttributeName').map(text),
    label: readChildLabels(node, 'displaynames'),
    schemaName: childText(node, 'Name') || undefined,
    isManaged,
  };
}

function addKey(table: MutableTable, key: AlternateKey): void {
  const what = `The key '${key.logicalName}' of '${table.logicalName}'`;
  requireName(key.logicalName, `key '${key.logicalName}'`);
  if (key.columns.length === 0) throw refusal('badKey', `${what} has no columns.`);
  for (const name of key.columns) {
    const column = table.columns.get(name);
    if (column === undefined) throw refusal('badKey', `${what} names the column '${name}', which is not there.`);
    if (column.isSecured) throw refusal('badKey', `${what} names the column '${name}', which has column security.`);
    if (!keyTypes.has(column.attributeType))
      throw refusal('badKey', `${what} names the column '${name}', whose type cannot be part of a key.`);
  }
  table.keys = [...table.keys.filter((one) => one.logicalName !== key.logicalName), key];
}

/** Types of columns a key may hold; a lookup as its `_value`. */
const keyTypes = new Set<ColumnMetadata['attributeType']>([
  'String',
  'Integer',
  'BigInt',
  'Decimal',
  'DateTime',
  'Lookup',
  'Picklist',
  'Uniqueidentifier',
]);
