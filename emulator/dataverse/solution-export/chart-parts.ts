import { child, childText, children, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { Row } from '../../query/index.ts';
import { setText, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import { holding, updateHeld, type PartKind } from './put-parts.ts';

export const chartParts: PartKind = {
  type: componentType.chart,
  rows: 'savedqueryvisualization',
  id: 'savedqueryvisualizationid',
  owner: 'primaryentitytypecode',
  order: 'name',
  lists: (entity) => children(entity, 'Visualizations'),
  listOf,
  made,
  update,
};

/** Charts stand between views and ribbons. */
function listOf(entity: XmlElement): XmlElement {
  const there = child(entity, 'Visualizations');
  if (there !== undefined) return there;
  const list = xmlElement('Visualizations');
  const ribbon = entity.children.findIndex((one) => one.kind === 'element' && one.name === 'RibbonDiffXml');
  entity.children.splice(ribbon < 0 ? entity.children.length : ribbon, 0, list);
  return list;
}

const descriptions = ['datadescription', 'presentationdescription'] as const;

const isDefault = (row: Row) => (row['isdefault'] === true ? 'true' : 'false');

function made(row: Row): XmlElement {
  return xmlElement('visualization', {}, [
    textNode('savedqueryvisualizationid', `{${String(row['savedqueryvisualizationid']).toUpperCase()}}`),
    ...descriptions.map((name) => holding(name, row[name])),
    textNode('isdefault', isDefault(row)),
    textNode('IntroducedVersion', '1.0'),
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', '1'),
  ]);
}

function update(node: XmlElement, row: Row): void {
  for (const name of descriptions) updateHeld(node, name, row[name]);
  const wasDefault = ['1', 'true'].includes(childText(node, 'isdefault').toLowerCase());
  if (wasDefault !== (row['isdefault'] === true)) setText(node, 'isdefault', isDefault(row));
}
