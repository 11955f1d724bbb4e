import type { SolutionPackage } from '../../packaging/index.ts';
import type { HttpHandler } from '../kernel/index.ts';
import type { Lookup, Query, Row } from '../query/index.ts';
import type { ChangesAsked, ChangesTold } from './change-tracking/changes.ts';
import type { Line } from '../storage/index.ts';
import type { MetadataCatalogue, TableMetadata } from './metadata/model.ts';
import type { ManagedComponents } from './solution-import/managed-components.ts';

/** Who asks. Read from the bearer token; the system user passes every check. */
export interface Caller {
  readonly userId: string;
  /** internalemailaddress: what finance and operations knows the user by. */
  readonly email: string;
  readonly businessUnitId: string;
  readonly isSystem: boolean;
  /** Set under impersonation: the user who really asks. What either of the two may not do is refused. */
  readonly actingUser?: Caller;
}

export type MessageName = 'Create' | 'Update' | 'Delete' | 'Retrieve' | 'RetrieveMultiple' | (string & {});

/** One message on its way through the pipeline: what a registered step sees and may change. */
export interface MessageCall {
  readonly message: MessageName;
  /** Of a message about no table: one named `none`, without columns. */
  readonly table: TableMetadata;
  readonly caller: Caller;
  readonly id: string;
  /** Create and Update: the columns sent. A step of stage 10 or 20 may add or change some. Empty for Delete. */
  readonly target: Row;
  /** The row before (stages 20 and 40, not on Create); every column. */
  readonly before: Row | undefined;
  /** The row after: stage 40 only, not on Delete; every column. */
  readonly after: Row | undefined;
  /** Parameters of any other message than Create, Update and Delete; a step of stage 20 may change them. */
  readonly input: Record<string, unknown>;
  /** What such a message answers; a step of stage 40 may change it. */
  readonly output: Record<string, unknown>;
  /** Shared by the steps of one message and handed down to the messages they cause. */
  readonly shared: Map<string, unknown>;
  /** 1 for what a client asked; grows by one for each message caused by a step; over 8 is refused (0x80044182). */
  readonly depth: number;
}

/** Code that runs at a stage of a message: what a plug-in step is on the platform. */
export interface Step {
  /** Class name shown in error texts, e.g. `Microsoft.Dynamics.GABExtended.Plugins.CreatePartyAddress`. */
  readonly name: string;
  readonly message: MessageName;
  /** Logical name; undefined runs for every table. */
  readonly table?: string;
  /** 10 before the transaction, unless one is open already; 20 before and 40 after the row is written, both inside it. */
  readonly stage: 10 | 20 | 40;
  readonly rank?: number;
  /** Update only: runs when the request carries one of these, changed or not. */
  readonly filteringColumns?: readonly string[];
  /** Stage 40 only: runs after the commit, outside the transaction; what it throws is logged and changes nothing. */
  readonly isAsync?: boolean;
  /** Throwing undoes the whole transaction; a Fault keeps its code, anything else becomes 0x80040265. */
  run(call: MessageCall, organization: OrganizationService): Promise<void>;
}

/** The in-process SDK: messages run through the full pipeline and join the open transaction. */
export interface OrganizationService {
  create(table: string, row: Row, caller?: Caller): Promise<string>;
  update(table: string, id: string, row: Row, caller?: Caller): Promise<void>;
  delete(table: string, id: string, caller?: Caller): Promise<void>;
  /** Sends a message by name, bound to `target` where it is bound. @throws Fault 404 for a name there is not */
  execute(
    message: string,
    input: Readonly<Record<string, unknown>>,
    options?: { readonly target?: Lookup; readonly caller?: Caller },
  ): Promise<Record<string, unknown>>;
  /** Undefined when there is no such row. */
  retrieve(table: string, id: string, columns: readonly string[] | 'all', caller?: Caller): Promise<Row | undefined>;
  retrieveMultiple(query: Query, caller?: Caller): Promise<readonly Row[]>;
}

/** What a body of a custom API is called with. */
export interface CustomApiCall {
  /** By name; references are lookups, rows `{ table, id, row }`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The row it is bound to. */
  readonly target: Lookup | undefined;
  readonly caller: Caller;
  /** Acts as the caller, in the same transaction. */
  readonly organization: OrganizationService;
}

/** Does what the plug-in of a custom API does, and answers its response properties by name. */
export interface CustomApiBody {
  (call: CustomApiCall): unknown;
  /** It asks another system, which would wait for the transaction to end: it runs outside of one. */
  readonly isElsewhere?: boolean;
}

