import type { CurrentUser } from '../shell/users';
import { offsetMinutes } from '../language/formats';
import { languages, userLanguage } from '../language/speak';
import { readTable } from '../web-api/metadata';
import { membersOf } from './members-of';
import { executeMultiple, webApi } from './web-api';

/** What scripts have the page do. */
export interface PageActions {
  alert(title: string, text: string): Promise<void>;
  confirm(title: string, text: string): Promise<boolean>;
  showProgress(text: string): void;
  closeProgress(): void;
  openForm(table: string, id?: string): void;
}

interface DialogStrings {
  readonly text: string;
  readonly title?: string;
}

/** Puts `Xrm` on the page, as form scripts expect it. Members that are missing throw their name. */
export function installXrm(user: CurrentUser, page: PageActions): void {
  const online = { ...webApi, executeMultiple };
  const Xrm = membersOf('Xrm', {
    WebApi: membersOf('Xrm.WebApi', { ...online, online }),
    Utility: membersOf('Xrm.Utility', {
      getGlobalContext: () => globalContextOf(user),
      getEntityMetadata: (table: string, names: readonly string[] = []) => entityMetadata(table, names),
      showProgressIndicator: (text: string) => page.showProgress(text),
      closeProgressIndicator: () => page.closeProgress(),
    }),
    Navigation: membersOf('Xrm.Navigation', {
      openAlertDialog: ({ title = '', text }: DialogStrings) => page.alert(title, text),
      openConfirmDialog: async ({ title = '', text }: DialogStrings) => ({
        confirmed: await page.confirm(title, text),
      }),
      openErrorDialog: ({ message = '' }: { message?: string }) => page.alert('Error', message),
      openForm: async ({ entityName, entityId }: { entityName: string; entityId?: string }) =>
        page.openForm(entityName, entityId),
    }),
  });
  Object.assign(window, { Xrm });
}

function globalContextOf(user: CurrentUser): object {
  return membersOf('the global context', {
    userSettings: {
      userId: `{${user.id.toUpperCase()}}`,
      userName: user.name,
      languageId: userLanguage(),
      isRTL: false,
      roles: { get: () => [], getLength: () => 0, forEach: () => undefined },
      securityRoles: [],
      getTimeZoneOffsetMinutes: (at?: Date) => offsetMinutes(at ?? new Date()),
    },
    organizationSettings: { languageId: languages.english, uniqueName: 'local' },
    client: { getClient: () => 'Web', getClientState: () => 'Online', getFormFactor: () => 1, isOffline: () => false },
    getClientUrl: () => location.origin,
    getVersion: () => '9.2.24000.100',
    getCurrentAppUrl: () => location.origin,
    prependOrgName: (path: string) => path,
  });
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
