import { textFor } from '../shared/texts';

const notification = 'fno-not-in-dual-write';
const customer = 3;

/** Says so when the account takes no part in dual-write: it has no company, or is no customer. */
export function noticeDualWrite(form: Xrm.FormContext): void {
  const company = form.getAttribute('msdyn_company')?.getValue() as unknown[] | null | undefined;
  const type = form.getAttribute('customertypecode')?.getValue();
  const takesPart = Array.isArray(company) && company.length > 0 && type === customer;
  if (takesPart) form.ui.clearFormNotification(notification);
  else form.ui.setFormNotification(textFor('notInDualWrite', Xrm.Utility.getGlobalContext().userSettings.languageId), 'INFO', notification);
}
