import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attribute,
  child,
  children,
  childText,
  descend,
  descendants,
  readFolder,
  text,
  type SolutionPackage,
  type XmlElement,
} from '../../../../packaging/index.ts';

export const root = join(__dirname, '../../../../emulator/first-party');
export const installOrder = JSON.parse(readFileSync(join(root, 'install-order.json'), 'utf8')) as string[];

export interface InstalledColumn {
  readonly name: string;
  readonly schemaName: string;
  readonly type: string;
  readonly node: XmlElement;
}

export interface InstalledTable {
  readonly schemaName: string;
  readonly logicalName: string;
  readonly set: string;
  readonly node: XmlElement;
  readonly columns: Map<string, InstalledColumn>;
}

export interface Installed {
  readonly packages: readonly { readonly name: string; readonly solution: SolutionPackage }[];
  /** By schema name. */
  readonly tables: Map<string, InstalledTable>;
  readonly relationships: readonly XmlElement[];
  readonly globalChoices: Map<string, XmlElement>;
}

/** Every first-party solution, read in install order and merged as an importer would. */
export async function install(): Promise<Installed> {
  const packages: { name: string; solution: SolutionPackage }[] = [];
  const tables = new Map<string, InstalledTable>();
  for (const name of installOrder) {
    const solution = await readFolder(join(root, name), { type: 'managed' });
    packages.push({ name, solution });
    for (const entity of children(child(solution.customizations, 'Entities'), 'Entity')) merge(tables, entity);
  }
  const all = (node: string, part: string) =>
    packages.flatMap(({ solution }) => children(child(solution.customizations, node), part));
  return {
    packages,
    tables,
    relationships: all('EntityRelationships', 'EntityRelationship'),
    globalChoices: new Map(all('optionsets', 'optionset').map((choice) => [attribute(choice, 'Name')!, choice])),
  };
}

function merge(tables: Map<string, InstalledTable>, entity: XmlElement): void {
  const schemaName = childText(entity, 'Name');
  const definition = descend(entity, 'EntityInfo', 'entity')!;
  const table = tables.get(schemaName) ?? {
    schemaName,
    logicalName: schemaName.toLowerCase(),
    set: childText(definition, 'EntitySetName'),
    node: entity,
    columns: new Map<string, InstalledColumn>(),
  };
  tables.set(schemaName, table);
  for (const node of children(child(definition, 'attributes'), 'attribute')) {
    const name = childText(node, 'LogicalName');
    if (table.columns.has(name)) throw new Error(`${schemaName}.${name} is defined twice.`);
    table.columns.set(name, {
      name,
      schemaName: attribute(node, 'PhysicalName')!,
      type: childText(node, 'Type'),
      node,
    });
  }
}

export const entitiesOf = (solution: SolutionPackage) => children(child(solution.customizations, 'Entities'), 'Entity');

/** Values of a column's local choice, or of the global one it names. */
export function optionValues(installed: Installed, column: InstalledColumn): string[] {
  const choice =
    child(column.node, 'optionset') ?? installed.globalChoices.get(childText(column.node, 'OptionSetName'));
  if (choice === undefined) throw new Error(`${column.name} names a choice that does not exist.`);
  const kinds = ['option', 'state', 'status'] as const;
  return kinds.flatMap((kind) => [...descendants(choice, kind)]).map((option) => attribute(option, 'value')!);
}

/** Every column with its table. */
export const columnsOf = (installed: Installed) =>
  [...installed.tables.values()].flatMap((table) => [...table.columns.values()].map((column) => ({ table, column })));

/** Names of the items that break a rule: an empty list reads well in a failing test. */
export const broken = <T>(list: Iterable<T>, rule: (item: T) => boolean, name: (item: T) => string) =>
  [...list].filter((item) => !rule(item)).map(name);

export const lookupTypes = ['lookup', 'customer', 'owner'];

export { attribute, child, children, childText, descend, descendants, text };
