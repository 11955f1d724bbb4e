import { AsyncLocalStorage } from 'node:async_hooks';
import { notEmulated, type Clock, type NewId } from '../../kernel/index.ts';
import type { Lookup, Query, Row } from '../../query/index.ts';
import {
  deleteRow,
  existsRow,
  insertRow,
  readRow,
  readRows,
  updateRow,
  type Database,
  type Shapes,
} from '../../storage/index.ts';
import type { Caller, MessageCall, OrganizationService, VirtualTableProvider } from '../contract.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { securityTables, type Privileges } from '../security/privileges.ts';
import type { RowAccess } from '../security/row-access.ts';
import { requireUniqueKeys } from './alternate-keys.ts';
import { deleteRelated } from './cascades.ts';
import type { Counters } from './counters.ts';
import { ownerColumns, stateFor, timestamp, withCreateDefaults } from './default-values.ts';
import { moneyColumns } from './money.ts';
import type { Steps } from './steps.ts';
import { validateRow } from './validate-row.ts';

export interface PipelineParts {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly counters: Counters;
  readonly steps: Steps;
  readonly privileges: Privileges;
  readonly access: RowAccess;
  readonly system: () => Caller;
  readonly provider: () => VirtualTableProvider | undefined;
  /** Told of every operation inside its transaction; what it queues is carried out after the commit. */
  readonly afterWrite: (call: MessageCall) => void;
}

/** Depth and shared variables of the message a nested one was caused by. */
interface Causing {
  readonly depth: number;
  readonly shared: Map<string, unknown>;
}

const deepest = 8;

