import { attribute, child, childText, children, descend, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import type { AlternateKey, Relationship } from '../metadata/model.ts';
import { defaultSetName, intersectSetName } from '../metadata/names.ts';
import { stableId } from '../metadata/stable-id.ts';
import { readChoice } from './read-choices.ts';
import { readColumn, versionNumber } from './read-columns.ts';
import { readChildLabels } from './read-labels.ts';

/** First type code of tables that state none, as on the platform. */
const firstCustomTypeCode = 10_000;

/** Adds what `customizations.xml` says of choices, tables and relationships to the metadata. @throws Fault of the import */
export function readMetadata(customizations: XmlElement, catalogue: Catalogue): void {
  for (const node of children(child(customizations, 'optionsets'), 'optionset')) catalogue.addChoice(readChoice(node));
  for (const node of children(child(customizations, 'Entities'), 'Entity')) readTable(node, catalogue);
  const relationships = children(child(customizations, 'EntityRelationships'), 'EntityRelationship');
  for (const node of relationships) {
    if (childText(node, 'EntityRelationshipType') === 'ManyToMany') readManyToMany(node, catalogue);
    else readOneToMany(node, catalogue);
  }
  catalogue.changed();
  requireTargets(customizations, catalogue);
}

function readTable(node: XmlElement, catalogue: Catalogue): void {
  const schemaName = childText(node, 'Name');
  const entity = descend(node, 'EntityInfo', 'entity');
  const table =
    catalogue.table(schemaName) ?? (entity === undefined ? undefined : newTable(node, entity, schemaName, catalogue));
  if (table === undefined || entity === undefined) return;
  for (const column of children(child(entity, 'attributes'), 'attribute')) {
    const read = readColumn(column, table.logicalName, (name) => catalogue.globalChoice(name));
    const before = table.columns.get(read.logicalName);
    if (before !== undefined && before.attributeType !== read.attributeType) {
      throw faults.import(
        '0x8004801A',
        `The column '${table.logicalName}.${read.logicalName}' is of type ${before.attributeType}; it cannot become ${read.attributeType}.`,
      );
    }
    table.columns.set(read.logicalName, before === undefined ? read : { ...read, targets: before.targets });
  }
  for (const key of children(child(entity, 'EntityKeys'), 'EntityKey')) addKey(table, readKey(key));
  const values = [...table.columns.values()];
  table.primaryId = values.find((column) => column.isPrimaryId)?.logicalName ?? table.primaryId;
  table.primaryName = values.find((column) => column.isPrimaryName)?.logicalName ?? table.primaryName;
  if (!table.isVirtual && !table.columns.has('versionnumber'))
    table.columns.set('versionnumber', versionNumber(table.logicalName));
}

function newTable(node: XmlElement, entity: XmlElement, schemaName: string, catalogue: Catalogue): MutableTable {
  const logicalName = schemaName.toLowerCase();
  const collectionLabel = readChildLabels(entity, 'LocalizedCollectionNames');
  if (child(entity, 'OwnershipTypeMask') === undefined)
    throw faults.import('0x80041102', `The table '${schemaName}' is extended, but it is not in this environment.`);
  if (Object.keys(collectionLabel).length === 0)
    throw faults.import('0x80040203', `Entity Display Collection Name for id ${logicalName} not specified`);
  const externalName = childText(entity, 'ExternalName') || undefined;
  const isVirtual = childText(entity, 'DataProviderId') !== '';
  const table: MutableTable = {
    metadataId: stableId('table', logicalName),
    logicalName,
    schemaName,
    entitySetName: childText(entity, 'EntitySetName') || defaultSetName(logicalName),
    objectTypeCode: Number(childText(node, 'ObjectTypeCode')) || firstCustomTypeCode + [...catalogue.tables()].length,
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
    isVirtual,
    externalName,
    isCustom: logicalName.includes('_'),
    hasOptimisticConcurrency: !isVirtual,
    changeTrackingEnabled: childText(entity, 'ChangeTrackingEnabled') === '1',
  };
  catalogue.addTable(table);
  return table;
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

function readKey(node: XmlElement): AlternateKey {
  const columns = children(child(node, 'EntityKeyAttributes'), 'AttributeName').map((name) =>
    name.children
      .map((part) => ('text' in part ? part.text : ''))
      .join('')
      .trim(),
  );
  return { logicalName: childText(node, 'LogicalName'), columns, label: readChildLabels(node, 'displaynames') };
}

function addKey(table: MutableTable, key: AlternateKey): void {
  const missing = key.columns.find((column) => !table.columns.has(column));
  if (missing !== undefined)
    throw faults.import(
      '0x8006089F',
      `The key '${key.logicalName}' of '${table.logicalName}' names the column '${missing}', which is not there.`,
    );
  table.keys = [...table.keys.filter((one) => one.logicalName !== key.logicalName), key];
}

function readOneToMany(node: XmlElement, catalogue: Catalogue): void {
  const schemaName = attribute(node, 'Name') ?? '';
  const referencing = requireTable(catalogue, childText(node, 'ReferencingEntityName'), schemaName);
  const column = referencing.columns.get(childText(node, 'ReferencingAttributeName').toLowerCase());
  if (column === undefined)
    throw faults.import(
      '0x80048548',
      `The relationship '${schemaName}' stands on the column '${childText(node, 'ReferencingAttributeName')}', which '${referencing.logicalName}' does not have.`,
    );
  const referencedName = childText(node, 'ReferencedEntityName').toLowerCase();
  const roles = children(child(node, 'EntityRelationshipRoles'), 'EntityRelationshipRole');
  const navigation = (type: string) =>
    childText(
      roles.find((role) => childText(role, 'RelationshipRoleType') === type),
      'NavigationPropertyName',
    );
  // An owner is a user or a team; both are rows of tables of their own.
  const targets = referencedName === 'owner' ? ['systemuser', 'team'] : [referencedName];
  for (const target of targets) {
    const referenced = requireTable(catalogue, target, schemaName);
    addTarget(referencing, column.logicalName, target);
    const relationship: Relationship = {
      schemaName,
      metadataId: stableId('relationship', schemaName, targets.length > 1 ? target : ''),
      referencingTable: referencing.logicalName,
      referencingColumn: column.logicalName,
      referencedTable: target,
      referencedColumn: referenced.primaryId,
      referencingNavigation: navigation('1') || column.logicalName,
      referencedNavigation: navigation('0') || schemaName,
      isCustom: schemaName.includes('_'),
      cascade: {
        assign: cascade(node, 'CascadeAssign'),
        delete: cascade(node, 'CascadeDelete'),
        reparent: cascade(node, 'CascadeReparent'),
        share: cascade(node, 'CascadeShare'),
        unshare: cascade(node, 'CascadeUnshare'),
      },
    };
    const isOther = (one: Relationship) => one.schemaName !== schemaName || one.referencedTable !== target;
    referencing.manyToOne = [...referencing.manyToOne.filter(isOther), relationship];
    referenced.oneToMany = [...referenced.oneToMany.filter(isOther), relationship];
  }
}

function cascade(node: XmlElement, name: string): Relationship['cascade']['delete'] {
  return (childText(node, name) || 'NoCascade') as Relationship['cascade']['delete'];
}

function addTarget(table: MutableTable, name: string, target: string): void {
  const column = table.columns.get(name)!;
  if (!column.targets.includes(target)) table.columns.set(name, { ...column, targets: [...column.targets, target] });
}

function requireTable(catalogue: Catalogue, name: string, relationship: string): MutableTable {
  const table = catalogue.table(name);
  if (table === undefined)
    throw faults.import(
      '0x80048548',
      `The relationship '${relationship}' names the table '${name}', which is not there.`,
    );
  return table;
}

function readManyToMany(node: XmlElement, catalogue: Catalogue): void {
  const schemaName = attribute(node, 'Name') ?? '';
  const first = requireTable(catalogue, childText(node, 'FirstEntityName'), schemaName);
  const second = requireTable(catalogue, childText(node, 'SecondEntityName'), schemaName);
  const intersectTable = childText(node, 'IntersectEntityName').toLowerCase();
  const isSelf = first.logicalName === second.logicalName;
  const roles = children(child(node, 'EntityRelationshipRoles'), 'EntityRelationshipRole');
  const navigation = (ordinal: string) =>
    childText(
      roles.find((role) => childText(role, 'AssociationRoleOrdinal') === ordinal),
      'NavigationPropertyName',
    ) || schemaName;
  const relationship = {
    schemaName,
    metadataId: stableId('relationship', schemaName),
    firstTable: first.logicalName,
    secondTable: second.logicalName,
    intersectTable,
    firstColumn: isSelf ? `${first.primaryId}one` : first.primaryId,
    secondColumn: isSelf ? `${second.primaryId}two` : second.primaryId,
    firstNavigation: navigation('1'),
    secondNavigation: navigation('2'),
  };
  for (const table of new Set([first, second]))
    table.manyToMany = [...table.manyToMany.filter((one) => one.schemaName !== schemaName), relationship];
  if (catalogue.table(intersectTable) === undefined) catalogue.addTable(intersectOf(relationship, catalogue));
}

function intersectOf(
  { intersectTable, firstColumn, secondColumn }: MutableTable['manyToMany'][number],
  catalogue: Catalogue,
): MutableTable {
  const id = { ...versionNumber(intersectTable), attributeType: 'Uniqueidentifier' as const, type: 'guid' as const };
  const column = (name: string, isPrimaryId: boolean) =>
    [
      name,
      { ...id, logicalName: name, schemaName: name, isPrimaryId, metadataId: stableId('column', intersectTable, name) },
    ] as const;
  const primaryId = `${intersectTable.replace(/s$/, '')}id`;
  return {
    metadataId: stableId('table', intersectTable),
    logicalName: intersectTable,
    schemaName: intersectTable,
    entitySetName: intersectSetName(intersectTable),
    objectTypeCode: firstCustomTypeCode + [...catalogue.tables()].length,
    label: {},
    collectionLabel: {},
    description: {},
    ownership: 'none',
    primaryId,
    primaryName: undefined,
    columns: new Map([
      column(primaryId, true),
      column(firstColumn, false),
      column(secondColumn, false),
      ['versionnumber', versionNumber(intersectTable)],
    ]),
    keys: [],
    manyToOne: [],
    oneToMany: [],
    manyToMany: [],
    isVirtual: false,
    externalName: undefined,
    isCustom: false,
    hasOptimisticConcurrency: false,
    changeTrackingEnabled: false,
  };
}

/** A lookup's target is stated by its relationship only; one without is refused. */
function requireTargets(customizations: XmlElement, catalogue: Catalogue): void {
  for (const node of children(child(customizations, 'Entities'), 'Entity')) {
    const table = catalogue.table(childText(node, 'Name'));
    for (const column of table?.columns.values() ?? []) {
      if (column.type !== 'lookup' || column.targets.length > 0) continue;
      throw faults.import(
        '0x80048548',
        `The lookup '${table!.logicalName}.${column.logicalName}' has no relationship that says where it points.`,
      );
    }
  }
}
