import { any, not, type ConditionOperator, type ConditionPlace } from './condition-operator.ts';
import type { ColumnPath, Condition } from './query.ts';
import type { ColumnShape, ColumnValue, Lookup, TableShape } from './table-shape.ts';

/** Levels a hierarchical condition looks at, as on the platform. */
export const mostLevels = 100;

/**
 * The column that holds a row's parent in its own table; undefined when the table is no hierarchy.
 *
 * Decided: a table's only lookup to itself, or that whose name speaks of a parent: which relationship is the
 * hierarchical one is not kept.
 */
export function parentColumn(table: TableShape): ColumnShape | undefined {
  const own = [...table.columns.values()].filter(
    ({ type, targets }) => type === 'lookup' && targets?.length === 1 && targets[0] === table.name,
  );
  return own.length === 1 ? own[0] : own.find(({ name }) => name.includes('parent'));
}

/** The table whose rows a column names: its own for the key, the target for a lookup. */
function hierarchyOf({ shape, table, tableNamed }: ConditionPlace): TableShape | undefined {
  const target = shape.type === 'lookup' ? tableNamed(shape.targets?.[0] ?? '') : table;
  const isKey = shape.type === 'lookup' || table.key.includes(shape.name);
  return isKey && target !== undefined && parentColumn(target) !== undefined ? target : undefined;
}

const related = (
  name: string,
  odata: string,
  direction: 'above' | 'under',
  { self = false, negated = false } = {},
): ConditionOperator => ({
  name,
  odata,
  values: 'one',
  build(left, [value], _ask, place) {
    const table = hierarchyOf(place);
    if (table === undefined) return undefined;
    const condition = inHierarchy(left, table, direction, idOf(value!), self);
    return negated ? not(condition) : condition;
  },
});

const inHierarchy = (
  left: ColumnPath,
  table: TableShape,
  direction: 'above' | 'under',
  id: string,
  self: boolean,
): Condition => ({
  kind: 'hierarchy',
  left,
  table: table.name,
  parent: parentColumn(table)!.name,
  direction,
  id,
  self,
});

const idOf = (value: ColumnValue) =>
  typeof value === 'object' && value !== null && 'id' in value ? (value as Lookup).id : String(value);

/** The user and everybody who reports to the user, through whomever. */
const reports = (name: string, odata: string, { teams }: { teams: boolean }): ConditionOperator => ({
  name,
  odata,
  values: 'none',
  build(left, _values, { userId, teamIds }, { shape, tableNamed }) {
    const users = tableNamed('systemuser');
    if (shape.type !== 'lookup' || users === undefined || parentColumn(users) === undefined) return undefined;
    const people = inHierarchy(left, users, 'under', userId, true);
    return teams ? any(people, { kind: 'in', left, values: teamIds }) : people;
  },
});

/**
 * Operators over the rows of one table that lie above or below each other.
 *
 * Decided: the teams of `eq-useroruserhierarchyandteams` are those of the user who asks.
 */
export const hierarchyOperators: readonly ConditionOperator[] = [
  related('above', 'Above', 'above'),
  related('eq-or-above', 'AboveOrEqual', 'above', { self: true }),
  related('under', 'Under', 'under'),
  related('eq-or-under', 'UnderOrEqual', 'under', { self: true }),
  // Decided: the row itself is not under itself, so it is among those that are not under it.
  related('not-under', 'NotUnder', 'under', { negated: true }),
  reports('eq-useroruserhierarchy', 'EqualUserOrUserHierarchy', { teams: false }),
  reports('eq-useroruserhierarchyandteams', 'EqualUserOrUserHierarchyAndTeams', { teams: true }),
];
