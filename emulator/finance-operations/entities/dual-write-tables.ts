import { base } from './base-tables.ts';
import { readFields } from './fields.ts';

const long = (...names: string[]) => names.map((name) => ({ name, type: 'string', maxLength: 100_000 }) as const);

/*
 * Tables of dual-write that no data entity shows: administrators read them in the table browser.
 *
 * Decided: their columns, but for `RefTableName`, `RefEntityName`, `verboseError` and `debugLogTrace`, which are published.
 */

/** What is mapped, by the name of the project: a line for each pair of fields. */
export const projectFieldTable = base(
  'fno$DualWriteProjectFieldConfiguration',
  ['ProjectName', 'Line'],
  [
    ...readFields('ProjectName', 'Line:i32', 'InternalFieldName', 'ExternalFieldName', 'ExternalLookupEntityName'),
    ...readFields('SyncDirection:i32'),
    ...long('ValueMap', 'DefaultValue'),
  ],
);

/** Which tables are tracked for which data entity: what is not here triggers nothing. */
export const eventDefinitionTable = base(
  'fno$BusinessEventsDefinition',
  ['RefEntityName', 'RefTableName', 'RecIdFieldName'],
  readFields('RefEntityName', 'RefTableName', 'RecIdFieldName'),
);

/** Rows of finance and operations that Dataverse refused. */
export const errorLogTable = base(
  'fno$DualWriteErrorLog',
  ['RecId'],
  [
    ...readFields('ProjectName', 'EntityName', 'ExternalEntityName', 'SourceKey', 'logDateTime:dt'),
    ...long('errorMessage', 'verboseError', 'debugLogTrace'),
  ],
);

/** Changes of finance and operations that wait for dual-write, or that it failed to carry; two data entities show them. */
export const asyncLogTable = base(
  'fno$DualWriteAsyncLog',
  ['RowId'],
  [
    ...readFields('RowId:i64', 'dataAreaId', 'MapName', 'Status', 'SyncExecutionId', 'SetupSyncExecutionId'),
    ...readFields('ConcurrencyToken', 'IsInsert:NoYes', 'UniqueEntityName', 'EntityRefRecId:i64', 'MarkForRetry:NoYes'),
    ...readFields('EnqueueReasonCode', 'SynchErrorType', 'DVErrorLogReference:Guid', 'LogCreationTimestamp:dt'),
  ],
);

export const dualWriteTables = [
  { shape: projectFieldTable, indexes: [] },
  { shape: eventDefinitionTable, indexes: [] },
  { shape: errorLogTable, indexes: [] },
  { shape: asyncLogTable, indexes: [['MapName', 'Status'], ['Status']] },
] as const;
