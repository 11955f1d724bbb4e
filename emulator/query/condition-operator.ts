import type { ColumnPath, Condition } from './query.ts';
import type { ColumnShape, ColumnValue, TableShape } from './table-shape.ts';

/** Who asks, and when: what relative conditions are relative to. */
export interface AskContext {
  readonly now: Date;
  /** IANA name of the zone whose days, weeks and months are meant. */
  readonly timeZone: string;
  /** The day weeks begin on: 0 is Sunday. */
  readonly weekStart: number;
  /** Code of the language of the user, e.g. 1033. */
  readonly language: number;
  readonly userId: string;
  readonly businessUnitId: string;
  readonly teamIds: readonly string[];
}

/** What a condition is about. */
export interface ConditionPlace {
  readonly shape: ColumnShape;
  /** The table the column belongs to. */
  readonly table: TableShape;
  /** Any other table, by name. */
  readonly tableNamed: (name: string) => TableShape | undefined;
}

/** A condition operator of FetchXML, which the OData query functions map to one to one; values are of the column's type. */
export interface ConditionOperator {
  /** Name in FetchXML, e.g. `last-x-days`. */
  readonly name: string;
  /** Name as OData query function, e.g. `LastXDays`; undefined when OData has an operator of its own for it. */
  readonly odata?: string;
  readonly values: 'none' | 'one' | 'two' | 'many' | 'count' | 'counts';
  /** Undefined when the operator does not fit the column. */
  build(
    column: ColumnPath,
    values: readonly ColumnValue[],
    ask: AskContext,
    place: ConditionPlace,
  ): Condition | undefined;
}

/** How many values an operator takes at least. */
export const valuesWanted: Readonly<Record<ConditionOperator['values'], number>> = {
  none: 0,
  one: 1,
  two: 2,
  count: 1,
  counts: 2,
  many: 1,
};

export const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
export const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
export const not = (of: Condition): Condition => ({ kind: 'not', of });
export const compare = (
  left: ColumnPath,
  operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le',
  right: ColumnValue,
): Condition => ({ kind: 'compare', left, operator, right });
