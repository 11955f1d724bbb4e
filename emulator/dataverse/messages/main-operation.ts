import type { Clock } from '../../kernel/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import {
  deleteRow,
  existsRow,
  insertRow,
  readRow,
  updateRow,
  type Database,
  type Shapes,
} from '../../storage/index.ts';
import type { Deletions } from '../change-tracking/deletions.ts';
import type { Caller, MessageCall } from '../contract.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { requireUniqueKeys } from './alternate-keys.ts';
import { assignRelated, deletePairs, deleteRelated } from './cascades.ts';
import { nextVersion, type Counters } from './counters.ts';
import { ownerColumns, stateFor, timestamp, withCreateDefaults } from './default-values.ts';
import { moneyColumns } from './money.ts';
import { requireFilled, validateRow } from './validate-row.ts';

export interface Surroundings {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly deletions: Deletions;
  readonly system: () => Caller;
  deleteChild(table: TableMetadata, id: string): Promise<void>;
  assignChild(table: TableMetadata, id: string, owner: Lookup): Promise<void>;
}

/** A message while it runs: stage 30 adds the row as it became. */
export type OpenCall = { -readonly [Key in keyof MessageCall]: MessageCall[Key] };

/** Stage 30: the row itself. @throws Fault for values the platform does not keep */
export async function mainOperation(call: OpenCall, around: Surroundings): Promise<void> {
  if (call.message === 'Create') createRow(call, around);
  else if (call.message === 'Update') {
    changeRow(call, around);
    await assignChildren(call, around);
  } else await removeRow(call, around);
}

function createRow(call: OpenCall, around: Surroundings): void {
  const { table, id, target, caller } = call;
  const { database, shapes, clock, counters } = around;
  validateRow(table, target);
  const filled = withCreateDefaults(
    table,
    { ...target, [table.primaryId]: id },
    { now: clock.now(), caller, counters, unitOf: (owner) => unitOf(owner, around) },
  );
  const money = moneyColumns(table, filled, undefined, database, shapes);
  const row: Row = { ...filled, ...money, ...nextVersion(table, counters) };
  requireFilled(table, row, [...table.columns.keys()]);
  if (existsRow(database, shapes(table.logicalName), row)) throw faults.duplicateRow();
  requireUniqueKeys(table, id, row, row, database, shapes);
  insertRow(database, shapes(table.logicalName), row);
  call.after = readWhole(table, id, around);
}

function changeRow(call: OpenCall, around: Surroundings): void {
  const { table, id, target, caller, before } = call;
  const { database, shapes, clock, counters } = around;
  validateRow(table, target);
  requireFilled(table, target, Object.keys(target));
  const owner = target['ownerid'] as Lookup | undefined;
  const row: Row = {
    ...target,
    ...modified(table, caller, clock.now()),
    ...stateFor(table, target, before),
    ...moneyColumns(table, target, before, database, shapes),
    ...(owner === undefined ? {} : ownerColumns(table, owner, (one) => unitOf(one, around))),
    ...nextVersion(table, counters),
  };
  requireUniqueKeys(table, id, { ...before, ...row }, row, database, shapes);
  updateRow(database, shapes(table.logicalName), { [table.primaryId]: id }, row);
  call.after = readWhole(table, id, around);
}

/** The row goes to its new owner first, so that a circle of rows ends. */
async function assignChildren({ table, id, before, after }: OpenCall, around: Surroundings): Promise<void> {
  const [from, to] = [before?.['ownerid'], after?.['ownerid']] as (Lookup | null | undefined)[];
  if (from && to && from.id !== to.id) await assignRelated(table, id, { from, to }, around);
}

async function removeRow({ table, id }: OpenCall, around: Surroundings): Promise<void> {
  await deleteRelated(table, id, around);
  deletePairs(table, id, around);
  deleteRow(around.database, around.shapes(table.logicalName), { [table.primaryId]: id });
  around.deletions.note(table, id);
}

function modified(table: TableMetadata, { userId, actingUser }: Caller, now: Date): Row {
  const stamps: Row = {
    modifiedon: timestamp(now),
    modifiedby: { table: 'systemuser', id: userId },
    modifiedonbehalfby: actingUser === undefined ? null : { table: 'systemuser', id: actingUser.userId },
  };
  return Object.fromEntries(Object.entries(stamps).filter(([name]) => table.columns.has(name)));
}

function readWhole(table: TableMetadata, id: string, { database, shapes }: Surroundings): Row {
  return readRow(database, shapes(table.logicalName), { [table.primaryId]: id })!;
}

function unitOf(owner: Lookup, { database, shapes, system }: Surroundings): string {
  const name = owner.table === 'team' ? 'team' : 'systemuser';
  const row = readRow(database, shapes(name), { [`${name}id`]: owner.id }, ['businessunitid']);
  if (row === undefined) throw faults.rowNotFound(name, owner.id);
  return (row['businessunitid'] as Lookup | null)?.id ?? system().businessUnitId;
}
