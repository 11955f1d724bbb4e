import type { Lookup } from '../../query/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { ApiParts } from './api.ts';
import type { Pairs } from './navigation.ts';

/** Two rows of a many-to-many relationship. */
export interface Pair {
  readonly table: TableMetadata;
  readonly id: string;
  readonly other: Lookup;
  readonly pairs: Pairs;
}

/** Joins the two rows. @throws Fault 412 when they are joined already, 404 for a row there is not, 403 without Append on both */
export async function addPair(parts: ApiParts, caller: Caller, pair: Pair): Promise<void> {
  const { database, metadata, pipeline } = parts;
  await database.transaction(async () => {
    requireAppend(parts, caller, pair);
    if (pairId(parts, pair) !== undefined) throw faults.duplicatePair();
    requireThere(parts, pair.table, pair.id);
    requireThere(parts, metadata.table(pair.other.table)!, pair.other.id);
    const { intersectTable, ownColumn, otherColumn } = pair.pairs;
    await pipeline.create(intersectTable, { [ownColumn]: pair.id, [otherColumn]: pair.other.id });
  });
}

/** Parts the two rows. @throws Fault 404 when they are not joined, 403 without Append on both */
export async function removePair(parts: ApiParts, caller: Caller, pair: Pair): Promise<void> {
  const intersect = parts.metadata.table(pair.pairs.intersectTable)!;
  await parts.database.transaction(async () => {
    requireAppend(parts, caller, pair);
    const id = pairId(parts, pair);
    if (id === undefined) throw faults.rowNotFound(intersect.schemaName, pair.other.id);
    await parts.pipeline.delete(intersect.logicalName, id);
  });
}

function requireAppend({ access, metadata }: ApiParts, caller: Caller, { table, id, other }: Pair): void {
  access.requireRow(caller, 'Append', table, id);
  access.requireRow(caller, 'Append', metadata.table(other.table)!, other.id);
}

function pairId({ database, metadata }: ApiParts, { id, other, pairs }: Pair): string | undefined {
  const { logicalName, primaryId } = metadata.table(pairs.intersectTable)!;
  const sql = `select "${primaryId}" as id from "${logicalName}" where "${pairs.ownColumn}" = ? and "${pairs.otherColumn}" = ?`;
  const there = database.get(sql, [id, other.id]);
  return there === undefined ? undefined : String(there['id']);
}

function requireThere({ database }: ApiParts, table: TableMetadata, id: string): void {
  const row = database.get(`select 1 from "${table.logicalName}" where "${table.primaryId}" = ?`, [id]);
  if (row === undefined) throw faults.rowNotFound(table.schemaName, id);
}
