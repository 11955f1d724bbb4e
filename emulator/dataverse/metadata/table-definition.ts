import { isActivity } from './activities.ts';
import { labelDefinition } from './labels.ts';
import { managedProperty, type Definition } from './managed-property.ts';
import type { TableMetadata } from './model.ts';
import { settingsDefinition } from './settings.ts';
import { privilegeDefinitions } from './table-privileges.ts';
import { tableSettings } from './table-settings.ts';

const ownership: Record<TableMetadata['ownership'], string> = {
  user: 'UserOwned',
  organization: 'OrganizationOwned',
  business: 'BusinessOwned',
  none: 'None',
};

/** The provider a virtual table shows until one of its own is set. */
const defaultProvider = '7015a531-cc0d-4537-b5f2-c882a1eb65ad';

/** `EntityMetadata` of a table, without its collections. */
export function tableDefinition(table: TableMetadata): Definition {
  const { metadataId, logicalName, schemaName, entitySetName } = table;
  return {
    MetadataId: metadataId,
    HasChanged: null,
    LogicalName: logicalName,
    SchemaName: schemaName,
    EntitySetName: entitySetName,
    LogicalCollectionName: entitySetName,
    CollectionSchemaName: collectionSchemaName(table),
    ObjectTypeCode: table.objectTypeCode,
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: table.primaryName ?? null,
    PrimaryImageAttribute: table.primaryImage ?? null,
    OwnershipType: ownership[table.ownership],
    TableType: table.isVirtual ? 'Virtual' : 'Standard',
    ExternalName: table.externalName ?? null,
    ExternalCollectionName: null,
    DataProviderId: table.isVirtual ? (table.dataProviderId ?? defaultProvider) : null,
    DataSourceId: table.dataSourceId ?? null,
    DisplayName: labelDefinition(table.label, metadataId, table.isManaged),
    DisplayCollectionName: labelDefinition(table.collectionLabel, metadataId, table.isManaged),
    Description: labelDefinition(table.description, metadataId, table.isManaged),
    IsCustomEntity: table.isCustom,
    IsIntersect: isIntersect(table),
    ChangeTrackingEnabled: table.changeTrackingEnabled,
    IsOptimisticConcurrencyEnabled: table.hasOptimisticConcurrency,
    HasNotes: isReferencedBy(table, 'annotation'),
    HasActivities: isReferencedBy(table, 'activitypointer'),
    IsActivity: isActivity(table),
    IsActivityParty: isReferencedBy(table, 'activityparty') && !isActivity(table),
    HasFeedback: false,
    EnforceStateTransitions: table.enforcesTransitions ?? false,
    Privileges: privilegeDefinitions(table),
    IsManaged: table.isManaged,
    ...fixed,
    ...settingsDefinition(tableSettings, table.settings),
  };
}

const isReferencedBy = (table: TableMetadata, other: string) =>
  table.oneToMany.some((one) => one.referencingTable === other);

const isIntersect = (table: TableMetadata) => table.ownership === 'none' && table.primaryName === undefined;

/** The set name in the letter case of the schema name: `ora_FruitBox` and `ora_fruitboxes` give `ora_FruitBoxes`. */
function collectionSchemaName({ schemaName, logicalName, entitySetName }: TableMetadata): string {
  let shared = 0;
  while (shared < entitySetName.length && entitySetName[shared] === logicalName[shared]) shared += 1;
  return schemaName.slice(0, shared) + entitySetName.slice(shared);
}

/** What is the same for every table here, because what it switches is not emulated. */
const fixed: Definition = {
  ActivityTypeMask: 0,
  CanTriggerWorkflow: true,
  DeprecatedVersion: null,
  IconLargeName: null,
  IsAIRUpdated: true,
  IsAvailableOffline: false,
  IsBPFEntity: false,
  IsChildEntity: false,
  IsEnabledForCharts: true,
  IsEnabledForTrace: false,
  IsImportable: true,
  IsLogicalEntity: false,
  IsPrivate: false,
  IsSolutionAware: false,
  IsStateModelAware: false,
  IsValidForAdvancedFind: true,
  RecurrenceBaseEntityLogicalName: null,
  ReportViewName: null,
  SettingOf: null,
  UsesBusinessDataLabelTable: false,
  CanBeInCustomEntityAssociation: managedProperty(true, 'canbeincustomentityassociation'),
  CanBeInManyToMany: managedProperty(true, 'canbeinmanytomany'),
  CanBePrimaryEntityInRelationship: managedProperty(true, 'canbeprimaryentityinrelationship'),
  CanBeRelatedEntityInRelationship: managedProperty(true, 'canberelatedentityinrelationship'),
  IsValidForQueue: managedProperty(false, 'canmodifyqueuesettings'),
};
