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

/** Views of a table, as their rows are now. */
export function putViews(call: ExportCall, entity: XmlElement, table: TableMetadata): void {
  const { database, catalogue } = call;
  const shape = shapeOf(catalogue.table('savedquery')!);
  const rows = database
    .all('select savedqueryid as id from savedquery where returnedtypecode = ? order by querytype, name', [
      table.logicalName,
    ])
    .map(({ id }) => readRow(database, shape, { savedqueryid: String(id) })!);
  const present = new Map(rows.map((row) => [String(row['savedqueryid']), row]));
  const outer = child(entity, 'SavedQueries');
  const list = child(outer, 'savedqueries');
  dropNodes(list, (node) => !present.has(idOf(node)));
  const there = new Map(children(list, 'savedquery').map((node) => [idOf(node), node]));
  for (const [id, row] of present) {
    const node = there.get(id);
    const part = { type: componentType.view, id, isManaged: row['ismanaged'] === true };
    if (node !== undefined) update(node, row);
    else if (isInScope(call.scope, table, part)) listOf(entity).children.push(newView(row));
  }
}

const idOf = (node: XmlElement) => plainId(childText(node, 'savedqueryid'));

function listOf(entity: XmlElement): XmlElement {
  const outer = child(entity, 'SavedQueries') ?? xmlElement('SavedQueries');
  setChild(entity, outer);
  const list = child(outer, 'savedqueries') ?? xmlElement('savedqueries');
  setChild(outer, list);
  return list;
}

const parsed = (xml: unknown) =>
  xml === null || xml === undefined || xml === '' ? [] : [parseXml(String(xml), 'view')];

function newView(row: Row): XmlElement {
  const node = xmlElement('savedquery', {}, [
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', row['querytype'] === 0 && row['isdefault'] !== true ? '1' : '0'),
    textNode('isquickfindquery', row['isquickfindquery'] === true),
    textNode('isprivate', row['isprivate'] === true),
    textNode('isdefault', row['isdefault'] === true),
    textNode('savedqueryid', `{${String(row['savedqueryid'])}}`),
    ...parsed(row['layoutxml']).map((layout) => xmlElement('layoutxml', {}, [layout])),
    textNode('querytype', Number(row['querytype'] ?? 0)),
    xmlElement('fetchxml', {}, parsed(row['fetchxml'])),
    textNode('IntroducedVersion', '1.0'),
  ]);
  putName(node, row);
  return node;
}

function update(node: XmlElement, row: Row): void {
  for (const name of ['layoutxml', 'fetchxml']) {
    const inner = child(node, name);
    const [first] = inner === undefined ? [] : elements(inner);
    const text = first === undefined ? null : writeXml(first);
    if (text !== (row[name] ?? null)) setChild(node, xmlElement(name, {}, parsed(row[name])));
  }
  for (const name of ['isdefault', 'isquickfindquery'])
    if ((childText(node, name) === '1') !== (row[name] === true)) setText(node, name, row[name] === true);
  putName(node, row);
}
