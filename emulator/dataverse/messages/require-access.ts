import type { Lookup } from '../../query/index.ts';
import { existsRow, type Database, type Shapes } from '../../storage/index.ts';
import type { MessageCall } from '../contract.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import type { ColumnSecurity } from '../security/column-security.ts';
import type { Privileges } from '../security/privileges.ts';
import type { RowAccess } from '../security/row-access.ts';

export interface Guards {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
  readonly privileges: Privileges;
  readonly access: RowAccess;
  readonly columnSecurity: ColumnSecurity;
}

/**
 * May the caller do this? The privilege, the row, the secured columns, the owner it is given to, and for each lookup that
 * changes Append here and AppendTo there.
 *
 * @throws Fault 0x80040220, 0x80048306, 0x8004f502/7; 0x80040217 for a lookup that points at nothing
 */
export function requireAccess(call: MessageCall, guards: Guards): void {
  const { message, table, id, target, caller, before } = call;
  const { privileges, access, columnSecurity } = guards;
  if (message === 'Create') privileges.require(caller, 'Create', table);
  else access.requireRow(caller, message === 'Update' ? 'Write' : 'Delete', table, id);
  if (message === 'Delete') return;
  const use = message === 'Create' ? 'Create' : 'Update';
  columnSecurity.requireWritable(caller, table, Object.keys(target), use);
  requireAssign(call, guards);
  for (const [name, value] of Object.entries(target)) {
    if (table.columns.get(name)?.type !== 'lookup' || value === null) continue;
    const lookup = value as Lookup;
    requireTarget(lookup, guards);
    const isSame = (before?.[name] as Lookup | null | undefined)?.id === lookup.id;
    if (!isSame && name !== 'ownerid') requireAppend(call, lookup, guards);
  }
}

function requireAssign(
  { message, table, id, target, caller, before }: MessageCall,
  { privileges, access, database }: Guards,
): void {
  const owner = target['ownerid'] as Lookup | null | undefined;
  if (owner === undefined || owner === null || table.ownership !== 'user') return;
  const now = message === 'Create' ? caller.userId : (before?.['ownerid'] as Lookup | null)?.id;
  if (owner.id === now) return;
  if (owner.table === 'team' && isAccessTeam(owner.id, database)) throw faults.accessTeamOwns();
  if (message === 'Create') privileges.require(caller, 'Assign', table);
  else access.requireRow(caller, 'Assign', table, id);
}

/** Access teams own nothing; they are given rights by shares. */
const isAccessTeam = (id: string, database: Database) =>
  database.get('select teamtype from team where teamid = ?', [id])?.['teamtype'] === 1;

function requireAppend({ message, table, id, caller }: MessageCall, lookup: Lookup, guards: Guards): void {
  const { privileges, access } = guards;
  const other = guards.metadata.table(lookup.table)!;
  if (message === 'Create') privileges.require(caller, 'Append', table);
  else access.requireRow(caller, 'Append', table, id);
  if (other.isVirtual) privileges.require(caller, 'AppendTo', other);
  else access.requireRow(caller, 'AppendTo', other, lookup.id);
}

function requireTarget({ table: name, id }: Lookup, { metadata, database, shapes }: Guards): void {
  const table = metadata.table(name);
  if (table === undefined) throw faults.resourceNotFound(name);
  if (!table.isVirtual && !existsRow(database, shapes(table.logicalName), { [table.primaryId]: id }))
    throw faults.rowNotFound(table.schemaName, id);
}
