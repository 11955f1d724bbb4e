import { addressAttributes, addressColumns, formAddresses } from './address-columns.ts';
import { leave, succeeds, type Continuation } from './continuation.ts';
import { writeAddressRows, type AddressChange } from './address-rows.ts';
import { clearRefusal, messageOf, showRefusal } from './show-refusal.ts';
import { text } from './texts.ts';

const halfNotification = 'fno-half-saved';

/**
 * Saves an account whose addresses travel through the address book: changed addresses go to their own rows in one change set,
 * then the rest of the account is saved without them. When the rows are refused, nothing has been saved and every value stays.
 *
 * Decided: whether writing the account's own columns brings them into the address book is not documented.
 */
export async function saveThroughAddressBook(form: Xrm.FormContext, continuation: Continuation): Promise<void> {
  form.ui.clearFormNotification(halfNotification);
  const isNew = form.data.entity.getId() === '';
  const isSaved = await (isNew ? saveNew(form, continuation) : saveExisting(form, continuation));
  if (!isSaved) return;
  await form.data.refresh(false);
  await leave(form, continuation);
}

async function saveExisting(form: Xrm.FormContext, { saveAccount }: Continuation): Promise<boolean> {
  const dirty = formAddresses(form).filter(({ isDirty }) => isDirty);
  if (!(await areWritten(form, dirty))) return false;
  clearRefusal(form);
  const hasOthers = form.data.entity.attributes
    .get()
    .some((attribute) => attribute.getIsDirty() && !addressColumns.includes(attribute.getName()));
  if (!hasOthers) return true;
  setSubmitMode(form, 'never');
  const isSaved = await succeeds(saveAccount);
  setSubmitMode(form, 'dirty');
  if (!isSaved) form.ui.setFormNotification(text('addressesSaved'), 'INFO', halfNotification);
  return isSaved;
}

/** The address rows come into being with the account: it is saved first, addresses included, then they are sent on their way. */
async function saveNew(form: Xrm.FormContext, { saveAccount }: Continuation): Promise<boolean> {
  const filled = formAddresses(form).filter(({ isEmpty }) => !isEmpty);
  if (!(await succeeds(saveAccount))) return false;
  if (await areWritten(form, filled)) return true;
  form.ui.setFormNotification(text('accountSaved'), 'WARNING', halfNotification);
  return false;
}

async function areWritten(form: Xrm.FormContext, changes: readonly AddressChange[]): Promise<boolean> {
  Xrm.Utility.showProgressIndicator(text('saving'));
  try {
    await writeAddressRows(form.data.entity.getId().replace(/[{}]/g, ''), changes);
    return true;
  } catch (error) {
    showRefusal(form, messageOf(error));
    return false;
  } finally {
    Xrm.Utility.closeProgressIndicator();
  }
}

function setSubmitMode(form: Xrm.FormContext, mode: Xrm.SubmitMode): void {
  for (const attribute of addressAttributes(form)) attribute.setSubmitMode(mode);
}
