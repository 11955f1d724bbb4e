import { child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { requirePrefix } from './names.ts';
import { findComponent, putComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

/** 1 HTML, 2 CSS, 3 script, 4 XML, 5 PNG, 6 JPG, 7 GIF, 8 XAP, 9 XSL, 10 ICO, 11 SVG, 12 RESX. */
const isType = (type: number) => Number.isInteger(type) && type >= 1 && type <= 12;

export function importWebResources(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'WebResources'), 'WebResource'))
    importWebResource(call, node);
}

function importWebResource(call: ImportCall, node: XmlElement): void {
  const name = childText(node, 'Name');
  const webresourceid = plainId(childText(node, 'WebResourceId'));
  const type = Number(childText(node, 'WebResourceType'));
  checkName(name);
  if (!isType(type)) throw refusal('webResourceType', `The web resource '${name}' is of the unknown type '${type}'.`);
  if (webresourceid === '') throw refusal('badSchema', `The web resource '${name}' has no WebResourceId.`);
  const there = findComponent(call, 'webresource', 'name', name);
  if (there !== undefined && there !== webresourceid)
    throw refusal(
      'webResourceDuplicate',
      `A web resource named '${name}' with another id (${there}) is there already.`,
    );
  const path = childText(node, 'FileName').replace(/^\//, '');
  const content = call.pkg.files.get(path);
  if (content === undefined)
    throw refusal('webResourceFile', `The file '${path}' of the web resource '${name}' is not in the package.`);
  putComponent(call, 'webresource', {
    webresourceid,
    webresourceidunique: webresourceid,
    name,
    displayname: childText(node, 'DisplayName') || null,
    description: childText(node, 'Description') || null,
    webresourcetype: type,
    content: content.toString('base64'),
    dependencyxml: childText(node, 'DependencyXml') || null,
    languagecode: Number(childText(node, 'LanguageCode')) || null,
    ismanaged: call.isManaged,
  });
}

function checkName(name: string): void {
  const what = `web resource '${name}'`;
  if (!/^[A-Za-z0-9_\-./]+$/.test(name) || name.includes('//'))
    throw refusal(
      'webResourceName',
      `The name of the ${what} may hold letters, digits, _ - . and single slashes only.`,
    );
  requirePrefix(name, what, 'webResourcePrefix');
  if (/\.(aspx|ascx|asmx|ashx)$/i.test(name))
    throw refusal('webResourceExtension', `The name of the ${what} has an extension that is not allowed.`);
}
