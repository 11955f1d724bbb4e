import { attribute, child, childText, children } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { requirePrefix, requireUnique } from './names.ts';
import { findComponent, putComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

const nameColumn = 'connectionreferencelogicalname';

/** Imports connection references; the connection that was chosen for one here stays. */
export function importConnectionReferences(call: ImportCall): void {
  const nodes = children(child(call.pkg.customizations, 'connectionreferences'), 'connectionreference');
  requireUnique(
    nodes.map((node) => attribute(node, nameColumn) ?? ''),
    'connection reference',
  );
  for (const node of nodes) {
    const name = attribute(node, nameColumn) ?? '';
    requirePrefix(name, `connection reference '${name}'`, 'componentPrefix');
    const connectorid = childText(node, 'connectorid');
    if (connectorid === '') throw refusal('requiredField', `The connection reference '${name}' has no connectorid.`);
    putComponent(call, 'connectionreference', {
      connectionreferenceid:
        findComponent(call, 'connectionreference', nameColumn, name) ?? stableId('connectionreference', name),
      connectionreferencelogicalname: name,
      connectionreferencedisplayname: childText(node, 'connectionreferencedisplayname') || null,
      description: childText(node, 'description') || null,
      connectorid,
      promptingbehavior: Number(childText(node, 'promptingbehavior') || 0),
      ismanaged: call.isManaged,
    });
  }
}
