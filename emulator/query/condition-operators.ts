import { notEmulated } from '../kernel/index.ts';
import type { ColumnPath, Condition } from './query.ts';
import type { ColumnShape, ColumnValue } from './table-shape.ts';

/** Who asks, and when: what relative conditions are relative to. */
export interface AskContext {
  readonly now: Date;
  readonly userId: string;
  readonly businessUnitId: string;
  readonly teamIds: readonly string[];
}

/** A condition operator of FetchXML, which the OData query functions map to one to one; values are of the column's type. */
export interface ConditionOperator {
  /** Name in FetchXML, e.g. `last-x-days`. */
  readonly name: string;
  /** Name as OData query function, e.g. `LastXDays`; undefined when OData has an operator of its own for it. */
  readonly odata?: string;
  readonly values: 'none' | 'one' | 'two' | 'many' | 'count' | 'counts';
  build(column: ColumnPath, values: readonly ColumnValue[], ask: AskContext, shape: ColumnShape): Condition;
}

const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
const not = (of: Condition): Condition => ({ kind: 'not', of });
const compare = (
  left: ColumnPath,
  operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le',
  right: ColumnValue,
): Condition => ({ kind: 'compare', left, operator, right });
const isNull = (left: ColumnPath) => compare(left, 'eq', null);

const plain = (name: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le', ...names: string[]): ConditionOperator[] =>
  [name, ...names].map((one) => ({ name: one, values: 'one', build: (left, [value]) => compare(left, name, value!) }));

const like = (name: string, pattern: (text: string) => string, negative = false): ConditionOperator => ({
  name,
  values: 'one',
  build(left, [value]) {
    const condition: Condition = { kind: 'like', left, pattern: pattern(String(value)) };
    return negative ? not(condition) : condition;
  },
});

type Range = readonly [from: Date, to: Date];

/**
 * Decided: the user's time zone is UTC until user settings carry another; days and months are UTC days and months.
 */
const day = (now: Date, offset = 0) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + offset));
const month = (now: Date, offset = 0) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));
const year = (now: Date, offset = 0) => new Date(Date.UTC(now.getUTCFullYear() + offset, 0, 1));
const week = (now: Date, offset = 0) => day(now, -now.getUTCDay() + 7 * offset);
const hours = (now: Date, count: number) => new Date(now.getTime() + count * 3_600_000);
const soon = (now: Date) => new Date(now.getTime() + 1000);

function inRange(left: ColumnPath, [from, to]: Range, shape: ColumnShape): Condition {
  const write = (date: Date) =>
    shape.type === 'date' ? date.toISOString().slice(0, 10) : `${date.toISOString().slice(0, 19)}Z`;
  return all(compare(left, 'ge', write(from)), compare(left, 'lt', write(to)));
}

const dates = (name: string, odata: string, range: (now: Date) => Range): ConditionOperator => ({
  name,
  odata,
  values: 'none',
  build: (left, _values, { now }, shape) => inRange(left, range(now), shape),
});

const counted = (name: string, odata: string, range: (now: Date, count: number) => Range): ConditionOperator => ({
  name,
  odata,
  values: 'count',
  build: (left, [count], { now }, shape) => inRange(left, range(now, Number(count)), shape),
});

const addMonths = (now: Date, count: number) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, now.getUTCDate()));
const longAgo = new Date(Date.UTC(1753, 0, 1));

const onDay = (value: ColumnValue) => day(new Date(String(value)));

