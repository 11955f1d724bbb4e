import type { Lookup, Row } from '../../query/index.ts';
import { insertRow, readRow, readRows, updateRow, type Database, type Shapes } from '../../storage/index.ts';
import type { MessageCall, Step } from '../contract.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import type { Counters } from '../messages/counters.ts';

/** Tables that keep addresses in columns `address<n>_…`, and how many; each is a row of `customeraddress` too. */
const addressed: Readonly<Record<string, number>> = { account: 2, contact: 3 };

interface Surroundings {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
  readonly counters: Counters;
  readonly newId: () => string;
}

/** Shared variable that names the parent whose update a change of an address row causes, so that it is not written back. */
const echo = 'addressEcho';

/**
 * An address is the same data twice: columns of its parent, and a row of `customeraddress` with the same number.
 *
 * Decided (the platform's documents are silent): writing the parent's columns changes the row without a message of its
 * own, so no step on `customeraddress` runs; a message on the row changes the parent's columns through an Update message
 * of the parent that carries what changed, so that whoever watches the parent sees it.
 */
export function addressSteps(around: Surroundings): Step[] {
  return [
    ...Object.keys(addressed).flatMap((table): Step[] => [
      {
        name: 'Dataverse.CreateAddresses',
        table,
        message: 'Create',
        stage: 40,
        rank: 0,
        run: async (call) => createRows(call, around),
      },
      {
        name: 'Dataverse.UpdateAddresses',
        table,
        message: 'Update',
        stage: 40,
        rank: 0,
        run: async (call) => updateRows(call, around),
      },
    ]),
    {
      name: 'Dataverse.NumberAddress',
      table: 'customeraddress',
      message: 'Create',
      stage: 20,
      rank: 0,
      run: async (call) => numberRow(call, around),
    },
    {
      name: 'Dataverse.UpdateParentOfAddress',
      table: 'customeraddress',
      message: 'Create',
      stage: 40,
      rank: 0,
      run: (call, organization) => updateParent(call, organization, around),
    },
    {
      name: 'Dataverse.UpdateParentOfAddress',
      table: 'customeraddress',
      message: 'Update',
      stage: 40,
      rank: 0,
      run: (call, organization) => updateParent(call, organization, around),
    },
  ];
}

type Pairs = readonly (readonly [column: string, own: string])[];
const pairsKnown = new WeakMap<TableMetadata, { readonly version: string; readonly byNumber: Map<number, Pairs> }>();

/** Columns an address has on both sides: name in the row → name on the parent. Put together once until metadata changes. */
function pairs(parent: TableMetadata, number: number, { metadata }: Surroundings): Pairs {
  let known = pairsKnown.get(parent);
  if (known?.version !== metadata.version) pairsKnown.set(parent, (known = newPairs(metadata.version)));
  let found = known.byNumber.get(number);
  if (found === undefined) {
    const address = metadata.table('customeraddress');
    found = [...(address?.columns.keys() ?? [])]
      .map((column) => [column, `address${number}_${column}`] as const)
      .filter(([column, own]) => parent.columns.has(own) && column !== 'customeraddressid');
    known.byNumber.set(number, found);
  }
  return found;
}

const newPairs = (version: string) => ({ version, byNumber: new Map<number, Pairs>() });

/** What a row takes over from its parent: who made and changed it, and whose it is. */
const stamps = [
  ...['createdon', 'createdby', 'createdonbehalfby', 'modifiedon', 'modifiedby', 'modifiedonbehalfby'],
  ...['ownerid', 'owninguser', 'owningteam', 'owningbusinessunit', 'transactioncurrencyid', 'exchangerate'],
];

const stampsOf = (parent: Row, changed: readonly string[] = stamps): Row =>
  Object.fromEntries(stamps.filter((name) => changed.includes(name)).map((name) => [name, parent[name] ?? null]));

function createRows({ table, id, after }: MessageCall, around: Surroundings): void {
  if (after === undefined) return;
  const { database, shapes, counters } = around;
  const taken = stampsOf(after);
  const ids: Row = {};
  for (let number = 1; number <= addressed[table.logicalName]!; number++) {
    const customeraddressid = around.newId();
    const row: Row = { ...taken, customeraddressid, addressnumber: number };
    for (const [column, own] of pairs(table, number, around)) {
      const value = after[own] ?? null;
      if (value !== null) row[column] = value;
    }
    row['parentid'] = { table: table.logicalName, id };
    row['objecttypecode'] = table.logicalName;
    row['versionnumber'] = counters.next('versionnumber', 1000);
    insertRow(database, shapes('customeraddress'), known(row, around));
    const idColumn = `address${number}_addressid`;
    if (table.columns.has(idColumn)) ids[idColumn] = customeraddressid;
  }
  updateRow(database, shapes(table.logicalName), { [table.primaryId]: id }, ids);
}

