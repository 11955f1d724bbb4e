import { ExpressionError } from './expression-error.ts';
import { partsOf, type Moment } from './moment.ts';

/** Patterns of the .NET standard formats in en-US. `u` and `U` show UTC. */
const standard: Record<string, string> = {
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm tt',
  F: 'dddd, MMMM d, yyyy h:mm:ss tt',
  g: 'M/d/yyyy h:mm tt',
  G: 'M/d/yyyy h:mm:ss tt',
  m: 'MMMM d',
  M: 'MMMM d',
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  t: 'h:mm tt',
  T: 'h:mm:ss tt',
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  U: 'dddd, MMMM d, yyyy h:mm:ss tt',
  y: 'MMMM yyyy',
  Y: 'MMMM yyyy',
};

const pad = (value: number, width: number) => String(value).padStart(width, '0');
const token =
  /'([^']*)'|"([^"]*)"|\\(.)|(\.F{1,7}|d{1,4}|M{1,4}|y{1,5}|h{1,2}|H{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|t{1,2}|z{1,3}|K|g{1,2}|%)|(.)/gs;

/**
 * Writes a moment with a .NET standard or custom format.
 *
 * @param locale names of months and days, e.g. `de-DE`
 * @throws ExpressionError for a standard format there is not
 * @see https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
 */
export function formatMoment(moment: Moment, format: string, locale = 'en-US'): string {
  const single = /^[A-Za-z]$/.test(format);
  const pattern = single ? standard[format] : format;
  if (pattern === undefined) throw new ExpressionError(`The date time format '${format}' is not valid.`);
  const shown = single && /[rRuU]/.test(format) ? { ...moment, zone: 0 } : moment;
  return pattern.replace(token, (_whole, quoted1, quoted2, escaped, code: string | undefined, other) =>
    code === undefined ? (quoted1 ?? quoted2 ?? escaped ?? other) : writeCode(code, shown, locale),
  );
}

function writeCode(code: string, moment: Moment, locale: string): string {
  const parts = partsOf(moment);
  const length = code.length;
  switch (code[0]) {
    case 'd':
      return length > 2 ? dayName(parts.weekday, length === 3 ? 'short' : 'long', locale) : pad(parts.day, length);
    case 'M':
      return length > 2 ? monthName(parts.month, length === 3 ? 'short' : 'long', locale) : pad(parts.month, length);
    case 'y':
      return length < 3 ? pad(parts.year % 100, length) : pad(parts.year, length);
    case 'H':
      return pad(parts.hour, length);
    case 'h':
      return pad(parts.hour % 12 === 0 ? 12 : parts.hour % 12, length);
    case 'm':
      return pad(parts.minute, length);
    case 's':
      return pad(parts.second, length);
    case '.': {
      // A point before nothing is not written.
      const shown = pad(parts.fraction, 7)
        .slice(0, length - 1)
        .replace(/0+$/, '');
      return shown === '' ? '' : `.${shown}`;
    }
    case 'f':
      return pad(parts.fraction, 7).slice(0, length);
    case 'F':
      return pad(parts.fraction, 7).slice(0, length).replace(/0+$/, '');
    case 't':
      return (parts.hour < 12 ? 'AM' : 'PM').slice(0, length);
    case 'z':
      return offset(moment.zone ?? 0, length);
    case 'K':
      return moment.zone === undefined ? '' : moment.zone === 0 ? 'Z' : offset(moment.zone, 3);
    case 'g':
      return 'A.D.';
    default:
      return '';
  }
}

function offset(minutes: number, width: number): string {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const text = `${minutes < 0 ? '-' : '+'}${width === 1 ? hours : pad(hours, 2)}`;
  return width === 3 ? `${text}:${pad(Math.abs(minutes) % 60, 2)}` : text;
}

function dayName(weekday: number, style: 'short' | 'long', locale: string): string {
  // 1970-01-04 was a Sunday.
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 4 + weekday)),
  );
}

function monthName(month: number, style: 'short' | 'long', locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, month - 1, 1)),
  );
}
