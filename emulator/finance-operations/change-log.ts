import type { DataEntity, EntityChange, EntityRow } from './contract.ts';

/** Rows of data entities a unit of work touches, each with its image before the first change. */
export interface ChangeLog {
  /** Called before a change, with the key of every entity row it will show in; `before` is the whole row, where it has just been read. */
  touch(entity: string, key: EntityRow, before?: EntityRow): void;
  /** What has changed since: rows whose images differ. */
  collect(): EntityChange[];
}

export function createChangeLog(
  entities: ReadonlyMap<string, DataEntity>,
  read: (entity: DataEntity, key: EntityRow) => EntityRow | undefined,
): ChangeLog {
  const touched = new Map<string, { entity: DataEntity; key: EntityRow; before: EntityRow | undefined }>();
  function note(entity: DataEntity, key: EntityRow, before: EntityRow | undefined): void {
    const id = `${entity.name}:${JSON.stringify(entity.key.map((part) => key[part]))}`;
    if (!touched.has(id)) touched.set(id, { entity, key, before: before ?? read(entity, key) });
  }
  return {
    touch(name, key, before) {
      const entity = entities.get(name);
      if (entity === undefined) return;
      note(entity, key, before);
      for (const other of othersOf(entities).get(name) ?? []) note(other, key, undefined);
    },
    collect: () =>
      [...touched.values()].flatMap(({ entity, key, before }): EntityChange[] => {
        const after = read(entity, key);
        const kind = before === undefined ? 'insert' : after === undefined ? 'delete' : 'update';
        if (isSame(before, after)) return [];
        const company = (after ?? before)?.['dataAreaId'];
        return [{ entity, kind, company: company === undefined ? undefined : String(company), before, after }];
      }),
  };
}

const others = new WeakMap<ReadonlyMap<string, DataEntity>, ReadonlyMap<string, DataEntity[]>>();

/** By the name of a data entity, those that show its rows too. */
function othersOf(entities: ReadonlyMap<string, DataEntity>): ReadonlyMap<string, DataEntity[]> {
  const known = others.get(entities);
  if (known !== undefined) return known;
  const found = new Map<string, DataEntity[]>();
  for (const entity of entities.values())
    if (entity.sameRowsAs !== undefined)
      found.set(entity.sameRowsAs, [...(found.get(entity.sameRowsAs) ?? []), entity]);
  others.set(entities, found);
  return found;
}

const isSame = (before: EntityRow | undefined, after: EntityRow | undefined): boolean =>
  before === after ||
  (before !== undefined && after !== undefined && Object.keys(after).every((name) => before[name] === after[name]));
