import { child, childText, children, descend, elements, writeXml, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { labelIn } from '../metadata/labels.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';
import { readChildLabels } from './read-labels.ts';

export function importViews(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = call.catalogue.table(childText(node, 'Name'));
    if (table === undefined) continue;
    for (const view of children(descend(node, 'SavedQueries', 'savedqueries'), 'savedquery'))
      importView(call, table.logicalName, view);
  }
}

function importView(call: ImportCall, table: string, view: XmlElement): void {
  const name = labelIn(readChildLabels(view, 'LocalizedNames'));
  const inner = (parent: string) => {
    const element = child(view, parent);
    const [first] = element === undefined ? [] : elements(element);
    return first === undefined ? null : writeXml(first);
  };
  const target = descend(view, 'fetchxml', 'fetch', 'entity')?.attributes.get('name');
  if (target !== undefined && target !== table)
    throw faults.import('0x80048004', `The view '${name}' of '${table}' reads the table '${target}'.`);
  putComponent(call, 'savedquery', {
    savedqueryid: plainId(childText(view, 'savedqueryid')),
    name,
    returnedtypecode: table,
    querytype: Number(childText(view, 'querytype')),
    fetchxml: inner('fetchxml'),
    layoutxml: inner('layoutxml'),
    isdefault: childText(view, 'isdefault') === '1',
    isquickfindquery: childText(view, 'isquickfindquery') === '1',
    isprivate: childText(view, 'isprivate') === '1',
    ismanaged: call.isManaged,
  });
}
