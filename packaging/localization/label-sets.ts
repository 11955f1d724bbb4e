import { identityOf, type SolutionPackage } from '../solution-package.ts';
import {
  attribute,
  child,
  childAnyCase,
  children,
  childText,
  descend,
  elements,
  text,
  type XmlElement,
} from '../xml/index.ts';
import { textsOf, type LabelSet } from './label-set.ts';

/** Where a component keeps texts, and what they are called: `<component type>:<label>,<key>`. */
interface Owner {
  readonly type: number;
  readonly key: string;
  readonly what: string;
}

/**
 * All texts of a solution that resource files hold, with their keys.
 *
 * Observed in resource files of the official tool (trees of Darleev/gh_build_test, Vinayprabhu19/LocationPicker and
 * microsoft/scmsamples-EnterpriseAssetManagement): solution and publisher, tables, columns, their choices with options,
 * forms with tabs, sections and cells, views, relationships, processes with steps; global choices by the reference tree
 * of a media solution.
 *
 * Decided: keys of what no such file shows follow the same pattern: charts, alternate keys, descriptions of options,
 * dashboards, apps, site maps, ribbons. Texts elsewhere (environment variables, custom APIs, commands, connection
 * roles, navigation of forms) stay in the XML alone, as every text does as well.
 */
export function* labelSets(solution: Pick<SolutionPackage, 'manifest' | 'customizations'>): Generator<LabelSet> {
  const { manifest, customizations } = solution;
  yield* ofManifest(descend(manifest, 'SolutionManifest'));
  for (const table of listed(customizations, 'Entities', 'Entity')) yield* ofTable(table);
  for (const one of listed(customizations, 'EntityRelationships', 'EntityRelationship')) yield* ofRelationship(one);
  for (const one of listed(customizations, 'optionsets', 'optionset')) yield* ofGlobalChoice(one);
  for (const one of listed(customizations, 'Workflows', 'Workflow')) yield* ofProcess(one);
  for (const one of listed(customizations, 'Dashboards', 'Dashboard')) yield* ofDashboard(one);
  for (const one of listed(customizations, 'AppModules', 'AppModule')) yield* ofApp(one);
  for (const one of listed(customizations, 'AppModuleSiteMaps', 'AppModuleSiteMap'))
    yield* ofSiteMap(one, childText(one, 'SiteMapUniqueName'));
  yield* ofSiteMap(child(customizations, 'SiteMap'), '');
  yield* ofRibbon(child(customizations, 'RibbonDiffXml'), { type: 50, key: '', what: 'the application ribbon' });
}

/**
 * A cell without any text of its own in a managed package has the label of its column: an export blanks it. Translations
 * of the column are what it shows, so nothing is written into it.
 */
export const isDefaultCell = (set: LabelSet, solution: Pick<SolutionPackage, 'manifest'>): boolean =>
  set.isOfCell === true && identityOf(solution).isManaged && [...textsOf(set).values()].every((text) => text === '');

const listed = (customizations: XmlElement, list: string, name: string) => children(child(customizations, list), name);

/** The texts a component keeps right below it, in elements that are called after their labels. */
const holders: Readonly<Record<string, string>> = {
  LocalizedNames: 'LocalizedName',
  LocalizedCollectionNames: 'LocalizedCollectionName',
  Descriptions: 'Description',
  displaynames: 'displayname',
  labels: 'label',
  Titles: 'Title',
  CustomLabels: 'CustomLabel',
};

function* textsBelow(parent: XmlElement | undefined, { type, key, what }: Owner): Generator<LabelSet> {
  for (const holder of parent === undefined ? [] : elements(parent)) {
    const label = holders[holder.name];
    if (label === undefined) continue;
    const set = { key: `${type}:${label},${key}`, comment: `${label} of ${what}`, holder, label };
    if (textsOf(set).size > 0) yield set;
  }
}

function* ofManifest(solution: XmlElement | undefined): Generator<LabelSet> {
  const name = childText(solution, 'UniqueName');
  yield* textsBelow(solution, { type: 15062, key: name, what: `the solution '${name}'` });
  const publisher = child(solution, 'Publisher');
  const [unique, prefix, values] = ['UniqueName', 'CustomizationPrefix', 'CustomizationOptionValuePrefix'].map((part) =>
    childText(publisher, part),
  );
  yield* textsBelow(publisher, { type: 15062, key: `${unique}${prefix}${values}`, what: `the publisher '${unique}'` });
}

function* ofTable(table: XmlElement): Generator<LabelSet> {
  const entity = descend(table, 'EntityInfo', 'entity');
  const schema = attribute(entity, 'Name') ?? childText(table, 'Name');
  const what = `the table '${schema}'`;
  yield* textsBelow(entity, { type: 1, key: `${schema}entity${schema}`, what });
  for (const column of children(child(entity, 'attributes'), 'attribute')) yield* ofColumn(column, schema);
  for (const key of children(child(entity, 'EntityKeys'), 'EntityKey')) {
    const name = attribute(key, 'Name') ?? childText(key, 'LogicalName');
    yield* textsBelow(key, { type: 1, key: `${schema}${name}`, what: `the key '${name}' of ${what}` });
  }
  const title = attribute(child(table, 'Name'), 'LocalizedName') ?? '';
  const part = (node: XmlElement, id: string, kind: string): Owner => {
    const own = text(childAnyCase(node, id));
    return { type: 1, key: `${title}${own}`, what: `the ${kind} ${own} of ${what}` };
  };
  for (const group of children(child(table, 'FormXml'), 'forms'))
    for (const form of children(group, 'systemform')) {
      yield* textsBelow(form, part(form, 'formid', 'form'));
      yield* ofFormParts(child(form, 'form'), { type: 1, key: title, what });
    }
  for (const view of children(descend(table, 'SavedQueries', 'savedqueries'), 'savedquery'))
    yield* textsBelow(view, part(view, 'savedqueryid', 'view'));
  for (const chart of children(child(table, 'Visualizations'), 'visualization'))
    yield* textsBelow(chart, part(chart, 'savedqueryvisualizationid', 'chart'));
  yield* ofRibbon(child(table, 'RibbonDiffXml'), { type: 1, key: title, what: `the commands of ${what}` });
}

