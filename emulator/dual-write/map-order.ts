import type { MapLeg } from './map-definition.ts';
import type { TableMap } from './table-map.ts';

/** Entity sets of the tables a leg of a map looks things up in. */
export const dependencies = (leg: MapLeg): string[] =>
  leg.fieldMappings.flatMap(({ destinationLookupFieldRelatedEntity: set }) =>
    set === undefined || set === leg.destinationSchema ? [] : [set],
  );

/** Legs of maps in such an order that what one looks up is carried by one before it. */
export function inOrder(legs: readonly TableMap[]): TableMap[] {
  const done = new Set<TableMap>();
  const visit = (one: TableMap, above: ReadonlySet<TableMap>): void => {
    if (done.has(one) || above.has(one)) return;
    const sets = dependencies(one.leg);
    for (const other of legs) if (sets.includes(other.leg.destinationSchema)) visit(other, new Set([...above, one]));
    done.add(one);
  };
  // Companies come before all that belongs to one.
  const first = (one: TableMap) => (one.table.logicalName === 'cdm_company' ? 0 : 1);
  for (const one of [...legs].sort((a, b) => first(a) - first(b))) visit(one, new Set());
  return [...done];
}
