import type { Database } from '../../storage/index.ts';

/** A member of an event's contract: enums by symbol, `Date` for date-times, no RecIds. */
export type EventValue = string | number | boolean | Date;
export type EventFields = Readonly<Record<string, EventValue>>;

/** A business event as X++ logic raises it. */
export interface RaisedEvent {
  /** Class name, e.g. `SalesInvoicePostedBusinessEvent`. */
  readonly businessEventId: string;
  /** Company where it happened, lower case. */
  readonly legalEntity: string;
  /** Members of the contract class by name. */
  readonly fields: EventFields;
  /** E-mail of the user whose work it was; undefined for the system. */
  readonly user: string | undefined;
}

/**
 * Where business logic raises its events. Who listens stores what is to be sent in the open transaction, so that an event is
 * sent when the transaction commits, and never when it is undone.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/home-page
 */
export interface BusinessEvents {
  /** @throws Error outside a transaction: there is no commit to wait for */
  raise(businessEventId: string, legalEntity: string, fields: EventFields, user?: string): void;
  onRaised(listener: (event: RaisedEvent) => void): void;
}

export function createBusinessEvents(database: Database): BusinessEvents {
  const listeners: ((event: RaisedEvent) => void)[] = [];
  return {
    raise(businessEventId, legalEntity, fields, user) {
      if (!database.inTransaction()) throw new Error(`'${businessEventId}' is raised outside a transaction.`);
      const event = { businessEventId, legalEntity: legalEntity.toLowerCase(), fields, user };
      for (const listener of listeners) listener(event);
    },
    onRaised: (listener) => void listeners.push(listener),
  };
}
