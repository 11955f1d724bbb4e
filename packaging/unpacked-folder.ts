import { basename, dirname } from 'node:path';
import { readMappingFile } from './mapping-file.ts';
import { PackageError } from './package-error.ts';
import type { SolutionPackage } from './solution-package.ts';
import { SourceTree } from './source-tree.ts';
import { attribute, child, childText, children, elements, text, xmlElement, type XmlElement } from './xml.ts';

export interface ReadFolderOptions {
  readonly type: 'managed' | 'unmanaged';
  /** Mapping file that brings in files from elsewhere. */
  readonly map?: string;
  /** Replaces `Version` of the manifest. */
  readonly version?: string;
}

/** Components whose fragments are one file each: placeholder, glob prefix and suffix of the files, wrapper inside a file. */
const fragments: readonly {
  readonly node: string;
  readonly prefix: string;
  readonly file: RegExp;
  readonly inside?: string;
}[] = [
  { node: 'optionsets', prefix: 'OptionSets/', file: /^OptionSets\/[^/]+\.xml$/ },
  { node: 'Roles', prefix: 'Roles/', file: /^Roles\/[^/]+\.xml$/ },
  { node: 'Workflows', prefix: 'Workflows/', file: /^Workflows\/[^/]+\.data\.xml$/ },
  { node: 'WebResources', prefix: 'WebResources/', file: /^WebResources\/.+\.data\.xml$/ },
  { node: 'CustomControls', prefix: 'Controls/', file: /^Controls\/[^/]+\/ControlManifest\.xml\.data\.xml$/ },
  {
    node: 'AppModuleSiteMaps',
    prefix: 'AppModuleSiteMaps/',
    file: /^AppModuleSiteMaps\/[^/]+\/AppModuleSiteMap(_managed)?\.xml$/,
  },
  { node: 'AppModules', prefix: 'AppModules/', file: /^AppModules\/[^/]+\/AppModule(_managed)?\.xml$/ },
  { node: 'Dashboards', prefix: 'Dashboards/', file: /^Dashboards\/[^/]+\.xml$/ },
];

/** Folders whose files go into the zip as they are. */
const verbatim =
  /^(environmentvariabledefinitions|appactions|customapis|customapirequestparameters|customapiresponseproperties|Assets)\//;

/**
 * Reads an unpacked solution in SolutionPackager's classic layout. Files on disk are the truth: what the official tool
 * drops in silence (a missing placeholder, an orphan file) is an error here.
 *
 * @throws PackageError naming the file
 */
export async function readFolder(folder: string, options: ReadFolderOptions): Promise<SolutionPackage> {
  const mapping = options.map === undefined ? undefined : readMappingFile(options.map, folder);
  const tree = new SourceTree(folder, mapping);
  const manifest = readManifest(tree, options);
  const customizations = tree.readXml('Other/Customizations.xml');
  const files = new Map<string, Buffer>();
  insertTables(tree, customizations, options.type);
  for (const part of fragments) insertFragments(tree, customizations, part, options.type);
  insertRelationships(tree, customizations);
  insertWhole(tree, customizations, 'EntityMaps', 'Other/EntityMaps.xml');
  insertWhole(tree, customizations, 'FieldSecurityProfiles', 'Other/FieldSecurityProfiles.xml');
  addPayload(tree, customizations, files);
  refuseOrphans(tree);
  return { manifest, customizations, files };
}

function readManifest(tree: SourceTree, { type, version }: ReadFolderOptions): XmlElement {
  const manifest = tree.readXml('Other/Solution.xml');
  const solution = child(manifest, 'SolutionManifest');
  const managed = child(solution, 'Managed');
  if (solution === undefined || managed === undefined)
    throw new PackageError('Other/Solution.xml has no SolutionManifest/Managed.', 'Other/Solution.xml', '0x80048013');
  const source = text(managed);
  const wanted = type === 'managed' ? '1' : '0';
  if (source !== '2' && source !== wanted) {
    throw new PackageError(
      `Other/Solution.xml says Managed ${source}; it cannot be packed as ${type}. Use 2 for both.`,
      'Other/Solution.xml',
    );
  }
  setText(managed, wanted);
  if (version !== undefined) setText(child(solution, 'Version')!, version);
  return manifest;
}

function setText(element: XmlElement, value: string): void {
  element.children = [{ kind: 'text', text: value }];
}

