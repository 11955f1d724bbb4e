import {
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
import { setChild, setText, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { plainId } from '../solution-import/import-platform.ts';
import { dropNodes, type ExportCall } from './export-call.ts';
import { putName } from './put-name.ts';
import { isInScope } from './scope.ts';

/** Charts of a table, as their rows are now. */
export function putCharts(call: ExportCall, entity: XmlElement, table: TableMetadata): void {
  const { database, catalogue } = call;
  const shape = shapeOf(catalogue.table('savedqueryvisualization')!);
  const rows = database
    .all(
      'select savedqueryvisualizationid as id from savedqueryvisualization where primaryentitytypecode = ? order by name',
      [table.logicalName],
    )
    .map(({ id }) => readRow(database, shape, { savedqueryvisualizationid: String(id) })!);
  const present = new Map(rows.map((row) => [String(row['savedqueryvisualizationid']), row]));
  const list = child(entity, 'Visualizations');
  dropNodes(list, (node) => !present.has(idOf(node)));
  const there = new Map(children(list, 'visualization').map((node) => [idOf(node), node]));
  for (const [id, row] of present) {
    const node = there.get(id);
    const part = { type: componentType.chart, id, isManaged: row['ismanaged'] === true };
    if (node !== undefined) update(node, row);
    else if (isInScope(call.scope, table, part)) listOf(entity).children.push(newChart(row));
  }
}

const idOf = (node: XmlElement) => plainId(childText(node, 'savedqueryvisualizationid'));

/** Charts stand between views and ribbons. */
function listOf(entity: XmlElement): XmlElement {
  const there = child(entity, 'Visualizations');
  if (there !== undefined) return there;
  const made = xmlElement('Visualizations');
  const ribbon = entity.children.findIndex((one) => one.kind === 'element' && one.name === 'RibbonDiffXml');
  entity.children.splice(ribbon < 0 ? entity.children.length : ribbon, 0, made);
  return made;
}

const descriptions = ['datadescription', 'presentationdescription'] as const;

const holding = (name: string, xml: unknown) =>
  xmlElement(name, {}, typeof xml === 'string' && xml !== '' ? [parseXml(xml, name)] : []);

function newChart(row: Row): XmlElement {
  const node = xmlElement('visualization', {}, [
    textNode('savedqueryvisualizationid', `{${String(row['savedqueryvisualizationid']).toUpperCase()}}`),
    ...descriptions.map((name) => holding(name, row[name])),
    textNode('isdefault', row['isdefault'] === true ? 'true' : 'false'),
    textNode('IntroducedVersion', '1.0'),
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', '1'),
  ]);
  putName(node, row);
  return node;
}

function update(node: XmlElement, row: Row): void {
  for (const name of descriptions) {
    const inner = child(node, name);
    const [first] = inner === undefined ? [] : elements(inner);
    if ((first === undefined ? null : writeXml(first)) !== (row[name] ?? null))
      setChild(node, holding(name, row[name]));
  }
  const isDefault = ['1', 'true'].includes(childText(node, 'isdefault').toLowerCase());
  if (isDefault !== (row['isdefault'] === true))
    setText(node, 'isdefault', row['isdefault'] === true ? 'true' : 'false');
  putName(node, row);
}