/** Every operator the emulator knows. @see https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/operators */
export const conditionOperators: readonly ConditionOperator[] = [
  ...plain('eq'),
  ...plain('ne', 'neq'),
  ...plain('gt'),
  ...plain('ge'),
  ...plain('lt'),
  ...plain('le'),
  like('like', (text) => text),
  like('not-like', (text) => text, true),
  like('begins-with', (text) => `${text}%`),
  like('not-begin-with', (text) => `${text}%`, true),
  like('ends-with', (text) => `%${text}`),
  like('not-end-with', (text) => `%${text}`, true),
  { name: 'null', values: 'none', build: isNull },
  { name: 'not-null', values: 'none', build: (left) => compare(left, 'ne', null) },
  { name: 'in', odata: 'In', values: 'many', build: (left, values) => ({ kind: 'in', left, values }) },
  { name: 'not-in', odata: 'NotIn', values: 'many', build: (left, values) => not({ kind: 'in', left, values }) },
  {
    name: 'between',
    odata: 'Between',
    values: 'two',
    build: (left, [from, to]) => all(compare(left, 'ge', from!), compare(left, 'le', to!)),
  },
  {
    name: 'not-between',
    odata: 'NotBetween',
    values: 'two',
    build: (left, [from, to]) => any(compare(left, 'lt', from!), compare(left, 'gt', to!)),
  },
  {
    name: 'contain-values',
    odata: 'ContainValues',
    values: 'many',
    build: (left, values) => any(...values.map((value) => holdsChoice(left, value))),
  },
  {
    name: 'not-contain-values',
    odata: 'DoesNotContainValues',
    values: 'many',
    build: (left, values) => not(any(...values.map((value) => holdsChoice(left, value)))),
  },
  {
    name: 'eq-userid',
    odata: 'EqualUserId',
    values: 'none',
    build: (left, _v, { userId }) => compare(left, 'eq', userId),
  },
  {
    name: 'ne-userid',
    odata: 'NotEqualUserId',
    values: 'none',
    build: (left, _v, { userId }) => compare(left, 'ne', userId),
  },
  {
    name: 'eq-businessid',
    odata: 'EqualBusinessId',
    values: 'none',
    build: (left, _v, { businessUnitId }) => compare(left, 'eq', businessUnitId),
  },
  {
    name: 'ne-businessid',
    odata: 'NotEqualBusinessId',
    values: 'none',
    build: (left, _v, { businessUnitId }) => compare(left, 'ne', businessUnitId),
  },
  {
    name: 'eq-userteams',
    odata: 'EqualUserTeams',
    values: 'none',
    build: (left, _v, { teamIds }) => ({ kind: 'in', left, values: teamIds }),
  },
  {
    name: 'eq-useroruserteams',
    odata: 'EqualUserOrUserTeams',
    values: 'none',
    build: (left, _v, { userId, teamIds }) => ({ kind: 'in', left, values: [userId, ...teamIds] }),
  },
  dates('today', 'Today', (now) => [day(now), day(now, 1)]),
  dates('yesterday', 'Yesterday', (now) => [day(now, -1), day(now)]),
  dates('tomorrow', 'Tomorrow', (now) => [day(now, 1), day(now, 2)]),
  dates('last-seven-days', 'Last7Days', (now) => [day(now, -7), soon(now)]),
  dates('next-seven-days', 'Next7Days', (now) => [now, day(now, 8)]),
  dates('last-week', 'LastWeek', (now) => [week(now, -1), week(now)]),
  dates('this-week', 'ThisWeek', (now) => [week(now), week(now, 1)]),
  dates('next-week', 'NextWeek', (now) => [week(now, 1), week(now, 2)]),
  dates('last-month', 'LastMonth', (now) => [month(now, -1), month(now)]),
  dates('this-month', 'ThisMonth', (now) => [month(now), month(now, 1)]),
  dates('next-month', 'NextMonth', (now) => [month(now, 1), month(now, 2)]),
  dates('last-year', 'LastYear', (now) => [year(now, -1), year(now)]),
  dates('this-year', 'ThisYear', (now) => [year(now), year(now, 1)]),
  dates('next-year', 'NextYear', (now) => [year(now, 1), year(now, 2)]),
  counted('last-x-hours', 'LastXHours', (now, count) => [hours(now, -count), soon(now)]),
  counted('next-x-hours', 'NextXHours', (now, count) => [now, hours(now, count)]),
  counted('last-x-days', 'LastXDays', (now, count) => [day(now, -count), soon(now)]),
  counted('next-x-days', 'NextXDays', (now, count) => [now, day(now, count + 1)]),
  counted('last-x-weeks', 'LastXWeeks', (now, count) => [day(now, -7 * count), soon(now)]),
  counted('next-x-weeks', 'NextXWeeks', (now, count) => [now, day(now, 7 * count + 1)]),
  counted('last-x-months', 'LastXMonths', (now, count) => [addMonths(now, -count), soon(now)]),
  counted('next-x-months', 'NextXMonths', (now, count) => [now, addMonths(now, count)]),
  counted('last-x-years', 'LastXYears', (now, count) => [addMonths(now, -12 * count), soon(now)]),
  counted('next-x-years', 'NextXYears', (now, count) => [now, addMonths(now, 12 * count)]),
  counted('olderthan-x-minutes', 'OlderThanXMinutes', (now, count) => [
    longAgo,
    new Date(now.getTime() - count * 60_000),
  ]),
  counted('olderthan-x-hours', 'OlderThanXHours', (now, count) => [longAgo, hours(now, -count)]),
  counted('olderthan-x-days', 'OlderThanXDays', (now, count) => [longAgo, day(now, -count)]),
  counted('olderthan-x-weeks', 'OlderThanXWeeks', (now, count) => [longAgo, day(now, -7 * count)]),
  counted('olderthan-x-months', 'OlderThanXMonths', (now, count) => [longAgo, addMonths(now, -count)]),
  counted('olderthan-x-years', 'OlderThanXYears', (now, count) => [longAgo, addMonths(now, -12 * count)]),
  {
    name: 'on',
    odata: 'On',
    values: 'one',
    build: (left, [value], _ask, shape) => inRange(left, [onDay(value!), day(onDay(value!), 1)], shape),
  },
  {
    name: 'on-or-after',
    odata: 'OnOrAfter',
    values: 'one',
    build: (left, [value], _ask, shape) => inRange(left, [onDay(value!), new Date(Date.UTC(9999, 11, 31))], shape),
  },
  {
    name: 'on-or-before',
    odata: 'OnOrBefore',
    values: 'one',
    build: (left, [value], _ask, shape) => inRange(left, [longAgo, day(onDay(value!), 1)], shape),
  },
  ...fiscalOperators(),
];

