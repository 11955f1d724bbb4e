import { text } from './texts.ts';

const notification = 'fno-takes-part';

/** Relationship type *Customer*; dual-write's map of accounts takes no other. */
const customer = 3;

/** Columns that decide whether dual-write takes the account. */
export const decidingColumns = ['msdyn_company', 'customertypecode'];

/** Says so when the account takes no part in dual-write, and why; takes it back when it does. A column the form lacks is not judged. */
export function showTakesPart(form: Xrm.FormContext): void {
  const company = form.getAttribute<Xrm.Attributes.LookupAttribute>('msdyn_company');
  const type = form.getAttribute<Xrm.Attributes.OptionSetAttribute>('customertypecode');
  const companies = company?.getValue() ?? [];
  if (company && companies.length === 0) form.ui.setFormNotification(text('noCompany'), 'INFO', notification);
  else if (type && type.getValue() !== customer) form.ui.setFormNotification(text('notCustomer'), 'INFO', notification);
  else form.ui.clearFormNotification(notification);
}
