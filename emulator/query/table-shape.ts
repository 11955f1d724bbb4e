/** What the query compiler and the row store must know of a table; both services describe theirs in these terms. */
export interface TableShape {
  /** Name used in queries: a logical name in Dataverse, a data entity in finance and operations. */
  readonly name: string;
  /** The SQL table or view that holds the rows. */
  readonly storedAs: string;
  /** Columns that identify a row; the last order key of every query. */
  readonly key: readonly string[];
  readonly columns: ReadonlyMap<string, ColumnShape>;
}

export interface ColumnShape {
  readonly name: string;
  readonly type: ColumnType;
  /** Lookup targets by table name; a polymorphic one has several and stores its table in `<name>__table`. */
  readonly targets?: readonly string[];
  /** Dates and times of no zone: compared and grouped as they stand. */
  readonly isZoneIndependent?: boolean;
  /** Computed where it is read; nothing is stored, and `all-attributes` leaves it out. */
  readonly isComputed?: boolean;
  /** The primary name: what a lookup to this table shows and sorts by. */
  readonly isPrimaryName?: boolean;
}

/**
 * How values of each type are stored (and handed to and from the row store):
 *
 * | type | JavaScript | SQLite |
 * |---|---|---|
 * | text, memo, choices | string | text; `text` and `memo` also folded in `<name>__folded` |
 * | integer, choice | number | integer |
 * | bigint | bigint or number | integer |
 * | decimal, money, double | number | real |
 * | boolean | boolean | integer 0/1 |
 * | datetime | string `2024-01-31T23:59:59Z` | text, UTC, whole seconds |
 * | date | string `2024-01-31` | text |
 * | guid | string, lower case | text |
 * | lookup | `{ table, id }` | text id; `<name>__table` when polymorphic |
 * | binary | Buffer | blob |
 */
export type ColumnType =
  | 'text'
  | 'memo'
  | 'choices'
  | 'integer'
  | 'choice'
  | 'bigint'
  | 'decimal'
  | 'money'
  | 'double'
  | 'boolean'
  | 'datetime'
  | 'date'
  | 'guid'
  | 'lookup'
  | 'binary';

export interface Lookup {
  readonly table: string;
  readonly id: string;
}

export type ColumnValue = string | number | bigint | boolean | Lookup | Buffer | null;

/** A row by column name; a column that is absent was not read, or is not to be written. */
export type Row = Record<string, ColumnValue>;
