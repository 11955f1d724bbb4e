import { isActivity } from './activities.ts';
import { labelDefinition } from './labels.ts';
import { managedProperty, type Definition } from './managed-property.ts';
import type { TableMetadata } from './model.ts';
import { privilegeDefinitions } from './table-privileges.ts';

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
    DataProviderId: table.isVirtual ? defaultProvider : null,
    DataSourceId: null,
    DisplayName: labelDefinition(table.label, metadataId),
    DisplayCollectionName: labelDefinition(table.collectionLabel, metadataId),
    Description: labelDefinition(table.description, metadataId),
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
    ...fixed,
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
  AutoCreateAccessTeams: false,
  AutoRouteToOwnerQueue: false,
  CanTriggerWorkflow: true,
  DaysSinceRecordLastModified: 0,
  DeprecatedVersion: null,
  EntityColor: '',
  EntityHelpUrl: null,
  EntityHelpUrlEnabled: false,
  IconLargeName: null,
  IconMediumName: null,
  IconSmallName: null,
  IconVectorName: null,
  IntroducedVersion: '1.0',
  IsAIRUpdated: true,
  IsAvailableOffline: false,
  IsBPFEntity: false,
  IsBusinessProcessEnabled: false,
  IsChildEntity: false,
  IsDocumentManagementEnabled: false,
  IsDocumentRecommendationsEnabled: false,
  IsEnabledForCharts: true,
  IsEnabledForExternalChannels: false,
  IsEnabledForTrace: false,
  IsImportable: true,
  IsInteractionCentricEnabled: false,
  IsKnowledgeManagementEnabled: false,
  IsLogicalEntity: false,
  IsMSTeamsIntegrationEnabled: false,
  IsManaged: true,
  IsOneNoteIntegrationEnabled: false,
  IsPrivate: false,
  IsQuickCreateEnabled: false,
  IsReadingPaneEnabled: true,
  IsSLAEnabled: false,
  IsSolutionAware: false,
  IsStateModelAware: false,
  IsValidForAdvancedFind: true,
  MobileOfflineFilters: '',
  RecurrenceBaseEntityLogicalName: null,
  ReportViewName: null,
  SettingOf: null,
  SyncToExternalSearchIndex: false,
  UsesBusinessDataLabelTable: false,
  CanBeInCustomEntityAssociation: managedProperty(true, 'canbeincustomentityassociation'),
  CanBeInManyToMany: managedProperty(true, 'canbeinmanytomany'),
  CanBePrimaryEntityInRelationship: managedProperty(true, 'canbeprimaryentityinrelationship'),
  CanBeRelatedEntityInRelationship: managedProperty(true, 'canberelatedentityinrelationship'),
  CanChangeHierarchicalRelationship: managedProperty(true, 'canchangehierarchicalrelationship'),
  CanChangeTrackingBeEnabled: managedProperty(true, 'canchangetrackingbeenabled'),
  CanCreateAttributes: managedProperty(true, 'cancreateattributes'),
  CanCreateCharts: managedProperty(true, 'cancreatecharts'),
  CanCreateForms: managedProperty(true, 'cancreateforms'),
  CanCreateViews: managedProperty(true, 'cancreateviews'),
  CanEnableSyncToExternalSearchIndex: managedProperty(true, 'canenablesynctoexternalsearchindex'),
  CanModifyAdditionalSettings: managedProperty(true, 'canmodifyadditionalsettings'),
  IsAuditEnabled: managedProperty(false, 'canmodifyauditsettings'),
  IsConnectionsEnabled: managedProperty(false, 'canmodifyconnectionsettings'),
  IsCustomizable: managedProperty(true, 'iscustomizable'),
  IsDuplicateDetectionEnabled: managedProperty(false, 'canmodifyduplicatedetectionsettings'),
  IsMailMergeEnabled: managedProperty(false, 'canmodifymailmergesettings'),
  IsMappable: managedProperty(true, 'ismappable'),
  IsOfflineInMobileClient: managedProperty(false, 'canmodifymobileclientoffline'),
  IsReadOnlyInMobileClient: managedProperty(false, 'canmodifymobileclientreadonly'),
  IsRenameable: managedProperty(true, 'isrenameable'),
  IsValidForQueue: managedProperty(false, 'canmodifyqueuesettings'),
  IsVisibleInMobile: managedProperty(false, 'canmodifymobilevisibility'),
  IsVisibleInMobileClient: managedProperty(true, 'canmodifymobileclientvisibility'),
};
