interface FormContext {
  readonly data: object;
  readonly ui: object;
  getAttribute(name?: string): unknown;
  getControl(name?: string): unknown;
}

let inSight: FormContext | undefined;

/** The form in sight, for `Xrm.Page`. @throws Error outside of a form */
export function formInSight(): FormContext {
  if (inSight === undefined) throw new Error('Xrm.Page: there is no form on this page.');
  return inSight;
}

export function setFormInSight(form: object | undefined): void {
  inSight = form as FormContext | undefined;
}
