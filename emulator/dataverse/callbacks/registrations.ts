import { notEmulated } from '../../kernel/index.ts';
import type { Lookup, Query, Row } from '../../query/index.ts';
import {
  countRows,
  createTable,
  deleteRow,
  insertRow,
  type Database,
  type Shapes,
  type SqlRow,
} from '../../storage/index.ts';
import type { MessageCall } from '../contract.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { bindFilterOn } from '../web-api/bind-text.ts';

interface Surroundings {
  readonly database: Database;
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly now: () => Date;
  /** Whether who owns the rows of this virtual table tells of their changes. */
  readonly raisesEvents: (table: TableMetadata) => boolean;
  /** Whether an unbound message of this name is raised here. */
  readonly isEvent: (message: string) => boolean;
}

/** Message codes of a registration: which operations it wants. Deleted is 2. */
const wanted: Readonly<Record<number, readonly string[]>> = {
  1: ['Create'],
  2: ['Delete'],
  3: ['Update'],
  4: ['Create', 'Update'],
  5: ['Create', 'Delete'],
  6: ['Update', 'Delete'],
  7: ['Create', 'Update', 'Delete'],
};

const scopes = { user: 1, businessUnit: 2, childUnits: 3, organization: 4 } as const;

const loopback = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i;

/** Refuses a registration that could never be served. @throws Fault 0x80040203, 501 */
export function checkRegistration(registration: Row, around: Surroundings): void {
  const { metadata, shapes, now } = around;
  // Differs: the platform calls any address; nothing of the emulator leaves this machine.
  if (!loopback.test(String(registration['url'] ?? '')))
    throw faults.invalidArgument('The url of a callback registration is an http address of this machine.');
  if (registration['postponeuntil'])
    throw notEmulated('postponeuntil of a callback registration', 'Wait in the flow instead.');
  if (registration['sdkmessagename']) return checkMessage(String(registration['sdkmessagename']), around);
  const name = String(registration['entityname'] ?? '');
  const table = metadata.table(name);
  if (table === undefined)
    throw faults.invalidArgument(`The entity '${name}' of the callback registration does not exist.`);
  if (table.isVirtual && !around.raisesEvents(table))
    throw faults.invalidArgument(`The virtual table '${name}' raises no events: event support is not enabled for it.`);
  if (wanted[Number(registration['message'])] === undefined)
    throw faults.invalidArgument(
      `The message ${String(registration['message'])} of the callback registration is not one of 1 to 7.`,
    );
  const unknown = columnNames(registration['filteringattributes']).find((column) => !table.columns.has(column));
  if (unknown !== undefined)
    throw faults.invalidArgument(`The filtering attribute '${unknown}' is not a column of '${name}'.`);
  if (registration['filterexpression'])
    bindFilterOn(table, String(registration['filterexpression']), { metadata, shapes, now: now() });
}

/** "When an action is performed": only on messages somebody raises here. */
function checkMessage(message: string, { isEvent }: Surroundings): void {
  if (!isEvent(message))
    throw notEmulated('A callback registration on another message', 'Register for added, modified or deleted rows.');
}

/** Registrations on an unbound message. */
export function registrationsOn(message: string, { database, metadata }: Surroundings): SqlRow[] {
  if (metadata.table('callbackregistration') === undefined) return [];
  return database.all('select * from callbackregistration where sdkmessagename__folded = ?', [message.toLowerCase()]);
}

/** Whether any registration asks for this operation on this table; its filter may yet say no. */
export function isRegistered(operation: string, table: string, { database, metadata }: Surroundings): boolean {
  if (metadata.table('callbackregistration') === undefined) return false;
  const rows = database.all('select message from callbackregistration where entityname__folded = ?', [table]);
  return rows.some(({ message }) => wanted[Number(message)]?.includes(operation));
}

const columnNames = (text: unknown): string[] =>
  String(text ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');

/** Registrations that want to hear of this operation, inside its transaction. */
export function registrationsFor(call: MessageCall, around: Surroundings): SqlRow[] {
  const { database, metadata } = around;
  if (metadata.table('callbackregistration') === undefined || call.table.logicalName === 'callbackregistration')
    return [];
  const sql = 'select * from callbackregistration where entityname__folded = ?';
  return database.all(sql, [call.table.logicalName]).filter((registration) => isWanted(registration, call, around));
}

function isWanted(registration: SqlRow, call: MessageCall, around: Surroundings): boolean {
  if (!wanted[Number(registration['message'])]?.includes(call.message)) return false;
  const columns = columnNames(registration['filteringattributes']);
  // Presence counts, not change. Columns do not narrow the events of virtual tables.
  if (
    !call.table.isVirtual &&
    call.message === 'Update' &&
    columns.length > 0 &&
    !columns.some((name) => name in call.target)
  )
    return false;
  if (!isInScope(registration, call, around)) return false;
  const filter = registration['filterexpression'];
  return !filter || call.message === 'Delete' || holds(String(filter), call, around);
}

/** Relative to the owner of the registration and the owner of the row. A row of a team is nobody's own. */
function isInScope(registration: SqlRow, { before, after }: MessageCall, { database }: Surroundings): boolean {
  const scope = Number(registration['scope'] ?? scopes.organization);
  if (scope === scopes.organization) return true;
  const row = after ?? before;
  const owner = (row?.['ownerid'] as Lookup | null | undefined)?.id;
  if (scope === scopes.user) return owner === registration['ownerid'];
  const unit = (row?.['owningbusinessunit'] as Lookup | null | undefined)?.id;
  const own = String(registration['owningbusinessunit']);
  if (scope === scopes.businessUnit) return unit === own;
  const sql =
    'with recursive units(id) as (select ? union select businessunitid from businessunit join units on parentbusinessunitid = units.id) select 1 from units where id = ?';
  return database.get(sql, [own, unit ?? '']) !== undefined;
}

/** The filter is evaluated on the row after the change is saved, by the same reader as `$filter`. */
function holds(filter: string, call: MessageCall, { database, metadata, shapes, now }: Surroundings): boolean {
  const { table, id, after } = call;
  const bound = bindFilterOn(table, filter, { metadata, shapes, now: now() });
  if (table.isVirtual)
    return holdsFor({ ...after, [table.primaryId]: id }, rowQuery(table, id, bound), database, shapes);
  return countRows(database, rowQuery(table, id, bound), shapes, 1) === 1;
}

/** The row of a virtual table is nowhere in the store: it is put beside it, asked about, and taken away. */
function holdsFor(row: Row, query: Query, database: Database, shapes: Shapes): boolean {
  const shape = { ...shapes(query.table), storedAs: `emulator$told_${query.table}` };
  createTable(database, shape);
  insertRow(database, shape, row);
  try {
    return countRows(database, query, (name) => (name === query.table ? shape : shapes(name)), 1) === 1;
  } finally {
    deleteRow(database, shape, row);
  }
}

function rowQuery(table: TableMetadata, id: string, { filter, joins }: ReturnType<typeof bindFilterOn>): Query {
  const self = { kind: 'compare' as const, left: { column: table.primaryId }, operator: 'eq' as const, right: id };
  return { table: table.logicalName, columns: [], joins, order: [], filter: { kind: 'all', of: [self, filter] } };
}
