import { stableId } from '../metadata/stable-id.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { ImportPlatform } from './import-platform.ts';
import { putComponent } from './put-component.ts';

/** Rights a table has privileges for, with their bits; organisation-owned ones cannot be assigned or shared. */
const rights = {
  Create: 32,
  Read: 1,
  Write: 2,
  Delete: 65536,
  Append: 4,
  AppendTo: 16,
  Assign: 524288,
  Share: 262144,
} as const;

/**
 * Privileges that belong to no table; all are given at Global.
 *
 * @see https://learn.microsoft.com/power-platform/admin/miscellaneous-privileges
 */
const withoutTable = [
  'prvActOnBehalfOfAnotherUser',
  'prvActivateBusinessProcessFlow',
  'prvActivateBusinessRule',
  'prvActivateSynchronousWorkflow',
  'prvApproveRejectEmailAddress',
  'prvAssignManager',
  'prvAssignPosition',
  'prvBrowseAvailability',
  'prvBulkDelete',
  'prvBypassCustomBusinessLogic',
  'prvBypassCustomPlugins',
  'prvConfigureSharePoint',
  'prvDeleteRecordChangeHistory',
  'prvDisableBusinessUnit',
  'prvDisableUser',
  'prvDocumentGeneration',
  'prvExportCustomization',
  'prvExportToExcel',
  'prvFlow',
  'prvGoOffline',
  'prvImportCustomization',
  'prvISVExtensions',
  'prvLanguageSettings',
  'prvLearningPath',
  'prvMailMerge',
  'prvMerge',
  'prvOverrideCreatedOnCreatedBy',
  'prvPrint',
  'prvPromoteToAdmin',
  'prvPublishCustomization',
  'prvPublishRSReport',
  'prvReadRecordAuditHistory',
  'prvReadSharePointDocument',
  'prvReparentBusinessUnit',
  'prvReparentTeam',
  'prvReparentUser',
  'prvSearchAvailability',
  'prvSendAsUser',
  'prvSyncToOutlook',
  'prvUseOfficeApps',
  'prvUseTabletApp',
  'prvWebMailMerge',
  'prvWorkflowExecution',
] as const;

export const privilegeId = (name: string) => stableId('privilege', name);

export function addTablePrivileges(platform: ImportPlatform, table: TableMetadata): void {
  const isOwned = table.ownership === 'user' || table.ownership === 'business';
  for (const [right, accessright] of Object.entries(rights)) {
    if (!isOwned && (right === 'Assign' || right === 'Share')) continue;
    addPrivilege(platform, `prv${right}${table.schemaName}`, accessright, isOwned);
  }
}

export function addOtherPrivileges(platform: ImportPlatform): void {
  for (const name of withoutTable) addPrivilege(platform, name, 0, false);
}

function addPrivilege(platform: ImportPlatform, name: string, accessright: number, isOwned: boolean): void {
  putComponent(platform, 'privilege', {
    privilegeid: privilegeId(name),
    name,
    accessright,
    canbebasic: isOwned,
    canbelocal: isOwned,
    canbedeep: isOwned,
    canbeglobal: true,
  });
}
