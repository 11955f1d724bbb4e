import type { Work } from '../../kernel/index.ts';
import type { Row } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Caller, ExternalEvent, ExternalMessage, MessageCall, OrganizationService } from '../contract.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import type { Steps } from './steps.ts';

export interface ExternalEventParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly steps: Steps;
  readonly work: Work;
  readonly organization: OrganizationService;
  readonly system: () => Caller;
  /** Whether who owns the rows of this virtual table tells of their changes. */
  readonly raisesEvents: (table: TableMetadata) => boolean;
  /** Queues the deliveries of one operation in its transaction. */
  readonly expandCallbacks: (call: MessageCall) => void;
}

/** What each message means to a callback registration. */
const operations: Readonly<Record<ExternalMessage, string>> = {
  OnExternalCreated: 'Create',
  OnExternalUpdated: 'Update',
  OnExternalDeleted: 'Delete',
};

/**
 * Takes what another system tells of its rows: callbacks are queued in the transaction, plug-in steps run after it, for the
 * message is asynchronous and PostOperation only.
 *
 * @throws Fault 0x80040800 for a table whose changes nobody tells
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/virtual-entities/enable-virtual-table-event-support
 */
export function createExternalEvents(parts: ExternalEventParts): (event: ExternalEvent) => Promise<void> {
  return async ({ message, table: name, id, columns, before, caller = parts.system() }) => {
    const table = parts.metadata.table(name);
    if (table === undefined) throw faults.resourceNotFound(name);
    if (!table.isVirtual || !parts.raisesEvents(table)) throw faults.messageNotSupported(message, name);
    const target: Row = { ...columns, [table.primaryId]: id };
    const after = message === 'OnExternalDeleted' ? undefined : target;
    const call: MessageCall = {
      ...{ message, table, caller, id, target, before, after },
      ...{ input: {}, output: {}, shared: new Map(), depth: 1 },
    };
    await parts.database.transaction(async () => {
      parts.expandCallbacks({ ...call, message: operations[message] });
      if (!parts.steps.has(40, call)) return;
      // A step that ran inside would end up in a transaction that is over before it.
      parts.database.afterCommit(() =>
        parts.work.start(message, async () => parts.steps.run(40, call, parts.organization)),
      );
    });
  };
}
