import definitions from './catalogue.json';

/** X++ types a member of a contract may have; enums are sent as symbols and are strings. `DateTimeIso8601` is a date-time that is sent as ISO 8601. */
export type MemberType = 'string' | 'real' | 'int' | 'date' | 'utcDateTime' | 'DateTimeIso8601';

export interface BusinessEventDefinition {
  /** Class name, or `Workflow_<workflow>_<instance>[_<element>[_Started|_ExternalTask|_WorkItem]]`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Name of the module, or a kind of workflow event. */
  readonly category: string;
  readonly module: string;
  readonly contract: Readonly<Record<string, MemberType>>;
}

/**
 * The business events of the customer side, as *System administration > Set up > Business events* lists them.
 *
 * Decided: class names and members of all but `SalesInvoicePostedBusinessEvent`, `CustFreeTextInvoicePostedBusinessEvent` (its
 * name), `CollectionStatusUpdatedBusinessEvent` (its name) and `CollectionLetterSentBusinessEvent` (its name), which are published.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/business-events/app-business-events
 */
export const businessEvents: ReadonlyMap<string, BusinessEventDefinition> = new Map(
  (definitions as unknown as readonly BusinessEventDefinition[]).map((definition) => [definition.id, definition]),
);
