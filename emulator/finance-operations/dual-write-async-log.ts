import type { EntityRow } from './contract.ts';
import { asyncLogTable } from './entities/dual-write-tables.ts';
import type { EntityStore } from './entity-store.ts';

/** Symbols of `DualWriteEnqueueReasonCode` that happen here. */
export type EnqueueReason = 'RequiredAsync' | 'InitialSync' | 'ResumeSync' | 'ErrorRetry';

/** A change that waits until dual-write carries it. */
export interface WaitingRow {
  /** Its number in the queue. */
  readonly RowId: number;
  readonly map: string;
  /** Empty for a data entity of all companies. */
  readonly company: string;
  /** AOT name. */
  readonly entity: string;
  readonly isInsert: boolean;
  readonly reason: EnqueueReason;
  /** RecId of the row. */
  readonly recId: number;
}

/** What finance and operations shows of the queue of its changes; each call inside the transaction that changes the queue. */
export interface DualWriteAsyncLog {
  add(row: WaitingRow): void;
  fail(RowId: number, type: 'ApplicationFailure' | 'SystemFailure'): void;
  /** Failed ones wait again: those named, or all of the map. */
  retry(map: string, rowIds: readonly number[] | undefined): void;
  remove(rowIds: readonly number[]): void;
  /** All of a map that is stopped. */
  forget(map: string): void;
  /** Failed ones whose day is over. @param before ISO 8601 */
  purge(before: string): void;
}

export function createDualWriteAsyncLog(store: EntityStore): DualWriteAsyncLog {
  const ofMap = (MapName: string, Status?: string) =>
    store.find(asyncLogTable, { MapName, ...(Status === undefined ? {} : { Status }) });
  const keyOf = ({ RowId }: EntityRow): EntityRow => ({ RowId: RowId! });
  const removeAll = (rows: readonly EntityRow[]) => {
    for (const row of rows) store.remove(asyncLogTable, keyOf(row));
  };
  return {
    add({ RowId, map, company, entity, isInsert, reason, recId }) {
      store.insert(asyncLogTable, {
        ...{ RowId, MapName: map, dataAreaId: company || 'dat', UniqueEntityName: entity, EntityRefRecId: recId },
        // Decided: executions are named after the map.
        ...{ SyncExecutionId: map, SetupSyncExecutionId: map, ConcurrencyToken: store.now() },
        ...{ IsInsert: isInsert ? 'Yes' : 'No', EnqueueReasonCode: reason, Status: 'Waiting', MarkForRetry: 'No' },
        ...{ SynchErrorType: 'None', DVErrorLogReference: '', LogCreationTimestamp: store.now() },
      });
    },
    fail(RowId, SynchErrorType) {
      store.update(
        asyncLogTable,
        { RowId },
        {
          ...{ Status: 'Failed', SynchErrorType, DVErrorLogReference: store.newGuid() },
          LogCreationTimestamp: store.now(),
        },
      );
    },
    retry(map, rowIds) {
      for (const row of ofMap(map, 'Failed'))
        if (rowIds === undefined || rowIds.includes(Number(row['RowId'])))
          store.update(asyncLogTable, keyOf(row), { Status: 'Waiting', EnqueueReasonCode: 'ErrorRetry' });
    },
    remove: (rowIds) => removeAll(rowIds.map((RowId) => ({ RowId }))),
    forget: (map) => removeAll(ofMap(map)),
    purge(before) {
      const failed = store.find(asyncLogTable, { Status: 'Failed' });
      removeAll(failed.filter((row) => String(row['LogCreationTimestamp']) < before));
    },
  };
}
