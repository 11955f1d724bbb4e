import { ExpressionError } from './expression-error.ts';

/**
 * Writes a number with a .NET format: `C N F P E D X G` with a precision, or a custom pattern of `0 # , . %`.
 *
 * @throws ExpressionError for a format there is not
 */
export function formatNumber(value: bigint | number, format: string, locale: string): string {
  const standard = /^([CcNnFfPpEeDdXxGg])(\d{0,2})$/.exec(format);
  if (standard !== null)
    return writeStandard(value, standard[1]!, standard[2] === '' ? undefined : Number(standard[2]), locale);
  if (/[0#]/.test(format)) return writeCustom(value, format, locale);
  throw new ExpressionError(`The number format '${format}' is not valid.`);
}

const currencies: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  DE: 'EUR',
  FR: 'EUR',
  IT: 'EUR',
  ES: 'EUR',
  JP: 'JPY',
  CH: 'CHF',
  IN: 'INR',
  CA: 'CAD',
  AU: 'AUD',
};

function writeStandard(value: bigint | number, letter: string, precision: number | undefined, locale: string): string {
  const digits = { minimumFractionDigits: precision ?? 2, maximumFractionDigits: precision ?? 2 };
  const write = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(value);
  const cased = (text: string) => (letter === letter.toLowerCase() ? text.toLowerCase() : text.toUpperCase());
  switch (letter.toUpperCase()) {
    case 'C':
      return write({ style: 'currency', currency: currencies[locale.slice(-2).toUpperCase()] ?? 'USD', ...digits });
    case 'N':
      return write(digits);
    case 'F':
      return write({ ...digits, useGrouping: false });
    case 'P':
      return write({ style: 'percent', ...digits });
    case 'E':
      return cased(
        Number(value)
          .toExponential(precision ?? 6)
          .replace(/e([+-])(\d+)/, (_m, sign: string, power: string) => `E${sign}${power.padStart(3, '0')}`),
      );
    case 'D':
      return whole(value)
        .toString()
        .replace(/\d+/, (number) => number.padStart(precision ?? 1, '0'));
    case 'X':
      return cased(
        BigInt.asUintN(64, whole(value))
          .toString(16)
          .padStart(precision ?? 1, '0'),
      );
    default:
      return String(value);
  }
}

function whole(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value;
  if (Number.isInteger(value)) return BigInt(value);
  throw new ExpressionError(`The formats D and X take whole numbers, not ${value}.`);
}

/** Sections for positive, negative and zero are set apart by `;`; one missing falls back to the first. */
function writeCustom(value: bigint | number, format: string, locale: string): string {
  const [positive = '', negative, zero] = format.split(/;(?=(?:[^']*'[^']*')*[^']*$)/);
  if (value == 0 && zero !== undefined) return writeSection(value, zero, locale); // eslint-disable-line eqeqeq -- bigint or number
  if (value < 0 && negative !== undefined && negative !== '') return writeSection(-value, negative, locale);
  return writeSection(value, positive, locale);
}

/** Commas before the point's end divide by a thousand each; between digits they group. */
function writeSection(value: bigint | number, format: string, locale: string): string {
  const bare = format.replaceAll(/'[^']*'/g, '');
  const pattern = /[0#,.]*[0#][0#,.]*/.exec(bare)?.[0];
  if (pattern === undefined) return format.replaceAll("'", '');
  const [integerPart = '', fractionPart = ''] = pattern.split('.');
  const thousands = /,*$/.exec(integerPart)![0].length;
  const scaled = bare.includes('%') ? Number(value) * 100 : thousands > 0 ? Number(value) / 1000 ** thousands : value;
  const integerDigits = (integerPart.match(/0/g) ?? []).length;
  const text = new Intl.NumberFormat(locale, {
    useGrouping: integerPart.slice(0, integerPart.length - thousands).includes(','),
    minimumIntegerDigits: Math.max(integerDigits, 1),
    minimumFractionDigits: (fractionPart.match(/0/g) ?? []).length,
    maximumFractionDigits: fractionPart.replaceAll(',', '').length,
  }).format(scaled);
  const written = integerDigits === 0 ? text.replace(/^(-?)0(?=\D|$)/, '$1') : text;
  return format.replace(pattern, () => written).replaceAll("'", '');
}

/**
 * The number a text holds in a locale: thousands separators anywhere before the point, a minus before or after it.
 * Undefined when it is none.
 */
export function readFloat(text: string, locale: string): number | undefined {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(-12345678.9);
  const mark = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const plain = text
    .trim()
    .replaceAll(/\s/g, ' ')
    .replaceAll(mark('group').replace(/\s/, ' '), '')
    .replace(mark('decimal'), '.')
    .replace(/^([^-]*)-$/, '-$1');
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}
