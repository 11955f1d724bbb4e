const updateForm = 2;

/** Company and account number are the integration key: they cannot be changed once the account is saved. */
export function lockKeys(form: Xrm.FormContext): void {
  if (form.ui.getFormType() !== updateForm) return;
  for (const name of ['accountnumber', 'msdyn_company']) {
    const attribute = form.getAttribute(name);
    if (attribute?.getValue() === null || attribute === null) continue;
    attribute.controls.forEach((control) => (control as Xrm.Controls.StandardControl).setDisabled(true));
  }
}
