import { ExpressionError } from '../expressions/expression-error.ts';
import { addMonths, fromDate, readMoment, toMilliseconds, type Moment } from '../expressions/moment.ts';
import { fromZone, inZone } from '../expressions/time-zones.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';

/** A recurrence that cannot be kept; the message names what is wrong. */
export class RecurrenceError extends Error {}

const frequencies = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;
const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Read once: when a flow runs by itself. */
export interface Recurrence {
  readonly frequency: keyof typeof frequencies | 'month' | 'year';
  readonly interval: number;
  /** Where the count begins. */
  readonly start: Date;
  readonly zone: string;
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  /** 0 is Sunday. */
  readonly days: readonly number[];
}

const shortest = 60_000;
const longest = 500 * 86_400_000;

/**
 * @param turnedOn where the count begins without a start time
 * @throws RecurrenceError for a frequency, an interval, a zone or a schedule there is not
 * @see https://learn.microsoft.com/azure/connectors/connectors-native-recurrence
 */
export function readRecurrence(raw: ValueObject, turnedOn: Date): Recurrence {
  const frequency = String(raw['frequency'] ?? '').toLowerCase() as Recurrence['frequency'];
  if (!(frequency in frequencies) && frequency !== 'month' && frequency !== 'year')
    throw new RecurrenceError(
      `its frequency '${String(raw['frequency'])}' is none of Second, Minute, Hour, Day, Week, Month, Year`,
    );
  const interval = Number(raw['interval'] ?? 1);
  if (!Number.isInteger(interval) || interval < 1)
    throw new RecurrenceError(`its interval '${String(raw['interval'])}' is no whole number above 0`);
  const length =
    frequency in frequencies ? frequencies[frequency as 'day'] * interval : 30 * frequencies.day * interval;
  if (length < shortest || length > longest)
    throw new RecurrenceError('it runs more often than every 60 seconds, or less often than every 500 days');
  const schedule = isObject(raw['schedule']) ? raw['schedule'] : {};
  const zone = String(raw['timeZone'] ?? 'UTC');
  const start = raw['startTime'] === undefined ? turnedOn : startOf(String(raw['startTime']), zone);
  const numbers = (name: string) => listOf(schedule[name]).map(Number);
  return {
    frequency,
    interval,
    start,
    zone,
    hours: numbers('hours'),
    minutes: numbers('minutes'),
    days: listOf(schedule['weekDays']).map(dayNumber),
  };
}

const listOf = (value: Value | undefined): readonly Value[] =>
  isArray(value) ? value : value === undefined || value === null ? [] : [value];

function dayNumber(name: Value): number {
  const number = weekDays.findIndex((day) => day.toLowerCase() === String(name).toLowerCase());
  if (number < 0) throw new RecurrenceError(`its week day '${String(name)}' is none of ${weekDays.join(', ')}`);
  return number;
}

/** A start time without an offset is what clocks in the zone show. */
function startOf(text: string, zone: string): Date {
  try {
    return new Date(toMilliseconds(fromZone(readMoment('startTime', text), zone)));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new RecurrenceError(error.message);
  }
}

/** The first moment after `now` at which the recurrence is due. A start time to come is the first. */
export function nextAfter(recurrence: Recurrence, now: Date): Date {
  const { start, hours, minutes, days } = recurrence;
  const isScheduled = hours.length + minutes.length + days.length > 0;
  if (isScheduled) return nextScheduled(recurrence, now);
  if (start > now) return start;
  return nextCounted(recurrence, now);
}

/** The start, and every interval after it; months by the calendar of the zone. */
function nextCounted({ frequency, interval, start, zone }: Recurrence, now: Date): Date {
  if (frequency === 'month' || frequency === 'year') {
    const months = interval * (frequency === 'year' ? 12 : 1);
    for (let count = 1; ; count++) {
      const due = monthsLater(start, months * count, zone);
      if (due > now) return due;
    }
  }
  const length = frequencies[frequency] * interval;
  const passed = Math.floor((now.getTime() - start.getTime()) / length) + 1;
  return new Date(start.getTime() + passed * length);
}

/** The same time of day on the calendar of the zone. */
function monthsLater(start: Date, months: number, zone: string): Date {
  return new Date(toMilliseconds(fromZone({ ...asLocal(start, zone, months), zone: undefined }, zone)));
}

/** What clocks in the zone show, as a moment without a zone. */
function asLocal(date: Date, zone: string, months = 0): Moment {
  const moment = inZone(fromDate(date), zone);
  const local = { ticks: moment.ticks + BigInt(moment.zone ?? 0) * 600_000_000n, zone: undefined };
  return months === 0 ? local : addMonths(local, months);
}

/** Days are counted from the day of the start; on each that is wanted the times of the schedule. */
function nextScheduled(recurrence: Recurrence, now: Date): Date {
  const { frequency, interval, start, zone } = recurrence;
  const first = toMilliseconds(asLocal(start, zone));
  const firstDay = Math.floor(first / frequencies.day);
  const nowDay = Math.floor(toMilliseconds(asLocal(now, zone)) / frequencies.day);
  const hours = recurrence.hours.length > 0 ? recurrence.hours : [new Date(first).getUTCHours()];
  const minutes = recurrence.minutes.length > 0 ? recurrence.minutes : [new Date(first).getUTCMinutes()];
  for (let day = Math.max(firstDay, nowDay - 1); ; day++) {
    if (!isWanted(recurrence, day, firstDay, frequency === 'week' ? interval * 7 : interval)) continue;
    const due = hours
      .flatMap((hour) =>
        minutes.map((minute) => day * frequencies.day + hour * frequencies.hour + minute * frequencies.minute),
      )
      .map((local) => new Date(toMilliseconds(fromZone({ ...fromDate(new Date(local)), zone: undefined }, zone))))
      .filter((time) => time > now && time >= start)
      .sort((a, b) => a.getTime() - b.getTime())[0];
    if (due !== undefined) return due;
  }
}

function isWanted({ frequency, days }: Recurrence, day: number, firstDay: number, every: number): boolean {
  // 1970-01-01 was a Thursday.
  const weekDay = (day + 4) % 7;
  const weekStart = (one: number) => one - ((one + 4) % 7);
  if (frequency === 'week') {
    const wanted = days.length > 0 ? days : [(firstDay + 4) % 7];
    return wanted.includes(weekDay) && (weekStart(day) - weekStart(firstDay)) % every === 0;
  }
  if (days.length > 0 && !days.includes(weekDay)) return false;
  return frequency !== 'day' || (day - firstDay) % every === 0;
}
