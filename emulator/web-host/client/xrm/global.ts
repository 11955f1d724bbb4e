import { readTable, userLanguage } from '../web-api/metadata';
import { executeMultiple, webApi } from './web-api';

export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface Dialogs {
  alert(title: string, text: string): Promise<void>;
  confirm(title: string, text: string): Promise<boolean>;
}

/** Puts `Xrm` on the page, as form scripts expect it. */
export function installXrm(user: CurrentUser, dialogs: Dialogs, openForm: (table: string, id?: string) => void): void {
  const globalContext = {
    userSettings: {
      userId: `{${user.id.toUpperCase()}}`,
      userName: user.name,
      languageId: userLanguage(),
      isRTL: false,
      roles: { get: () => [], getLength: () => 0, forEach: () => undefined },
      securityRoles: [],
      getTimeZoneOffsetMinutes: () => 0,
    },
    organizationSettings: { languageId: 1033, uniqueName: 'local' },
    client: { getClient: () => 'Web', getClientState: () => 'Online', getFormFactor: () => 1, isOffline: () => false },
    getClientUrl: () => location.origin,
    getVersion: () => '9.2.24000.100',
    getCurrentAppUrl: () => location.origin,
    prependOrgName: (path: string) => path,
  };
  const online = { ...webApi, executeMultiple };
  const Xrm = {
    WebApi: { ...webApi, online, offline: undefined, executeMultiple },
    Utility: {
      getGlobalContext: () => globalContext,
      getEntityMetadata: (table: string, names: readonly string[] = []) => entityMetadata(table, names),
      showProgressIndicator: () => undefined,
      closeProgressIndicator: () => undefined,
    },
    Navigation: {
      openAlertDialog: (strings: { text: string; title?: string }) => dialogs.alert(strings.title ?? '', strings.text),
      openConfirmDialog: async (strings: { text: string; title?: string }) => ({
        confirmed: await dialogs.confirm(strings.title ?? '', strings.text),
      }),
      openErrorDialog: (options: { message?: string }) => dialogs.alert('Error', options.message ?? ''),
      openForm: async (options: { entityName: string; entityId?: string }) =>
        openForm(options.entityName, options.entityId),
    },
  };
  Object.assign(window, { Xrm });
}

/** `getEntityMetadata` as scripts and controls get it. */
export async function entityMetadata(name: string, columns: readonly string[]) {
  const table = await readTable(name);
  const of = (column: string) => {
    const found = table.columns.get(column);
    return found === undefined
      ? undefined
      : { LogicalName: column, DisplayName: found.label, AttributeType: found.type, MaxLength: found.maxLength };
  };
  return {
    LogicalName: table.name,
    EntitySetName: table.set,
    DisplayName: table.label,
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: table.primaryName,
    Attributes: { get: (column?: string) => (column === undefined ? columns.map(of) : of(column)), getByName: of },
  };
}
