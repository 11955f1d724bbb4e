import { textFor } from '../shared/texts';
import { changedAddresses, leaveOutAddresses, saveAddressRows } from './address-book-save';
import { readAddressGeneration, type AddressGeneration } from './address-generation';
import { noticeDualWrite } from './dual-write-notice';
import { lockKeys } from './lock-keys';
import { clearRefusal, showRefusal } from './show-refusal';

let generation: AddressGeneration = 'unknown';
/** Address rows are being written; the save that follows is our own. */
let isWriting = false;
let isOurSave = false;

const isPostSave = (event: unknown): event is { getIsSaveSuccess(): boolean; getSaveErrorInfo(): unknown } => typeof (event as { getIsSaveSuccess?: unknown })?.getIsSaveSuccess === 'function';

export async function onLoad(context: Xrm.Events.EventContext): Promise<void> {
  const form = context.getFormContext();
  isWriting = false;
  isOurSave = false;
  lockKeys(form);
  noticeDualWrite(form);
  for (const name of ['msdyn_company', 'customertypecode']) form.getAttribute(name)?.addOnChange(() => noticeDualWrite(form));
  const entity = form.data.entity as unknown as { addOnPostSave?(handler: (post: Xrm.Events.EventContext) => void): void };
  entity.addOnPostSave?.((post) => afterSave(form, post));
  generation = await readAddressGeneration();
}

function afterSave(form: Xrm.FormContext, context: Xrm.Events.EventContext): void {
  const event = (context as unknown as { getEventArgs(): unknown }).getEventArgs();
  if (!isPostSave(event)) return;
  if (event.getIsSaveSuccess()) {
    clearRefusal(form);
    lockKeys(form);
    return;
  }
  const info = event.getSaveErrorInfo() as { message?: string } | string | null | undefined;
  showRefusal(form, typeof info === 'string' ? info : (info?.message ?? ''));
}

/** With the address book in force, changed addresses go through their own rows first; the account follows. */
export async function onSave(context: Xrm.Events.SaveEventContext): Promise<void> {
  const form = context.getFormContext();
  if (isOurSave || generation !== 'B' || form.data.entity.getId() === '') return;
  const changes = changedAddresses(form);
  if (changes.length === 0) return;
  context.getEventArgs().preventDefault();
  // A second click while the first is under way.
  if (isWriting) return;
  isWriting = true;
  try {
    const isSaved = await saveAddressRows(form.data.entity.getId().replace(/[{}]/g, ''), changes);
    if (!isSaved) {
      form.ui.setFormNotification(textFor('noAddressRows', Xrm.Utility.getGlobalContext().userSettings.languageId), 'ERROR', 'fno-refused');
      return;
    }
    clearRefusal(form);
    await saveTheRest(form);
  } catch (error) {
    showRefusal(form, (error as Error).message);
  } finally {
    isWriting = false;
  }
}

async function saveTheRest(form: Xrm.FormContext): Promise<void> {
  leaveOutAddresses(form, true);
  isOurSave = true;
  try {
    await form.data.save();
    await form.data.refresh(false);
  } finally {
    isOurSave = false;
    leaveOutAddresses(form, false);
  }
}
