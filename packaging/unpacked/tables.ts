import { basename, dirname } from 'node:path';
import { PackageError } from '../package-error.ts';
import { childAnyCase, childText, children, text, xmlElement, type XmlElement } from '../xml/index.ts';
import { formTypes } from './layout.ts';
import { choose } from './managed-twins.ts';
import { asPart, placeholder } from './placeholder.ts';
import type { ReadFolderOptions } from './read-folder.ts';
import type { SourceTree } from './source-tree.ts';

/** Puts every folder below `Entities/` into the frame, with its forms, views, charts and ribbon. */
export function insertTables(tree: SourceTree, customizations: XmlElement, options: ReadFolderOptions): void {
  const folders = [...new Set(tree.below('Entities/').map((path) => path.split('/').slice(0, 2).join('/')))];
  if (folders.length === 0) return;
  const frame = placeholder(customizations, { node: 'Entities', files: 'Entities/' }, tree.report);
  frame.children.push(...folders.map((folder) => readTable(tree, folder, options)));
}

function readTable(tree: SourceTree, folder: string, options: ReadFolderOptions): XmlElement {
  const file = `${folder}/Entity.xml`;
  const table = asPart(tree.readXml(file, folder));
  const name = childText(table, 'Name');
  if (name.toLowerCase() !== basename(folder).toLowerCase())
    tree.report('file-name', new PackageError(`${file} is of the table '${name}', not '${basename(folder)}'.`, file));
  const part = (node: string, kind: string) =>
    placeholder(table, { node, files: `${folder}/${kind}`, frameFile: file }, tree.report);
  const forms = tree.below(`${folder}/FormXml/`);
  if (forms.length > 0) part('FormXml', 'FormXml/').children = readForms(tree, forms, options);
  const views = tree.below(`${folder}/SavedQueries/`);
  if (views.length > 0) part('SavedQueries', 'SavedQueries/').children = [readViews(tree, views)];
  const charts = tree.below(`${folder}/Visualizations/`);
  if (charts.length > 0) part('Visualizations', 'Visualizations/').children = readCharts(tree, charts);
  const ribbon = `${folder}/RibbonDiff.xml`;
  if (tree.has(ribbon)) {
    const { attributes, children: parts } = asPart(tree.readXml(ribbon));
    Object.assign(part('RibbonDiffXml', 'RibbonDiff.xml'), { attributes, children: parts });
  }
  return table;
}

/** A group for each type of form. */
function readForms(tree: SourceTree, paths: readonly string[], options: ReadFolderOptions): XmlElement[] {
  const groups = new Map<string, XmlElement>();
  for (const path of choose(tree, paths, options)) {
    const kind = basename(dirname(path));
    if (!formTypes.includes(kind))
      tree.report(
        'form-type',
        new PackageError(`${path}: '${kind}' is no type of form. There are ${formTypes.join(', ')}.`, path),
      );
    const group = groups.get(kind) ?? xmlElement('forms', { type: kind });
    groups.set(kind, group);
    group.children.push(readOnly(tree, path, 'systemform', 'formid'));
  }
  return [...groups.values()];
}

function readViews(tree: SourceTree, paths: readonly string[]): XmlElement {
  const views = paths.map((path) => readOnly(tree, path, 'savedquery', 'savedqueryid'));
  return xmlElement('savedqueries', {}, views);
}

function readCharts(tree: SourceTree, paths: readonly string[]): XmlElement[] {
  return paths.map((path) => {
    const chart = asPart(tree.readXml(path));
    requireId(tree, path, childText(chart, 'savedqueryvisualizationid'));
    return chart;
  });
}

/** The one component of a file, which is named after its id. */
function readOnly(tree: SourceTree, path: string, node: string, id: string): XmlElement {
  const [component, second] = children(tree.readXml(path), node);
  if (component === undefined || second !== undefined)
    throw new PackageError(`${path} must hold one <${node}>.`, path, '0x80048013');
  requireId(tree, path, text(childAnyCase(component, id)));
  return component;
}

function requireId(tree: SourceTree, path: string, id: string): void {
  const plain = (name: string) => name.replace(/[{}]|(_managed)?\.xml$/g, '').toLowerCase();
  if (plain(id) !== plain(basename(path)))
    tree.report('file-name', new PackageError(`${path} holds the component ${id}, not the one its name says.`, path));
}
