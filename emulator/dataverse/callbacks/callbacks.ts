import type { Clock, Deliver, FaultRules, NewId, Work } from '../../kernel/index.ts';
import type { Lookup } from '../../query/index.ts';
import { readRow, type Database, type Shapes, type SqlRow } from '../../storage/index.ts';
import type { ExternalMessage, MessageCall, Step } from '../contract.ts';
import { withoutCallbacks } from '../messages/message-scope.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { wholeRows, type RowWriter } from '../web-api/write-row.ts';
import { createDeliveryQueue, type DeliveryQueue } from './delivery-queue.ts';
import { checkRegistration, isRegistered, registrationsFor, registrationsOn } from './registrations.ts';

export interface CallbackParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly work: Work;
  readonly faultRules: FaultRules;
  readonly deliver: Deliver;
  readonly writer: () => RowWriter;
  readonly raisesEvents: (table: TableMetadata) => boolean;
  /** Whether there is a message of this name others may hear of. */
  readonly isEvent: (message: string) => boolean;
  readonly log: (text: string) => void;
}

/** Tells registered callbacks (flows) of operations, after the commit, at least once. */
export interface Callbacks extends Pick<DeliveryQueue, 'resume' | 'resend'> {
  /** Check a registration before it is stored, and queue the deliveries of each operation in its transaction. */
  readonly steps: readonly Step[];
  /** Queues the deliveries of one operation in its transaction. */
  expand(call: MessageCall): void;
  /** Queues the deliveries of an unbound message in its transaction. @returns how many there are */
  afterEvent(
    message: string,
    inputParameters: Readonly<Record<string, unknown>>,
    outputParameters?: Readonly<Record<string, unknown>>,
  ): number;
  /** Queues one delivery nobody registered for, in the open transaction. */
  post: DeliveryQueue['add'];
  hearsEvent(message: string): boolean;
  listensTo(message: ExternalMessage, table: string): boolean;
  deliveries: DeliveryQueue['list'];
}

const operations = { OnExternalCreated: 'Create', OnExternalUpdated: 'Update', OnExternalDeleted: 'Delete' } as const;

/** After every other step, so that the row is told of as it stands at the end. */
const last = Number.MAX_SAFE_INTEGER;

export function createCallbacks(parts: CallbackParts): Callbacks {
  const queue = createDeliveryQueue(parts);
  const around = { ...parts, now: parts.clock.now };
  const check = (message: 'Create' | 'Update'): Step => ({
    name: 'Dataverse.CheckCallbackRegistration',
    table: 'callbackregistration',
    message,
    stage: 20,
    run: async ({ before, target }) => checkRegistration({ ...before, ...target }, around),
  });
  function expand(call: MessageCall): void {
    if (call.shared.has(withoutCallbacks)) return;
    for (const registration of registrationsFor(call, around)) {
      const body = JSON.stringify(bodyFor(call, registration, parts));
      queue.add(String(registration['name']), String(registration['url']), body);
    }
  }
  const expanding = Object.values(operations).map((message): Step => ({
    name: 'Dataverse.ExpandCallbackRegistrations',
    message,
    stage: 40,
    rank: last,
    run: async (call) => expand(call),
  }));
  return {
    steps: [check('Create'), check('Update'), ...expanding],
    expand,
    post: queue.add,
    afterEvent(message, InputParameters, OutputParameters = {}) {
      const registrations = registrationsOn(message, around);
      for (const registration of registrations) {
        const body = JSON.stringify({ SdkMessage: message, InputParameters, OutputParameters });
        queue.add(String(registration['name']), String(registration['url']), body);
      }
      return registrations.length;
    },
    hearsEvent: (message) => registrationsOn(message, around).length > 0,
    listensTo: (message, table) => isRegistered(operations[message], table, around),
    resume: queue.resume,
    deliveries: queue.list,
    resend: queue.resend,
  };
}

/** The row's columns as the Web API shows them to an administrator, and what happened. */
function bodyFor(call: MessageCall, registration: SqlRow, { database, shapes, writer }: CallbackParts) {
  const { table, id, message } = call;
  const common = { SdkMessage: message, RunAsSystemUserId: runAs(call, registration), ItemInternalId: id };
  if (message === 'Delete') return { [table.primaryId]: id, ...common };
  // Decided: rows of virtual tables are told as the other system told them.
  const row = table.isVirtual ? call.after! : readRow(database, shapes(table.logicalName), { [table.primaryId]: id })!;
  const { '@odata.etag': _etag, ...columns } = wholeRows(table, writer())(row);
  return { ...columns, ...common, RowVersion: String(row['versionnumber'] ?? '') };
}

const runAsChoices = { modifyingUser: 1, rowOwner: 2, flowOwner: 3 } as const;

/** Whom the flow acts for. A row of a team has no user to act for: the flow's owner it is then. */
function runAs({ caller, before, after }: MessageCall, registration: SqlRow): string {
  const choice = Number(registration['runas'] ?? runAsChoices.flowOwner);
  if (choice === runAsChoices.modifyingUser) return caller.userId;
  const owner = (after ?? before)?.['ownerid'] as Lookup | null | undefined;
  if (choice === runAsChoices.rowOwner && owner?.table === 'systemuser') return owner.id;
  return String(registration['ownerid'] ?? caller.userId);
}
