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

/** Marks the account update a change of an address row causes, so that it is not written back. */
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

/** Columns an address has on both sides: name in the row → name on the parent. */
function pairs(parent: TableMetadata, number: number, { metadata }: Surroundings): [string, string][] {
  const address = metadata.table('customeraddress');
  return [...(address?.columns.keys() ?? [])].flatMap((column): [string, string][] => {
    const own = `address${number}_${column}`;
    return parent.columns.has(own) && column !== 'customeraddressid' ? [[column, own]] : [];
  });
}

function createRows({ table, id, after, shared }: MessageCall, around: Surroundings): void {
  if (after === undefined || shared.has(echo)) return;
  for (let number = 1; number <= addressed[table.logicalName]!; number++) {
    const row: Row = {
      customeraddressid: around.newId(),
      addressnumber: number,
      parentid: { table: table.logicalName, id },
      versionnumber: around.counters.next('versionnumber', 1000),
    };
    for (const [column, own] of pairs(table, number, around)) row[column] = after[own] ?? null;
    for (const stamp of ['createdon', 'modifiedon', 'createdby', 'modifiedby'] as const)
      row[stamp] = after[stamp] ?? null;
    insertRow(around.database, around.shapes('customeraddress'), known(row, around));
    const idColumn = `address${number}_addressid`;
    if (table.columns.has(idColumn))
      updateRow(
        around.database,
        around.shapes(table.logicalName),
        { [table.primaryId]: id },
        { [idColumn]: row['customeraddressid']! },
      );
  }
}

const known = (row: Row, { metadata }: Surroundings): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => metadata.table('customeraddress')!.columns.has(name)));

function updateRows({ table, id, target, shared }: MessageCall, around: Surroundings): void {
  if (shared.has(echo)) return;
  for (let number = 1; number <= addressed[table.logicalName]!; number++) {
    const changed = pairs(table, number, around).filter(([, own]) => own in target);
    const addressId = changed.length === 0 ? undefined : rowOf(table.logicalName, id, number, around);
    if (addressId === undefined) continue;
    const row = Object.fromEntries(changed.map(([column, own]) => [column, target[own]!]));
    updateRow(
      around.database,
      around.shapes('customeraddress'),
      { customeraddressid: addressId },
      { ...row, versionnumber: around.counters.next('versionnumber', 1000) },
    );
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

async function updateParent(
  { after, target, shared }: MessageCall,
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
  shared.set(echo, true);
  try {
    await organization.update(
      parent.table,
      parent.id,
      Object.fromEntries(changed.map(([column, own]) => [own, target[column] ?? null])),
    );
  } finally {
    shared.delete(echo);
  }
}
