import {
  attribute,
  child,
  childText,
  children,
  descend,
  type SolutionPackage,
  type XmlElement,
} from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { plainId } from './import-platform.ts';

/** Component types whose nodes and root components answer each other: where the nodes are, and what names one. */
const types: readonly {
  readonly type: number;
  readonly what: string;
  readonly list: string;
  readonly node: string;
  key(node: XmlElement): string;
}[] = [
  { type: 1, what: 'table', list: 'Entities', node: 'Entity', key: (node) => childText(node, 'Name').toLowerCase() },
  { type: 9, what: 'choice', list: 'optionsets', node: 'optionset', key: (node) => attribute(node, 'Name') ?? '' },
  { type: 20, what: 'role', list: 'Roles', node: 'Role', key: (node) => plainId(attribute(node, 'id') ?? '') },
  {
    type: 29,
    what: 'process',
    list: 'Workflows',
    node: 'Workflow',
    key: (node) => plainId(attribute(node, 'WorkflowId') ?? ''),
  },
  { type: 61, what: 'web resource', list: 'WebResources', node: 'WebResource', key: (node) => childText(node, 'Name') },
  {
    type: 62,
    what: 'site map',
    list: 'AppModuleSiteMaps',
    node: 'AppModuleSiteMap',
    key: (node) => childText(node, 'SiteMapUniqueName'),
  },
  { type: 66, what: 'control', list: 'CustomControls', node: 'CustomControl', key: (node) => childText(node, 'Name') },
  { type: 80, what: 'app', list: 'AppModules', node: 'AppModule', key: (node) => childText(node, 'UniqueName') },
];

/** Refuses a package whose list of root components and content do not answer each other. */
export function requireParity(pkg: SolutionPackage, catalogue: Catalogue): void {
  const roots = children(descend(pkg.manifest, 'SolutionManifest', 'RootComponents'), 'RootComponent').map((node) => ({
    type: Number(attribute(node, 'type')),
    key: attribute(node, 'schemaName') ?? plainId(attribute(node, 'id') ?? ''),
  }));
  const seen = new Set<string>();
  for (const { type, key } of roots) {
    const name = `${type}:${key.toLowerCase()}`;
    if (seen.has(name)) throw faults.import('0x80071153', `The component '${key}' of type ${type} is listed twice.`);
    seen.add(name);
  }
  for (const { type, what, list, node, key } of types) {
    const listed = new Set(roots.filter((root) => root.type === type).map((root) => root.key));
    const there = new Set(children(child(pkg.customizations, list), node).map(key));
    for (const name of there) {
      if (!listed.has(name))
        throw faults.import(
          '0x8004803A',
          `The ${what} '${name}' of type ${type} is not declared in the solution file as a root component.`,
        );
    }
    for (const name of listed) {
      if (there.has(name) || (type === 1 && catalogue.table(name) !== undefined)) continue;
      throw faults.import(
        '0x8004801F',
        `Cannot add a Root Component ${name} of type ${type} because it is not in the target system.`,
      );
    }
  }
}