/** The placeholder of a component type. @throws PackageError when there are files but no placeholder, or it is filled */
function placeholder(frame: XmlElement, node: string, prefix: string, frameName: string): XmlElement {
  const found = child(frame, node);
  if (found === undefined)
    throw new PackageError(
      `${prefix} has files, but ${frameName} has no <${node} /> for them to go into.`,
      frameName,
      '0x8004801F',
    );
  if (elements(found).length > 0)
    throw new PackageError(`<${node}> in ${frameName} must be empty: its parts are in ${prefix}.`, frameName);
  return found;
}

/** A fragment as it stands in customizations.xml: the frame declares the namespace already. */
function asPart(root: XmlElement): XmlElement {
  root.attributes.delete('xmlns:xsi');
  return root;
}

/** A `_managed` twin is taken for a managed package; without one the plain file serves for both. */
function choose(tree: SourceTree, paths: readonly string[], type: ReadFolderOptions['type']): string[] {
  const twin = (path: string) => path.replace(/(?<!_managed)\.xml$/, '_managed.xml');
  for (const path of paths) tree.markUsed(path);
  const plain = paths.filter((path) => !path.endsWith('_managed.xml'));
  return plain.map((path) => (type === 'managed' && tree.has(twin(path)) ? twin(path) : path));
}

function insertFragments(
  tree: SourceTree,
  customizations: XmlElement,
  { node, prefix, file }: (typeof fragments)[number],
  type: ReadFolderOptions['type'],
): void {
  const paths = choose(
    tree,
    tree.below(prefix).filter((path) => file.test(path)),
    type,
  );
  if (paths.length === 0) return;
  const frame = placeholder(customizations, node, prefix, 'Other/Customizations.xml');
  frame.children.push(...paths.map((path) => asPart(tree.readXml(path))));
}

function insertWhole(tree: SourceTree, customizations: XmlElement, node: string, path: string): void {
  if (!tree.has(path)) return;
  placeholder(customizations, node, path, 'Other/Customizations.xml').children.push(...elements(tree.readXml(path)));
}

function insertTables(tree: SourceTree, customizations: XmlElement, type: ReadFolderOptions['type']): void {
  const folders = [...new Set(tree.below('Entities/').map((path) => path.split('/').slice(0, 2).join('/')))];
  if (folders.length === 0) return;
  const frame = placeholder(customizations, 'Entities', 'Entities/', 'Other/Customizations.xml');
  frame.children.push(...folders.map((folder) => readTable(tree, folder, type)));
}

function readTable(tree: SourceTree, folder: string, type: ReadFolderOptions['type']): XmlElement {
  const file = `${folder}/Entity.xml`;
  const table = asPart(tree.readXml(file, folder));
  const name = childText(table, 'Name');
  if (name !== basename(folder))
    throw new PackageError(`${file} is of the table '${name}', not '${basename(folder)}'.`, file);
  insertForms(tree, folder, table, type);
  insertViews(tree, folder, table);
  insertCharts(tree, folder, table);
  const ribbon = child(table, 'RibbonDiffXml');
  if (tree.has(`${folder}/RibbonDiff.xml`)) {
    if (ribbon === undefined)
      throw new PackageError(`${folder}/RibbonDiff.xml is there, but ${file} has no <RibbonDiffXml />.`, file);
    ribbon.children = tree.readXml(`${folder}/RibbonDiff.xml`).children;
  }
  return table;
}

function insertForms(tree: SourceTree, folder: string, table: XmlElement, type: ReadFolderOptions['type']): void {
  const paths = choose(tree, tree.below(`${folder}/FormXml/`), type);
  if (paths.length === 0) return;
  const frame = placeholder(table, 'FormXml', `${folder}/FormXml/`, `${folder}/Entity.xml`);
  const groups = new Map<string, XmlElement>();
  for (const path of paths) {
    const kind = basename(dirname(path));
    const group = groups.get(kind) ?? xmlElement('forms', { type: kind });
    groups.set(kind, group);
    const forms = children(tree.readXml(path), 'systemform');
    requireId(path, forms[0], 'formid');
    group.children.push(...forms);
  }
  frame.children.push(...groups.values());
}

