import type { ColumnPath } from './query.ts';

/** Parts of a date that rows can be grouped by, as FetchXML names them. */
export const dateGroupings = ['day', 'week', 'month', 'quarter', 'year', 'fiscal-period', 'fiscal-year'] as const;
export type DateGrouping = (typeof dateGroupings)[number];

export const aggregateFunctions = ['sum', 'avg', 'min', 'max', 'count', 'countcolumn'] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

/** What rows are grouped by. */
export interface GroupKey {
  /** Name in the result. */
  readonly as: string;
  readonly path: ColumnPath;
  readonly dateGrouping?: DateGrouping;
  /** Zone whose days, months and years are meant; UTC when there is none. */
  readonly timeZone?: string;
}

/** A figure of each group. Nulls count for `count` only. */
export interface Figure {
  /** Name in the result. */
  readonly as: string;
  /** Undefined counts rows. */
  readonly path: ColumnPath | undefined;
  readonly function: AggregateFunction;
  readonly distinct: boolean;
}

/** Groups of a query's rows and their figures, in place of the rows. Without a group all rows are one. */
export interface Aggregation {
  readonly groups: readonly GroupKey[];
  readonly figures: readonly Figure[];
  /** Order by the name of a group or of a figure. */
  readonly order: readonly { readonly as: string; readonly descending: boolean }[];
}
