import { all, compare, type ConditionOperator, type ConditionPlace } from './condition-operator.ts';
import type { ColumnPath, Condition } from './query.ts';
import type { ColumnShape, ColumnValue } from './table-shape.ts';
import { instantOf, wallClock } from './wall-clock.ts';

/** From the first up to, not including, the second; as the user's wall clock shows them. */
type Range = readonly [from: Date, to: Date];

const day = (now: Date, offset = 0) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + offset));
const month = (now: Date, offset = 0) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));
const year = (now: Date, offset = 0) => new Date(Date.UTC(now.getUTCFullYear() + offset, 0, 1));
const week = (now: Date, start: number, offset = 0) => day(now, -((now.getUTCDay() - start + 7) % 7) + 7 * offset);
const hours = (now: Date, count: number) => new Date(now.getTime() + count * 3_600_000);
const soon = (now: Date) => new Date(now.getTime() + 1000);
const longAgo = new Date(Date.UTC(1753, 0, 1));
const farAhead = new Date(Date.UTC(9999, 11, 31));

/** The same day of another month, or its last day: 31 March less one month is 28 February. Keeps the time of day. */
function addMonths(now: Date, count: number): Date {
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, 1);
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count + 1, 0)).getUTCDate();
  const date = Math.min(now.getUTCDate(), last) - 1;
  return new Date(first + date * 86_400_000 + (now.getTime() - day(now).getTime()));
}

/**
 * Decided: the fiscal year is the calendar year and its periods are quarters, as an organisation has it at first.
 */
const quarter = (now: Date, offset = 0) =>
  new Date(Date.UTC(now.getUTCFullYear(), (Math.floor(now.getUTCMonth() / 3) + offset) * 3, 1));
const quarterOf = (period: number, of: number) => new Date(Date.UTC(of, (period - 1) * 3, 1));

/** A day that has begun counts as a whole where the column holds days only. */
function dateText(date: Date): string {
  const rounded = date.getTime() === day(date).getTime() ? date : day(date, 1);
  return rounded.toISOString().slice(0, 10);
}

/** The zone a column's values are seen in: days and times of no zone are compared as they stand. */
const zoneOf = ({ type, isZoneIndependent }: ColumnShape, timeZone: string) =>
  type === 'date' || isZoneIndependent === true ? 'UTC' : timeZone;

function inRange(left: ColumnPath, [from, to]: Range, shape: ColumnShape, timeZone: string): Condition {
  if (shape.type === 'date')
    return all(compare(left, 'ge', from.toISOString().slice(0, 10)), compare(left, 'lt', dateText(to)));
  const write = (wall: Date) => `${instantOf(wall, zoneOf(shape, timeZone)).toISOString().slice(0, 19)}Z`;
  return all(compare(left, 'ge', write(from)), compare(left, 'lt', write(to)));
}

const isDate = ({ shape }: ConditionPlace) => shape.type === 'date' || shape.type === 'datetime';

const dates = (name: string, odata: string, range: (now: Date, weekStart: number) => Range): ConditionOperator => ({
  name,
  odata,
  values: 'none',
  build: (left, _values, { now, timeZone, weekStart }, place) =>
    isDate(place) ? inRange(left, range(wallClock(now, timeZone), weekStart), place.shape, timeZone) : undefined,
});

const counted = (name: string, odata: string, range: (now: Date, count: number) => Range): ConditionOperator => ({
  name,
  odata,
  values: 'count',
  build: (left, [count], { now, timeZone }, place) =>
    isDate(place) ? inRange(left, range(wallClock(now, timeZone), Number(count)), place.shape, timeZone) : undefined,
});

/** Hours and minutes mean nothing to a column that holds days only. */
const withTime = (operator: ConditionOperator): ConditionOperator => ({
  ...operator,
  build: (left, values, ask, place) =>
    place.shape.type === 'date' ? undefined : operator.build(left, values, ask, place),
});

/** On the day that is named, in the user's zone, whatever time of day the value has. */
const onDay = (name: string, odata: string, range: (date: Date) => Range): ConditionOperator => ({
  name,
  odata,
  values: 'one',
  build: (left, [value], { timeZone }, place) =>
    isDate(place) ? inRange(left, range(dayOf(value!, place.shape, timeZone)), place.shape, timeZone) : undefined,
});

/**
 * Decided: a value without a time names the day itself; midnight UTC is how such a value reaches us for a column that
 * holds times.
 */