/** The message pipeline: every create, update and delete goes through these stages, whoever asks. */
export function createPipeline(parts: PipelineParts): OrganizationService & { readonly run: typeof run } {
  const { database, metadata, shapes, clock, newId, counters, steps, privileges, access } = parts;
  const causing = new AsyncLocalStorage<Causing>();

  function requireTable(name: string): TableMetadata {
    const table = metadata.table(name);
    if (table === undefined) throw faults.resourceNotFound(name);
    return table;
  }

  /** Runs one message through the stages, in platform order. */
  async function run(
    message: 'Create' | 'Update' | 'Delete',
    table: TableMetadata,
    id: string,
    target: Row,
    caller: Caller,
  ): Promise<string> {
    const outer = causing.getStore();
    const here: Causing = { depth: (outer?.depth ?? 0) + 1, shared: new Map(outer?.shared) };
    if (here.depth > deepest) throw faults.tooDeep();
    if (table.isVirtual) return runVirtual(message, table, id, target, caller);
    return causing.run(here, async () => {
      const call = {
        message,
        table,
        id,
        target: { ...target },
        caller,
        before: undefined,
        after: undefined,
        ...here,
      } as Writable<MessageCall>;
      await steps.run(10, call, service); // before the transaction and before privileges
      await database.transaction(async () => {
        call.before = message === 'Create' ? undefined : requireRow(table, id);
        requireAccess(call);
        await steps.run(20, call, service);
        mainOperation(call);
        await steps.run(40, call, service);
        parts.afterWrite(call);
      });
      if (securityTables.has(table.logicalName)) privileges.forget();
      return id;
    });
  }

  function requireRow(table: TableMetadata, id: string): Row {
    const row = readRow(database, shapes(table.logicalName), { [table.primaryId]: id });
    if (row === undefined) throw faults.rowNotFound(table.schemaName, id);
    return row;
  }

  function requireAccess({ message, table, id, target, caller, before }: MessageCall): void {
    if (message === 'Create') privileges.require(caller, 'Create', table);
    else access.requireRow(caller, message === 'Update' ? 'Write' : 'Delete', table, id);
    if (message === 'Delete') return;
    const owner = target['ownerid'] as Lookup | undefined;
    if (owner !== undefined && owner.id !== ((before?.['ownerid'] as Lookup | null)?.id ?? caller.userId))
      privileges.require(caller, 'Assign', table);
    for (const [name, value] of Object.entries(target)) {
      const column = table.columns.get(name);
      if (column?.type !== 'lookup' || value === null || name === 'ownerid') continue;
      const { table: other, id: otherId } = value as Lookup;
      requireLookupTarget(other, otherId);
      if ((before?.[name] as Lookup | null | undefined)?.id === otherId) continue;
      privileges.require(caller, 'Append', table);
      privileges.require(caller, 'AppendTo', requireTable(other));
    }
  }

  function requireLookupTarget(name: string, id: string): void {
    const table = requireTable(name);
    if (!table.isVirtual && !existsRow(database, shapes(name), { [table.primaryId]: id }))
      throw faults.rowNotFound(table.schemaName, id);
  }

  /** Stage 30: the row itself. */
  function mainOperation(call: Writable<MessageCall>): void {
    if (call.message === 'Create') createRow(call);
    else if (call.message === 'Update') changeRow(call);
    else {
      deleteRelated(call.table, call.id, { database, shapes, metadata });
      deleteRow(database, shapes(call.table.logicalName), { [call.table.primaryId]: call.id });
    }
  }

  function createRow(call: Writable<MessageCall>): void {
    const { table, id, target, caller } = call;
    validateRow(table, target);
    const filled = withCreateDefaults(
      table,
      { ...target, [table.primaryId]: id },
      { now: clock.now(), caller, counters, unitOf },
    );
    const row: Row = { ...filled, ...moneyColumns(table, filled, undefined, database, shapes), ...version(table) };
    if (existsRow(database, shapes(table.logicalName), row)) throw faults.duplicateRow();
    requireUniqueKeys(table, id, row, row, database, shapes);
    insertRow(database, shapes(table.logicalName), row);
    call.after = requireRow(table, id);
  }

  function changeRow(call: Writable<MessageCall>): void {
    const { table, id, target, caller, before } = call;
    validateRow(table, target);
    const owner = target['ownerid'] as Lookup | undefined;
    const stamps: Row = { modifiedon: timestamp(clock.now()), modifiedby: { table: 'systemuser', id: caller.userId } };
    const row: Row = {
      ...target,
      ...Object.fromEntries(Object.entries(stamps).filter(([name]) => table.columns.has(name))),
      ...stateFor(table, target, before),
      ...moneyColumns(table, target, before, database, shapes),
      ...(owner === undefined ? {} : ownerColumns(owner, unitOf)),
      ...version(table),
    };
    requireUniqueKeys(table, id, { ...before, ...row }, row, database, shapes);
    updateRow(database, shapes(table.logicalName), { [table.primaryId]: id }, row);
    call.after = requireRow(table, id);
  }

  const version = (table: TableMetadata): Row =>
    table.columns.has('versionnumber') ? { versionnumber: counters.next('versionnumber', 1000) } : {};

  function unitOf(owner: Lookup): string {
    const name = owner.table === 'team' ? 'team' : 'systemuser';
    const row = readRow(database, shapes(name), { [`${name}id`]: owner.id }, ['businessunitid']);
    if (row === undefined) throw faults.rowNotFound(name, owner.id);
    return (row['businessunitid'] as Lookup | null)?.id ?? parts.system().businessUnitId;
  }

  /**
   * Virtual rows are written by their provider, outside the store's transaction, and read again so that defaults come
   * back. The real platform gives no atomicity between a virtual and a native row either.
   */
  async function runVirtual(
    message: 'Create' | 'Update' | 'Delete',
    table: TableMetadata,
    id: string,
    target: Row,
    caller: Caller,
  ): Promise<string> {
    const provider = parts.provider();
    if (provider === undefined)
      throw notEmulated(
        `The virtual table '${table.logicalName}' without a provider`,
        'Start the emulator with finance and operations.',
      );
    if (database.inTransaction())
      throw notEmulated(
        'Writing a virtual table inside a change set or another save',
        'Send it as a request of its own.',
      );
    privileges.require(caller, message === 'Create' ? 'Create' : message === 'Update' ? 'Write' : 'Delete', table);
    if (message === 'Delete') {
      await provider.delete(table, id, caller);
      return id;
    }
    if (message === 'Create') return provider.create(table, target, caller);
    await provider.update(table, id, target, caller);
    return id;
  }

  const service: OrganizationService & { readonly run: typeof run } = {
    run,
    create: (name, row, caller = parts.system()) => {
      const table = requireTable(name);
      return run('Create', table, String(row[table.primaryId] ?? newId()), row, caller);
    },
    async update(name, id, row, caller = parts.system()) {
      await run('Update', requireTable(name), id, row, caller);
    },
    async delete(name, id, caller = parts.system()) {
      await run('Delete', requireTable(name), id, {}, caller);
    },
    async retrieve(name, id, columns, caller = parts.system()) {
      const table = requireTable(name);
      const row = readRow(database, shapes(name), { [table.primaryId]: id }, columns === 'all' ? undefined : columns);
      if (row !== undefined) access.requireRow(caller, 'Read', table, id);
      return row;
    },
    async retrieveMultiple(query: Query, caller = parts.system()) {
      const reached = access.condition(caller, 'Read', requireTable(query.table));
      const filter = [query.filter, reached].filter((part) => part !== undefined);
      return readRows(
        database,
        { ...query, filter: filter.length === 0 ? undefined : { kind: 'all', of: filter } },
        shapes,
      ).map((row) => row.columns);
    },
  };
  return service;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
