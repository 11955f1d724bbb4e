import { attribute, child, childText, parseXml, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { requirePrefix } from './names.ts';
import { findComponent, putComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

const kinds = {
  customapirequestparameter: 'customapirequestparameters',
  customapiresponseproperty: 'customapiresponseproperties',
} as const;

/** Custom APIs are files of their own; what they take and answer stands below them, or beside them and names them. */
export function importCustomApis(call: ImportCall): void {
  const files = [...call.pkg.files];
  for (const [path, content] of files)
    if (/^customapis\/[^/]+\/customapi\.xml$/.test(path)) importApi(call, path, parseXml(content, path));
  for (const [path, content] of files)
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[])
      if (path.endsWith(`/${kind}.xml`)) importPart(call, path, kind, parseXml(content, path));
}

function importApi(call: ImportCall, path: string, node: XmlElement): void {
  const name = attribute(node, 'uniquename') ?? '';
  if (path !== `customapis/${name}/customapi.xml`)
    throw refusal('badComponentFile', `'${path}' holds the custom API '${name}'.`);
  requirePrefix(name, `custom API '${name}'`, 'componentPrefix');
  const bound = childText(node, 'boundentitylogicalname').toLowerCase();
  const bindingtype = Number(childText(node, 'bindingtype') || 0);
  if (bindingtype !== 0 && call.catalogue.table(bound) === undefined)
    throw refusal('missingComponent', `The custom API '${name}' is bound to '${bound}', which is not there.`);
  putComponent(call, 'customapi', {
    customapiid: apiId(call, name),
    ...texts(node, name),
    bindingtype,
    boundentitylogicalname: bound || null,
    isfunction: flag(node, 'isfunction'),
    isprivate: flag(node, 'isprivate'),
    workflowsdkstepenabled: flag(node, 'workflowsdkstepenabled'),
    allowedcustomprocessingsteptype: Number(childText(node, 'allowedcustomprocessingsteptype') || 0),
    executeprivilegename: childText(node, 'executeprivilegename') || null,
    ismanaged: call.isManaged,
  });
}

function importPart(call: ImportCall, path: string, kind: keyof typeof kinds, node: XmlElement): void {
  const uniquename = attribute(node, 'uniquename') ?? '';
  const stated = childText(child(node, 'customapiid'), 'uniquename');
  const api = /^customapis\/([^/]+)\//.exec(path)?.[1] ?? stated;
  const apiid = findComponent(call, 'customapi', 'uniquename', api);
  if (uniquename === '' || apiid === undefined)
    throw refusal('missingComponent', `'${path}' belongs to the custom API '${api}', which is not there.`);
  const type = Number(childText(node, 'type'));
  if (childText(node, 'type') === '' || !(type >= 0 && type <= 12))
    throw refusal('badComponentFile', `'${uniquename}' of the custom API '${api}' is of an unknown type.`);
  const table = childText(node, 'logicalentityname').toLowerCase();
  putComponent(call, kind, {
    [`${kind}id`]: stableId(kind, api, uniquename),
    customapiid: { table: 'customapi', id: apiid },
    ...texts(node, uniquename),
    type,
    logicalentityname: table || null,
    isoptional: flag(node, 'isoptional'),
    ismanaged: call.isManaged,
  });
}

const apiId = (call: ImportCall, name: string) =>
  findComponent(call, 'customapi', 'uniquename', name) ?? stableId('customapi', name);

const flag = (node: XmlElement, name: string) => childText(node, name) === '1';

function texts(node: XmlElement, uniquename: string) {
  const name = childText(node, 'name') || uniquename;
  const text = (one: string) => attribute(child(node, one), 'default') || name;
  return { uniquename, name, displayname: text('displayname'), description: text('description') };
}