function dayOf(value: ColumnValue, shape: ColumnShape, timeZone: string): Date {
  const date = new Date(String(value));
  return day(String(value).endsWith('T00:00:00Z') ? date : wallClock(date, zoneOf(shape, timeZone)));
}

const twoNumbers = (name: string, odata: string, range: (period: number, of: number) => Range): ConditionOperator => ({
  name,
  odata,
  values: 'counts',
  build: (left, [period, of], { timeZone }, place) =>
    isDate(place) ? inRange(left, range(Number(period), Number(of)), place.shape, timeZone) : undefined,
});

/** Operators relative to the clock, and to days and fiscal periods that are named. */
export const dateOperators: readonly ConditionOperator[] = [
  dates('today', 'Today', (now) => [day(now), day(now, 1)]),
  dates('yesterday', 'Yesterday', (now) => [day(now, -1), day(now)]),
  dates('tomorrow', 'Tomorrow', (now) => [day(now, 1), day(now, 2)]),
  dates('last-seven-days', 'Last7Days', (now) => [day(now, -7), soon(now)]),
  dates('next-seven-days', 'Next7Days', (now) => [now, day(now, 8)]),
  dates('last-week', 'LastWeek', (now, start) => [week(now, start, -1), week(now, start)]),
  dates('this-week', 'ThisWeek', (now, start) => [week(now, start), week(now, start, 1)]),
  dates('next-week', 'NextWeek', (now, start) => [week(now, start, 1), week(now, start, 2)]),
  dates('last-month', 'LastMonth', (now) => [month(now, -1), month(now)]),
  dates('this-month', 'ThisMonth', (now) => [month(now), month(now, 1)]),
  dates('next-month', 'NextMonth', (now) => [month(now, 1), month(now, 2)]),
  dates('last-year', 'LastYear', (now) => [year(now, -1), year(now)]),
  dates('this-year', 'ThisYear', (now) => [year(now), year(now, 1)]),
  dates('next-year', 'NextYear', (now) => [year(now, 1), year(now, 2)]),
  withTime(counted('last-x-hours', 'LastXHours', (now, count) => [hours(now, -count), soon(now)])),
  withTime(counted('next-x-hours', 'NextXHours', (now, count) => [now, hours(now, count)])),
  counted('last-x-days', 'LastXDays', (now, count) => [day(now, -count), soon(now)]),
  counted('next-x-days', 'NextXDays', (now, count) => [now, day(now, count + 1)]),
  counted('last-x-weeks', 'LastXWeeks', (now, count) => [day(now, -7 * count), soon(now)]),
  counted('next-x-weeks', 'NextXWeeks', (now, count) => [now, day(now, 7 * count + 1)]),
  counted('last-x-months', 'LastXMonths', (now, count) => [day(addMonths(now, -count)), soon(now)]),
  counted('next-x-months', 'NextXMonths', (now, count) => [now, day(addMonths(now, count), 1)]),
  counted('last-x-years', 'LastXYears', (now, count) => [day(addMonths(now, -12 * count)), soon(now)]),
  counted('next-x-years', 'NextXYears', (now, count) => [now, day(addMonths(now, 12 * count), 1)]),
  withTime(counted('olderthan-x-minutes', 'OlderThanXMinutes', (now, count) => [longAgo, hours(now, -count / 60)])),
  withTime(counted('olderthan-x-hours', 'OlderThanXHours', (now, count) => [longAgo, hours(now, -count)])),
  counted('olderthan-x-days', 'OlderThanXDays', (now, count) => [longAgo, hours(now, -24 * count)]),
  counted('olderthan-x-weeks', 'OlderThanXWeeks', (now, count) => [longAgo, hours(now, -168 * count)]),
  counted('olderthan-x-months', 'OlderThanXMonths', (now, count) => [longAgo, addMonths(now, -count)]),
  counted('olderthan-x-years', 'OlderThanXYears', (now, count) => [longAgo, addMonths(now, -12 * count)]),
  onDay('on', 'On', (date) => [date, day(date, 1)]),
  onDay('on-or-after', 'OnOrAfter', (date) => [date, farAhead]),
  onDay('on-or-before', 'OnOrBefore', (date) => [longAgo, day(date, 1)]),
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
    build: (left, [period], { timeZone }, place) =>
      isDate(place)
        ? { kind: 'quarter', left, quarter: Number(period), timeZone: zoneOf(place.shape, timeZone) }
        : undefined,
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
    farAhead,
  ]),
];
