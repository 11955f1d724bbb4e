import type { HttpHandler } from '../kernel/index.ts';
import type { TableShape } from '../query/index.ts';
import type { BusinessEvents } from './business-events/raised.ts';
import type { BusinessEventSetup } from './business-events/setup.ts';
import type { DualWriteAsyncLog } from './dual-write-async-log.ts';
import type { DualWriteProjects } from './dual-write-projects.ts';
import type { MetadataSync } from './metadata-sync.ts';
import type { Untracked } from './row-versions/untracked.ts';

export type { Activation, ActivationKey } from './business-events/activations.ts';
export type { BusinessEventDefinition, MemberType } from './business-events/catalogue.ts';
export type { DataEventDefinition } from './business-events/data-events.ts';
export type { BrokerType, Endpoint, EndpointType } from './business-events/endpoints.ts';
export type { EventParameters } from './business-events/parameters.ts';
export type { BusinessEventSetup } from './business-events/setup.ts';
export { recIdOf, rowId, rowIds } from './row-id.ts';
export type { MetadataSync, SyncJob, SyncStatus } from './metadata-sync.ts';
export type { ChangesAnswer, ChangesQuestion } from './virtual-entity-adapter/adapter.ts';
export { adapterPath } from './virtual-entity-adapter/adapter-path.ts';
export { daysKept as daysChangesAreKept } from './row-versions/days-kept.ts';
export type { DualWriteAsyncLog, EnqueueReason, WaitingRow } from './dual-write-async-log.ts';
export type { DualWriteProjects, DualWriteSetup, RefusedRow } from './dual-write-projects.ts';
export type { BusinessEvents, EventFields, EventValue, RaisedEvent } from './business-events/raised.ts';

/** A value as a data entity carries it: enums by symbol, dates as `2024-01-31T12:00:00Z`, reals and RecIds as numbers. */
export type EntityValue = string | number | null;
export type EntityRow = Readonly<Record<string, EntityValue>>;

/** A page of rows as the virtual-table provider is answered: values without names. */
export interface FieldLines {
  /** What stands where in a line; the RecId is among them. */
  readonly fields: readonly string[];
  /** Rows of all pages, where `$count` asks for it. */
  readonly count?: number;
  /** Values as the store has them: null for none, fractions as text with all their digits. */
  readonly lines: readonly (readonly (string | number | null)[])[];
}

/** What finance and operations exposes at `/data`: metadata as data. */
export interface DataEntity {
  /** AOT name, e.g. `CustCustomerV3Entity`. */
  readonly name: string;
  /** Public OData set, e.g. `CustomersV3`. */
  readonly set: string;
  /** Label dual-write maps use, e.g. `Customers V3`. */
  readonly label: string;
  /** Entity (table) id: the first group of virtual row GUIDs. */
  readonly id: number;
  readonly isCompanyBound: boolean;
  /** Field names as published, in key order. */
  readonly key: readonly string[];
  readonly fields: ReadonlyMap<string, EntityField>;
  readonly shape: TableShape;
  /** Relations to other data entities: foreign keys by value. */
  readonly relations?: readonly EntityRelation[];
  /** Relations to tables of Dataverse (`CDSVirtualEntitySyntheticRelationshipAttribute`). */
  readonly syntheticRelations?: readonly SyntheticRelation[];
  readonly actions: readonly DataEntityAction[];
  /** AOT name of the data entity whose rows it shows too: what changes there changes here. */
  readonly sameRowsAs?: string | undefined;
  /** Why its changes cannot be tracked, for its name; undefined where *Allow Row Version Change Tracking* is Yes. */
  readonly untracked?: Untracked | undefined;
}

/** What a parameter, or the result, of an action is. */
export type ActionType = 'string' | 'int' | 'boolean' | 'guid' | 'utcDateTime';

export interface ActionParameter {
  readonly name: string;
  readonly type: ActionType;
}

/**
 * An action of a data entity (`SysODataActionAttribute`): bound to one row, or to the set when the method is static.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/odata#adding-actions-on-odata-entities
 */
export interface DataEntityAction {
  readonly name: string;
  readonly binding: 'row' | 'set';
  readonly parameters: readonly ActionParameter[];
  /** Undefined for one that answers nothing; `rows` are rows of the entity itself. */
  readonly returns?: { readonly type: ActionType | 'rows'; readonly isCollection?: boolean };
}

