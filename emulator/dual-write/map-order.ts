import type { ActiveMap } from './live.ts';
import type { MapDefinition } from './map-definition.ts';

/** Entity sets of the tables a map looks things up in. */
export const dependencies = (definition: MapDefinition): string[] =>
  definition.mapping.legs.flatMap((leg) =>
    leg.fieldMappings.flatMap(({ destinationLookupFieldRelatedEntity: set }) =>
      set === undefined || set === leg.destinationSchema ? [] : [set],
    ),
  );

/** Maps in such an order that what a map looks up is carried by one before it. */
export function inOrder(maps: readonly ActiveMap[]): ActiveMap[] {
  const done = new Set<ActiveMap>();
  const visit = (one: ActiveMap, above: ReadonlySet<ActiveMap>): void => {
    if (done.has(one) || above.has(one)) return;
    const sets = dependencies(one.map.definition);
    for (const other of maps)
      if (sets.includes(other.map.leg.destinationSchema)) visit(other, new Set([...above, one]));
    done.add(one);
  };
  // Companies come before all that belongs to one.
  const first = (one: ActiveMap) => (one.map.table.logicalName === 'cdm_company' ? 0 : 1);
  for (const one of [...maps].sort((a, b) => first(a) - first(b))) visit(one, new Set());
  return [...done];
}
