import type { NewId } from '../../kernel/index.ts';
import type { Lookup } from '../../query/index.ts';
import { deleteRow, insertRow, updateRow, type Database, type Shapes, type SqlRow } from '../../storage/index.ts';
import { activityPointers, shareTableOf } from '../metadata/activities.ts';
import { nextVersion, type Counters } from '../messages/counters.ts';
import type { MetadataCatalogue, Relationship, TableMetadata } from '../metadata/model.ts';

export interface ShareParts {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
  readonly counters: Counters;
  readonly newId: NewId;
}

/** What one principal may do with one row: by a share of the row itself, and by shares of rows it belongs to. */
export interface Share {
  readonly principal: Lookup;
  readonly direct: number;
  readonly inherited: number;
}

const table = 'principalobjectaccess';

const readShare = (row: SqlRow): Share => ({
  principal: { table: String(row['principaltypecode']), id: String(row['principalid']) },
  direct: Number(row['accessrightsmask'] ?? 0),
  inherited: Number(row['inheritedaccessrightsmask'] ?? 0),
});

export const sharesOf = (database: Database, objectId: string): Share[] =>
  database.all(`select * from ${table} where objectid = ? order by principalid`, [objectId]).map(readShare);

export function shareOf(database: Database, objectId: string, principalId: string): Share | undefined {
  const row = database.get(`select * from ${table} where objectid = ? and principalid = ?`, [objectId, principalId]);
  return row === undefined ? undefined : readShare(row);
}

/** Sets the direct rights of a principal on a row, and hands them to the rows that belong to it. */
export function setDirect(parts: ShareParts, object: Lookup, principal: Lookup, direct: number): void {
  const inherited = shareOf(parts.database, object.id, principal.id)?.inherited ?? 0;
  store(parts, object, { principal, direct, inherited });
  inheritBelow(parts, object, principal);
}

/** Takes over, for every principal, what the rows this one belongs to are shared with. */
export function inheritFromParents(parts: ShareParts, object: Lookup): void {
  const parents = parentsOf(parts, object);
  const principals = [...sharesOf(parts.database, object.id), ...parents.flatMap((id) => sharesOf(parts.database, id))];
  const seen = new Set<string>();
  for (const { principal } of principals) {
    if (seen.has(principal.id)) continue;
    seen.add(principal.id);
    if (inherit(parts, object, principal, parents)) inheritBelow(parts, object, principal);
  }
}

export const removeShares = (database: Database, objectId: string): void =>
  void database.run(`delete from ${table} where objectid = ?`, [objectId]);

function inheritBelow(parts: ShareParts, object: Lookup, principal: Lookup): void {
  for (const child of childrenOf(parts, object))
    if (inherit(parts, child, principal, parentsOf(parts, child))) inheritBelow(parts, child, principal);
}

/** @returns whether anything changed, so that a circle of rows ends */
function inherit(parts: ShareParts, object: Lookup, principal: Lookup, parents: readonly string[]): boolean {
  const masks = parents.map((id) => shareOf(parts.database, id, principal.id));
  const inherited = masks.reduce((mask, one) => mask | (one?.direct ?? 0) | (one?.inherited ?? 0), 0);
  const before = shareOf(parts.database, object.id, principal.id);
  if ((before?.inherited ?? 0) === inherited) return false;
  store(parts, object, { principal, direct: before?.direct ?? 0, inherited });
  return true;
}

const isShared = ({ cascade }: Relationship) => cascade.share !== 'NoCascade';

/** Ids of the rows this one belongs to by relationships whose shares cascade. */
function parentsOf({ database, metadata }: ShareParts, { table: name, id }: Lookup): string[] {
  const child = metadata.table(name)!;
  const columns = [...new Set(child.manyToOne.filter(isShared).map((one) => one.referencingColumn))];
  if (columns.length === 0) return [];
  const list = columns.map((column) => `"${column}"`).join(', ');
  const row = database.get(`select ${list} from "${name}" where "${child.primaryId}" = ?`, [id]);
  return columns.flatMap((column) => (row?.[column] ? [String(row[column])] : []));
}

function childrenOf({ database, metadata }: ShareParts, { table: name, id }: Lookup): Lookup[] {
  return metadata
    .table(name)!
    .oneToMany.filter(isShared)
    .flatMap((one) => {
      const child = metadata.table(one.referencingTable);
      // Every activity is a child by the relationship of its own table.
      if (child === undefined || !isShareable(child) || child.logicalName === activityPointers) return [];
      const sql = `select "${child.primaryId}" as id from "${child.logicalName}" where "${one.referencingColumn}" = ?`;
      return database.all(sql, [id]).map((row) => ({ table: child.logicalName, id: String(row['id']) }));
    });
}

export const isShareable = ({ ownership, isVirtual }: TableMetadata) => ownership === 'user' && !isVirtual;

function store({ database, shapes, counters, newId, metadata }: ShareParts, object: Lookup, share: Share): void {
  const { principal, direct, inherited } = share;
  const key = `select principalobjectaccessid as id from ${table} where objectid = ? and principalid = ?`;
  const there = database.get(key, [object.id, principal.id])?.['id'];
  const shape = shapes(table);
  const masks = { accessrightsmask: direct, inheritedaccessrightsmask: inherited };
  const id = { principalobjectaccessid: String(there ?? newId()) };
  if (direct === 0 && inherited === 0) return void (there !== undefined && deleteRow(database, shape, id));
  const version = nextVersion(metadata.table(table)!, counters);
  if (there !== undefined) return void updateRow(database, shape, id, { ...masks, ...version });
  const ends = {
    principalid: principal.id,
    principaltypecode: principal.table,
    objectid: object.id,
    objecttypecode: shareTableOf(metadata.table(object.table)!),
  };
  insertRow(database, shape, { ...id, ...ends, ...masks, ...version });
}
