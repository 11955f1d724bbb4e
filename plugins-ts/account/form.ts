import { readAddressGeneration, type AddressGeneration } from '../shared/address-generation.ts';
import { addressAttributes, formAddresses } from './address-columns.ts';
import { leave, succeeds } from './continuation.ts';
import { lockKeys } from './lock-keys.ts';
import { saveThroughAddressBook } from './save-through-address-book.ts';
import { clearAddressRefusal, clearRefusal, messageOf, showRefusal } from './show-refusal.ts';
import { decidingColumns, showTakesPart } from './takes-part.ts';

/** Undefined until it has been found out. */
let generation: AddressGeneration | undefined;
let finding: Promise<AddressGeneration> | undefined;

/** A stopped save is being continued. */
let isUnderWay = false;
/** The save that comes is our own continuation, not to be stopped. */
let isOwnSave = false;

/** Form event OnLoad. Waits for nothing: the form must not stand still while the maps are read. */
export function onLoad(context: Xrm.Events.EventContext): void {
  const form = context.getFormContext();
  generation = undefined;
  finding = readAddressGeneration(Xrm.WebApi).then((found) => (generation = found));
  lockKeys(form);
  showTakesPart(form);
  for (const name of decidingColumns) listen(form.getAttribute(name), onDecidingChange);
  for (const attribute of addressAttributes(form)) listen(attribute, onAddressChange);
  form.data.entity.removeOnPostSave(onPostSave);
  form.data.entity.addOnPostSave(onPostSave);
}

/**
 * Form event OnSave. Stops a save whose addresses must go through the address book, or may have to, and continues it after
 * the event: a save from within the event would wait for itself.
 */
export function onSave(context: Xrm.Events.SaveEventContext): void {
  if (isOwnSave) {
    isOwnSave = false;
    return;
  }
  const form = context.getFormContext();
  const event = context.getEventArgs();
  if (isUnderWay) {
    // A second click while the first is under way.
    event.preventDefault();
    return;
  }
  const mayNeedAddressBook = generation === 'addressBook' || generation === undefined;
  if (!mayNeedAddressBook || !formAddresses(form).some(({ isDirty }) => isDirty)) return;
  event.preventDefault();
  void continueSave(form, event.getSaveMode());
}

async function continueSave(form: Xrm.FormContext, saveMode: number): Promise<void> {
  const continuation = { saveMode, saveAccount: () => saveUnstopped(form) };
  isUnderWay = true;
  try {
    // Also lets the save event end before anything is saved.
    const found = await (finding ?? readAddressGeneration(Xrm.WebApi));
    if (found === 'addressBook') await saveThroughAddressBook(form, continuation);
    else if (await succeeds(continuation.saveAccount)) await leave(form, continuation);
  } catch (error) {
    showRefusal(form, messageOf(error));
  } finally {
    isUnderWay = false;
  }
}

async function saveUnstopped(form: Xrm.FormContext): Promise<void> {
  isOwnSave = true;
  try {
    await form.data.save();
  } finally {
    isOwnSave = false;
  }
}

/** The save is over, well or badly. */
function onPostSave(context: Xrm.Events.PostSaveEventContext): void {
  const form = context.getFormContext();
  const event = context.getEventArgs();
  if (!event.getIsSaveSuccess()) {
    showRefusal(form, messageOf(event.getSaveErrorInfo()));
    return;
  }
  clearRefusal(form);
  lockKeys(form);
  showTakesPart(form);
}

function onDecidingChange(context: Xrm.Events.EventContext): void {
  showTakesPart(context.getFormContext());
}

function onAddressChange(context: Xrm.Events.EventContext): void {
  clearAddressRefusal(context.getFormContext());
}

/** The form loads again after its first save: a handler must not be there twice. */
function listen(attribute: Xrm.Attributes.Attribute | null, handler: Xrm.Events.ContextSensitiveHandler): void {
  attribute?.removeOnChange(handler);
  attribute?.addOnChange(handler);
}