function insertViews(tree: SourceTree, folder: string, table: XmlElement): void {
  const paths = tree.below(`${folder}/SavedQueries/`);
  if (paths.length === 0) return;
  const frame = placeholder(table, 'SavedQueries', `${folder}/SavedQueries/`, `${folder}/Entity.xml`);
  const views = paths.flatMap((path) => {
    const found = children(tree.readXml(path), 'savedquery');
    requireId(path, found[0], 'savedqueryid');
    return found;
  });
  frame.children.push(xmlElement('savedqueries', {}, views));
}

function insertCharts(tree: SourceTree, folder: string, table: XmlElement): void {
  const paths = tree.below(`${folder}/Visualizations/`);
  if (paths.length === 0) return;
  placeholder(table, 'Visualizations', `${folder}/Visualizations/`, `${folder}/Entity.xml`).children.push(
    ...paths.map((path) => asPart(tree.readXml(path))),
  );
}

function requireId(path: string, component: XmlElement | undefined, name: string): void {
  const plain = (id: string) => id.replace(/[{}]|_managed|\.xml$/g, '').toLowerCase();
  if (component !== undefined && plain(childText(component, name)) === plain(basename(path))) return;
  throw new PackageError(`${path} does not hold the component its name says (<${name}>).`, path);
}

function insertRelationships(tree: SourceTree, customizations: XmlElement): void {
  const paths = tree.below('Other/Relationships/');
  const index = tree.has('Other/Relationships.xml')
    ? elements(tree.readXml('Other/Relationships.xml')).map((entry) => attribute(entry, 'Name') ?? '')
    : [];
  const found = new Map<string, XmlElement>();
  for (const path of paths) {
    for (const relationship of children(tree.readXml(path), 'EntityRelationship')) {
      const name = attribute(relationship, 'Name') ?? '';
      if (!index.includes(name))
        throw new PackageError(
          `The relationship '${name}' of ${path} is not in Other/Relationships.xml.`,
          path,
          '0x80048548',
        );
      found.set(name, relationship);
    }
  }
  const missing = index.find((name) => !found.has(name));
  if (missing !== undefined)
    throw new PackageError(
      `Other/Relationships.xml names the relationship '${missing}', which no file holds.`,
      'Other/Relationships.xml',
      '0x80048548',
    );
  if (index.length === 0) return;
  placeholder(customizations, 'EntityRelationships', 'Other/Relationships/', 'Other/Customizations.xml').children.push(
    ...index.map((name) => found.get(name)!),
  );
}

/** Files the fragments point at, and those that travel as they are. */
function addPayload(tree: SourceTree, customizations: XmlElement, files: Map<string, Buffer>): void {
  for (const resource of children(child(customizations, 'WebResources'), 'WebResource')) {
    const name = childText(resource, 'Name');
    files.set(zipPath(resource, 'FileName'), tree.read(`WebResources/${name}`, `The web resource '${name}'`));
  }
  for (const workflow of children(child(customizations, 'Workflows'), 'Workflow')) {
    const path = zipPath(workflow, 'JsonFileName');
    files.set(path, withoutMark(tree.read(path, `The flow '${attribute(workflow, 'Name')}'`)));
  }
  for (const control of children(child(customizations, 'CustomControls'), 'CustomControl')) {
    const folder = dirname(zipPath(control, 'FileName'));
    const parts = tree.below(`${folder}/`).filter((path) => !path.endsWith('.data.xml'));
    if (!parts.includes(`${folder}/ControlManifest.xml`))
      throw new PackageError(
        `The control '${childText(control, 'Name')}' has no ${folder}/ControlManifest.xml. Build it first.`,
        folder,
        '0x80160000',
      );
    for (const path of parts) files.set(path, tree.read(path, folder));
  }
  for (const path of tree.below('').filter((one) => verbatim.test(one))) files.set(path, tree.read(path, path));
}

function zipPath(component: XmlElement, name: string): string {
  return childText(component, name).replace(/^\//, '');
}

/** A byte-order mark makes the server refuse a flow (0x80060468). */
function withoutMark(content: Buffer): Buffer {
  return content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? content.subarray(3) : content;
}

/** Files beside the layout that are nobody's part: project files of the packer itself. */
const allowed = /^(map\.xml|[^/]+\.cdsproj|README\.md|maps\/.+|LICENSE|\.gitignore)$/;

function refuseOrphans(tree: SourceTree): void {
  const orphan = tree.unused().find((path) => !allowed.test(path));
  if (orphan !== undefined)
    throw new PackageError(`${orphan} belongs to no component: nothing in the solution refers to it.`, orphan);
}
