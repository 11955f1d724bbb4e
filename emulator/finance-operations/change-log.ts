import type { DataEntity, EntityChange, EntityRow } from './contract.ts';

/** Rows of data entities a unit of work touches, each with its image before the first change. */
export interface ChangeLog {
  /** Called before a change, with the key of every entity row it will show in. */
  touch(entity: string, key: EntityRow): void;
  /** What has changed since: rows whose images differ. */
  collect(): EntityChange[];
}

export function createChangeLog(
  entities: ReadonlyMap<string, DataEntity>,
  read: (entity: DataEntity, key: EntityRow) => EntityRow | undefined,
): ChangeLog {
  const touched = new Map<string, { entity: DataEntity; key: EntityRow; before: EntityRow | undefined }>();
  return {
    touch(name, key) {
      const entity = entities.get(name);
      if (entity === undefined) return;
      const id = `${name}:${JSON.stringify(entity.key.map((part) => key[part]))}`;
      if (!touched.has(id)) touched.set(id, { entity, key, before: read(entity, key) });
    },
    collect: () =>
      [...touched.values()].flatMap(({ entity, key, before }): EntityChange[] => {
        const after = read(entity, key);
        const kind = before === undefined ? 'insert' : after === undefined ? 'delete' : 'update';
        if (JSON.stringify(before) === JSON.stringify(after)) return [];
        const company = (after ?? before)?.['dataAreaId'];
        return [{ entity, kind, company: company === undefined ? undefined : String(company), before, after }];
      }),
  };
}
