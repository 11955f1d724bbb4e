import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import type { Relationship } from '../metadata/model.ts';

/** Kinds of components that are metadata. */
export type ComponentKind = 'choice' | 'table' | 'column' | 'key' | 'relationship';

/** Names a component. */
export interface ComponentName {
  readonly kind: ComponentKind;
  /** Logical name of the table a column or key is of; empty for the others. */
  readonly parent: string;
  /** Logical name of a table, column or key; name of a choice; schema name of a relationship. */
  readonly name: string;
}

export function hasComponent(catalogue: Catalogue, { kind, parent, name }: ComponentName): boolean {
  switch (kind) {
    case 'choice':
      return catalogue.globalChoice(name) !== undefined;
    case 'table':
      return catalogue.table(name) !== undefined;
    case 'column':
      return catalogue.table(parent)?.columns.has(name) === true;
    case 'key':
      return catalogue.table(parent)?.keys.some((one) => one.logicalName === name) === true;
    case 'relationship':
      return findRelationships(catalogue, name).length > 0 || findManyToMany(catalogue, name) !== undefined;
  }
}

/** Takes a component out of the metadata, with what cannot be without it. */
export function removeComponent(catalogue: Catalogue, { kind, parent, name }: ComponentName): void {
  const table = catalogue.table(parent);
  switch (kind) {
    case 'choice':
      return catalogue.removeChoice(name);
    case 'table':
      return catalogue.removeTable(name);
    case 'column':
      if (table !== undefined) removeColumn(catalogue, table, name);
      return;
    case 'key':
      if (table !== undefined) table.keys = table.keys.filter((one) => one.logicalName !== name);
      return;
    case 'relationship':
      return removeRelationship(catalogue, name);
  }
}

function removeColumn(catalogue: Catalogue, table: MutableTable, name: string): void {
  table.columns.delete(name);
  for (const { schemaName } of table.manyToOne.filter((one) => one.referencingColumn === name))
    removeRelationship(catalogue, schemaName);
}

function removeRelationship(catalogue: Catalogue, schemaName: string): void {
  const isOther = (one: { readonly schemaName: string }) => one.schemaName !== schemaName;
  const intersect = findManyToMany(catalogue, schemaName)?.intersectTable;
  for (const { referencingTable, referencingColumn, referencedTable } of findRelationships(catalogue, schemaName)) {
    const { columns } = catalogue.table(referencingTable)!;
    const column = columns.get(referencingColumn);
    if (column !== undefined)
      columns.set(referencingColumn, { ...column, targets: column.targets.filter((one) => one !== referencedTable) });
  }
  for (const table of catalogue.tables()) {
    if (table.manyToOne.every(isOther) && table.oneToMany.every(isOther) && table.manyToMany.every(isOther)) continue;
    table.manyToOne = table.manyToOne.filter(isOther);
    table.oneToMany = table.oneToMany.filter(isOther);
    table.manyToMany = table.manyToMany.filter(isOther);
  }
  if (intersect !== undefined) catalogue.removeTable(intersect);
}

/** 1:N relationships of this name: one, or one for each kind of owner. */
export const findRelationships = (catalogue: Catalogue, schemaName: string): Relationship[] =>
  [...catalogue.tables()].flatMap((table) =>
    table.manyToOne.filter((one) => one.schemaName.toLowerCase() === schemaName.toLowerCase()),
  );

export function findManyToMany(catalogue: Catalogue, schemaName: string) {
  for (const table of catalogue.tables()) {
    const found = table.manyToMany.find((one) => one.schemaName.toLowerCase() === schemaName.toLowerCase());
    if (found !== undefined) return found;
  }
  return undefined;
}
