import { attribute, child, children, descendants, elements, type XmlElement } from '../../../packaging/index.ts';
import { checkFormControls } from './check-form-controls.ts';
import { checkFormEvents } from './check-form-events.ts';
import { componentTypes } from './component-types.ts';
import type { FormOfTable } from './form-of-table.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { refusal } from './refusals.ts';

/** Refuses a form that repeats an id or refers to what is not there. */
export function checkForm(call: ImportCall, form: FormOfTable): void {
  requireUniqueIds(form);
  checkFormControls(call, form);
  checkFormEvents(call, form);
  requireRoles(call, form);
}

function requireUniqueIds({ form, what }: FormOfTable): void {
  const seen = new Set<string>();
  const visit = (element: XmlElement) => {
    const isPart = ['tab', 'section', 'cell'].includes(element.name);
    const id = isPart ? attribute(element, 'id')?.toLowerCase() : undefined;
    if (id !== undefined && seen.has(id)) throw refusal('badForm', `${what} has the id ${id} twice.`);
    if (id !== undefined) seen.add(id);
    elements(element).forEach(visit);
  };
  visit(form);
}

function requireRoles(call: ImportCall, { form, what }: FormOfTable): void {
  for (const role of descendants(form, 'Role')) {
    const id = plainId(attribute(role, 'Id') ?? '');
    if (!isRole(call, id))
      throw refusal('formRoleMissing', `${what} is limited to the role ${id}, which is not there.`);
  }
}

/** True for a role of the package or of this environment. */
export function isRole(call: ImportCall, id: string): boolean {
  const roles = componentTypes.find((one) => one.type === 20)!;
  const own = children(child(call.pkg.customizations, roles.list), roles.node);
  return own.some((node) => roles.key(node) === id) || roles.find(call, id) !== undefined;
}
