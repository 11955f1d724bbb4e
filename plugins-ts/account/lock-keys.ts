/** Columns by which finance and operations knows the customer. */
const keys = ['accountnumber', 'msdyn_company'];

/**
 * Locks company and account number once they are saved: together they are the key the account is matched by, and the other
 * side never renames a customer. One that is still empty stays open, or it could never be filled in.
 */
export function lockKeys(form: Xrm.FormContext): void {
  if (form.data.entity.getId() === '') return;
  for (const name of keys) {
    const attribute = form.getAttribute(name);
    if (!attribute || attribute.getIsDirty() || isEmpty(attribute.getValue())) continue;
    attribute.controls.forEach((control) => (control as Partial<Xrm.Controls.StandardControl>).setDisabled?.(true));
  }
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
