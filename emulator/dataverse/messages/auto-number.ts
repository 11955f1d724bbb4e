import { faults } from '../faults.ts';
import type { TableMetadata } from '../metadata/model.ts';

/** Name of the counter an autonumber column counts by. */
export const numberCounter = ({ logicalName }: Pick<TableMetadata, 'logicalName'>, column: string) =>
  `${logicalName}.${column}`;

/** The first number of a column without a seed. */
export const firstNumber = 1000;

/**
 * `BOX-{SEQNUM:6}-{RANDSTRING:4}` and the like; the number is at least as wide as stated.
 *
 * @throws Fault 0x80040203 for more than six random letters, which no definition refuses, and the first row does
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/create-auto-number-attributes
 */
export function autoNumber(format: string, number: number, now: Date): string {
  return format.replace(/\{(SEQNUM|RANDSTRING|DATETIMEUTC):([^}]+)\}/g, (_whole, kind: string, option: string) => {
    if (kind === 'SEQNUM') return String(number).padStart(Number(option), '0');
    return kind === 'RANDSTRING' ? randomText(Number(option)) : formatUtc(now, option);
  });
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

function randomText(length: number): string {
  if (!(length >= 1 && length <= 6)) throw faults.invalidArgument('Invalid Argument');
  return Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Custom date patterns of .NET, in its invariant culture. */
function formatUtc(now: Date, pattern: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [month, day, hour] = [now.getUTCMonth(), now.getUTCDate(), now.getUTCHours()];
  const half = hour % 12 === 0 ? 12 : hour % 12;
  const parts: Record<string, string> = {
    yyyy: String(now.getUTCFullYear()),
    yy: two(now.getUTCFullYear() % 100),
    MMMM: months[month]!,
    MMM: months[month]!.slice(0, 3),
    MM: two(month + 1),
    M: String(month + 1),
    dddd: days[now.getUTCDay()]!,
    ddd: days[now.getUTCDay()]!.slice(0, 3),
    dd: two(day),
    d: String(day),
    HH: two(hour),
    H: String(hour),
    hh: two(half),
    h: String(half),
    mm: two(now.getUTCMinutes()),
    m: String(now.getUTCMinutes()),
    ss: two(now.getUTCSeconds()),
    s: String(now.getUTCSeconds()),
    fff: String(now.getUTCMilliseconds()).padStart(3, '0'),
    tt: hour < 12 ? 'AM' : 'PM',
  };
  return pattern.replace(/'([^']*)'|yyyy|yy|M{1,4}|d{1,4}|HH?|hh?|mm?|ss?|fff|tt/g, (part, literal?: string) =>
    literal === undefined ? parts[part]! : literal,
  );
}