export interface EntityRelation {
  readonly name: string;
  /** AOT name of the data entity that is pointed at. */
  readonly to: string;
  /** Field here → key field there. */
  readonly fields: Readonly<Record<string, string>>;
  /** Navigation property there that leads to the rows here; none when it is missing. */
  readonly inverse?: string;
}

export interface SyntheticRelation {
  readonly name: string;
  readonly label: string;
  /** Logical name of the table of Dataverse. */
  readonly nativeTable: string;
  /** Field here → column there; together the columns are an alternate key of the table. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface EntityField {
  readonly name: string;
  readonly type: 'string' | 'real' | 'int' | 'int64' | 'date' | 'utcDateTime' | 'enum' | 'guid';
  readonly enumType?: string;
  readonly maxLength?: number;
  readonly isMandatory?: boolean;
  readonly allowEdit?: boolean;
  /** X++ calculates it; it is in no table. */
  readonly isVirtual?: boolean;
}

/** One row of a data entity that a transaction has changed, as it was and as it is. */
export interface EntityChange {
  readonly entity: DataEntity;
  readonly kind: 'insert' | 'update' | 'delete';
  readonly company: string | undefined;
  readonly before: EntityRow | undefined;
  readonly after: EntityRow | undefined;
}

/** An invoice or payment that happened before anybody listened. */
export interface HistoryEntry {
  /** Of an invoice: what its payment calls it. */
  readonly id?: string;
  /** Of a payment: the invoice it is for; the oldest ones when missing. */
  readonly pays?: string;
  readonly company: string;
  readonly customerAccount: string;
  readonly kind: 'invoice' | 'payment';
  readonly amount: number;
  readonly date: string;
  readonly dueDate?: string;
  /** Of an invoice: from a sales order; free text otherwise. */
  readonly isFromOrder?: boolean;
  readonly text?: string;
  readonly reference?: string;
}

/** A change of a customer that waits for approval. */
export interface ChangeProposal {
  readonly id: string;
  readonly company: string;
  readonly customerAccount: string;
  /** Symbol of `CustTableChangeProposalField`. */
  readonly field: string;
  readonly oldValue: string;
  readonly newValue: string;
  readonly state: string;
  readonly createdOn: string;
}

/** What a command needs to be told. */
export interface CommandParameter {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'company' | 'amount' | 'date' | 'yesNo' | 'choice' | 'texts';
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
}

/** Something a person would do in the client of finance and operations. */
export interface FinanceOperationsCommand {
  readonly name: string;
  readonly label: string;
  readonly parameters: readonly CommandParameter[];
}

/** Finance and operations as the rooms above it see it. */
export interface FinanceOperations {
  /** Answers `/data/…`. A bearer token names the user; dual-write and the virtual-table provider come in the same way. */
  readonly handle: HttpHandler;
  readonly entities: ReadonlyMap<string, DataEntity>;
  /** Symbols of each enum, in order of their values. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
  /**
   * Runs just before a transaction of finance and operations commits (`ttsprecommit`); throwing rolls it back. `user` is the
   * e-mail of the user whose work it was; undefined for the system.
   */
  beforeCommit(listener: (changes: readonly EntityChange[], user: string | undefined) => Promise<void>): void;
  /** Business events of the business logic; row changes are told to `beforeCommit`. */
  readonly businessEvents: BusinessEvents;
  /** Which of them go where: catalogues, endpoints, activations, parameters. */
  readonly businessEventSetup: BusinessEventSetup;
  /** Where the batches that create and refresh virtual tables keep what they have done. */
  readonly metadataSync: MetadataSync;
  /** Where dual-write keeps what it has set up here. */
  readonly dualWriteProjects: DualWriteProjects;
  /** Where it shows what waits, and what failed. */
  readonly dualWriteAsyncLog: DualWriteAsyncLog;
  /** @throws Fault when a configuration key behind the entity is off: it cannot have data events then */
  requirePhysicalTables(entity: DataEntity): void;
  /** Runs a business command by name (console), e.g. `set-address-editing`; `user` is an e-mail, an administrator unless named. */
  command(name: string, parameters: Readonly<Record<string, unknown>>, user?: string): Promise<unknown>;
  readonly commands: readonly FinanceOperationsCommand[];
  /** Changes of customers that wait for approval, the oldest first. */
  changeProposals(): readonly ChangeProposal[];
  /** Posts invoices and payments of the past, in this order; neither events nor dual-write hear of them. */
  loadHistory(entries: readonly HistoryEntry[]): Promise<void>;
}
