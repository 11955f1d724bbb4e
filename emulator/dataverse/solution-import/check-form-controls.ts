import { attribute, child, childText, children, descendants, type XmlElement } from '../../../packaging/index.ts';
import type { FormOfTable } from './form-of-table.ts';
import { findComponent } from './put-component.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { refusal } from './refusals.ts';

/** Controls of the platform itself; the page that shows the form knows which of them it has. */
const isPlatformControl = (name: string) => name.startsWith('MscrmControls.');

/** Refuses controls that show columns, tables, views or custom controls that are not there. */
export function checkFormControls(call: ImportCall, form: FormOfTable): void {
  const described = describedControls(call, form);
  for (const control of descendants(form.form, 'control')) {
    const column = attribute(control, 'datafieldname');
    if (column !== undefined && !form.table.columns.has(column.toLowerCase()))
      throw refusal('badForm', `${form.what} shows the column '${column}', which is not there.`);
    const id = attribute(control, 'uniqueid');
    if (id !== undefined) described.delete(plainId(id));
    if (attribute(control, 'indicationOfSubgrid') === 'true') checkSubgrid(call, form, control);
  }
  const [orphan] = described;
  if (orphan !== undefined)
    throw refusal('badForm', `${form.what} describes the control ${orphan}, which no control has as its uniqueid.`);
}

/** Ids of the controls that are drawn by custom ones. */
function describedControls(call: ImportCall, { form, what }: FormOfTable): Set<string> {
  const ids = new Set<string>();
  for (const description of children(child(form, 'controlDescriptions'), 'controlDescription')) {
    ids.add(plainId(attribute(description, 'forControl') ?? ''));
    for (const control of children(description, 'customControl')) {
      const name = attribute(control, 'name');
      if (name === undefined || isPlatformControl(name)) continue;
      if (findComponent(call, 'customcontrol', 'name', name) === undefined)
        throw refusal('badForm', `${what} uses the control '${name}', which is not there.`);
    }
  }
  return ids;
}

function checkSubgrid(call: ImportCall, { table, what }: FormOfTable, control: XmlElement): void {
  const parameters = child(control, 'parameters');
  const target = childText(parameters, 'TargetEntityType');
  const grid = `${what} has the subgrid '${attribute(control, 'id') ?? ''}'`;
  if (target !== '' && call.catalogue.table(target) === undefined)
    throw refusal('badForm', `${grid} of the table '${target}', which is not there.`);
  const relationship = childText(parameters, 'RelationshipName');
  const joins = [...table.oneToMany, ...table.manyToMany].some((one) => one.schemaName === relationship);
  if (relationship !== '' && !joins)
    throw refusal(
      'badForm',
      `${grid} over the relationship '${relationship}', which '${table.logicalName}' does not have.`,
    );
  const view = plainId(childText(parameters, 'ViewId'));
  if (view !== '' && findComponent(call, 'savedquery', 'savedqueryid', view) === undefined)
    throw refusal('badForm', `${grid} with the view ${view}, which is not there.`);
}
