import { child, childText, children } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';

export function importWebResources(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'WebResources'), 'WebResource')) {
    const name = childText(node, 'Name');
    const path = childText(node, 'FileName').replace(/^\//, '');
    const content = call.pkg.files.get(path);
    if (content === undefined)
      throw faults.import('0x8004F11A', `The file '${path}' of the web resource '${name}' is not in the package.`);
    putComponent(call, 'webresource', {
      webresourceid: plainId(childText(node, 'WebResourceId')),
      name,
      displayname: childText(node, 'DisplayName') || null,
      webresourcetype: Number(childText(node, 'WebResourceType')),
      content: content.toString('base64'),
      ismanaged: call.isManaged,
    });
  }
}
