import { attribute, child, childText, children, writeXml, type XmlElement } from '../../../packaging/index.ts';
import { readRow } from '../../storage/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { checkForm } from './check-form.ts';
import { componentTypes } from './component-types.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { putComponent, putLabels } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

/** Form types by the names of the file. */
export const formTypes: Record<string, number> = {
  dashboard: 0,
  main: 2,
  mobile: 5,
  quick: 6,
  quickCreate: 7,
  dialog: 8,
  taskBasedForm: 9,
  card: 11,
  mainInteractionCentric: 12,
};

/** Imports forms and checks what they refer to: columns, libraries, controls, tables, views, roles. */
export function importForms(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = call.catalogue.table(childText(node, 'Name'))!;
    for (const group of children(child(node, 'FormXml'), 'forms')) {
      for (const systemform of children(group, 'systemform'))
        importForm(call, table, attribute(group, 'type') ?? 'main', systemform);
    }
  }
}

function importForm(call: ImportCall, table: TableMetadata, kind: string, systemform: XmlElement): void {
  const form = child(systemform, 'form');
  const formid = plainId(childText(systemform, 'formid'));
  const name = labelIn(readChildLabels(systemform, 'LocalizedNames')) || formid;
  const what = `The form '${name}' of '${table.logicalName}'`;
  const type = formTypes[kind];
  if (type === undefined) throw refusal('badFormType', `${what} is of the unknown type '${kind}'.`);
  if (formid === '') throw refusal('badForm', `${what} has no formid.`);
  if (form === undefined) throw refusal('badForm', `${what} has no form element.`);
  checkForm(call, { table, kind, form, what });
  requireSameKind(call, { formid, type, table: table.logicalName, what });
  putComponent(call, 'systemform', {
    formid,
    formidunique: formid,
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
  putLabels(call, 'systemform', formid, {
    name: readChildLabels(systemform, 'LocalizedNames'),
    description: readChildLabels(systemform, 'Descriptions'),
  });
}

/** A form stays what it is: of its table, of its type. */
function requireSameKind(
  call: ImportCall,
  { formid, type, table, what }: { formid: string; type: number; table: string; what: string },
): void {
  if (componentTypes.find((one) => one.type === 60)!.find(call, formid) === undefined) return;
  const shape = shapeOf(call.catalogue.table('systemform')!);
  const before = readRow(call.database, shape, { formid }, ['type', 'objecttypecode']);
  if (before === undefined || (before['type'] === type && before['objecttypecode'] === table)) return;
  throw refusal(
    'formTypeChanged',
    `${what} has the id of a form of '${String(before['objecttypecode'])}' of another type.`,
  );
}
