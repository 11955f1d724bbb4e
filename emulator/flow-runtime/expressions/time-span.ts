import { ExpressionError } from './expression-error.ts';
import { ticksPerDay, ticksPerSecond } from './moment.ts';

const span = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/** Ticks of a .NET time span, e.g. `-1.02:03:04.5`. @throws ExpressionError */
export function readTimeSpan(name: string, text: string): bigint {
  const match = span.exec(text.trim());
  const [hours, minutes, seconds] = [match?.[3], match?.[4], match?.[5]].map((part) => Number(part ?? 0));
  if (match === null || hours! > 23 || minutes! > 59 || seconds! > 59)
    throw new ExpressionError(
      `In function '${name}', the value '${text}' is not a time span; write it as 'd.hh:mm:ss.fffffff'.`,
    );
  const length =
    BigInt(match[2] ?? 0) * ticksPerDay +
    BigInt((hours! * 60 + minutes!) * 60 + seconds!) * ticksPerSecond +
    BigInt((match[6] ?? '').padEnd(7, '0'));
  return match[1] === undefined ? length : -length;
}

const token = /'([^']*)'|"([^"]*)"|\\(.)|%?(d{1,8}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7})|(.)/gs;

/**
 * Writes ticks with a .NET time span format: `c`, `g`, `G`, or a custom one of `d h m s f F` whose literals are quoted
 * or escaped. Custom formats show no sign, as in .NET.
 *
 * @throws ExpressionError for a letter that is neither
 * @see https://learn.microsoft.com/dotnet/standard/base-types/standard-timespan-format-strings
 */
export function formatTimeSpan(ticks: bigint, format: string): string {
  const parts = partsOf(ticks);
  const sign = ticks < 0n ? '-' : '';
  const { days, hours, minutes, seconds, fraction } = parts;
  const clock = `${two(minutes)}:${two(seconds)}`;
  const tail = fraction === 0 ? '' : `.${seven(fraction)}`;
  if (['c', 't', 'T'].includes(format)) return `${sign}${days > 0n ? `${days}.` : ''}${two(hours)}:${clock}${tail}`;
  if (format === 'g') return `${sign}${days > 0n ? `${days}:` : ''}${hours}:${clock}${tail.replace(/0+$/, '')}`;
  if (format === 'G') return `${sign}${days}:${two(hours)}:${clock}.${seven(fraction)}`;
  return format.replace(token, (_whole, quoted1, quoted2, escaped, code: string | undefined, other: string) => {
    if (code !== undefined && format.length > 1) return writeCode(code, parts);
    if (other !== undefined || code !== undefined) throw notValid(format);
    return (quoted1 ?? quoted2 ?? escaped) as string;
  });
}

const two = (value: number) => String(value).padStart(2, '0');
const seven = (value: number) => String(value).padStart(7, '0');
const notValid = (format: string) =>
  new ExpressionError(`The time span format '${format}' is not valid; quote or escape its literals.`);

function partsOf(ticks: bigint) {
  const length = ticks < 0n ? -ticks : ticks;
  const ofDay = Number(length % ticksPerDay);
  const seconds = Math.floor(ofDay / Number(ticksPerSecond));
  return {
    days: length / ticksPerDay,
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    fraction: ofDay % Number(ticksPerSecond),
  };
}

function writeCode(code: string, parts: ReturnType<typeof partsOf>): string {
  if (code.startsWith('f')) return seven(parts.fraction).slice(0, code.length);
  if (code.startsWith('F')) return seven(parts.fraction).slice(0, code.length).replace(/0+$/, '');
  const names = { d: 'days', h: 'hours', m: 'minutes', s: 'seconds' } as const;
  return String(parts[names[code[0] as keyof typeof names]]).padStart(code.length, '0');
}
