import { addMonths, fromDate, toMilliseconds } from '../expressions/moment.ts';
import { fromZone, offsetAt } from '../expressions/time-zones.ts';
import { dayMs, frequencyMs, type Recurrence, type Schedule } from './read-recurrence.ts';

/**
 * The first moment after `now` at which the recurrence is due; undefined when its end has come. A start time to come is the
 * first, times that are past are let go, and days, weeks and months are those of the calendar in the zone: eight o'clock
 * stays eight o'clock when summer time ends.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/concepts-schedule-automated-recurring-tasks-workflows#recurrence-start-time
 */
export function nextAfter(recurrence: Recurrence, now: Date): Date | undefined {
  const due = nextOf(recurrence, now);
  return recurrence.end !== undefined && due > recurrence.end ? undefined : due;
}

function nextOf(recurrence: Recurrence, now: Date): Date {
  const { frequency, schedule } = recurrence;
  const isScheduled = Object.values(schedule).some((wanted: readonly unknown[]) => wanted.length > 0);
  if (!isScheduled) return nextCounted(recurrence, now);
  return frequency === 'second' || frequency === 'minute' || frequency === 'hour'
    ? nextWithin(recurrence, now)
    : nextScheduled(recurrence, now);
}

/** What clocks in the zone show, as milliseconds; and back. */
const toLocal = (date: Date, zone: string) => date.getTime() + offsetAt(zone, date.getTime()) * 60_000;
const fromLocal = (local: number, zone: string) =>
  new Date(toMilliseconds(fromZone({ ...fromDate(new Date(local)), zone: undefined }, zone)));

/** The start, and every interval after it. */
function nextCounted(recurrence: Recurrence, now: Date): Date {
  if (recurrence.start > now) return recurrence.start;
  for (let count = passed(recurrence, now); ; count++) {
    const due = counted(recurrence, count);
    if (due > now) return due;
  }
}

/** How many intervals have passed for sure. */
function passed({ frequency, interval, start }: Recurrence, now: Date): number {
  const longestMs = frequency === 'month' ? 31 * dayMs : frequency === 'year' ? 366 * dayMs : frequencyMs[frequency];
  return Math.max(Math.floor((now.getTime() - start.getTime()) / (longestMs * interval)) - 1, 0);
}

/** The moment so many intervals after the start. */
function counted({ frequency, interval, start, zone }: Recurrence, count: number): Date {
  const steps = interval * count;
  const local = toLocal(start, zone);
  switch (frequency) {
    case 'month':
    case 'year': {
      const months = steps * (frequency === 'year' ? 12 : 1);
      return fromLocal(toMilliseconds(addMonths(fromDate(new Date(local)), months)), zone);
    }
    case 'week':
    case 'day':
      return fromLocal(local + steps * frequencyMs[frequency], zone);
    default:
      return new Date(start.getTime() + steps * frequencyMs[frequency]);
  }
}

/** Decided: every so many minutes or hours, of which those count that the schedule wants. */
function nextWithin(recurrence: Recurrence, now: Date): Date {
  const { frequency, interval, start, zone, schedule } = recurrence;
  const byMinute = frequency === 'hour' && schedule.minutes.length > 0;
  // Hours at the minutes of the schedule are looked through minute by minute.
  const counting: Recurrence = byMinute ? { ...recurrence, frequency: 'minute', interval: 1 } : recurrence;
  const hourOf = (date: Date) => Math.floor(toLocal(date, zone) / frequencyMs.hour);
  const isTurn = (date: Date) => !byMinute || (hourOf(date) - hourOf(start)) % interval === 0;
  for (let due = nextCounted(counting, now); ; due = nextCounted(counting, due))
    if (isTurn(due) && isInSchedule(schedule, toLocal(due, zone))) return due;
}

function isInSchedule({ hours, minutes, ...days }: Schedule, local: number): boolean {
  const time = new Date(local);
  const isHour = hours.length === 0 || hours.includes(time.getUTCHours());
  const isMinute = minutes.length === 0 || minutes.includes(time.getUTCMinutes());
  return isHour && isMinute && isDayIn(days, time) !== false;
}

/** On each day that is wanted, the times of the schedule; what it leaves open is as at the start. */
function nextScheduled(recurrence: Recurrence, now: Date): Date {
  const { start, zone, schedule } = recurrence;
  const first = toLocal(start, zone);
  const firstDay = Math.floor(first / dayMs);
  const hours = schedule.hours.length > 0 ? schedule.hours : [new Date(first).getUTCHours()];
  const minutes = schedule.minutes.length > 0 ? schedule.minutes : [new Date(first).getUTCMinutes()];
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * frequencyMs.hour + minute * frequencyMs.minute));
  for (let day = Math.max(firstDay, Math.floor(toLocal(now, zone) / dayMs) - 1); ; day++) {
    if (!isTurn(recurrence, day, firstDay)) continue;
    const due = times
      .map((time) => fromLocal(day * dayMs + time, zone))
      .filter((time) => time > now && time >= start)
      .sort((a, b) => a.getTime() - b.getTime())[0];
    if (due !== undefined) return due;
  }
}

/** Whether it is this day's turn: by the count of intervals, and by the days of the schedule. */
function isTurn({ frequency, interval, schedule }: Recurrence, day: number, firstDay: number): boolean {
  const [date, first] = [day, firstDay].map((one) => new Date(one * dayMs)) as [Date, Date];
  const isWanted = isDayIn(schedule, date);
  switch (frequency) {
    case 'week': {
      const weekStart = (one: number, at: Date) => one - at.getUTCDay();
      const weeks = (weekStart(day, date) - weekStart(firstDay, first)) / 7;
      return weeks % interval === 0 && (isWanted ?? date.getUTCDay() === first.getUTCDay());
    }
    case 'month':
    case 'year': {
      const months = monthOf(date) - monthOf(first);
      return months % (frequency === 'year' ? interval * 12 : interval) === 0 && (isWanted ?? isSameDay(date, first));
    }
    default:
      return (day - firstDay) % interval === 0 && isWanted !== false;
  }
}

const monthOf = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
const daysIn = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
const isSameDay = (date: Date, first: Date) => date.getUTCDate() === Math.min(first.getUTCDate(), daysIn(date));

/** Undefined when the schedule leaves the day open. */
function isDayIn(schedule: Pick<Schedule, 'weekDays' | 'monthDays' | 'occurrences'>, date: Date): boolean | undefined {
  const { weekDays, monthDays, occurrences } = schedule;
  if (weekDays.length + monthDays.length + occurrences.length === 0) return undefined;
  const [day, days, weekDay] = [date.getUTCDate(), daysIn(date), date.getUTCDay()];
  const fromEnd = day - days - 1;
  const isOccurrence = (occurrence: number) =>
    occurrence > 0 ? Math.ceil(day / 7) === occurrence : Math.ceil(-fromEnd / 7) === -occurrence;
  return (
    weekDays.includes(weekDay) ||
    monthDays.includes(day) ||
    monthDays.includes(fromEnd) ||
    occurrences.some((one) => one.weekDay === weekDay && isOccurrence(one.occurrence))
  );
}
