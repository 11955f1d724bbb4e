import type { LookupValue } from '../form/form-model';
import { chooseRows, type LookupOptions } from '../shell/choose-rows';
import { closeProgress, showProgress } from '../shell/dialogs';
import { openNewRow } from '../shell/open-new-row';
import { readPlace } from '../shell/place';
import { entityMetadata } from './entity-metadata';
import { globalContext } from './global-context';
import { membersOf } from './members-of';
import { navigation } from './navigation';

/** `Xrm.Utility`. */
export const utility = membersOf('Xrm.Utility', {
  getGlobalContext: () => globalContext(),
  getEntityMetadata: (table: string, names: readonly string[] = []) => entityMetadata(table, names),
  showProgressIndicator: (text: string) => showProgress(text),
  closeProgressIndicator: () => closeProgress(),
  getPageContext: () => ({ input: pageInput() }),
  lookupObjects: (options: LookupOptions) => chooseRows(options),
  isActivityType: (table: string) => activities.has(table),
  alertDialog: (text: string, done?: () => void) => void navigation.openAlertDialog({ text }).then(() => done?.()),
  confirmDialog: (text: string, yes?: () => void, no?: () => void) =>
    void navigation.openConfirmDialog({ text }).then(({ confirmed }) => (confirmed ? yes?.() : no?.())),
  openQuickCreate: async (table: string, from?: LookupValue) => {
    const { savedEntityReference } = await navigation.openForm({
      entityName: table,
      useQuickCreateForm: true,
      ...(from === undefined ? {} : { createFromEntity: from }),
    });
    return { savedEntityReference: savedEntityReference[0] };
  },
  openEntityForm: (table: string, id?: string, parameters?: Record<string, string>) =>
    id === undefined
      ? void openNewRow(table, new Map(), { isQuick: false })
      : void navigation.openForm({ entityName: table, entityId: id }, parameters),
  openWebResource: (name: string, data?: string) => navigation.openWebResource(name, undefined, data),
});

/** Activities the environment has; the synchronous call cannot ask for the metadata of a table. */
const activities = new Set(['activitypointer', 'appointment', 'email', 'phonecall', 'task', 'incidentresolution']);

function pageInput(): object {
  const place = readPlace(new URL(location.href));
  if (place.kind === 'record')
    return { pageType: 'entityrecord', entityName: place.table, entityId: place.id, formId: place.form };
  if (place.kind === 'list')
    return { pageType: 'entitylist', entityName: place.table, viewId: place.view, viewType: 'savedquery' };
  return { pageType: place.kind };
}
