import { readMoment, type Moment } from './moment.ts';

const monthNames = (locale: string, style: 'long' | 'short') =>
  Array.from({ length: 12 }, (_, month) =>
    new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' })
      .format(new Date(Date.UTC(2000, month, 1)))
      .toLowerCase(),
  );

/**
 * Reads a date as people of a locale write it: `20/10/2014` in `fr-FR`, `20 octobre 2010`, a weekday before it or not.
 * ISO 8601 reads the same everywhere.
 *
 * @throws ExpressionError
 */
export function readLocalMoment(name: string, text: string, locale: string): Moment {
  if (locale === '' || /^en-us$/i.test(locale)) return readMoment(name, text);
  const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)$/.exec(text.trim());
  if (numeric !== null && isDayFirst(locale))
    return readMoment(name, `${numeric[2]}/${numeric[1]}/${numeric[3]}${numeric[4]}`);
  return readMoment(name, withMonthNumber(text, locale) ?? text);
}

function isDayFirst(locale: string): boolean {
  const order = new Intl.DateTimeFormat(locale).formatToParts(new Date(0)).map(({ type }) => type);
  return order.indexOf('day') < order.indexOf('month');
}

function withMonthNumber(text: string, locale: string): string | undefined {
  const words = text.toLowerCase();
  const month = [monthNames(locale, 'long'), monthNames(locale, 'short')]
    .map((names) => names.findIndex((one) => words.includes(one)))
    .find((index) => index >= 0);
  const [day, year] = [/(?<!\d)\d{1,2}(?![\d:])/.exec(words)?.[0], /\d{4}/.exec(words)?.[0]];
  if (month === undefined || day === undefined || year === undefined) return undefined;
  return `${month + 1}/${day}/${year}${/\s\d{1,2}:\d\d.*$/.exec(words)?.[0] ?? ''}`;
}

const token = /yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|tt|f{1,7}|'[^']*'|[^]/g;
const digits: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d\\d)',
  MM: '(?<month>\\d\\d)',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d\\d)',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d\\d)',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d\\d)',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d\\d)',
  m: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d\\d)',
  s: '(?<second>\\d{1,2})',
  tt: '(?<half>AM|PM)',
};

/** Reads a date written in exactly this .NET format. @throws ExpressionError when it is not */
export function readExactMoment(name: string, text: string, format: string, locale: string): Moment {
  const pattern = format.replace(token, (part) => {
    if (part.startsWith('MMM'))
      return `(?<monthName>${monthNames(locale, part.length > 3 ? 'long' : 'short').join('|')})`;
    if (part.startsWith('f')) return `(?<fraction>\\d{${part.length}})`;
    return digits[part] ?? part.replace(/^'(.*)'$/, '$1').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const found = new RegExp(`^${pattern}$`, 'i').exec(text.trim())?.groups;
  // What does not match has no day either: the message is the reader's own.
  if (found === undefined) return readMoment(name, `${text} (${format})`);
  const {
    year,
    shortYear,
    month,
    monthName,
    day = '1',
    hour = '0',
    minute = '0',
    second = '0',
    fraction,
    half,
  } = found;
  const months = [...monthNames(locale, 'long'), ...monthNames(locale, 'short')];
  const number = month ?? (monthName === undefined ? 1 : (months.indexOf(monthName.toLowerCase()) % 12) + 1);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/pm/i.test(half) ? 12 : 0);
  const two = (value: string | number) => String(value).padStart(2, '0');
  const date = `${year ?? (shortYear === undefined ? '0001' : `20${shortYear}`)}-${two(number)}-${two(day)}`;
  return readMoment(name, `${date}T${two(hours)}:${two(minute)}:${two(second)}${fraction ? `.${fraction}` : ''}`);
}
