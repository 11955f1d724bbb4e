import { ianaOf } from '../../kernel/index.ts';
import { ExpressionError } from './expression-error.ts';
import { fromDate, partsOf, toMilliseconds, type Moment } from './moment.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(name: string): Intl.DateTimeFormat {
  const iana = ianaOf(name) ?? (name.includes('/') ? name : undefined);
  let formatter = formatters.get(name);
  if (formatter !== undefined) return formatter;
  try {
    if (iana === undefined) throw new RangeError();
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: iana,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new ExpressionError(
      `The time zone id '${name}' is not valid. Use a Windows time zone name such as 'Pacific Standard Time'.`,
    );
  }
  formatters.set(name, formatter);
  return formatter;
}

/** Minutes east of UTC that the zone keeps at this moment. @throws ExpressionError for a zone there is not */
export function offsetAt(zone: string, milliseconds: number): number {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const local = Date.UTC(
    parts['year']!,
    parts['month']! - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  );
  return Math.round((local - Math.floor(milliseconds / 1000) * 1000) / 60_000);
}

/** The same moment as a clock in `zone` shows it. */
export function inZone(moment: Moment, zone: string): Moment {
  return { ticks: moment.ticks, zone: offsetAt(zone, toMilliseconds(moment)) };
}

/** The moment a clock in `zone` shows these calendar parts; text that named its own offset keeps it. */
export function fromZone(moment: Moment, zone: string): Moment {
  if (moment.zone !== undefined) return moment;
  const { year, month, day, hour, minute, second, fraction } = partsOf(moment);
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second);
  let guess = wanted - offsetAt(zone, wanted) * 60_000;
  guess = wanted - offsetAt(zone, guess) * 60_000;
  return { ticks: fromDate(new Date(guess)).ticks + BigInt(fraction), zone: 0 };
}
