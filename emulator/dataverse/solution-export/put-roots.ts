import {
  attribute,
  child,
  childText,
  children,
  descend,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import { dropNodes, type ExportCall } from './export-call.ts';

/** Types whose list in the manifest follows what the package holds: by name, or by id in braces. */
const listed = [
  { type: 1, list: 'Entities', node: 'Entity', key: (node: XmlElement) => childText(node, 'Name').toLowerCase() },
  { type: 9, list: 'optionsets', node: 'optionset', key: (node: XmlElement) => attribute(node, 'Name') ?? '' },
  {
    type: 20,
    list: 'Roles',
    node: 'Role',
    by: 'id',
    key: (node: XmlElement) => (attribute(node, 'id') ?? '').toLowerCase(),
  },
  {
    type: 29,
    list: 'Workflows',
    node: 'Workflow',
    by: 'id',
    key: (node: XmlElement) => (attribute(node, 'WorkflowId') ?? '').toLowerCase(),
  },
  { type: 61, list: 'WebResources', node: 'WebResource', key: (node: XmlElement) => childText(node, 'Name') },
] as const;

/** Lists in the manifest what the package holds, in the order of the platform. */
export function putRoots({ pkg, scope }: ExportCall): void {
  const manifest = descend(pkg.manifest, 'SolutionManifest')!;
  const roots = child(manifest, 'RootComponents') ?? xmlElement('RootComponents');
  if (child(manifest, 'RootComponents') === undefined) manifest.children.push(roots);
  let isChanged = false;
  for (const { type, list, node, key, ...named } of listed) {
    const by = 'by' in named ? named.by : 'schemaName';
    const keys = new Set(children(child(pkg.customizations, list), node).map(key));
    const isOfType = (root: XmlElement) => Number(attribute(root, 'type')) === type;
    const keyOf = (root: XmlElement) =>
      by === 'id' ? (attribute(root, by) ?? '').toLowerCase() : (attribute(root, by) ?? '');
    const there = new Set(children(roots, 'RootComponent').filter(isOfType).map(keyOf));
    // A listed component without a node is one that the target has already.
    if (type !== 1 && [...there].some((one) => !keys.has(one)))
      dropNodes(roots, (root) => isOfType(root) && !keys.has(keyOf(root)));
    if (type === 1)
      dropNodes(
        roots,
        (root) => isOfType(root) && !scope.tables.some(({ table }) => table.logicalName === keyOf(root)),
      );
    for (const name of keys) {
      if (there.has(name)) continue;
      isChanged = true;
      const how = type === 1 ? (scope.tables.find(({ table }) => table.logicalName === name)?.behavior ?? 0) : 0;
      roots.children.push(xmlElement('RootComponent', { type: String(type), [by]: name, behavior: String(how) }));
    }
  }
  if (isChanged) roots.children = children(roots, 'RootComponent').sort(inOrder);
}

const inOrder = (one: XmlElement, other: XmlElement) =>
  Number(attribute(one, 'type')) - Number(attribute(other, 'type')) ||
  keyOfRoot(one).localeCompare(keyOfRoot(other), 'en');

const keyOfRoot = (root: XmlElement) => attribute(root, 'schemaName') ?? attribute(root, 'id') ?? '';
