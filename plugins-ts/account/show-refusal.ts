import { readRefusal, speaksOfAddress } from '../shared/refusal.ts';
import { addressAttributes } from './address-columns.ts';
import { text } from './texts.ts';

export const formNotification = 'fno-refused';
export const addressNotification = 'fno-address-refused';

/** The address editor sits on this column. */
const addressControl = 'address1_line1';

/** Shows why a save failed: in the form always, beside the addresses when it is about them. */
export function showRefusal(form: Xrm.FormContext, message: string): void {
  clearAddressRefusal(form);
  const refusal = readRefusal(message);
  if (refusal.kind === 'unreachable') {
    form.ui.setFormNotification(text('unreachable'), 'ERROR', formNotification);
    if (addressAttributes(form).some((attribute) => attribute.getIsDirty())) recommend(form, text('unreachable'));
    return;
  }
  const words = refusal.words === '' ? text('noReason') : refusal.words;
  const shown = text(refusal.kind === 'refused' ? 'refused' : 'notSaved', words);
  form.ui.setFormNotification(shown, 'ERROR', formNotification);
  if (refusal.kind === 'refused' && speaksOfAddress(words)) control(form)?.setNotification(words, addressNotification);
}

/** A save that succeeded answers every refusal before it. */
export function clearRefusal(form: Xrm.FormContext): void {
  form.ui.clearFormNotification(formNotification);
  clearAddressRefusal(form);
}

/** Called when an address changes too: as long as a field has an error, the platform blocks the next save. */
export function clearAddressRefusal(form: Xrm.FormContext): void {
  control(form)?.clearNotification(addressNotification);
}

/** Not an error of the field: that would block the very save the user is asked to try again. */
function recommend(form: Xrm.FormContext, message: string): void {
  control(form)?.addNotification({
    messages: [message],
    notificationLevel: 'RECOMMENDATION',
    uniqueId: addressNotification,
  });
}

function control(form: Xrm.FormContext): Xrm.Controls.StandardControl | null {
  return form.getControl<Xrm.Controls.StandardControl>(addressControl);
}

/** The message of what a save or a request failed with; the platform gives an object, some hosts a text. */
export function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}
