import type { Condition } from '../../query/index.ts';
import type { MetadataCatalogue, Relationship, TableMetadata } from '../metadata/model.ts';

/** What a navigation property leads to. */
export type Navigation =
  /** The row a lookup points at; one relationship a target. */
  | { readonly kind: 'parent'; readonly relationships: readonly [Relationship, ...Relationship[]] }
  /** The rows whose lookup points here. */
  | { readonly kind: 'children'; readonly table: TableMetadata; readonly column: string }
  | { readonly kind: 'pairs'; readonly table: TableMetadata; readonly pairs: Pairs };

/** One side of a many-to-many relationship, seen from a row. */
export interface Pairs {
  readonly intersectTable: string;
  /** Column of the intersect table that holds this side's id, and that of the other side. */
  readonly ownColumn: string;
  readonly otherColumn: string;
}

/** Undefined when the table has no navigation property of this name; names are case-sensitive. */
export function navigationNamed(
  table: TableMetadata,
  name: string,
  metadata: MetadataCatalogue,
): Navigation | undefined {
  const [parent, ...others] = table.manyToOne.filter((one) => one.referencingNavigation === name);
  if (parent !== undefined) return { kind: 'parent', relationships: [parent, ...others] };
  const child = table.oneToMany.find((one) => one.referencedNavigation === name);
  const childTable = child === undefined ? undefined : metadata.table(child.referencingTable);
  if (child !== undefined && childTable !== undefined)
    return { kind: 'children', table: childTable, column: child.referencingColumn };
  return pairsNamed(table, name, metadata);
}

function pairsNamed(table: TableMetadata, name: string, metadata: MetadataCatalogue): Navigation | undefined {
  for (const one of table.manyToMany) {
    const isFirst = one.firstTable === table.logicalName && one.firstNavigation === name;
    const isSecond = one.secondTable === table.logicalName && one.secondNavigation === name;
    const other = metadata.table(isFirst ? one.secondTable : one.firstTable);
    if ((!isFirst && !isSecond) || other === undefined) continue;
    const { intersectTable, firstColumn, secondColumn } = one;
    const [ownColumn, otherColumn] = isFirst ? [firstColumn, secondColumn] : [secondColumn, firstColumn];
    return { kind: 'pairs', table: other, pairs: { intersectTable, ownColumn, otherColumn } };
  }
  return undefined;
}

/** True of the rows of a collection of the row with this id. */
export function inCollection(navigation: Exclude<Navigation, { kind: 'parent' }>, id: string): Condition {
  if (navigation.kind === 'children')
    return { kind: 'compare', left: { column: navigation.column }, operator: 'eq', right: id };
  const { pairs, table } = navigation;
  const alias = 'pair';
  return {
    kind: 'exists',
    join: { alias, table: pairs.intersectTable, from: pairs.otherColumn, to: table.primaryId },
    filter: { kind: 'compare', left: { alias, column: pairs.ownColumn }, operator: 'eq', right: id },
  };
}
