import { ExpressionError } from './expression-error.ts';

/**
 * A point in time as the language has it: 100-nanosecond ticks since 0001-01-01, and how the text said its zone.
 * `zone` is minutes east of UTC, or undefined when the text named none.
 */
export interface Moment {
  readonly ticks: bigint;
  readonly zone: number | undefined;
}

export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerDay = 864_000_000_000n;
const epochTicks = 621_355_968_000_000_000n;

export function fromDate(date: Date): Moment {
  return { ticks: BigInt(date.getTime()) * ticksPerMillisecond + epochTicks, zone: 0 };
}

/** The moment in the format `o`: seven digits of a second. Written twice for every action, hence not by the formatter. */
export const timestampOf = (date: Date): string => `${date.toISOString().slice(0, -1)}0000Z`;

/** Milliseconds since 1970, rounded down. */
export function toMilliseconds({ ticks }: Moment): number {
  return Number((ticks - epochTicks) / ticksPerMillisecond);
}

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,7}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
/** en-US, the runtime's own culture: month first. */
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(AM|PM)?)?$/i;

/**
 * Reads a timestamp: ISO 8601 with up to seven fraction digits, or the American short form. Text without a zone is UTC.
 *
 * @throws ExpressionError
 */
export function readMoment(name: string, value: string): Moment {
  const moment = readIso(value.trim()) ?? readAmerican(value.trim());
  if (moment === undefined) {
    throw new ExpressionError(
      `In function '${name}', the value provided for date time string '${value}' was not valid. The datetime string must match ISO 8601 format.`,
    );
  }
  return moment;
}

function readIso(value: string): Moment | undefined {
  const match = iso.exec(value);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zoneText] = match;
  const local = combine([Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)]);
  if (local === undefined) return undefined;
  const zone = zoneText === undefined ? undefined : readZone(zoneText);
  const ticks = local + BigInt(fraction.padEnd(7, '0')) - BigInt(zone ?? 0) * 60n * ticksPerSecond;
  return { ticks, zone };
}

function readAmerican(value: string): Moment | undefined {
  const match = american.exec(value);
  if (match === null) return undefined;
  const [, month, day, year, hour = '0', minute = '0', second = '0', half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const ticks = combine([Number(year), Number(month), Number(day), hours, Number(minute), Number(second)]);
  return ticks === undefined ? undefined : { ticks, zone: undefined };
}

function readZone(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return text.startsWith('-') ? -minutes : minutes;
}

/** Undefined when there is no such day or time. */
function combine([year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number]):
  bigint | undefined {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return same && minute < 60 && second < 60 ? fromDate(date).ticks : undefined;
}

/** Calendar parts of the moment as a clock in its zone shows them. */
export function partsOf(moment: Moment) {
  const local = moment.ticks + BigInt(moment.zone ?? 0) * 60n * ticksPerSecond;
  const date = new Date(toMilliseconds({ ticks: local, zone: 0 }));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    /** 0 to 9999999 */
    fraction: Number(((local % ticksPerSecond) + ticksPerSecond) % ticksPerSecond),
  };
}

/** Adds calendar months, as .NET does: the 31st becomes the last day of a shorter month. */
export function addMonths(moment: Moment, months: number): Moment {
  const milliseconds = toMilliseconds(moment);
  const rest = moment.ticks - fromDate(new Date(milliseconds)).ticks;
  const date = new Date(milliseconds);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return { ticks: fromDate(date).ticks + rest, zone: moment.zone };
}
