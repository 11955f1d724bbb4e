import { PackageError } from './package-error.ts';
import type { SolutionPackage } from './solution-package.ts';
import {
  attribute,
  child,
  childAnyCase,
  childText,
  children,
  descend,
  descendants,
  text,
  type XmlElement,
} from './xml/index.ts';

/** A component type whose nodes in `customizations.xml` and root components in `solution.xml` answer each other. */
interface ListedType {
  readonly type: number;
  readonly list: string;
  readonly node: string;
  key(node: XmlElement): string | undefined;
}

const plainId = (id: string | undefined) => id?.replace(/[{}]/g, '').toLowerCase();

const listedTypes: readonly ListedType[] = [
  { type: 1, list: 'Entities', node: 'Entity', key: (node) => childText(node, 'Name').toLowerCase() },
  { type: 9, list: 'optionsets', node: 'optionset', key: (node) => attribute(node, 'Name') },
  { type: 20, list: 'Roles', node: 'Role', key: (node) => plainId(attribute(node, 'id')) },
  { type: 29, list: 'Workflows', node: 'Workflow', key: (node) => plainId(attribute(node, 'WorkflowId')) },
  { type: 60, list: 'Dashboards', node: 'Dashboard', key: (node) => plainId(childText(node, 'FormId')) },
  { type: 61, list: 'WebResources', node: 'WebResource', key: (node) => childText(node, 'Name') },
  {
    type: 62,
    list: 'AppModuleSiteMaps',
    node: 'AppModuleSiteMap',
    key: (node) => childText(node, 'SiteMapUniqueName'),
  },
  { type: 66, list: 'CustomControls', node: 'CustomControl', key: (node) => childText(node, 'Name') },
  {
    type: 70,
    list: 'FieldSecurityProfiles',
    node: 'FieldSecurityProfile',
    key: (node) => plainId(attribute(node, 'fieldsecurityprofileid')),
  },
  { type: 80, list: 'AppModules', node: 'AppModule', key: (node) => childText(node, 'UniqueName') },
  {
    type: 92,
    list: 'SdkMessageProcessingSteps',
    node: 'SdkMessageProcessingStep',
    key: (node) => plainId(attribute(node, 'SdkMessageProcessingStepId')),
  },
  { type: 300, list: 'CanvasApps', node: 'CanvasApp', key: (node) => childText(node, 'Name') },
];

/**
 * Requires the list of root components and the content to name the same components.
 *
 * @throws PackageError `0x80071153` listed twice, `0x8004801F` listed but not there, `0x8004803A` there but not listed
 */
export function requireRootComponents({ manifest, customizations }: Omit<SolutionPackage, 'files'>): void {
  const roots = children(descend(manifest, 'SolutionManifest', 'RootComponents'), 'RootComponent').map((node) => ({
    type: Number(attribute(node, 'type')),
    key: attribute(node, 'schemaName') ?? plainId(attribute(node, 'id')) ?? '',
  }));
  const names = roots.map(({ type, key }) => `${type} ${key}`);
  const twice = roots.find((_, place) => names.indexOf(names[place]!) !== place);
  if (twice !== undefined)
    throw refusal(`lists the component '${twice.key}' of type ${twice.type} twice.`, '0x80071153');
  for (const { type, list, node, key } of listedTypes) {
    const listed = roots.filter((root) => root.type === type && root.key !== '').map((root) => root.key);
    const there = children(child(customizations, list), node).map((one) => key(one) ?? '');
    const missing = listed.find((name) => !there.includes(name) && !isFormOfTable(type, name, customizations));
    if (missing !== undefined)
      throw refusal(`lists '${missing}' of type ${type}, but there is no <${node}> of it.`, '0x8004801F');
    const unlisted = there.find((name) => !listed.includes(name));
    if (unlisted !== undefined)
      throw refusal(`does not list '${unlisted}' of type ${type}, of which there is a <${node}>.`, '0x8004803A');
  }
}

/** Older exports list the forms of tables that are partly included as they list dashboards. */
function isFormOfTable(type: number, id: string, customizations: XmlElement): boolean {
  if (type !== 60) return false;
  return [...descendants(customizations, 'systemform')].some(
    (form) => plainId(text(childAnyCase(form, 'formid'))) === id,
  );
}

const refusal = (what: string, code: string) =>
  new PackageError(`Other/Solution.xml ${what}`, 'Other/Solution.xml', code);
