import { childText, children, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { SqlRow } from '../../storage/index.ts';
import { textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import { plainId } from '../solution-import/import-platform.ts';
import { dropNodes, listIn, type ExportCall } from './export-call.ts';

/** Web resources of the solution, with their content as it is now. */
export function putWebResources(call: ExportCall): void {
  const { database, scope, pkg } = call;
  const rows = database
    .all('select webresourceid, name, displayname, description, webresourcetype, content, ismanaged from webresource')
    .filter((row) => scope.has(componentType.webResource, String(row['webresourceid'])));
  if (rows.length === 0 && children(pkg.customizations, 'WebResources').length === 0) return;
  const list = listIn(pkg, 'WebResources');
  const present = new Set(rows.map((row) => String(row['webresourceid'])));
  const idOf = (node: XmlElement) => plainId(childText(node, 'WebResourceId'));
  for (const node of children(list, 'WebResource')) if (!present.has(idOf(node))) pkg.files.delete(pathOf(node));
  dropNodes(list, (node) => !present.has(idOf(node)));
  const there = new Map(children(list, 'WebResource').map((node) => [idOf(node), node]));
  for (const row of rows) {
    const id = String(row['webresourceid']);
    const node = there.get(id) ?? newNode(row);
    if (!there.has(id)) list.children.push(node);
    const content = Buffer.from(String(row['content'] ?? ''), 'base64');
    const path = pathOf(node);
    if (pkg.files.get(path)?.equals(content) !== true) pkg.files.set(path, content);
  }
}

const pathOf = (node: XmlElement) => childText(node, 'FileName').replace(/^\//, '');

function newNode(row: SqlRow): XmlElement {
  const [id, name] = [String(row['webresourceid']), String(row['name'])];
  const optional = (element: string, value: unknown) =>
    value === null || value === undefined ? [] : [textNode(element, String(value))];
  return xmlElement('WebResource', {}, [
    textNode('WebResourceId', `{${id}}`),
    textNode('Name', name),
    ...optional('DisplayName', row['displayname']),
    ...optional('Description', row['description']),
    textNode('WebResourceType', Number(row['webresourcetype'])),
    textNode('IntroducedVersion', '1.0'),
    ...['IsEnabledForMobileClient', 'IsAvailableForMobileOffline'].map((one) => textNode(one, '0')),
    textNode('IsCustomizable', '1'),
    textNode('CanBeDeleted', '1'),
    textNode('IsHidden', '0'),
    textNode('FileName', `/WebResources/${name.replaceAll('/', '')}${id.toUpperCase()}`),
  ]);
}
