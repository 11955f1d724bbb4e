import type { DataEntity } from '../contract.ts';

/** A navigation property of a data entity. */
export interface Navigation {
  readonly name: string;
  readonly target: DataEntity;
  /** Field here → field there. */
  readonly fields: Readonly<Record<string, string>>;
  readonly isCollection: boolean;
}

/** Where rows of an entity lead: its relations, and the relations of others that lead here and have a name for it. */
export function navigationsOf(entity: DataEntity, entities: ReadonlyMap<string, DataEntity>): Navigation[] {
  const forward = (entity.relations ?? []).flatMap(({ name, to, fields }): Navigation[] => {
    const target = entities.get(to);
    return target === undefined ? [] : [{ name, target, fields, isCollection: false }];
  });
  const backward = [...entities.values()].flatMap((target) =>
    (target.relations ?? []).flatMap(({ to, inverse, fields }): Navigation[] =>
      to !== entity.name || inverse === undefined
        ? []
        : [{ name: inverse, target, fields: reversed(fields), isCollection: true }],
    ),
  );
  return [...forward, ...backward];
}

const reversed = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([here, there]) => [there, here]));
