import {
  attribute,
  child,
  children,
  childText,
  descend,
  parseXml,
  writeXml,
  xmlElement,
} from '../../../packaging/index.ts';
import type { SolutionPackage, XmlElement } from '../../../packaging/index.ts';
import type { Database, SqlRow } from '../../storage/index.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { readMetadata } from './read-metadata.ts';
import { hasComponent, removeComponent, type ComponentKind, type ComponentName } from './catalogue-components.ts';

/**
 * What was made or changed here, above all packages: each component as the node a package would have for it, none for one
 * that was deleted. Read after the packages at every start, and what an export takes.
 */
const activeTable = `create table if not exists "emulator$active_layer" (position integer primary key autoincrement, kind text not null, parent text not null, name text not null, node text, own integer not null, unique (kind, parent, name))`;

export interface ActiveComponent extends ComponentName {
  /** As in `customizations.xml`; undefined for what was deleted. A table's has no columns and no keys. */
  readonly node: XmlElement | undefined;
  /** Made here; false for one that a package brought. */
  readonly isOwn: boolean;
}

export function activeComponents(database: Database): ActiveComponent[] {
  database.exec(activeTable);
  return database.all('select kind, parent, name, node, own from "emulator$active_layer" order by position').map(read);
}

export function activeComponent(
  database: Database,
  { kind, parent, name }: ComponentName,
): ActiveComponent | undefined {
  database.exec(activeTable);
  const row = database.get(
    'select kind, parent, name, node, own from "emulator$active_layer" where kind = ? and parent = ? and name = ?',
    [kind, parent, name],
  );
  return row === undefined ? undefined : read(row);
}

const read = (row: SqlRow): ActiveComponent => ({
  kind: row['kind'] as ComponentKind,
  parent: String(row['parent']),
  name: String(row['name']),
  node: row['node'] === null ? undefined : parseXml(String(row['node']), 'active layer'),
  isOwn: row['own'] === 1,
});

/** Notes how a component is from now on; one that was made here stays one and keeps its place, until it is deleted. */
export function keepActive(database: Database, { kind, parent, name, node, isOwn }: ActiveComponent): void {
  database.exec(activeTable);
  database.run(
    'insert into "emulator$active_layer" (kind, parent, name, node, own) values (?1, ?2, ?3, ?4, ?5) on conflict (kind, parent, name) do update set own = case when node is null then ?5 else own end, node = ?4',
    [kind, parent, name, node === undefined ? null : writeXml(node), isOwn ? 1 : 0],
  );
}

export const forgetActive = (database: Database, { kind, parent, name }: ComponentName) =>
  void database.run('delete from "emulator$active_layer" where kind = ? and parent = ? and name = ?', [
    kind,
    parent,
    name,
  ]);

/** Puts these components over what the packages made. @throws Fault of the import where what they stand on is gone */
export function applyActive(components: readonly ActiveComponent[], catalogue: Catalogue): void {
  const standing = components.filter((one) => one.node !== undefined && (one.isOwn || hasComponent(catalogue, one)));
  readMetadata(asCustomizations(standing), catalogue, { isManaged: false, replaces: true });
  for (const one of components) if (one.node === undefined) removeComponent(catalogue, one);
  catalogue.changed();
}

/** The components as one `customizations.xml`. */
export function asCustomizations(components: readonly ActiveComponent[]): XmlElement {
  const of = (kind: ComponentKind) => components.filter((one) => one.kind === kind);
  const nodes = (list: readonly ActiveComponent[]) => list.map(({ node }) => node!);
  const tables = new Set([
    ...of('table').map(({ name }) => name),
    ...[...of('column'), ...of('key')].map((one) => one.parent),
  ]);
  const entities = [...tables].map((table) => {
    const node = of('table').find((one) => one.name === table)?.node ?? shellOf(table);
    const entity = descend(node, 'EntityInfo', 'entity')!;
    const parts = (kind: ComponentKind) => nodes(of(kind).filter(({ parent }) => parent === table));
    entity.children.push(xmlElement('attributes', {}, parts('column')));
    if (parts('key').length > 0) entity.children.push(xmlElement('EntityKeys', {}, parts('key')));
    return node;
  });
  return xmlElement('ImportExportXml', {}, [
    xmlElement('Entities', {}, entities),
    xmlElement('EntityRelationships', {}, nodes(of('relationship'))),
    xmlElement('optionsets', {}, nodes(of('choice'))),
  ]);
}

const shellOf = (table: string) =>
  xmlElement('Entity', {}, [
    xmlElement('Name', {}, [table]),
    xmlElement('EntityInfo', {}, [xmlElement('entity', { Name: table })]),
  ]);

/**
 * An unmanaged package takes the place of what was changed here, and one of either kind brings back what was deleted.
 *
 * @returns whether the package states something of this layer: the metadata is to be read anew then
 */
export function settleActive(database: Database, pkg: SolutionPackage, isManaged: boolean): boolean {
  const stated = activeComponents(database).filter((one) => findNode(pkg.customizations, one) !== undefined);
  for (const one of stated) if (!isManaged || one.node === undefined) forgetActive(database, one);
  return stated.length > 0;
}

/** The node of a component in a `customizations.xml`; a table that is only extended has none. */
export function findNode(customizations: XmlElement, { kind, parent, name }: ComponentName): XmlElement | undefined {
  const tableNode = (table: string) =>
    children(child(customizations, 'Entities'), 'Entity').find((one) => childText(one, 'Name').toLowerCase() === table);
  switch (kind) {
    case 'choice':
      return children(child(customizations, 'optionsets'), 'optionset').find(
        (one) => attribute(one, 'Name')?.toLowerCase() === name.toLowerCase(),
      );
    case 'table': {
      const node = tableNode(name);
      return descend(node, 'EntityInfo', 'entity', 'OwnershipTypeMask') === undefined ? undefined : node;
    }
    case 'column':
      return children(descend(tableNode(parent), 'EntityInfo', 'entity', 'attributes'), 'attribute').find(
        (one) => (childText(one, 'LogicalName') || attribute(one, 'PhysicalName')?.toLowerCase()) === name,
      );
    case 'key':
      return children(descend(tableNode(parent), 'EntityInfo', 'entity', 'EntityKeys'), 'EntityKey').find(
        (one) => childText(one, 'LogicalName') === name,
      );
    case 'relationship':
      return children(child(customizations, 'EntityRelationships'), 'EntityRelationship').find(
        (one) => attribute(one, 'Name')?.toLowerCase() === name.toLowerCase(),
      );
  }
}
