import { userCulture, userTimeZone } from '../language/formats';
/** Numbers and dates as the user's settings have them. */
const culture = userCulture;

const number = (digits: number) =>
  new Intl.NumberFormat(culture(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
const date = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(culture(), { timeZone: userTimeZone(), ...options });

/** `context.formatting`. */
export const formatting = {
  formatCurrency: (value: number, precision = 2, symbol = '$') => symbol + number(precision).format(value),
  formatDecimal: (value: number, precision = 2) => number(precision).format(value),
  formatInteger: (value: number) => number(0).format(value),
  formatDateShort: (value: Date, withTime = false) =>
    date(withTime ? { dateStyle: 'short', timeStyle: 'short' } : { dateStyle: 'short' }).format(value),
  formatDateLong: (value: Date) => date({ dateStyle: 'long' }).format(value),
  formatDateLongAbbreviated: (value: Date) => date({ dateStyle: 'medium' }).format(value),
  formatDateYearMonth: (value: Date) => date({ year: 'numeric', month: 'long' }).format(value),
  formatDateAsFilterStringInUTC: (value: Date, withTime = false) =>
    withTime ? `${value.toISOString().slice(0, 19)}Z` : value.toISOString().slice(0, 10),
  formatTime: (value: Date) => date({ timeStyle: 'short' }).format(value),
  formatLanguage: (value: number) => String(value),
  getWeekOfYear: weekOfYear,
};

const day = 86_400_000;

/** ISO 8601: the week a Thursday is in decides. */
function weekOfYear(value: Date): number {
  const thursday = new Date(Date.UTC(value.getFullYear(), value.getMonth(), value.getDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - first) / day + 1) / 7);
}
