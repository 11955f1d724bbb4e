import type { Lookup, Query, Row } from '../../../query/index.ts';
import type { MessageCall } from '../../contract.ts';
import { faults } from '../../faults.ts';
import { activityPointers } from '../../metadata/activities.ts';
import type { Relationship, TableMetadata } from '../../metadata/model.ts';
import type { Operation, OperationPlatform, RowValue } from './operation.ts';

/** Tables whose rows can be merged, and the state a merged row ends in. */
const mergedState: Readonly<Record<string, Row>> = {
  account: { statecode: 1 },
  contact: { statecode: 1 },
  lead: { statecode: 2 },
  incident: { statecode: 2, statuscode: 2000 },
};

/**
 * Merges a row into another of its table: the master takes what is given, and what the other has where it has nothing
 * itself; rows that point at the other point at the master then; the other stays, inactive, as merged.
 *
 * Decided: every lookup moves, addresses and pairs of many-to-many relationships stay; a row that is merged or inactive
 * already is refused.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/merge-entity-using-web-api
 */
export const merge: Operation = {
  name: 'Merge',
  isFunction: false,
  parameters: [
    { name: 'Target', type: 'entityReference' },
    { name: 'Subordinate', type: 'entityReference' },
    { name: 'UpdateContent', type: 'entity', isOptional: true },
    { name: 'PerformParentingChecks', type: 'boolean' },
  ],
  results: [],
  async run({ input, caller }, platform) {
    const [target, other] = [input['Target'], input['Subordinate']] as [Lookup, Lookup];
    const table = requireMergeable(target, other, platform);
    const { organization } = platform;
    const content = (input['UpdateContent'] as RowValue | undefined)?.row ?? {};
    const loser = await requireActive(other, table, caller, platform);
    const winner = await requireActive(target, table, caller, platform);
    if (input['PerformParentingChecks'] === true) requireSameParents(table, winner, loser);
    const taken = { ...usefulTo(winner, loser, table), ...content };
    if (Object.keys(taken).length > 0) await organization.update(target.table, target.id, taken, caller);
    for (const relationship of table.oneToMany) await moveRows(relationship, other, target, platform);
    const merged: Row = { masterid: target, merged: true, ...mergedState[table.logicalName] };
    await organization.update(other.table, other.id, merged, caller);
    return {};
  },
};

/** What the other row holds in columns that are empty in the master. */
function usefulTo(winner: Row, loser: Row, { columns }: TableMetadata): Row {
  const taken: Row = {};
  for (const [name, column] of columns) {
    const isOwn = !column.validForUpdate || column.isPrimaryId || column.file !== undefined || name === 'masterid';
    if (!isOwn && winner[name] === null && loser[name] !== null && loser[name] !== undefined) taken[name] = loser[name];
  }
  return taken;
}

function requireMergeable(target: Lookup, other: Lookup, { metadata }: OperationPlatform): TableMetadata {
  const table = metadata.table(target.table)!;
  if (mergedState[target.table] === undefined || !table.columns.has('masterid'))
    throw faults.messageNotSupported('Merge', target.table);
  if (other.table !== target.table || other.id === target.id)
    throw faults.invalidArgument("Invalid Argument: 'Target' and 'Subordinate' are two rows of one table.");
  return table;
}

async function requireActive(
  { table: name, id }: Lookup,
  table: TableMetadata,
  caller: MessageCall['caller'],
  { organization, access }: OperationPlatform,
): Promise<Row> {
  const row = await organization.retrieve(name, id, 'all', caller);
  if (row === undefined) throw faults.rowNotFound(table.schemaName, id);
  access.requireRow(caller, 'Write', table, id);
  if (row['statecode'] !== 0 || row['merged'] === true)
    throw faults.invalidState(`The ${name} with id ${id} is not active, or merged already.`);
  return row;
}

/** @throws Fault where the two hang under different parents */
function requireSameParents(table: TableMetadata, winner: Row, loser: Row): void {
  const parent = ['parentaccountid', 'parentcustomerid', 'customerid'].find((name) => table.columns.has(name));
  const [one, other] = [winner, loser].map((row) => (parent === undefined ? null : (row[parent] as Lookup | null)));
  if (one && other && one.id !== other.id)
    throw faults.invalidArgument('Invalid Argument: the rows have different parents.');
}

/** Addresses and files are the row's own; activities move with the tables of their kinds. */
const staying = new Set(['customeraddress', 'fileattachment', activityPointers]);

/** Decided: without asking again whether the caller may write each of them. */
async function moveRows(
  { referencingTable, referencingColumn }: Relationship,
  from: Lookup,
  to: Lookup,
  { organization, metadata }: OperationPlatform,
): Promise<void> {
  const child = metadata.table(referencingTable);
  const isOwn = referencingColumn === 'masterid' || staying.has(referencingTable);
  if (child === undefined || child.isVirtual || isOwn) return;
  const query: Query = {
    table: referencingTable,
    columns: [child.primaryId],
    joins: [],
    order: [],
    filter: { kind: 'compare', left: { column: referencingColumn }, operator: 'eq', right: from },
  };
  for (const row of await organization.retrieveMultiple(query))
    await organization.update(referencingTable, String(row[child.primaryId]), { [referencingColumn]: to });
}
