import { child, childText, children, descend, elements, writeXml, type XmlElement } from '../../../packaging/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { checkFetch } from './check-fetch.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { putComponent, putLabels } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

export function importViews(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = call.catalogue.table(childText(node, 'Name'))!;
    for (const view of children(descend(node, 'SavedQueries', 'savedqueries'), 'savedquery'))
      importView(call, table, view);
  }
}

function importView(call: ImportCall, table: TableMetadata, view: XmlElement): void {
  const savedqueryid = plainId(childText(view, 'savedqueryid'));
  const name = labelIn(readChildLabels(view, 'LocalizedNames')) || savedqueryid;
  const what = `The view '${name}' of '${table.logicalName}'`;
  if (savedqueryid === '') throw refusal('badSchema', `${what} has no savedqueryid.`);
  const fetch = descend(view, 'fetchxml', 'fetch');
  if (fetch !== undefined) checkFetch(call, table, fetch, what);
  const inner = (parent: string) => {
    const element = child(view, parent);
    const [first] = element === undefined ? [] : elements(element);
    return first === undefined ? null : writeXml(first);
  };
  putComponent(call, 'savedquery', {
    savedqueryid,
    savedqueryidunique: savedqueryid,
    name,
    description: labelIn(readChildLabels(view, 'Descriptions')) || null,
    returnedtypecode: table.logicalName,
    querytype: Number(childText(view, 'querytype') || 0),
    fetchxml: inner('fetchxml'),
    layoutxml: inner('layoutxml'),
    isdefault: childText(view, 'isdefault') === '1',
    isquickfindquery: childText(view, 'isquickfindquery') === '1',
    isprivate: childText(view, 'isprivate') === '1',
    ismanaged: call.isManaged,
  });
  putLabels(call, 'savedquery', savedqueryid, {
    name: readChildLabels(view, 'LocalizedNames'),
    description: readChildLabels(view, 'Descriptions'),
  });
}
