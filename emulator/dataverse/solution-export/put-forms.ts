import {
  attribute,
  child,
  childText,
  children,
  elements,
  parseXml,
  writeXml,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { Row } from '../../query/index.ts';
import { readRow } from '../../storage/index.ts';
import { setChild, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { formTypes } from '../solution-import/forms.ts';
import { plainId } from '../solution-import/import-platform.ts';
import { dropNodes, type ExportCall } from './export-call.ts';
import { putName } from './put-name.ts';
import { isInScope } from './scope.ts';

/** Forms of a table, as their rows are now, by their kinds. */
export function putForms(call: ExportCall, entity: XmlElement, table: TableMetadata): void {
  const { database, catalogue } = call;
  const shape = shapeOf(catalogue.table('systemform')!);
  const rows = database
    .all('select formid as id from systemform where objecttypecode = ? order by type, name', [table.logicalName])
    .map(({ id }) => readRow(database, shape, { formid: String(id) })!);
  const present = new Map(rows.map((row) => [String(row['formid']), row]));
  const groups = children(child(entity, 'FormXml'), 'forms');
  for (const group of groups) dropNodes(group, (node) => !present.has(idOf(node)));
  const there = new Map(groups.flatMap(elements).map((node) => [idOf(node), node]));
  for (const [id, row] of present) {
    const node = there.get(id);
    const part = { type: componentType.form, id, isManaged: row['ismanaged'] === true };
    if (node !== undefined) update(node, row);
    else if (isInScope(call.scope, table, part)) groupOf(entity, row).children.push(newForm(row));
  }
}

const idOf = (node: XmlElement) => plainId(childText(node, 'formid'));

function groupOf(entity: XmlElement, row: Row): XmlElement {
  const kind = Object.entries(formTypes).find(([, type]) => type === row['type'])?.[0] ?? 'main';
  const outer = child(entity, 'FormXml') ?? xmlElement('FormXml');
  setChild(entity, outer);
  const there = children(outer, 'forms').find((one) => attribute(one, 'type') === kind);
  if (there !== undefined) return there;
  const made = xmlElement('forms', { type: kind });
  outer.children.push(made);
  return made;
}

function newForm(row: Row): XmlElement {
  const node = xmlElement('systemform', {}, [
    textNode('formid', `{${String(row['formid'])}}`),
    textNode('IntroducedVersion', '1.0'),
    textNode('FormPresentation', Number(row['formpresentation'] ?? 1)),
    textNode('FormActivationState', Number(row['formactivationstate'] ?? 1)),
    parseXml(String(row['formxml']), 'form'),
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', '1'),
  ]);
  putName(node, row);
  return node;
}

function update(node: XmlElement, row: Row): void {
  const form = child(node, 'form');
  const text = form === undefined ? '' : writeXml(form);
  if (text !== row['formxml']) setChild(node, parseXml(String(row['formxml']), 'form'));
  const state = Number(row['formactivationstate'] ?? 1);
  if (Number(childText(node, 'FormActivationState') || 1) !== state)
    setChild(node, textNode('FormActivationState', state));
  putName(node, row);
}