function* ofColumn(column: XmlElement, table: string): Generator<LabelSet> {
  const name = attribute(column, 'PhysicalName') ?? childText(column, 'LogicalName');
  yield* textsBelow(column, { type: 1, key: `${table}${name}`, what: `the column '${name}' of the table '${table}'` });
  const choice = child(column, 'optionset');
  if (choice !== undefined) yield* ofChoice(choice, { type: 1, key: table, what: `the table '${table}'` });
}

const ofGlobalChoice = (choice: XmlElement) => ofChoice(choice, { type: 9, key: '', what: 'the solution' });

const optionLists = { options: 'option', states: 'state', statuses: 'status' } as const;

function* ofChoice(choice: XmlElement, within: Owner): Generator<LabelSet> {
  const name = attribute(choice, 'Name') ?? '';
  const key = `${within.key}${name}`;
  yield* textsBelow(choice, { ...within, key, what: `the choice '${name}' of ${within.what}` });
  for (const [list, option] of Object.entries(optionLists))
    for (const one of children(child(choice, list), option)) {
      const value = attribute(one, 'value') ?? '';
      yield* textsBelow(one, { ...within, key: `${key}${value}`, what: `${option} ${value} of the choice '${name}'` });
    }
}

/** Tabs, sections, cells: what has an id and labels. */
function* ofFormParts(parent: XmlElement | undefined, within: Owner): Generator<LabelSet> {
  for (const node of parent === undefined ? [] : elements(parent)) {
    const id = attribute(node, 'id');
    const owner = { ...within, key: `${within.key}${id}`, what: `a ${node.name} in forms of ${within.what}` };
    if (id !== undefined && child(node, 'labels') !== undefined)
      for (const set of textsBelow(node, owner)) yield node.name === 'cell' ? { ...set, isOfCell: true } : set;
    yield* ofFormParts(node, within);
  }
}

function* ofRelationship(relationship: XmlElement): Generator<LabelSet> {
  const name = attribute(relationship, 'Name') ?? '';
  const owner = { type: 10, key: name, what: `the relationship '${name}'` };
  yield* textsBelow(child(relationship, 'RelationshipDescription'), owner);
  for (const role of children(child(relationship, 'EntityRelationshipRoles'), 'EntityRelationshipRole'))
    yield* textsBelow(role, owner);
}

function* ofProcess(process: XmlElement): Generator<LabelSet> {
  const what = `the process '${attribute(process, 'Name') ?? ''}'`;
  yield* textsBelow(process, { type: 29, key: attribute(process, 'WorkflowId') ?? '', what });
  for (const step of children(child(process, 'labels'), 'steplabels')) {
    const set = { holder: step, label: 'label', comment: `label of a step of ${what}` };
    const named = { ...set, key: `29:label,${attribute(step, 'id') ?? ''}` };
    if (textsOf(named).size > 0) yield named;
  }
}

function* ofDashboard(dashboard: XmlElement): Generator<LabelSet> {
  const id = text(childAnyCase(dashboard, 'FormId'));
  const what = `the dashboard ${id}`;
  yield* textsBelow(dashboard, { type: 60, key: id, what });
  yield* ofFormParts(descend(dashboard, 'FormXml', 'forms') ?? child(dashboard, 'FormXml'), {
    type: 60,
    key: '',
    what,
  });
}

function* ofApp(app: XmlElement): Generator<LabelSet> {
  const name = childText(app, 'UniqueName');
  yield* textsBelow(app, { type: 80, key: name, what: `the app '${name}'` });
}

function* ofSiteMap(node: XmlElement | undefined, siteMap: string): Generator<LabelSet> {
  if (node === undefined) return;
  const owner = { type: 62, key: siteMap, what: `the site map '${siteMap}'` };
  yield* textsBelow(node, owner);
  for (const part of elements(node)) yield* ofSiteMapParts(part, owner);
}

function* ofSiteMapParts(node: XmlElement, within: Owner): Generator<LabelSet> {
  if (holders[node.name] !== undefined) return;
  const id = attribute(node, 'Id');
  if (id !== undefined)
    yield* textsBelow(node, { ...within, key: `${within.key}${id}`, what: `${node.name} '${id}' of ${within.what}` });
  for (const part of elements(node)) yield* ofSiteMapParts(part, within);
}

function* ofRibbon(ribbon: XmlElement | undefined, within: Owner): Generator<LabelSet> {
  for (const label of children(child(ribbon, 'LocLabels'), 'LocLabel')) {
    const id = attribute(label, 'Id') ?? '';
    yield* textsBelow(label, { ...within, key: `${within.key}${id}`, what: `the label '${id}' of ${within.what}` });
  }
}
