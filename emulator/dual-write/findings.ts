import { addColumn } from '../storage/add-column.ts';
import type { Database, SqlRow } from '../storage/database.ts';

export const findingKinds = ['different', 'missingInDataverse', 'missingInFinanceOperations'] as const;
export type FindingKind = (typeof findingKinds)[number];

/**
 * Why a row is not, or not the same, on both sides: the map does not take it (`filter`, `company`), its key does not name one
 * row (`key`), carrying it failed or would fail (`error`), it waits in the queue of a paused map (`queued`), or nothing
 * carried it: a write that dual-write does not see, or one made before the map ran (`notSent`).
 */
export const findingReasons = ['filter', 'company', 'key', 'error', 'queued', 'notSent'] as const;
export type FindingReason = (typeof findingReasons)[number];

export interface ColumnDifference {
  readonly column: string;
  readonly field: string;
  readonly dataverse: unknown;
  readonly financeOperations: unknown;
}

/** A row that is not the same on both sides. */
export interface Finding {
  readonly id: number;
  /** Which leg of the map it is about, from 0. */
  readonly leg: number;
  readonly kind: FindingKind;
  readonly why: FindingReason;
  readonly legalEntity: string;
  readonly key: string;
  /** Of the row of Dataverse. */
  readonly rowId: string | null;
  /** Of the row of finance and operations. */
  readonly entityKey: Readonly<Record<string, string | number | null>> | null;
  readonly columns: readonly ColumnDifference[];
  readonly message: string | null;
}

export type NewFinding = Omit<Finding, 'id' | 'leg'>;

export interface FindingFilter {
  readonly kind?: FindingKind | undefined;
  readonly why?: FindingReason | undefined;
  readonly ids?: readonly number[] | undefined;
  /** Those with a greater id only. */
  readonly after?: number;
}

export interface Findings {
  /** Forgets what was found in a map before. */
  clear(map: string): void;
  add(map: string, leg: number, findings: readonly NewFinding[]): void;
  /** What can be mended comes first. */
  list(map: string, filter: FindingFilter, top: number, skip: number): Finding[];
  /** In the order of their ids. */
  next(map: string, filter: FindingFilter, top: number): Finding[];
  counts(map: string): Readonly<Record<string, number>>;
  remove(id: number): void;
  fail(id: number, message: string): void;
}

const table = '"emulator$dual_write_findings"';

/** What the last comparison of each map has found. */
export function createFindings(database: Database): Findings {
  database.exec(
    `create table if not exists ${table} (id integer primary key, map text not null, leg integer not null default 0, kind text not null, why text not null, legal_entity text not null, row_key text not null, row_id text, entity_key text, columns text not null, message text)`,
  );
  addColumn(database, table, 'leg', 'integer not null default 0');
  database.exec(`create index if not exists "emulator$dual_write_findings_map" on ${table} (map, id)`);
  const where = ({ ids, after = 0 }: FindingFilter) =>
    `map = ?1 and id > ${after} and (?2 is null or kind = ?2) and (?3 is null or why = ?3)${ids === undefined ? '' : ` and id in (${ids.map(Number).join(', ')})`}`;
  const values = (map: string, { kind, why }: FindingFilter) => [map, kind ?? null, why ?? null];
  const order = `case why when 'notSent' then 0 when 'error' then 1 when 'key' then 2 when 'queued' then 3 else 4 end, id`;
  return {
    clear: (map) => void database.run(`delete from ${table} where map = ?`, [map]),
    add(map, leg, findings) {
      for (const one of findings)
        database.run(
          `insert into ${table} (map, leg, kind, why, legal_entity, row_key, row_id, entity_key, columns, message) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            map,
            leg,
            one.kind,
            one.why,
            one.legalEntity,
            one.key,
            one.rowId,
            one.entityKey === null ? null : JSON.stringify(one.entityKey),
            JSON.stringify(one.columns),
            one.message,
          ],
        );
    },
    list: (map, filter, top, skip) =>
      database
        .all(`select * from ${table} where ${where(filter)} order by ${order} limit ?4 offset ?5`, [
          ...values(map, filter),
          top,
          skip,
        ])
        .map(read),
    next: (map, filter, top) =>
      database
        .all(`select * from ${table} where ${where(filter)} order by id limit ?4`, [...values(map, filter), top])
        .map(read),
    counts(map) {
      const rows = database.all(
        `select kind, why, count(*) as n from ${table} where map = ? group by kind, why order by kind, why`,
        [map],
      );
      const counts: Record<string, number> = {};
      for (const { kind, why, n } of rows) {
        counts[String(kind)] = (counts[String(kind)] ?? 0) + Number(n);
        counts[`${String(kind)}.${String(why)}`] = Number(n);
      }
      return counts;
    },
    remove: (id) => void database.run(`delete from ${table} where id = ?`, [id]),
    fail: (id, message) =>
      void database.run(`update ${table} set why = 'error', message = ? where id = ?`, [message, id]),
  };
}

const read = (row: SqlRow): Finding => ({
  id: Number(row['id']),
  leg: Number(row['leg']),
  kind: row['kind'] as FindingKind,
  why: row['why'] as FindingReason,
  legalEntity: String(row['legal_entity']),
  key: String(row['row_key']),
  rowId: row['row_id'] === null ? null : String(row['row_id']),
  entityKey: row['entity_key'] === null ? null : (JSON.parse(String(row['entity_key'])) as Finding['entityKey']),
  columns: JSON.parse(String(row['columns'])) as Finding['columns'],
  message: row['message'] === null ? null : String(row['message']),
});
