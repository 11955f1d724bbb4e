import { labelDefinition } from './labels.ts';
import { managedProperty, type Definition } from './managed-property.ts';
import type { ManyToManyRelationship, MenuItem, MetadataCatalogue, Relationship, TableMetadata } from './model.ts';

/** `OneToManyRelationshipMetadata` of a 1:N relationship, seen from either side. */
export function oneToManyDefinition(relationship: Relationship): Definition {
  const { cascade } = relationship;
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    MetadataId: relationship.metadataId,
    HasChanged: null,
    SchemaName: relationship.schemaName,
    RelationshipType: 'OneToManyRelationship',
    ReferencedEntity: relationship.referencedTable,
    ReferencedAttribute: relationship.referencedColumn,
    ReferencingEntity: relationship.referencingTable,
    ReferencingAttribute: relationship.referencingColumn,
    ReferencedEntityNavigationPropertyName: relationship.referencedNavigation,
    ReferencingEntityNavigationPropertyName: relationship.referencingNavigation,
    IsHierarchical: relationship.isHierarchical ?? false,
    AssociatedMenuConfiguration: menuDefinition(relationship.menu, relationship),
    CascadeConfiguration: {
      Assign: cascade.assign,
      Delete: cascade.delete,
      Merge: 'NoCascade',
      Reparent: cascade.reparent,
      Share: cascade.share,
      Unshare: cascade.unshare,
      RollupView: 'NoCascade',
    },
    ...common(relationship, relationship.isCustom),
  };
}

/** `ManyToManyRelationshipMetadata` of an N:N relationship. */
export function manyToManyDefinition(relationship: ManyToManyRelationship): Definition {
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
    MetadataId: relationship.metadataId,
    HasChanged: null,
    SchemaName: relationship.schemaName,
    RelationshipType: 'ManyToManyRelationship',
    Entity1LogicalName: relationship.firstTable,
    Entity1IntersectAttribute: relationship.firstColumn,
    Entity1NavigationPropertyName: relationship.firstNavigation,
    Entity2LogicalName: relationship.secondTable,
    Entity2IntersectAttribute: relationship.secondColumn,
    Entity2NavigationPropertyName: relationship.secondNavigation,
    IntersectEntityName: relationship.intersectTable,
    Entity1AssociatedMenuConfiguration: menuDefinition(relationship.firstMenu, relationship),
    Entity2AssociatedMenuConfiguration: menuDefinition(relationship.secondMenu, relationship),
    ...common(relationship, relationship.schemaName.includes('_')),
  };
}

type AnyRelationship = Pick<
  Relationship | ManyToManyRelationship,
  'metadataId' | 'isManaged' | 'isSearchable' | 'introducedVersion'
>;

/** `AssociatedMenuConfiguration`: how the rows at the other end are offered. */
const menuDefinition = (menu: MenuItem | undefined, { metadataId, isManaged }: AnyRelationship): Definition => ({
  Behavior: menu?.behavior ?? 'DoNotDisplay',
  Group: menu?.group ?? 'Details',
  Order: menu?.order ?? null,
  IsCustomizable: true,
  Icon: null,
  ViewId: '00000000-0000-0000-0000-000000000000',
  AvailableOffline: true,
  MenuId: null,
  QueryApi: null,
  Label: labelDefinition(menu?.label ?? {}, metadataId, isManaged),
});

const common = ({ isManaged, isSearchable, introducedVersion }: AnyRelationship, isCustom: boolean): Definition => ({
  IsCustomRelationship: isCustom,
  IsManaged: isManaged,
  IsValidForAdvancedFind: isSearchable ?? true,
  IntroducedVersion: introducedVersion ?? '1.0',
  SecurityTypes: 'Append',
  IsCustomizable: managedProperty(true, 'iscustomizable'),
});

/** The lookups of a table. An owner has one relationship on the platform; here it is kept as one per kind of owner. */
export function manyToOneDefinitions(table: TableMetadata): Definition[] {
  const seen = new Set<string>();
  return table.manyToOne.flatMap((relationship) => {
    if (!isToOwner(table, relationship)) return [oneToManyDefinition(relationship)];
    if (seen.has(relationship.schemaName)) return [];
    seen.add(relationship.schemaName);
    return [{ ...oneToManyDefinition(relationship), ReferencedEntity: 'owner', ReferencedAttribute: 'ownerid' }];
  });
}

const isToOwner = (table: TableMetadata, { referencingColumn }: Relationship) =>
  table.columns.get(referencingColumn)?.attributeType === 'Owner';

/** The lookups that point at a table; those of owners point at `owner`. */
export function oneToManyDefinitions(table: TableMetadata, metadata: MetadataCatalogue): Definition[] {
  return table.oneToMany
    .filter((relationship) => !isToOwner(metadata.table(relationship.referencingTable)!, relationship))
    .map(oneToManyDefinition);
}

/** Every relationship once, 1:N and N:N. */
export function allRelationshipDefinitions(metadata: MetadataCatalogue): Definition[] {
  return [...metadata.tables()].flatMap((table) => [
    ...manyToOneDefinitions(table),
    ...table.manyToMany.filter((one) => one.firstTable === table.logicalName).map(manyToManyDefinition),
  ]);
}
