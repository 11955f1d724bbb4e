import { windowsCultures } from '../../../kernel/windows-cultures';
import { ianaByTimeZoneCode } from '../../../kernel/windows-time-zones';

let culture = 'en-US';
let timeZone = 'UTC';

/** Numbers, dates and times as the user's settings have them, not as the browser has. */
export function takeFormats(localeId: number, timeZoneCode: number): void {
  culture = windowsCultures[localeId] ?? 'en-US';
  timeZone = ianaByTimeZoneCode.get(timeZoneCode) ?? 'UTC';
}

export const userCulture = (): string => culture;
export const userTimeZone = (): string => timeZone;

export const formatNumber = (value: number, precision = 0): string =>
  new Intl.NumberFormat(culture, { minimumFractionDigits: precision, maximumFractionDigits: precision }).format(value);

/** Dates as the service writes them. */
const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'numeric', day: 'numeric' };

/** A moment, in the user's time zone. */
export const formatMoment = (value: Date, options: Intl.DateTimeFormatOptions = {}): string =>
  new Intl.DateTimeFormat(culture, { ...day, hour: 'numeric', minute: '2-digit', timeZone, ...options }).format(value);

/** A date without a time, kept at midnight UTC. */
export const formatDate = (value: Date): string =>
  new Intl.DateTimeFormat(culture, { ...day, timeZone: 'UTC' }).format(value);

/**
 * The clock on the user's wall at a moment, as a `Date` whose local parts read it: what pickers of dates work with.
 */
export function toWallClock(moment: Date): Date {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)!.value);
  return new Date(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** How far the user's clock is ahead of UTC at a moment. */
export const offsetMinutes = (moment: Date): number =>
  Math.round((utcOf(toWallClock(moment)) - moment.getTime()) / millisecondsPerMinute);

/** The moment at which the user's wall clock reads this. An hour that daylight saving leaves out is taken an hour later. */
export function fromWallClock(wall: Date): Date {
  const near = utcOf(wall) - offsetMinutes(new Date(utcOf(wall))) * millisecondsPerMinute;
  return new Date(utcOf(wall) - offsetMinutes(new Date(near)) * millisecondsPerMinute);
}

const millisecondsPerMinute = 60_000;

const utcOf = (wall: Date) =>
  Date.UTC(wall.getFullYear(), wall.getMonth(), wall.getDate(), wall.getHours(), wall.getMinutes(), wall.getSeconds());

/** Reads a number with the user's separators; NaN for what is none. */
export function parseNumber(text: string): number {
  const parts = new Intl.NumberFormat(culture).formatToParts(12345.6);
  const group = parts.find(({ type }) => type === 'group')?.value ?? ',';
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const plain = text
    .replace(/[\s\p{Sc}]/gu, '')
    .split(group)
    .join('')
    .replace(decimal, '.');
  return /^[+-]?\d*\.?\d+$/.test(plain) ? Number(plain) : NaN;
}

/** A number as it is typed: the user's decimal sign, no groups. */
export const plainNumber = (value: number): string =>
  new Intl.NumberFormat(culture, { useGrouping: false, maximumFractionDigits: 20 }).format(value);
