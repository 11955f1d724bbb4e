import {
  attribute,
  child,
  childText,
  children,
  parseXml,
  writeXml,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { Row } from '../../query/index.ts';
import { setChild, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import { formTypes } from '../solution-import/forms.ts';
import type { PartKind } from './put-parts.ts';

/** Forms stand in a list for each kind: main, quick view, card … */
export const formParts: PartKind = {
  type: componentType.form,
  rows: 'systemform',
  id: 'formid',
  owner: 'objecttypecode',
  order: 'type, name',
  lists: (entity) => children(child(entity, 'FormXml'), 'forms'),
  listOf,
  made,
  update,
};

function listOf(entity: XmlElement, row: Row): XmlElement {
  const kind = Object.entries(formTypes).find(([, type]) => type === row['type'])?.[0] ?? 'main';
  const outer = child(entity, 'FormXml') ?? xmlElement('FormXml');
  setChild(entity, outer);
  const there = children(outer, 'forms').find((one) => attribute(one, 'type') === kind);
  if (there !== undefined) return there;
  const list = xmlElement('forms', { type: kind });
  outer.children.push(list);
  return list;
}

function made(row: Row): XmlElement {
  return xmlElement('systemform', {}, [
    textNode('formid', `{${String(row['formid'])}}`),
    textNode('IntroducedVersion', '1.0'),
    textNode('FormPresentation', Number(row['formpresentation'] ?? 1)),
    textNode('FormActivationState', Number(row['formactivationstate'] ?? 1)),
    parseXml(String(row['formxml']), 'form'),
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', '1'),
  ]);
}

function update(node: XmlElement, row: Row): void {
  const form = child(node, 'form');
  const text = form === undefined ? '' : writeXml(form);
  if (text !== row['formxml']) setChild(node, parseXml(String(row['formxml']), 'form'));
  const state = Number(row['formactivationstate'] ?? 1);
  if (Number(childText(node, 'FormActivationState') || 1) !== state)
    setChild(node, textNode('FormActivationState', state));
}
