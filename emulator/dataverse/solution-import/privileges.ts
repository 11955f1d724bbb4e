import { stableId } from '../metadata/stable-id.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { isOwned, privilegeName, rightsOf, type TableRight } from '../metadata/table-privileges.ts';
import type { ImportPlatform } from './import-platform.ts';
import { putComponent } from './put-component.ts';

/** The bit of each right in `accessright`. */
const accessRights: Readonly<Record<TableRight, number>> = {
  Create: 32,
  Read: 1,
  Write: 2,
  Delete: 65536,
  Append: 4,
  AppendTo: 16,
  Assign: 524288,
  Share: 262144,
};

/**
 * Privileges that belong to no table; all are given at Global.
 *
 * @see https://learn.microsoft.com/power-platform/admin/miscellaneous-privileges
 */
const withoutTable = [
  'prvActivateBusinessProcessFlow',
  'prvActivateBusinessRule',
  'prvActivateSynchronousWorkflow',
  'prvActOnBehalfOfAnotherUser',
  'prvApproveRejectEmailAddress',
  'prvAssignManager',
  'prvAssignPosition',
  'prvBrowseAvailability',
  'prvBulkDelete',
  'prvBypassCustomBusinessLogic',
  'prvBypassCustomPlugins',
  'prvConfigureSharePoint',
  'prvCreateAttribute',
  'prvCreateEntity',
  'prvCreateOptionSet',
  'prvCreateRelationship',
  'prvDeleteAttribute',
  'prvDeleteEntity',
  'prvDeleteOptionSet',
  'prvDeleteRecordChangeHistory',
  'prvDeleteRelationship',
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
  'prvReadAttribute',
  'prvReadEntity',
  'prvReadOptionSet',
  'prvReadRecordAuditHistory',
  'prvReadRelationship',
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
  'prvWriteAttribute',
  'prvWriteEntity',
  'prvWriteOptionSet',
  'prvWriteRelationship',
] as const;

export const privilegeId = (name: string) => stableId('privilege', name);

export function addTablePrivileges(platform: ImportPlatform, table: TableMetadata): void {
  for (const right of rightsOf(table))
    addPrivilege(platform, privilegeName(right, table), accessRights[right], isOwned(table));
}

/** Takes the privileges of a table that is gone from every role. */
export function removeTablePrivileges(platform: ImportPlatform, table: TableMetadata): void {
  for (const right of rightsOf(table)) removePrivilege(platform, privilegeName(right, table));
}

/** Takes a privilege away, from every role. */
export function removePrivilege({ database }: ImportPlatform, name: string): void {
  database.run('delete from roleprivileges where privilegeid = ?', [privilegeId(name)]);
  database.run('delete from privilege where privilegeid = ?', [privilegeId(name)]);
}

export function addOtherPrivileges(platform: ImportPlatform): void {
  for (const name of withoutTable) addPrivilege(platform, name, 0, false);
}

export function addPrivilege(platform: ImportPlatform, name: string, accessright: number, hasDepths: boolean): void {
  putComponent(platform, 'privilege', {
    privilegeid: privilegeId(name),
    name,
    accessright,
    canbebasic: hasDepths,
    canbelocal: hasDepths,
    canbedeep: hasDepths,
    canbeglobal: true,
  });
}
