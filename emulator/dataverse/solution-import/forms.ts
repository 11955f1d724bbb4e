import {
  attribute,
  child,
  childText,
  children,
  descendants,
  elements,
  writeXml,
  type XmlElement,
} from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { labelIn } from '../metadata/labels.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';
import { readChildLabels } from './read-labels.ts';

/** Form types by the names of the file. */
const formTypes: Record<string, number> = {
  dashboard: 0,
  main: 2,
  quick: 6,
  quickCreate: 7,
  dialog: 8,
  taskBasedForm: 9,
  card: 11,
  mainInteractionCentric: 12,
  mobile: 5,
};

/** Imports forms and checks what they refer to: columns, libraries, controls. */
export function importForms(call: ImportCall): void {
  const libraries = namesOf(call, 'WebResources', 'WebResource');
  const controls = namesOf(call, 'CustomControls', 'CustomControl');
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = call.catalogue.table(childText(node, 'Name'));
    if (table === undefined) continue;
    for (const group of children(child(node, 'FormXml'), 'forms')) {
      for (const systemform of children(group, 'systemform'))
        importForm(call, table, attribute(group, 'type') ?? 'main', systemform, libraries, controls);
    }
  }
}

function namesOf(call: ImportCall, list: string, name: string): ReadonlySet<string> {
  return new Set(children(child(call.pkg.customizations, list), name).map((node) => childText(node, 'Name')));
}

function importForm(
  call: ImportCall,
  table: TableMetadata,
  kind: string,
  systemform: XmlElement,
  libraries: ReadonlySet<string>,
  controls: ReadonlySet<string>,
): void {
  const form = child(systemform, 'form');
  const name = labelIn(readChildLabels(systemform, 'LocalizedNames'));
  const refuse = (reason: string) =>
    faults.import('0x80048007', `The form '${name}' of '${table.logicalName}' cannot be imported: ${reason}`);
  const type = formTypes[kind];
  if (form === undefined) throw refuse('it has no form element.');
  if (type === undefined)
    throw faults.import('0x8004E306', `The form '${name}' of '${table.logicalName}' is of the unknown type '${kind}'.`);
  for (const control of descendants(form, 'control')) {
    const column = attribute(control, 'datafieldname');
    if (column !== undefined && !table.columns.has(column.toLowerCase()))
      throw refuse(`it shows the column '${column}', which is not there.`);
  }
  for (const library of children(child(form, 'formLibraries'), 'Library')) {
    const resource = attribute(library, 'name') ?? '';
    if (!libraries.has(resource) && !hasRow(call, 'webresource', resource))
      throw refuse(`it loads the web resource '${resource}', which is not there.`);
  }
  for (const control of descendants(form, 'customControl')) {
    const used = attribute(control, 'name');
    if (used === undefined || used.startsWith('MscrmControls.')) continue;
    if (!controls.has(used) && !hasRow(call, 'customcontrol', used))
      throw refuse(`it uses the control '${used}', which is not there.`);
  }
  requireUniqueIds(form, refuse);
  putComponent(call, 'systemform', {
    formid: plainId(childText(systemform, 'formid')),
    name,
    description: labelIn(readChildLabels(systemform, 'Descriptions')) || null,
    objecttypecode: table.logicalName,
    type,
    formxml: writeXml(form),
    formactivationstate: Number(childText(systemform, 'FormActivationState') || 1),
    formpresentation: Number(childText(systemform, 'FormPresentation') || 1),
    isdefault: false,
    ismanaged: call.isManaged,
  });
}

function requireUniqueIds(form: XmlElement, refuse: (reason: string) => Error): void {
  const seen = new Set<string>();
  const visit = (element: XmlElement) => {
    const id = ['tab', 'section', 'cell'].includes(element.name) ? attribute(element, 'id')?.toLowerCase() : undefined;
    if (id !== undefined && seen.has(id)) throw refuse(`the id ${id} occurs twice.`);
    if (id !== undefined) seen.add(id);
    elements(element).forEach(visit);
  };
  visit(form);
}

function hasRow(call: ImportCall, table: string, name: string): boolean {
  if (call.catalogue.table(table) === undefined) return false;
  return call.database.get(`select 1 from "${table}" where "name" = ?`, [name]) !== undefined;
}
