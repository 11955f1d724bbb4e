import type { Aggregation } from './aggregation.ts';
import type { ColumnValue } from './table-shape.ts';

/**
 * One query, whoever asked: OData, FetchXML and views are read into this tree and it is compiled to one SQL statement.
 * Names are table and column names, already checked against the shapes by the reader that knows where in the text they stood.
 */
export interface Query {
  readonly table: string;
  /** Columns of the root to read; empty reads the key only. */
  readonly columns: readonly string[];
  readonly joins: readonly Join[];
  readonly filter?: Condition;
  readonly order: readonly OrderKey[];
  /** At most this many rows (`$top`, `top`). */
  readonly top?: number;
  /** Rows to skip: simple paging, (page - 1) x count. */
  readonly skip?: number;
  /** Where a page goes on: stretches of rows in the order of the query, read one after another up to `top`. */
  readonly stretches?: readonly Condition[];
  readonly distinct?: boolean;
  /** Counts beside each row: how many rows of the same table have it as their parent. */
  readonly childCounts?: readonly ChildCount[];
  /** Groups and figures are asked for instead of rows. */
  readonly aggregation?: Aggregation;
}

/** Rows of the root's table whose `parent` column holds the root's key. */
export interface ChildCount {
  /** Name in the result. */
  readonly as: string;
  readonly parent: string;
  /** What else must hold of a row to be counted, under the alias `child`. */
  readonly filter?: Condition;
}

/** A link to another table: `parent.to = child.from`. */
export interface Join {
  readonly alias: string;
  readonly table: string;
  /** Column of the joined table. */
  readonly from: string;
  /** Column of the parent. */
  readonly to: string;
  /** Alias of the parent join; undefined is the root. */
  readonly parent?: string;
  readonly kind: 'inner' | 'outer';
  /** Joins one row at most: the first that matches. */
  readonly firstOnly?: boolean;
  readonly columns: readonly string[];
  /** Part of the join, not applied after it. */
  readonly filter?: Condition;
}

export interface ColumnPath {
  /** A join's alias; undefined is the root. */
  readonly alias?: string;
  readonly column: string;
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/**
 * Null in comparisons follows Dataverse: `ne`, `not in` and `not like` keep rows whose column is null; the order
 * comparisons never match null; `eq null` and `ne null` test for it.
 */
export type Condition =
  | { readonly kind: 'compare'; readonly left: ColumnPath; readonly operator: Comparison; readonly right: ColumnValue }
  | {
      readonly kind: 'compareColumns';
      readonly left: ColumnPath;
      readonly operator: Comparison;
      readonly right: ColumnPath;
    }
  /** Arithmetic on either side; null in it is null, which nothing but `ne` matches. */
  | {
      readonly kind: 'compareTerms';
      readonly left: Term;
      readonly operator: Comparison;
      readonly right: Term;
    }
  | { readonly kind: 'in'; readonly left: ColumnPath; readonly values: readonly ColumnValue[] }
  /** SQL `like` pattern over the folded text: `%` and `_` are live, `[` starts a set as in SQL Server. */
  | { readonly kind: 'like'; readonly left: ColumnPath; readonly pattern: string }
  /** The date lies in this quarter of whatever year, in this zone. */
  | { readonly kind: 'quarter'; readonly left: ColumnPath; readonly quarter: number; readonly timeZone: string }
  /**
   * Rows of `table` joined on `from = parent.to` exist that match `filter` (lambda `any`, `link-type exists`). Further
   * `joins` hang on them, for the columns the filter names.
   */
  | {
      readonly kind: 'exists';
      readonly join: Omit<Join, 'kind' | 'columns'>;
      readonly joins?: readonly Join[];
      readonly filter?: Condition;
    }
  /** The id in `left` is that of a row above or under the row `id`, by the `parent` column of `table`. */
  | {
      readonly kind: 'hierarchy';
      readonly left: ColumnPath;
      readonly table: string;
      readonly parent: string;
      readonly direction: 'above' | 'under';
      readonly id: string;
      /** The row `id` itself counts too. */
      readonly self: boolean;
    }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };

/** A number: a column's, a value, or one calculated of two. */
export type Term =
  | { readonly kind: 'column'; readonly path: ColumnPath }
  | { readonly kind: 'value'; readonly value: number }
  | {
      readonly kind: 'calculated';
      readonly operator: 'add' | 'sub' | 'mul' | 'div' | 'mod';
      readonly left: Term;
      readonly right: Term;
    };

export interface OrderKey extends ColumnPath {
  readonly descending: boolean;
  /** Values in the order they are to come in, where it is not their own: labels of a choice. */
  readonly ranks?: readonly ColumnValue[];
}
