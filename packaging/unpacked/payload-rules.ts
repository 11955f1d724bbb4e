import { attribute, child, children, childText, descend, elements, text, type XmlElement } from '../xml/index.ts';

/** A component type whose nodes name files of the package. */
interface PayloadRule {
  readonly list: string;
  readonly node: string;
  readonly what: string;
  /** Where the files are in the zip. */
  readonly zipFolder: string;
  /** Where a file is in the source tree; the same path when left out. */
  from?(zipPath: string, node: XmlElement): string;
}

const rules: readonly PayloadRule[] = [
  {
    list: 'WebResources',
    node: 'WebResource',
    what: 'web resource',
    zipFolder: 'WebResources',
    from: (_, node) => `WebResources/${childText(node, 'Name')}`,
  },
  { list: 'Workflows', node: 'Workflow', what: 'process', zipFolder: 'Workflows' },
  { list: 'CanvasApps', node: 'CanvasApp', what: 'canvas app', zipFolder: 'CanvasApps' },
  { list: 'SolutionPluginAssemblies', node: 'PluginAssembly', what: 'plug-in assembly', zipFolder: 'PluginAssemblies' },
  {
    list: 'Connectors',
    node: 'Connector',
    what: 'connector',
    zipFolder: 'Connector',
    from: (zipPath) => zipPath.replace(/^Connector\//, 'Connectors/'),
  },
];

/** Folders of the zip whose every file a node of `customizations.xml` names. */
export const claimedFolders: readonly string[] = [...rules.map(({ zipFolder }) => zipFolder), 'Controls'];

/** A file a component needs: where it is in the zip and where in the source tree. */
export interface PayloadFile {
  readonly zipPath: string;
  readonly source: string;
  /** E.g. `The web resource 'fno_/account.js'`. */
  readonly neededBy: string;
}

/** Files the nodes of `customizations.xml` point at; controls, which own whole folders, are not among them. */
export function payloadFiles(customizations: XmlElement): PayloadFile[] {
  const named = rules.flatMap((rule) =>
    children(child(customizations, rule.list), rule.node).flatMap((node) => filesOf(rule, node)),
  );
  return [...named, ...formulas(customizations)];
}

function filesOf(rule: PayloadRule, node: XmlElement): PayloadFile[] {
  const name = childText(node, 'Name') || (attribute(node, 'Name') ?? childText(node, 'name'));
  return pathsIn(node, rule.zipFolder).map((zipPath) => ({
    zipPath,
    source: rule.from?.(zipPath, node) ?? zipPath,
    neededBy: `The ${rule.what} '${name}'`,
  }));
}

/** Texts that are paths of the package below this folder. */
function pathsIn(node: XmlElement, folder: string): string[] {
  if (elements(node).length > 0) return elements(node).flatMap((inner) => pathsIn(inner, folder));
  const path = text(node).replace(/^\//, '');
  return path.startsWith(`${folder}/`) && !path.includes('\n') ? [path] : [];
}

/** Formula files stand with their table in the source and in one folder in the zip; columns may share one. */
function formulas(customizations: XmlElement): PayloadFile[] {
  return children(child(customizations, 'Entities'), 'Entity').flatMap((table) =>
    children(descend(table, 'EntityInfo', 'entity', 'attributes'), 'attribute').flatMap((column) => {
      const zipPath = childText(column, 'FormulaDefinitionFileName').replace(/^\//, '');
      const source = `Entities/${childText(table, 'Name')}/${zipPath}`;
      const neededBy = `The column '${attribute(column, 'PhysicalName')}'`;
      return zipPath === '' ? [] : [{ zipPath, source, neededBy }];
    }),
  );
}

/** Folders of the controls, e.g. `Controls/fno_FnO.AddressEditor/`. */
export function controlFolders(customizations: XmlElement): string[] {
  return children(child(customizations, 'CustomControls'), 'CustomControl').map((control) =>
    childText(control, 'FileName')
      .replace(/^\//, '')
      .replace(/[^/]*$/, ''),
  );
}
