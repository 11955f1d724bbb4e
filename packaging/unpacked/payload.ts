import { PackageError } from '../package-error.ts';
import { childText, children, descend, descendants, attribute, text, type XmlElement } from '../xml/index.ts';
import { addControls } from './controls.ts';
import type { SourceTree } from './source-tree.ts';

/** A component type whose nodes name files of the package. */
interface PayloadRule {
  readonly list: string;
  readonly node: string;
  readonly what: string;
  /** Child elements that hold a path in the zip. */
  readonly paths: readonly string[];
  /** Where the file is in the source tree; the same path when left out. */
  from?(zipPath: string, node: XmlElement): string;
}

const rules: readonly PayloadRule[] = [
  {
    list: 'WebResources',
    node: 'WebResource',
    what: 'web resource',
    paths: ['FileName'],
    from: (_, node) => `WebResources/${childText(node, 'Name')}`,
  },
  { list: 'Workflows', node: 'Workflow', what: 'process', paths: ['JsonFileName', 'XamlFileName'] },
  { list: 'CanvasApps', node: 'CanvasApp', what: 'canvas app', paths: ['DocumentUri', 'BackgroundImageUri'] },
  { list: 'SolutionPluginAssemblies', node: 'PluginAssembly', what: 'plug-in assembly', paths: ['FileName'] },
  {
    list: 'Connectors',
    node: 'Connector',
    what: 'connector',
    paths: [
      'openapidefinition',
      'connectionparameters',
      'policytemplateinstances',
      'customcodeblobcontent',
      'iconblob',
    ],
    from: (zipPath) => zipPath.replace(/^Connector\//, 'Connectors/'),
  },
];

/** Files that nodes of `customizations.xml` point at, by their path in the zip. */
export function addPayload(tree: SourceTree, customizations: XmlElement, files: Map<string, Buffer>): void {
  for (const rule of rules)
    for (const node of children(descend(customizations, rule.list), rule.node)) addFiles(tree, rule, node, files);
  addFormulas(tree, customizations, files);
  addControls(tree, customizations, files);
}

function addFiles(tree: SourceTree, rule: PayloadRule, node: XmlElement, files: Map<string, Buffer>): void {
  const name = childText(node, 'Name') || (attribute(node, 'Name') ?? childText(node, 'name'));
  const paths = [
    ...rule.paths.map((path) => childText(node, path)),
    ...[...descendants(node, 'AdditionalUri')].map(text),
  ];
  for (const path of paths.filter((one) => one !== '')) {
    const zipPath = path.replace(/^\//, '');
    const content = tree.read(rule.from?.(zipPath, node) ?? zipPath, `The ${rule.what} '${name}'`);
    if (files.has(zipPath)) throw new PackageError(`Two components point at the file ${zipPath}.`, zipPath);
    files.set(zipPath, zipPath.endsWith('.json') ? withoutMark(content) : content);
  }
}

/** Formula files stand with their table in the source and in one folder in the zip. */
function addFormulas(tree: SourceTree, customizations: XmlElement, files: Map<string, Buffer>): void {
  for (const table of children(descend(customizations, 'Entities'), 'Entity')) {
    for (const column of descendants(table, 'attribute')) {
      const zipPath = childText(column, 'FormulaDefinitionFileName').replace(/^\//, '');
      if (zipPath === '') continue;
      const source = `Entities/${childText(table, 'Name')}/${zipPath}`;
      files.set(zipPath, tree.read(source, `The column '${attribute(column, 'PhysicalName')}'`));
    }
  }
}

/** A byte-order mark makes the server refuse a flow (0x80060468). */
function withoutMark(content: Buffer): Buffer {
  return content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? content.subarray(3) : content;
}
