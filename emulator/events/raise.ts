import type { Clock, NewId } from '../kernel/index.ts';
import type { Dataverse, ExternalEvent } from '../dataverse/index.ts';
import {
  dataEventId,
  messageOf,
  type Activation,
  type BusinessEventSetup,
  type EntityChange,
  type RaisedEvent,
} from '../finance-operations/index.ts';
import type { Database } from '../storage/database.ts';
import { businessEventPayload } from './business-event-payload.ts';
import { actionName } from './event-action.ts';
import type { EventsParts } from './contract.ts';
import type { EventLog, NewEvent } from './event-log.ts';
import { remoteExecutionContext } from './remote-execution-context.ts';

/** Name of the endpoint that stands for Dataverse and all that is registered there. */
export const dataverseEndpoint = 'Dataverse';

export interface RaisingParts extends Pick<
  EventsParts,
  'isLinked' | 'virtualRow' | 'virtualTableOf' | 'financeOperations'
> {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly dataverse: Dataverse;
  readonly setup: BusinessEventSetup;
  readonly events: EventLog;
  /** Hands a stored event to the batch threads. */
  readonly add: (sequence: number) => void;
}

/** Stores, in the transaction that raises them, the events somebody wants; they are sent when it commits. */
export function createRaising(parts: RaisingParts) {
  const { database, clock, newId, dataverse, setup, events } = parts;

  function store(event: Omit<NewEvent, 'id' | 'createdOn'>, eventId: string, index: number, time: Date): void {
    // One event may go to several endpoints; each of them is resent by an id of its own.
    const id = index === 0 ? eventId : `${eventId}-${index}`;
    const sequence = events.add({ ...event, id, createdOn: time.toISOString() });
    database.afterCommit(() => parts.add(sequence));
  }

  /** Endpoints that want it, each once, however it was activated. */
  const wantedBy = (event: string, legalEntity: string) => [
    ...new Set(setup.activationsOf(event, legalEntity).map(({ endpoint }: Activation) => endpoint)),
  ];

  function business({ businessEventId, legalEntity, fields, user }: RaisedEvent): void {
    const definition = setup.catalogue.get(businessEventId);
    if (definition === undefined) throw new Error(`'${businessEventId}' is not in the business event catalogue.`);
    const isHeard = parts.isLinked() && dataverse.hearsAction(actionName(businessEventId));
    const wanting = wantedBy(businessEventId, legalEntity);
    // The contract is built only when the event is active.
    if (wanting.length === 0 && !isHeard) return;
    const time = clock.now();
    const eventId = newId();
    const controlNumber = events.nextControlNumber();
    const userId = user === undefined ? undefined : dataverse.callerByEmail(user)?.userId;
    const envelope = { eventId, controlNumber, time, legalEntity, userId };
    const payload = JSON.stringify(businessEventPayload(definition, fields, envelope));
    const common = { kind: 'business' as const, event: businessEventId, legalEntity, controlNumber, payload };
    const all = [
      ...wanting.map((endpoint) => ({ ...common, endpoint })),
      ...(isHeard ? [{ ...common, endpoint: dataverseEndpoint }] : []),
    ];
    all.forEach((event, index) => store(event, eventId, index, time));
  }

  async function data(changes: readonly EntityChange[], user: string | undefined): Promise<void> {
    if (parts.isLinked()) for (const change of changes) if (isOperation(change)) await dataEvent(change, user);
  }

  async function dataEvent({ entity, kind, company, before, after }: EntityChange, user: string | undefined) {
    const table = parts.virtualTableOf(entity);
    if (table === undefined) return;
    const id = dataEventId(entity, kind);
    const legalEntity = company ?? '';
    const wanting = wantedBy(id, legalEntity);
    const message = messageOf(kind);
    const isHeard = dataverse.listensTo(message, table);
    if (wanting.length === 0 && !isHeard) return;
    parts.financeOperations.requirePhysicalTables(entity);
    const now = await parts.virtualRow(entity, (after ?? before)!);
    if (now === undefined) return;
    const old = kind === 'update' ? await parts.virtualRow(entity, before!) : undefined;
    const told: ExternalEvent = { message, ...now, ...(old === undefined ? {} : { before: old.columns }) };
    const time = clock.now();
    const eventId = newId();
    const controlNumber = events.nextControlNumber();
    const common = { kind: 'data' as const, event: id, legalEntity, controlNumber };
    const context = () => contextOf(told, user, { eventId, businessEventId: id, controlNumber, time });
    const all = [
      ...(isHeard ? [{ ...common, endpoint: dataverseEndpoint, payload: JSON.stringify({ ...told, user }) }] : []),
      ...wanting.map((endpoint) => ({ ...common, endpoint, payload: JSON.stringify(context()) })),
    ];
    all.forEach((event, index) => store(event, eventId, index, time));
  }

  function contextOf(
    told: ExternalEvent,
    user: string | undefined,
    event: { eventId: string; businessEventId: string; controlNumber: number; time: Date },
  ) {
    const { userId, businessUnitId } =
      (user === undefined ? undefined : dataverse.callerByEmail(user)) ?? dataverse.system;
    const organizationId = String(
      database.get('select organizationid from organization limit 1')?.['organizationid'] ?? '',
    );
    const stamps = { ...event, correlationId: newId(), organizationId, userId, businessUnitId };
    return remoteExecutionContext(dataverse.metadata.table(told.table)!, told, stamps);
  }

  return { business, data };
}

/** A change of fields that X++ calculates, and of nothing else, is no operation on a table. */
const isOperation = ({ entity, kind, before, after }: EntityChange): boolean =>
  kind !== 'update' ||
  Object.keys(after!).some((name) => entity.fields.get(name)?.isVirtual !== true && before![name] !== after![name]);