/** The columns `customeraddress` has; its owner is kept there as plain ids. */
function known(row: Row, { metadata }: Surroundings): Row {
  const { columns } = metadata.table('customeraddress')!;
  const kept: Row = {};
  for (const [name, value] of Object.entries(row)) {
    const column = columns.get(name);
    if (column === undefined) continue;
    const isPlain = column.type === 'guid' && value !== null && typeof value === 'object';
    kept[name] = isPlain ? (value as Lookup).id : value;
  }
  return kept;
}

const ownerStamps = ['ownerid', 'owninguser', 'owningteam', 'owningbusinessunit'];

function updateRows({ table, id, target, after, shared }: MessageCall, around: Surroundings): void {
  if (shared.get(echo) === `${table.logicalName}/${id}`) return;
  const isAssigned = 'ownerid' in target;
  for (let number = 1; number <= addressed[table.logicalName]!; number++) {
    const changed = pairs(table, number, around).filter(([, own]) => own in target);
    const customeraddressid =
      changed.length === 0 && !isAssigned ? undefined : rowOf(table.logicalName, id, number, around);
    if (customeraddressid === undefined) continue;
    const row: Row = {
      ...Object.fromEntries(changed.map(([column, own]) => [column, after?.[own] ?? null])),
      ...stampsOf(after!, ['modifiedon', 'modifiedby', 'modifiedonbehalfby', ...(isAssigned ? ownerStamps : [])]),
      versionnumber: around.counters.next('versionnumber', 1000),
    };
    updateRow(around.database, around.shapes('customeraddress'), { customeraddressid }, known(row, around));
  }
}

function rowOf(table: string, id: string, number: number, { database, shapes }: Surroundings): string | undefined {
  const of = [
    { kind: 'compare' as const, left: { column: 'parentid' }, operator: 'eq' as const, right: { table, id } },
    { kind: 'compare' as const, left: { column: 'addressnumber' }, operator: 'eq' as const, right: number },
  ];
  const [row] = readRows(
    database,
    { table: 'customeraddress', columns: [], joins: [], order: [], filter: { kind: 'all', of }, top: 1 },
    shapes,
  );
  return row === undefined ? undefined : String(row.columns['customeraddressid']);
}

/** An address without a number gets the one after the highest of its parent. */
function numberRow({ target }: MessageCall, { database, metadata }: Surroundings): void {
  const parent = target['parentid'] as Lookup | null | undefined;
  if (!parent || target['addressnumber'] !== undefined) return;
  const sql = 'select max(addressnumber) as highest from customeraddress where parentid = ?';
  const highest = Number(database.get(sql, [parent.id])?.['highest'] ?? 0);
  target['addressnumber'] = Math.max(highest, addressed[parent.table] ?? 0) + 1;
  if (metadata.table('customeraddress')!.columns.has('objecttypecode')) target['objecttypecode'] = parent.table;
}

async function updateParent(
  { after, target, shared, caller }: MessageCall,
  organization: Parameters<Step['run']>[1],
  around: Surroundings,
): Promise<void> {
  const parent = after?.['parentid'] as Lookup | null | undefined;
  const number = Number(after?.['addressnumber']);
  if (parent === null || parent === undefined) return;
  const table = around.metadata.table(parent.table);
  if (table === undefined || !(number >= 1 && number <= (addressed[parent.table] ?? 0))) return;
  const before = readRow(around.database, around.shapes(parent.table), { [table.primaryId]: parent.id });
  const changed = pairs(table, number, around).filter(
    ([column, own]) => column in target && (target[column] ?? null) !== (before?.[own] ?? null),
  );
  if (before === undefined || changed.length === 0) return;
  shared.set(echo, `${parent.table}/${parent.id}`);
  try {
    await organization.update(
      parent.table,
      parent.id,
      Object.fromEntries(changed.map(([column, own]) => [own, target[column] ?? null])),
      caller,
    );
  } finally {
    shared.delete(echo);
  }
}
