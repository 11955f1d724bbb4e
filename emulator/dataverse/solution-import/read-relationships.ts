import { attribute, child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import type { Cascade, MenuItem, Relationship } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { intersectOf } from './intersect-table.ts';
import { requireName } from './names.ts';
import { refusal } from './refusals.ts';

/** Adds an `EntityRelationship` node to the tables it joins. @throws Fault of the import */
export function readRelationship(node: XmlElement, catalogue: Catalogue): void {
  const name = attribute(node, 'Name') ?? '';
  requireName(name, `relationship '${name}'`);
  if (name.length > 100)
    throw refusal('relationshipName', `The name of the relationship '${name}' is longer than 100 characters.`);
  if (childText(node, 'EntityRelationshipType') === 'ManyToMany') readManyToMany(node, catalogue);
  else if (!isOfFileColumn(node, catalogue)) readOneToMany(node, catalogue);
}

/** The table of stored files. */
const fileTable = 'fileattachment';

/**
 * Whether a relationship node is one the platform makes for a file column (`FileAttachment_<table>_<column>`), as real
 * exports carry it. Decided: it stays in the package; files are reached by their column, and listed by
 * `<table>_FileAttachments`.
 */
export function isOfFileColumn(node: XmlElement, catalogue: Catalogue): boolean {
  const table = catalogue.table(childText(node, 'ReferencingEntityName'));
  const column = table?.columns.get(childText(node, 'ReferencingAttributeName').toLowerCase());
  return column?.file !== undefined && childText(node, 'ReferencedEntityName').toLowerCase() === fileTable;
}

function readOneToMany(node: XmlElement, catalogue: Catalogue): void {
  const schemaName = attribute(node, 'Name') ?? '';
  const referencing = requireTable(catalogue, childText(node, 'ReferencingEntityName'), schemaName);
  const column = referencing.columns.get(childText(node, 'ReferencingAttributeName').toLowerCase());
  if (column === undefined)
    throw refusal(
      'relationshipMissing',
      `The relationship '${schemaName}' stands on the column '${childText(node, 'ReferencingAttributeName')}', which '${referencing.logicalName}' does not have.`,
    );
  if (column.type !== 'lookup')
    throw refusal(
      'relationshipMissing',
      `The relationship '${schemaName}' stands on '${referencing.logicalName}.${column.logicalName}', which is no lookup.`,
    );
  const referencedName = childText(node, 'ReferencedEntityName').toLowerCase();
  const roles = children(child(node, 'EntityRelationshipRoles'), 'EntityRelationshipRole');
  const navigation = (type: string, fallback: string) =>
    navigationName(
      roles.find((role) => childText(role, 'RelationshipRoleType') === type),
      fallback,
    );
  const common = readCommon(node, isManagedRelationship(referencing.manyToOne, schemaName, catalogue));
  // An owner is a user or a team; both are rows of tables of their own.
  const targets = referencedName === 'owner' ? ['systemuser', 'team'] : [referencedName];
  for (const target of targets) {
    const referenced = requireTable(catalogue, target, schemaName);
    addOneToMany(referencing, referenced, {
      schemaName,
      metadataId: stableId('relationship', schemaName, targets.length > 1 ? target : ''),
      referencingTable: referencing.logicalName,
      referencingColumn: column.logicalName,
      referencedTable: target,
      referencedColumn: referenced.primaryId,
      referencingNavigation: navigation('1', column.logicalName),
      referencedNavigation: navigation('0', schemaName),
      isCustom: schemaName.includes('_'),
      cascade: readCascades(node),
      ...common,
      isHierarchical: childText(node, 'IsHierarchical') === '1',
      menu: readMenu(roles.find((role) => childText(role, 'RelationshipRoleType') === '1')),
    });
  }
}

const isManagedRelationship = (
  there: readonly { readonly schemaName: string; readonly isManaged: boolean }[],
  schemaName: string,
  { layer }: Catalogue,
) => there.find((one) => one.schemaName === schemaName)?.isManaged ?? layer.isManaged;

const readCommon = (node: XmlElement, isManaged: boolean) => ({
  isManaged,
  isSearchable: childText(node, 'IsValidForAdvancedFind') !== '0',
  introducedVersion: childText(node, 'IntroducedVersion') || '1.0',
});

/** How the rows at the other end are offered; undefined where the package does not say. */
function readMenu(role: XmlElement | undefined): MenuItem | undefined {
  const behavior = behaviors.find((one) => one === childText(role, 'NavPaneDisplayOption'));
  if (behavior === undefined) return undefined;
  const labels = children(child(role, 'CustomLabels'), 'CustomLabel');
  return {
    behavior,
    group: childText(role, 'NavPaneArea') || 'Details',
    order: Number(childText(role, 'NavPaneOrder')) || 0,
    label: Object.fromEntries(
      labels.map((one) => [Number(attribute(one, 'languagecode')), attribute(one, 'description') ?? '']),
    ),
  };
}

const behaviors = ['UseCollectionName', 'UseLabel', 'DoNotDisplay'] as const;

function navigationName(role: XmlElement | undefined, fallback: string): string {
  const name = childText(role, 'NavigationPropertyName') || fallback;
  requireName(name, `navigation property '${name}'`);
  return name;
}

export function addOneToMany(referencing: MutableTable, referenced: MutableTable, relationship: Relationship): void {
  const { schemaName, referencingColumn, referencedTable } = relationship;
  const isOther = (one: Relationship) => one.schemaName !== schemaName || one.referencedTable !== referencedTable;
  referencing.manyToOne = [...referencing.manyToOne.filter(isOther), relationship];
  referenced.oneToMany = [...referenced.oneToMany.filter(isOther), relationship];
  addTarget(referencing, referencingColumn, referencedTable);
}

const readCascades = (node: XmlElement): Relationship['cascade'] => ({
  assign: cascade(node, 'CascadeAssign'),
  delete: cascade(node, 'CascadeDelete'),
  reparent: cascade(node, 'CascadeReparent'),
  share: cascade(node, 'CascadeShare'),
  unshare: cascade(node, 'CascadeUnshare'),
});

const cascades = ['NoCascade', 'Cascade', 'Active', 'UserOwned', 'RemoveLink', 'Restrict'] as const;

function cascade(node: XmlElement, name: string): Cascade {
  const stated = childText(node, name) || 'NoCascade';
  const known = cascades.find((one) => one === stated);
  if (known === undefined)
    throw refusal(
      'badSchema',
      `${name} of the relationship '${attribute(node, 'Name')}' is '${stated}', which is not known.`,
    );
  return known;
}

function addTarget(table: MutableTable, name: string, target: string): void {
  const column = table.columns.get(name)!;
  if (!column.targets.includes(target)) table.columns.set(name, { ...column, targets: [...column.targets, target] });
}

function requireTable(catalogue: Catalogue, name: string, relationship: string): MutableTable {
  const table = catalogue.table(name);
  if (table === undefined)
    throw refusal(
      'relationshipMissing',
      `The relationship '${relationship}' names the table '${name}', which is not there.`,
    );
  return table;
}

function readManyToMany(node: XmlElement, catalogue: Catalogue): void {
  const schemaName = attribute(node, 'Name') ?? '';
  const first = requireTable(catalogue, childText(node, 'FirstEntityName'), schemaName);
  const second = requireTable(catalogue, childText(node, 'SecondEntityName'), schemaName);
  const intersectTable = childText(node, 'IntersectEntityName').toLowerCase();
  requireName(intersectTable, `intersect table of '${schemaName}'`);
  const isSelf = first.logicalName === second.logicalName;
  const roles = children(child(node, 'EntityRelationshipRoles'), 'EntityRelationshipRole');
  const navigation = (ordinal: string) =>
    navigationName(
      roles.find((role) => childText(role, 'AssociationRoleOrdinal') === ordinal),
      schemaName,
    );
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
    ...readCommon(node, isManagedRelationship(first.manyToMany, schemaName, catalogue)),
    firstMenu: readMenu(roles.find((role) => childText(role, 'AssociationRoleOrdinal') === '1')),
    secondMenu: readMenu(roles.find((role) => childText(role, 'AssociationRoleOrdinal') === '2')),
  };
  for (const table of new Set([first, second]))
    table.manyToMany = [...table.manyToMany.filter((one) => one.schemaName !== schemaName), relationship];
  if (catalogue.table(intersectTable) === undefined) catalogue.addTable(intersectOf(relationship, catalogue));
}

export const noCascades: Relationship['cascade'] = {
  assign: 'NoCascade',
  delete: 'NoCascade',
  reparent: 'NoCascade',
  share: 'NoCascade',
  unshare: 'NoCascade',
};

/** Every table has relationships for these two columns; no export carries them. */
export function addDelegateRelationships(catalogue: Catalogue): void {
  const users = catalogue.table('systemuser');
  if (users === undefined) return;
  for (const table of catalogue.tables()) {
    for (const name of ['createdonbehalfby', 'modifiedonbehalfby']) {
      const column = table.columns.get(name);
      if (column === undefined || column.targets.length > 0) continue;
      const schemaName = `lk_${table.logicalName}_${name}`;
      addOneToMany(table, users, {
        schemaName,
        metadataId: stableId('relationship', schemaName),
        referencingTable: table.logicalName,
        referencingColumn: name,
        referencedTable: users.logicalName,
        referencedColumn: users.primaryId,
        referencingNavigation: name,
        referencedNavigation: schemaName,
        isCustom: false,
        isManaged: table.isManaged,
        cascade: noCascades,
      });
    }
  }
}