/**
 * Decided: the fiscal year is the calendar year and its periods are quarters, as an organisation has it at first.
 */
const quarter = (now: Date, offset = 0) =>
  new Date(Date.UTC(now.getUTCFullYear(), (Math.floor(now.getUTCMonth() / 3) + offset) * 3, 1));
const quarterOf = (period: number, of: number) => new Date(Date.UTC(of, (period - 1) * 3, 1));

function fiscalOperators(): ConditionOperator[] {
  const twoNumbers = (
    name: string,
    odata: string,
    range: (period: number, of: number) => Range,
  ): ConditionOperator => ({
    name,
    odata,
    values: 'counts',
    build: (left, [period, of], _ask, shape) => inRange(left, range(Number(period), Number(of)), shape),
  });
  return [
    dates('this-fiscal-year', 'ThisFiscalYear', (now) => [year(now), year(now, 1)]),
    dates('last-fiscal-year', 'LastFiscalYear', (now) => [year(now, -1), year(now)]),
    dates('next-fiscal-year', 'NextFiscalYear', (now) => [year(now, 1), year(now, 2)]),
    dates('this-fiscal-period', 'ThisFiscalPeriod', (now) => [quarter(now), quarter(now, 1)]),
    dates('last-fiscal-period', 'LastFiscalPeriod', (now) => [quarter(now, -1), quarter(now)]),
    dates('next-fiscal-period', 'NextFiscalPeriod', (now) => [quarter(now, 1), quarter(now, 2)]),
    counted('last-x-fiscal-years', 'LastXFiscalYears', (now, count) => [year(now, -count), year(now)]),
    counted('next-x-fiscal-years', 'NextXFiscalYears', (now, count) => [year(now, 1), year(now, count + 1)]),
    counted('last-x-fiscal-periods', 'LastXFiscalPeriods', (now, count) => [quarter(now, -count), quarter(now)]),
    counted('next-x-fiscal-periods', 'NextXFiscalPeriods', (now, count) => [quarter(now, 1), quarter(now, count + 1)]),
    counted('in-fiscal-year', 'InFiscalYear', (_now, of) => [quarterOf(1, of), quarterOf(5, of)]),
    {
      name: 'in-fiscal-period',
      odata: 'InFiscalPeriod',
      values: 'count',
      build: (left, [period]) => ({ kind: 'quarter', left, quarter: Number(period) }),
    },
    twoNumbers('in-fiscal-period-and-year', 'InFiscalPeriodAndYear', (period, of) => [
      quarterOf(period, of),
      quarterOf(period + 1, of),
    ]),
    twoNumbers('in-or-before-fiscal-period-and-year', 'InOrBeforeFiscalPeriodAndYear', (period, of) => [
      longAgo,
      quarterOf(period + 1, of),
    ]),
    twoNumbers('in-or-after-fiscal-period-and-year', 'InOrAfterFiscalPeriodAndYear', (period, of) => [
      quarterOf(period, of),
      new Date(Date.UTC(9999, 11, 31)),
    ]),
  ];
}

/** A multi-select column is stored as `,1,9,`-free text `1,9`; a value is one of its items. */
function holdsChoice(left: ColumnPath, value: ColumnValue): Condition {
  const text = String(value);
  return any(
    compare(left, 'eq', text),
    ...[`${text},%`, `%,${text}`, `%,${text},%`].map((pattern): Condition => ({ kind: 'like', left, pattern })),
  );
}

const ids = 'Read the ids of the rows meant, and filter with in.';

/** Operators of the platform that are refused by name, and what to do instead. */
export const missingOperators: Readonly<Record<string, string>> = {
  above: ids,
  'eq-or-above': ids,
  under: ids,
  'eq-or-under': ids,
  'not-under': ids,
  'eq-useroruserhierarchy': ids,
  'eq-useroruserhierarchyandteams': ids,
  'eq-userlanguage': 'Compare with the language code.',
};

const byName = new Map(conditionOperators.map((operator) => [operator.name, operator]));
const byFunction = new Map(
  conditionOperators.flatMap((operator) => (operator.odata === undefined ? [] : [[operator.odata, operator] as const])),
);
const plainName = (name: string) => name.replaceAll('-', '').toLowerCase();

/** Undefined when the platform has no such operator. @throws Fault notEmulated for one the emulator lacks */
export function findOperator(name: string): ConditionOperator | undefined {
  const instead = Object.hasOwn(missingOperators, name) ? missingOperators[name] : undefined;
  if (instead !== undefined) throw notEmulated(`The FetchXML operator '${name}'`, instead);
  return byName.get(name);
}

/** The same by the name of the OData query function, without its namespace. */
export function findQueryFunction(name: string): ConditionOperator | undefined {
  const wanted = plainName(name)
    .replace(/^equal/, 'eq')
    .replace(/^notequal/, 'ne');
  const missing = Object.entries(missingOperators).find(([one]) => [wanted, plainName(name)].includes(plainName(one)));
  if (missing !== undefined) throw notEmulated(`The query function '${name}'`, missing[1]);
  return byFunction.get(name);
}
