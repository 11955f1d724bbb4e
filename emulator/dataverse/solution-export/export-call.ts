import { child, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { activeComponent } from '../solution-import/active-layer.ts';
import type { ComponentName } from '../solution-import/catalogue-components.ts';
import type { Nodes } from '../solution-import/present-nodes.ts';
import type { OpenPackage } from './export-solution.ts';
import type { Scope } from './scope.ts';

/** One export on its way. */
export interface ExportCall {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly pkg: OpenPackage;
  readonly scope: Scope;
  readonly nodes: Nodes;
}

/** The list of components in the package; made where there is none. */
export function listIn({ customizations }: OpenPackage, name: string): XmlElement {
  const there = child(customizations, name);
  if (there !== undefined) return there;
  const made = xmlElement(name);
  const languages = customizations.children.findIndex((one) => one.kind === 'element' && one.name === 'Languages');
  customizations.children.splice(languages < 0 ? customizations.children.length : languages, 0, made);
  return made;
}

/** Puts the present node of a component in the place of the package's; what is the same stays as it stands there. */
export function putNode(call: ExportCall, list: XmlElement, there: XmlElement | undefined, name: ComponentName): void {
  const changed = activeComponent(call.database, name)?.node !== undefined;
  if (there !== undefined && !changed) return;
  const node = call.nodes(name)?.node;
  if (node === undefined) return;
  if (there === undefined) list.children.push(node);
  else list.children[list.children.indexOf(there)] = node;
}

/** Takes nodes out of a list. */
export function dropNodes(list: XmlElement | undefined, isGone: (node: XmlElement) => boolean): void {
  if (list !== undefined) list.children = list.children.filter((one) => one.kind !== 'element' || !isGone(one));
}
