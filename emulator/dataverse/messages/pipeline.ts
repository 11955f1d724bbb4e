import { notEmulated, type Clock, type NewId } from '../../kernel/index.ts';
import type { Lookup, Query, Row } from '../../query/index.ts';
import { readRow, readRows, type Database, type Shapes } from '../../storage/index.ts';
import type { Caller, MessageCall, OrganizationService, VirtualTableProvider } from '../contract.ts';
import { faults } from '../faults.ts';
import type { Deletions } from '../change-tracking/deletions.ts';
import type { Files } from '../files/files.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import type { ColumnSecurity } from '../security/column-security.ts';
import { securityTables, type Privileges } from '../security/privileges.ts';
import type { RowAccess } from '../security/row-access.ts';
import { securedQuery } from '../security/secured-query.ts';
import type { Counters } from './counters.ts';
import { mainOperation, type OpenCall } from './main-operation.ts';
import type { MessageScope } from './message-scope.ts';
import { noTable, type Operation } from './operations/operation.ts';
import { requireAccess } from './require-access.ts';
import type { Steps } from './steps.ts';
import { updateParts } from './update-parts.ts';
import { requireProvider, writeVirtualRow, requireNoTransaction } from './virtual-rows.ts';

export interface PipelineParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly counters: Counters;
  readonly scope: MessageScope;
  readonly steps: Steps;
  readonly privileges: Privileges;
  readonly access: RowAccess;
  readonly columnSecurity: ColumnSecurity;
  readonly files: Files;
  readonly deletions: Deletions;
  readonly system: () => Caller;
  readonly provider: () => VirtualTableProvider | undefined;
  /** The operation a message beyond Create, Update and Delete is. @throws Fault 404, 501 */
  readonly operationNamed: (name: string) => Operation;
  /** Called when an operation that may change something has been performed, in a transaction. */
  readonly performed: (call: MessageCall) => void;
}

interface MessageRequest {
  readonly message: 'Create' | 'Update' | 'Delete';
  readonly table: TableMetadata;
  readonly id: string;
  readonly target: Row;
  readonly caller: Caller;
  /** A child that goes with its parent: nobody asks again whether the caller may. */
  readonly isCascade?: boolean;
}

