import { ExpressionError } from '../expressions/expression-error.ts';
import { readMoment, toMilliseconds } from '../expressions/moment.ts';
import { fromZone, offsetAt } from '../expressions/time-zones.ts';
import { isArray, isObject, type Value, type ValueObject } from '../expressions/value.ts';

/** A recurrence that cannot be kept; the message names what is wrong. */
export class RecurrenceError extends Error {}

export const dayMs = 86_400_000;
/** Milliseconds of the frequencies that have a length; months and years have none. */
export const frequencyMs = { second: 1000, minute: 60_000, hour: 3_600_000, day: dayMs, week: 7 * dayMs } as const;

/** Read once: when a flow runs by itself. */
export interface Recurrence {
  readonly frequency: keyof typeof frequencyMs | 'month' | 'year';
  readonly interval: number;
  /** Where the count begins. */
  readonly start: Date;
  /** A flow without a start time runs once when it is turned on. */
  readonly runsAtOnce: boolean;
  /** It runs no more after this. */
  readonly end: Date | undefined;
  readonly zone: string;
  readonly schedule: Schedule;
}

/** What a day and a time must be; an empty list leaves it open. */
export interface Schedule {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  /** 0 is Sunday. */
  readonly weekDays: readonly number[];
  /** From 1; -1 is the last. */
  readonly monthDays: readonly number[];
  /** The first Monday, the last (-1) Friday. */
  readonly occurrences: readonly { readonly weekDay: number; readonly occurrence: number }[];
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const shortest = 60_000;
const longest = 500 * dayMs;

/**
 * @param turnedOn where the count begins without a start time
 * @throws RecurrenceError for a frequency, an interval, a zone or a schedule there is not
 * @see https://learn.microsoft.com/azure/connectors/connectors-native-recurrence
 * @see https://learn.microsoft.com/rest/api/logic/workflows/create-or-update#workflowtriggerrecurrence
 */
export function readRecurrence(raw: ValueObject, turnedOn: Date): Recurrence {
  const frequency = readFrequency(raw['frequency']);
  const interval = Number(raw['interval'] ?? 1);
  if (!Number.isInteger(interval) || interval < 1)
    throw new RecurrenceError(`its interval '${String(raw['interval'])}' is no whole number above 0`);
  const length = interval * (frequency === 'month' || frequency === 'year' ? 30 * dayMs : frequencyMs[frequency]);
  if (length < shortest || length > longest)
    throw new RecurrenceError('it runs more often than every 60 seconds, or less often than every 500 days');
  const zone = String(raw['timeZone'] ?? 'UTC');
  const start = momentOf(raw['startTime'], zone);
  const end = momentOf(raw['endTime'], zone);
  const schedule = readSchedule(isObject(raw['schedule']) ? raw['schedule'] : {});
  return { frequency, interval, start: start ?? turnedOn, runsAtOnce: start === undefined, end, zone, schedule };
}

function readFrequency(given: Value | undefined): Recurrence['frequency'] {
  const frequency = String(given ?? '').toLowerCase();
  if (frequency in frequencyMs || frequency === 'month' || frequency === 'year')
    return frequency as Recurrence['frequency'];
  throw new RecurrenceError(`its frequency '${String(given)}' is none of Second, Minute, Hour, Day, Week, Month, Year`);
}

function readSchedule(schedule: ValueObject): Schedule {
  const occurrences = listOf(schedule['monthlyOccurrences']).filter(isObject);
  return {
    hours: numbers(schedule, 'hours', 0, 23),
    minutes: numbers(schedule, 'minutes', 0, 59),
    weekDays: listOf(schedule['weekDays']).map(dayNumber),
    monthDays: numbers(schedule, 'monthDays', -31, 31),
    occurrences: occurrences.map(({ day = null, occurrence = 1n }) => ({
      weekDay: dayNumber(day),
      occurrence: Number(occurrence),
    })),
  };
}

const listOf = (value: Value | undefined): readonly Value[] =>
  isArray(value) ? value : value === undefined || value === null ? [] : [value];

function numbers(schedule: ValueObject, name: string, least: number, most: number): readonly number[] {
  return listOf(schedule[name]).map((value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new RecurrenceError(`'${String(value)}' in the ${name} of its schedule is not from ${least} to ${most}`);
  });
}

function dayNumber(name: Value): number {
  const number = dayNames.findIndex((day) => day.toLowerCase() === String(name).toLowerCase());
  if (number < 0) throw new RecurrenceError(`its week day '${String(name)}' is none of ${dayNames.join(', ')}`);
  return number;
}

/** A time without an offset is what clocks in the zone show. */
function momentOf(text: Value | undefined, zone: string): Date | undefined {
  try {
    offsetAt(zone, 0);
    if (text === undefined || text === null || text === '') return undefined;
    return new Date(toMilliseconds(fromZone(readMoment('startTime', String(text)), zone)));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new RecurrenceError(error.message);
  }
}
