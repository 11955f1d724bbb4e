/**
 * Dates and times as the clock on a user's wall shows them: a `Date` whose UTC fields are the local ones, so that days,
 * weeks and months are plain arithmetic.
 */
export function wallClock(instant: Date, timeZone: string): Date {
  if (timeZone === 'UTC') return instant;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, instant.getUTCMilliseconds()));
}

/** The moment a wall clock shows this. A time skipped in spring is read as the hour after it. */
export function instantOf(wall: Date, timeZone: string): Date {
  if (timeZone === 'UTC') return wall;
  const guess = new Date(2 * wall.getTime() - wallClock(wall, timeZone).getTime());
  const error = wallClock(guess, timeZone).getTime() - wall.getTime();
  return error === 0 ? guess : new Date(guess.getTime() - error);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    formats.set(timeZone, format);
  }
  return format;
}

const hour = 3_600_000;

/** A stretch of time with one offset from UTC, in minutes; it ends where the next begins. */
export interface OffsetPeriod {
  /** UTC, as the store keeps dates. */
  readonly from: string;
  readonly minutes: number;
}

const periods = new Map<string, readonly OffsetPeriod[]>();

/** The offsets of a zone between 1970 and 2050; before and after, the nearest holds. */
export function offsetPeriods(timeZone: string): readonly OffsetPeriod[] {
  let known = periods.get(timeZone);
  if (known === undefined) periods.set(timeZone, (known = findPeriods(timeZone)));
  return known;
}

function findPeriods(timeZone: string): OffsetPeriod[] {
  const minutesAt = (time: number) => (wallClock(new Date(time), timeZone).getTime() - time) / 60_000;
  const found: OffsetPeriod[] = [{ from: '', minutes: minutesAt(0) }];
  for (let month = 1; month < 80 * 12; month++) {
    const [from, to] = [Date.UTC(1970, month - 1, 1), Date.UTC(1970, month, 1)];
    if (minutesAt(to) === minutesAt(from)) continue;
    const at = firstHour(from, to, (time) => minutesAt(time) !== minutesAt(from));
    found.push({ from: `${new Date(at).toISOString().slice(0, 19)}Z`, minutes: minutesAt(to) });
  }
  return found;
}

/** By halving: the first full hour for which the condition holds. */
function firstHour(from: number, to: number, holds: (time: number) => boolean): number {
  let [low, high] = [from, to];
  while (high - low > hour) {
    const middle = low + Math.floor((high - low) / hour / 2) * hour;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
