import { asyncLogTable } from './dual-write-tables.ts';
import { defineEntity, readOnly, type EntityDefinition } from './entity.ts';
import { entityView, type Source } from './entity-view.ts';
import { readFields } from './fields.ts';

/** A view over the changes that wait, or have failed. */
function logEntity(
  given: { readonly name: string; readonly set: string; readonly label: string; readonly id: number },
  key: string,
  names: readonly string[],
  status: 'Waiting' | 'Failed',
): EntityDefinition {
  const storedAs = `fno$${given.name}`;
  const fields = readFields('dataAreaId', ...names);
  const sources = Object.fromEntries(
    fields.map(({ name }): [string, Source] => [name, ['q', name === 'SourceKey' ? 'RowId' : name]]),
  );
  return defineEntity({
    ...{ ...given, key: ['dataAreaId', key], fields, storedAs, writer: readOnly(given.set) },
    view: entityView(
      storedAs,
      fields,
      sources,
      'q."RecId"',
      `"${asyncLogTable.storedAs}" q where q."Status" = '${status}'`,
    ),
  });
}

const shared = ['SyncExecutionId', 'ConcurrencyToken', 'IsInsert:NoYes', 'UniqueEntityName'];

/**
 * Changes of finance and operations that wait until they are carried: of maps in asynchronous mode, and of those that are paused
 * or in their initial write.
 *
 * Decided: AOT names and keys of both; the fields are the published ones.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-async
 */
export const dualWriteAsyncLogs = logEntity(
  { name: 'DualWriteAsyncLogEntity', set: 'DualWriteAsyncLogs', label: 'Dual write async logs', id: 0x3003 },
  'RowId',
  ['RowId:i64', ...shared, 'EnqueueReasonCode:DualWriteEnqueueReasonCode'],
  'Waiting',
);

/** Those that were refused when they were carried. */
export const dualWriteAsyncErrors = logEntity(
  {
    name: 'DualWriteAsyncRefErrorLogEntity',
    set: 'DualWriteAsyncRefErrorLogs',
    label: 'Dual write async reference error logs',
    id: 0x3004,
  },
  'SourceKey',
  [
    ...['SourceKey:i64', ...shared, 'SetupSyncExecutionId', 'EntityRefRecId:i64', 'MarkForRetry:NoYes'],
    ...['SynchErrorType:DualWriteSynchErrorType', 'DVErrorLogReference:Guid', 'LogCreationTimestamp:dt'],
  ],
  'Failed',
);
