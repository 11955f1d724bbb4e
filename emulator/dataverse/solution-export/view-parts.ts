import { child, childText, children, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { Row } from '../../query/index.ts';
import { setChild, setText, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import { holding, updateHeld, type PartKind } from './put-parts.ts';

export const viewParts: PartKind = {
  type: componentType.view,
  rows: 'savedquery',
  id: 'savedqueryid',
  owner: 'returnedtypecode',
  order: 'querytype, name',
  lists: (entity) => children(child(entity, 'SavedQueries'), 'savedqueries'),
  listOf,
  made,
  update,
};

function listOf(entity: XmlElement): XmlElement {
  const outer = child(entity, 'SavedQueries') ?? xmlElement('SavedQueries');
  setChild(entity, outer);
  const list = child(outer, 'savedqueries') ?? xmlElement('savedqueries');
  setChild(outer, list);
  return list;
}

function made(row: Row): XmlElement {
  return xmlElement('savedquery', {}, [
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', row['querytype'] === 0 && row['isdefault'] !== true ? '1' : '0'),
    textNode('isquickfindquery', row['isquickfindquery'] === true),
    textNode('isprivate', row['isprivate'] === true),
    textNode('isdefault', row['isdefault'] === true),
    textNode('savedqueryid', `{${String(row['savedqueryid'])}}`),
    ...(row['layoutxml'] ? [holding('layoutxml', row['layoutxml'])] : []),
    textNode('querytype', Number(row['querytype'] ?? 0)),
    holding('fetchxml', row['fetchxml']),
    textNode('IntroducedVersion', '1.0'),
  ]);
}

function update(node: XmlElement, row: Row): void {
  for (const name of ['layoutxml', 'fetchxml']) updateHeld(node, name, row[name]);
  for (const name of ['isdefault', 'isquickfindquery'])
    if ((childText(node, name) === '1') !== (row[name] === true)) setText(node, name, row[name] === true);
}
