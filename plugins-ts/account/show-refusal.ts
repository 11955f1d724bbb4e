import { textFor } from '../shared/texts';
import { readRefusal } from './refusal';

const formNotification = 'fno-refused';
const fieldNotification = 'fno-address-refused';
const addressField = 'address1_line1';

const language = () => Xrm.Utility.getGlobalContext().userSettings.languageId;

/** Shows why a save failed: in the form, and beside the address when it is about one. */
export function showRefusal(form: Xrm.FormContext, text: string): void {
  const { kind, message, isAboutAddress } = readRefusal(text);
  if (kind === 'other') return;
  const shown = textFor(kind, language(), message);
  form.ui.setFormNotification(shown, 'ERROR', formNotification);
  if (isAboutAddress) form.getControl<Xrm.Controls.StandardControl>(addressField)?.setNotification(shown, fieldNotification);
}

export function clearRefusal(form: Xrm.FormContext): void {
  form.ui.clearFormNotification(formNotification);
  form.getControl<Xrm.Controls.StandardControl>(addressField)?.clearNotification(fieldNotification);
}
