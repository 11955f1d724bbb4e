import type { XmlElement } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { activeComponent, findNode, type ActiveComponent } from './active-layer.ts';
import type { ComponentName } from './catalogue-components.ts';
import { readStoredPackages } from './stored-metadata.ts';

/** Finds the node that describes a component now; a copy, that can be changed. */
export type Nodes = (name: ComponentName) => ActiveComponent | undefined;

/** Nodes as they were changed here, else as the last package has them. */
export async function openNodes(database: Database): Promise<Nodes> {
  const packages = (await readStoredPackages(database)).reverse();
  return (name) => {
    const active = activeComponent(database, name);
    if (active?.node !== undefined) return { ...active, node: cloneNode(active.node) };
    for (const { pkg } of packages) {
      const node = findNode(pkg.customizations, name);
      if (node !== undefined) return { ...name, node: cloneNode(node), isOwn: false };
    }
    return undefined;
  };
}

export const cloneNode = (node: XmlElement): XmlElement => ({
  ...node,
  attributes: new Map(node.attributes),
  children: node.children.map((one) => (one.kind === 'element' ? cloneNode(one) : { ...one })),
});
