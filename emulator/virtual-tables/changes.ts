import type { VirtualChanges } from '../dataverse/index.ts';
import {
  adapterPath,
  daysChangesAreKept,
  rowIds,
  type ChangesAnswer,
  type ChangesQuestion,
  type DataEntity,
} from '../finance-operations/contract.ts';
import { theApplication, type Call } from './call.ts';
import type { EntityProvider } from './provider.ts';

export interface ChangesParts {
  readonly call: Call;
  readonly rows: Pick<EntityProvider, 'reader' | 'entityOf'>;
  /** Makes the table anew, tracked or not. */
  readonly renew: (entity: DataEntity, isTracked: boolean) => Promise<void>;
}

/**
 * Changes of virtual tables, by the row versions of finance and operations; one request a page.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/power-platform/track-changes-fin-ops-virtual-table
 */
export function createChanges({ call, rows, renew }: ChangesParts): VirtualChanges {
  const ask = async (question: ChangesQuestion, caller: Parameters<Call>[2]) =>
    (await call('POST', `${adapterPath}retrieveEntityChanges`, caller, { ...question })) as unknown as ChangesAnswer;
  return {
    daysKept: daysChangesAreKept,
    async of(table, asked, caller) {
      const entity = rows.entityOf(table);
      if (asked === undefined) {
        const { version } = await ask({ entity: entity.name, fields: [], most: 0 }, caller);
        return { rows: [], versions: [], deleted: [], upTo: version };
      }
      const reader = rows.reader(table, asked.columns, caller);
      const since = { rows: asked.rowsAfter, deleted: asked.deletedAfter, upTo: asked.upTo };
      const told = await ask({ entity: entity.name, fields: reader.fields, since, most: asked.most }, caller);
      if (told.isExpired === true) return undefined;
      const idOf = rowIds(entity.id);
      return {
        rows: await reader.read(told.rows),
        versions: told.versions,
        deleted: told.deleted.map(({ recId, version }) => ({ id: idOf(BigInt(recId)), version })),
        upTo: told.version,
      };
    },
    track: (table, isTracked) => renew(rows.entityOf(table), isTracked),
  };
}

/** Tells finance and operations that the changes of an entity are followed, or no longer. @throws Fault in its words */
export async function setTracking(call: Call, { name: entity }: DataEntity, isTracked: boolean): Promise<void> {
  await call('POST', `${adapterPath}setChangeTracking`, theApplication, { entity, isTracked });
}