interface OperationRequest {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  /** The row it is bound to. */
  readonly target?: Lookup;
  /** The table it is bound to, when no row is. */
  readonly table?: TableMetadata;
  readonly caller: Caller;
  /** Called after the last stage, still in the transaction. */
  readonly atEnd?: (output: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** Create, Update or Delete of one row as the Web API asks for it. */
export interface RowMessage {
  readonly message: MessageRequest['message'];
  readonly table: TableMetadata;
  /** A new one for a Create that names none. */
  readonly id?: string;
  readonly target?: Row;
  readonly caller: Caller;
}

/** A message on a row whose PreValidation is over. */
export interface BegunMessage {
  /**
   * The stages inside the transaction: one of its own, or the one that is open.
   *
   * @param more columns known only now, such as lookups of rows made for this one in the same transaction
   * @returns the id of the row
   */
  finish(more?: Row): Promise<string>;
}

export interface Pipeline extends OrganizationService {
  /** Runs PreValidation: called before the transaction is opened in which the message, and what goes with it, is written. */
  begin(asked: RowMessage): Promise<BegunMessage>;
  /** Sends a message beyond Create, Update and Delete. */
  run(asked: OperationRequest): Promise<Record<string, unknown>>;
  /** Runs `work` as a client's request whose messages see these shared variables. */
  readonly request: MessageScope['request'];
}

/**
 * The message pipeline: every message goes through these stages, whoever asks. PreValidation of what a client asked runs
 * before its transaction and before privileges are checked; that of a message sent inside a transaction takes part in it.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/event-framework#event-execution-pipeline
 */
export function createPipeline(parts: PipelineParts): Pipeline {
  const { database, metadata, shapes, newId, scope, steps, privileges, access } = parts;

  /** Runs one message on a row through the stages, in platform order. */
  const run = async (asked: MessageRequest): Promise<string> => (await begin(asked)).finish();

  /** PreValidation: before the transaction and before privileges. A virtual table has no stages. */
  async function begin(asked: MessageRequest): Promise<BegunMessage> {
    const { message, table, id } = asked;
    const row = message === 'Delete' ? `${table.logicalName}/${id}` : undefined;
    return scope.enter(row, async (here) => {
      const call = openCall(asked, here.depth, here.shared);
      if (!table.isVirtual) await steps.run(10, call, service);
      return {
        finish: (more = {}) =>
          scope.within(here, () => {
            Object.assign(call.target, more);
            return table.isVirtual ? writeVirtualRow({ ...asked, target: call.target }, parts) : finish(call, asked);
          }),
      };
    });
  }

  /** What follows PreValidation, in one transaction. */
  async function finish(call: OpenCall, { message, table, id, caller, isCascade }: MessageRequest): Promise<string> {
    await database.transaction(async () => {
      call.before = message === 'Create' ? undefined : requireRow(table, id);
      if (isCascade !== true) requireAccess(call, parts);
      const [first, ...more] = message === 'Update' ? updateParts(table, call.target) : [call.target];
      await runInside({ ...call, target: first! }, caller);
      for (const target of more)
        await runInside({ ...call, target, before: requireRow(table, id), after: undefined }, caller);
    });
    if (securityTables.has(table.logicalName)) privileges.forget();
    return id;
  }

  /** The stages inside the transaction. */
  async function runInside(call: OpenCall, caller: Caller): Promise<void> {
    await steps.run(20, call, service);
    await mainOperation(call, {
      ...parts,
      deleteChild: (child, childId) => removeChild(child, childId, caller),
      assignChild: (child, childId, owner) => assignChild(child, childId, owner, caller),
    });
    await steps.run(40, call, service);
  }

  /** Runs any other message through the same stages; a function changes nothing and opens no transaction. */
  async function runOperation({ operation, input, target, table, caller, atEnd }: OperationRequest) {
    return scope.enter(undefined, async ({ depth, shared }) => {
      const about = target === undefined ? (table ?? noTable) : requireTable(target.table);
      const call: OpenCall = {
        ...openCall({ message: operation.name, table: about, id: target?.id ?? '', target: {}, caller }, depth, shared),
        input: { ...input },
      };
      await steps.run(10, call, service);
      const inside = async () => {
        await steps.run(20, call, service);
        Object.assign(call.output, await operation.run(call, { ...parts, organization: service }));
        await steps.run(40, call, service);
        if (operation.isElsewhere === true) await database.transaction(async () => parts.performed(call));
        else if (!operation.isFunction) parts.performed(call);
        await atEnd?.(call.output);
      };
      if (operation.isElsewhere === true) requireNoTransaction(database);
      const isOutside = operation.isFunction || operation.isElsewhere === true;
      await (isOutside ? inside() : database.transaction(inside));
      return call.output;
    });
  }

  async function removeChild(table: TableMetadata, id: string, caller: Caller): Promise<void> {
    if (scope.isDeleting(`${table.logicalName}/${id}`)) return;
    await run({ message: 'Delete', table, id, target: {}, caller, isCascade: true });
  }

  async function assignChild(table: TableMetadata, id: string, ownerid: Lookup, caller: Caller): Promise<void> {
    await run({ message: 'Update', table, id, target: { ownerid }, caller, isCascade: true });
  }

  function requireTable(name: string): TableMetadata {
    const table = metadata.table(name);
    if (table === undefined) throw faults.resourceNotFound(name);
    return table;
  }

  function requireRow(table: TableMetadata, id: string): Row {
    const row = readRow(database, shapes(table.logicalName), { [table.primaryId]: id });
    if (row === undefined) throw faults.rowNotFound(table.schemaName, id);
    return row;
  }

  const newIdFor = (table: TableMetadata, row: Row) => String(row[table.primaryId] ?? newId());

  const service: Pipeline = {
    begin: ({ target = {}, ...asked }) => begin({ ...asked, target, id: asked.id ?? newIdFor(asked.table, target) }),
    request: scope.request,
    run: runOperation,
    execute: async (message, input, { target, caller = parts.system() } = {}) =>
      runOperation({ operation: parts.operationNamed(message), input, target, caller }),
    create(name, row, caller = parts.system()) {
      const table = requireTable(name);
      return run({ message: 'Create', table, id: newIdFor(table, row), target: row, caller });
    },
    async update(name, id, row, caller = parts.system()) {
      await run({ message: 'Update', table: requireTable(name), id, target: row, caller });
    },
    async delete(name, id, caller = parts.system()) {
      await run({ message: 'Delete', table: requireTable(name), id, target: {}, caller });
    },
    async retrieve(name, id, columns, caller = parts.system()) {
      const table = requireTable(name);
      const wanted = columns === 'all' ? [...table.columns.keys()] : columns;
      if (table.isVirtual) {
        privileges.require(caller, 'Read', table);
        return requireProvider(table, parts.provider()).retrieve(table, id, wanted, caller);
      }
      return database.reading(async () => {
        const row = readRow(database, shapes(table.logicalName), { [table.primaryId]: id }, wanted);
        if (row === undefined) return undefined;
        access.requireRow(caller, 'Read', table, id);
        return parts.columnSecurity.masking(caller, table)(row);
      });
    },
    async retrieveMultiple(query: Query, caller = parts.system()) {
      const table = requireTable(query.table);
      if (table.isVirtual) {
        privileges.require(caller, 'Read', table);
        const page = await requireProvider(table, parts.provider()).retrieveMultiple(table, query, caller);
        if (page.moreRows && query.top === undefined)
          throw notEmulated(`Reading all rows of the virtual table '${query.table}' at once`, 'Ask for pages.');
        return page.rows();
      }
      return database.reading(async () => {
        const found = readRows(database, securedQuery(query, caller, parts), shapes);
        const mask = parts.columnSecurity.masking(caller, table);
        return found.map(({ columns }) => mask(columns));
      });
    },
  };
  return service;
}

function openCall(
  { message, table, id, target, caller }: Omit<MessageRequest, 'message'> & { readonly message: string },
  depth: number,
  shared: Map<string, unknown>,
): OpenCall {
  const images = { before: undefined, after: undefined };
  return { message, table, id, target: { ...target }, caller, ...images, input: {}, output: {}, shared, depth };
}
