import { attribute, children, descendants, parseXml, type XmlElement } from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import { columnById, describe, keyId, relationshipById, tableById, type Component } from './component-names.ts';
import { componentType } from './solution-members.ts';

/** What is looked through for dependencies. */
export interface Surroundings {
  readonly catalogue: Catalogue;
  readonly database: Database;
}

/** A component that cannot be without another. */
export interface Dependent extends Component {
  /** What it needs: the component asked about, or a part of it. */
  readonly required: Component;
}

/** Refuses to delete what something else needs. @throws Fault 0x8004f01f naming them */
export function requireUnused(given: Surroundings, component: Component): void {
  const dependents = dependentsOf(given, component);
  if (dependents.length === 0) return;
  const names = dependents.map((one) => {
    const described = describe(given, one);
    return `${described?.what ?? one.type} '${described?.name ?? one.id}'`;
  });
  throw faults.componentInUse(describe(given, component)?.what ?? String(component.type), component.id, [
    ...new Set(names),
  ]);
}

/**
 * Components that keep another from being deleted: views, forms, keys, charts, apps and site maps that use it. Parts of a
 * table go with it and keep nothing.
 */
export function dependentsOf(given: Surroundings, component: Component): Dependent[] {
  const { catalogue } = given;
  switch (component.type) {
    case componentType.table: {
      const table = tableById(catalogue, component.id);
      return table === undefined ? [] : onTable(given, table);
    }
    case componentType.column: {
      const found = columnById(catalogue, component.id);
      return found === undefined ? [] : onColumn(given, found.table, found.column.logicalName);
    }
    case componentType.choice:
      return onChoice(given, component);
    case componentType.relationship: {
      const relationship = relationshipById(catalogue, component.id);
      if (relationship === undefined || !('referencingColumn' in relationship)) return [];
      return onColumn(given, catalogue.table(relationship.referencingTable)!, relationship.referencingColumn);
    }
    case componentType.form:
    case componentType.view:
    case componentType.webResource:
      return inApps(given, component);
    default:
      return [];
  }
}

function onChoice({ catalogue }: Surroundings, component: Component): Dependent[] {
  return [...catalogue.tables()].flatMap((table) =>
    [...table.columns.values()]
      .filter(({ choice }) => choice?.isGlobal === true && choice.metadataId === component.id)
      .map(({ metadataId }) => ({ type: componentType.column, id: metadataId, required: component })),
  );
}

function onTable(given: Surroundings, table: MutableTable): Dependent[] {
  const required = { type: componentType.table, id: table.metadataId };
  const { catalogue } = given;
  const foreignViews = viewsOf(given)
    .filter((view) => view.table !== table.logicalName && usedIn(view.fetch).has(table.logicalName))
    .map(({ id }) => ({ type: componentType.view, id, required }));
  const foreignForms = formsOf(given)
    .filter((form) => form.table !== table.logicalName)
    .filter(({ xml }) => new RegExp(`<TargetEntityType>${table.logicalName}</TargetEntityType>`, 'i').test(xml))
    .map(({ id }) => ({ type: componentType.form, id, required }));
  const lookups = table.oneToMany
    .filter((one) => one.referencingTable !== table.logicalName)
    .flatMap((one) => {
      const other = catalogue.table(one.referencingTable)!;
      const isOnly = other.columns.get(one.referencingColumn)?.targets.length === 1;
      return isOnly ? onColumn(given, other, one.referencingColumn) : [];
    });
  return [
    ...foreignViews,
    ...foreignForms,
    ...lookups,
    ...inApps(given, required),
    ...inSiteMaps(given, table, required),
  ];
}

function onColumn(given: Surroundings, table: MutableTable, column: string): Dependent[] {
  const required = { type: componentType.column, id: table.columns.get(column)!.metadataId };
  const views = viewsOf(given)
    .filter((view) => usedIn(view.fetch).get(table.logicalName)?.has(column) === true || isShown(view, table, column))
    .map(({ id }) => ({ type: componentType.view, id, required }));
  const forms = formsOf(given)
    .filter((form) => form.table === table.logicalName)
    .filter(({ xml }) => new RegExp(`datafieldname="${column}"`, 'i').test(xml))
    .map(({ id }) => ({ type: componentType.form, id, required }));
  const keys = table.keys
    .filter(({ columns }) => columns.includes(column))
    .map((key) => ({ type: componentType.key, id: keyId(table.logicalName, key.logicalName), required }));
  return [...views, ...forms, ...keys];
}

interface View {
  readonly id: string;
  readonly table: string;
  readonly fetch: string;
  readonly layout: string;
}

const viewsOf = ({ database }: Surroundings): View[] =>
  database.all('select savedqueryid, returnedtypecode, fetchxml, layoutxml from savedquery').map((row) => ({
    id: String(row['savedqueryid']),
    table: String(row['returnedtypecode']),
    fetch: String(row['fetchxml'] ?? ''),
    layout: String(row['layoutxml'] ?? ''),
  }));

const isShown = ({ table, layout }: View, { logicalName }: MutableTable, column: string) =>
  table === logicalName && new RegExp(`<cell [^>]*name="${column}"`).test(layout);

const formsOf = ({ database }: Surroundings) =>
  database.all('select formid, objecttypecode, formxml from systemform').map((row) => ({
    id: String(row['formid']),
    table: String(row['objecttypecode']),
    xml: String(row['formxml'] ?? ''),
  }));

/** Columns a query names, by table. */
function usedIn(fetch: string): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  const tree = fetch === '' ? undefined : readXml(fetch);
  if (tree === undefined) return used;
  const add = (table: string, column: string | undefined) => {
    if (!used.has(table)) used.set(table, new Set());
    if (column !== undefined) used.get(table)!.add(column);
  };
  const walk = (node: XmlElement, table: string, parent: string | undefined): void => {
    add(table, node.name === 'link-entity' ? attribute(node, 'from') : undefined);
    if (parent !== undefined) add(parent, attribute(node, 'to'));
    for (const part of ['attribute', 'order'])
      for (const one of children(node, part)) add(table, attribute(one, 'name') ?? attribute(one, 'attribute'));
    for (const filter of children(node, 'filter'))
      for (const condition of descendants(filter, 'condition')) add(table, attribute(condition, 'attribute'));
    for (const link of children(node, 'link-entity')) walk(link, attribute(link, 'name') ?? '', table);
  };
  for (const entity of children(tree, 'entity')) walk(entity, attribute(entity, 'name') ?? '', undefined);
  return used;
}

/** Rows may hold what is no XML; that uses nothing. */
function readXml(text: string): XmlElement | undefined {
  try {
    return parseXml(text, 'row');
  } catch {
    return undefined;
  }
}

function inApps({ catalogue, database }: Surroundings, required: Component): Dependent[] {
  if (catalogue.table('appmodulecomponent') === undefined) return [];
  return database
    .all(
      'select distinct a.appmoduleid from appmodulecomponent c join appmodule a on a.appmoduleidunique = c.appmoduleidunique or a.appmoduleid = c.appmoduleidunique where c.objectid = ?',
      [required.id],
    )
    .map((row) => ({ type: 80, id: String(row['appmoduleid']), required }));
}

function inSiteMaps({ catalogue, database }: Surroundings, table: MutableTable, required: Component): Dependent[] {
  if (catalogue.table('sitemap') === undefined) return [];
  return database
    .all('select sitemapid, sitemapxml from sitemap')
    .filter((row) => new RegExp(`Entity="${table.logicalName}"`, 'i').test(String(row['sitemapxml'] ?? '')))
    .map((row) => ({ type: 62, id: String(row['sitemapid']), required }));
}
