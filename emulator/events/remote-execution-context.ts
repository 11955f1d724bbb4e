import type { ExternalEvent, TableMetadata } from '../dataverse/index.ts';
import type { ColumnValue, Lookup, Row } from '../query/index.ts';

export interface ContextStamps {
  /** New for each event. */
  readonly correlationId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly businessUnitId: string;
  readonly time: Date;
  /** Members of the business-event envelope that ride along. */
  readonly eventId: string;
  readonly businessEventId: string;
  readonly controlNumber: number;
}

const jsonDate = (text: string) => `/Date(${Date.parse(text)})/`;

/**
 * A data event as endpoints get it: `RemoteExecutionContext`, the row in `InputParameters`. A date that is null is left out.
 *
 * Decided: the whole row is sent on update, and the row before it as `PreImage` beside `Target`; the envelope members of a
 * business event are there too, for `ControlNumber` is what duplicates are known by.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/data-events
 */
export function remoteExecutionContext(table: TableMetadata, event: ExternalEvent, stamps: ContextStamps) {
  const { message, id, columns, before } = event;
  const preImage = before === undefined ? [] : [{ key: 'PreImage', value: writeEntity(table, id, before) }];
  const { userId, time, correlationId } = stamps;
  return {
    BusinessEventId: stamps.businessEventId,
    BusinessUnitId: stamps.businessUnitId,
    ControlNumber: stamps.controlNumber,
    CorrelationId: correlationId,
    Depth: 1,
    EventId: stamps.eventId.toUpperCase(),
    EventTime: `/Date(${time.getTime()})/`,
    EventTimeIso8601: time.toISOString().replace('Z', '0000Z'),
    InitiatingUserId: userId,
    InputParameters: [{ key: 'Target', value: writeEntity(table, id, columns) }, ...preImage],
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: message,
    Mode: 1,
    OperationCreatedOn: `/Date(${time.getTime()})/`,
    OperationId: correlationId,
    OrganizationId: stamps.organizationId,
    OutputParameters: [],
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: id,
    PrimaryEntityName: table.logicalName,
    RequestId: correlationId,
    SecondaryEntityName: 'none',
    SharedVariables: [],
    Stage: 40,
    UserId: userId,
  };
}

function writeEntity(table: TableMetadata, id: string, columns: Row) {
  const Attributes = Object.entries(columns).flatMap(([key, value]) => {
    const written = writeAttribute(table, key, value);
    return written === undefined ? [] : [{ key, value: written }];
  });
  return { Id: id, LogicalName: table.logicalName, Attributes };
}

/** Undefined for what is left out. */
function writeAttribute(table: TableMetadata, name: string, value: ColumnValue): unknown {
  const type = table.columns.get(name)?.type;
  if (type === undefined) return undefined;
  if (type === 'datetime' || type === 'date') return value === null ? undefined : jsonDate(String(value));
  if (value === null) return null;
  if (type === 'choice') return { Value: Number(value) };
  if (type === 'lookup') return { Id: (value as Lookup).id, LogicalName: (value as Lookup).table };
  return value;
}