/** Bodies by the unique name of their custom API. */
export type CustomApiBodies = (uniqueName: string) => CustomApiBody | undefined;

/** Reads and writes the rows of virtual tables; the one backed by finance and operations is handed in by start.ts. */
export interface VirtualTableProvider {
  retrieve(table: TableMetadata, id: string, columns: readonly string[], caller: Caller): Promise<Row | undefined>;
  /** The count of all pages is needed only where it is asked for: it costs the other system a query. */
  retrieveMultiple(table: TableMetadata, query: Query, caller: Caller, isCounted?: boolean): Promise<VirtualPage>;
  create(table: TableMetadata, row: Row, caller: Caller): Promise<string>;
  update(table: TableMetadata, id: string, row: Row, caller: Caller): Promise<void>;
  delete(table: TableMetadata, id: string, caller: Caller): Promise<void>;
  /** Whether changes of these rows are told with `raiseExternal`; without it nobody may subscribe to them. */
  raisesEvents?(table: TableMetadata): boolean;
  /** Change tracking, where the other system knows what has changed. */
  readonly changes?: VirtualChanges;
}

/** Changes of virtual tables, as the system that owns the rows knows them. */
export interface VirtualChanges {
  /**
   * Changes of a table as the caller may see them; without a question, nothing but the present version.
   *
   * @returns undefined for a version it knows nothing of
   */
  of(table: TableMetadata, asked: ChangesAsked | undefined, caller: Caller): Promise<ChangesTold | undefined>;
  /** Switches tracking on or off. @throws Fault where the other system does not allow it */
  track(table: TableMetadata, isTracked: boolean): Promise<void>;
  /** Days a token is good. */
  readonly daysKept: number;
}

/** Messages by which another system tells of a row it owns. */
export type ExternalMessage = 'OnExternalCreated' | 'OnExternalUpdated' | 'OnExternalDeleted';

/** A change of a virtual table's row, as the system that owns it tells it. */
export interface ExternalEvent {
  readonly message: ExternalMessage;
  /** Logical name of the virtual table. */
  readonly table: string;
  readonly id: string;
  /** The row as it is now, as far as it is told; empty when it is gone. */
  readonly columns: Row;
  readonly before?: Row;
  /** Whose work it was; the system unless named. */
  readonly caller?: Caller;
}

export interface VirtualPage {
  /** The rows, made for who looks at what they hold. */
  rows(): readonly Row[];
  /** The same for who only writes them: values in the order of `columns`, as the store would have them. */
  readonly lines?: { readonly columns: readonly string[]; readonly values: readonly Line[] } | undefined;
  readonly moreRows: boolean;
  readonly count?: number;
}

export interface SolutionImportResult {
  readonly uniqueName: string;
  readonly version: string;
  readonly isManaged: boolean;
  readonly warnings: readonly string[];
}

/** Dataverse as the rooms above it see it. */
export interface Dataverse {
  /** Answers `/api/data/v9.x/…`, `/WebResources/<name>` and `/CustomControls/<name>/<file>`. */
  readonly handle: HttpHandler;
  readonly metadata: MetadataCatalogue;
  readonly organization: OrganizationService;
  /** The caller every service of the platform acts as. */
  readonly system: Caller;
  /** @throws Fault with the platform's import code; nothing of the package is kept then. */
  importSolution(solution: Buffer | SolutionPackage): Promise<SolutionImportResult>;
  /** Called before each solution that is imported, with the tables it needs that are not there; it may make them. */
  beforeImport(listener: (tables: readonly string[]) => Promise<void>): void;
  /** Called after each solution that was imported, whoever asked for it. */
  onImported(listener: () => void): void;
  /** @returns what takes the step away again */
  registerStep(step: Step): () => void;
  /** Tells callbacks and asynchronous steps of a change of a virtual table. @throws Fault 0x80040800 when nobody tells of it */
  raiseExternal(event: ExternalEvent): Promise<void>;
  /** Whether anybody would hear of it: a callback registration or a step. */
  listensTo(message: ExternalMessage, table: string): boolean;
  /** Whether anybody hears of a custom API that is performed: a callback registration or a step. */
  hearsAction(uniqueName: string): boolean;
  /** Components another system keeps here. */
  readonly components: ManagedComponents;
  /** Finds the enabled user with this e-mail (any letter case). */
  callerByEmail(email: string): Caller | undefined;
  /** Finds the enabled application user of an application. */
  callerByApplicationId(applicationId: string): Caller | undefined;
  /** Name of a privilege on the table a team lacks, of those it needs to own rows: reading and writing; undefined for none. */
  privilegeTeamLacks(teamId: string, table: string): string | undefined;
}
