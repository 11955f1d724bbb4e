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

/** A component that one of the two lists lacks, or has twice. */
export interface RootProblem {
  readonly key: string;
  readonly message: string;
  readonly code: string;
}

/**
 * Where the list of root components and the content do not name the same components: `0x80071153` listed twice,
 * `0x8004801F` listed but not there, `0x8004803A` there but not listed.
 */
export function rootComponentProblems({ manifest, customizations }: Omit<SolutionPackage, 'files'>): RootProblem[] {
  const roots = children(descend(manifest, 'SolutionManifest', 'RootComponents'), 'RootComponent').map((node) => ({
    type: Number(attribute(node, 'type')),
    key: attribute(node, 'schemaName') ?? plainId(attribute(node, 'id')) ?? '',
  }));
  const seen = new Set<string>();
  const twice = roots
    .filter(({ type, key }) => seen.size === seen.add(`${type} ${key}`).size)
    .map(({ type, key }) => problem(key, `lists the component '${key}' of type ${type} twice.`, '0x80071153'));
  const parities = listedTypes.flatMap((listed) => parityProblems(listed, roots, customizations));
  return [...twice, ...parities];
}

function parityProblems(
  { type, list, node, key }: ListedType,
  roots: readonly { readonly type: number; readonly key: string }[],
  customizations: XmlElement,
): RootProblem[] {
  const listed = roots.filter((root) => root.type === type && root.key !== '').map((root) => root.key);
  const there = children(child(customizations, list), node).map((one) => key(one) ?? '');
  const [inList, inContent] = [new Set(listed), new Set(there)];
  const missing = listed.filter((name) => !inContent.has(name) && !isFormOfTable(type, name, customizations));
  const unlisted = there.filter((name) => !inList.has(name));
  return [
    ...missing.map((name) =>
      problem(name, `lists '${name}' of type ${type}, but there is no <${node}> of it.`, '0x8004801F'),
    ),
    ...unlisted.map((name) =>
      problem(name, `does not list '${name}' of type ${type}, of which there is a <${node}>.`, '0x8004803A'),
    ),
  ];
}

const problem = (key: string, message: string, code: string): RootProblem => ({ key, message, code });

/**
 * Requires the list of root components and the content to name the same components.
 *
 * @throws PackageError for the first that does not
 */
export function requireRootComponents(solution: Omit<SolutionPackage, 'files'>): void {
  const [first] = rootComponentProblems(solution);
  if (first === undefined) return;
  throw new PackageError(`Other/Solution.xml ${first.message}`, 'Other/Solution.xml', first.code);
}

/** Older exports list the forms of tables that are partly included as they list dashboards. */
function isFormOfTable(type: number, id: string, customizations: XmlElement): boolean {
  if (type !== 60) return false;
  return [...descendants(customizations, 'systemform')].some(
    (form) => plainId(text(childAnyCase(form, 'formid'))) === id,
  );
}
