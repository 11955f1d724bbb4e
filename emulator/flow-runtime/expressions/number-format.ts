import { ExpressionError } from './expression-error.ts';

/**
 * Writes a number with a .NET format: `C N F P E D X G` with a precision, or a custom pattern of `0 # , . %`.
 *
 * @throws ExpressionError for a format there is not
 */
export function formatNumber(value: bigint | number, format: string, locale: string): string {
  const standard = /^([CcNnFfPpEeDdXxGg])(\d{0,2})$/.exec(format);
  if (standard !== null)
    return writeStandard(
      value,
      standard[1]!.toUpperCase(),
      standard[2] === '' ? undefined : Number(standard[2]),
      locale,
    );
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
  switch (letter) {
    case 'C':
      return write({ style: 'currency', currency: currencies[locale.slice(-2).toUpperCase()] ?? 'USD', ...digits });
    case 'N':
      return write(digits);
    case 'F':
      return write({ ...digits, useGrouping: false });
    case 'P':
      return write({ style: 'percent', ...digits });
    case 'E':
      return Number(value)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d+)/, (_m, sign: string, power: string) => `E${sign}${power.padStart(3, '0')}`);
    case 'D':
      return whole(value)
        .toString()
        .replace(/\d+/, (number) => number.padStart(precision ?? 1, '0'));
    case 'X':
      return BigInt.asUintN(64, whole(value))
        .toString(16)
        .toUpperCase()
        .padStart(precision ?? 1, '0');
    default:
      return String(value);
  }
}

function whole(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value;
  if (Number.isInteger(value)) return BigInt(value);
  throw new ExpressionError(`The formats D and X take whole numbers, not ${value}.`);
}

function writeCustom(value: bigint | number, format: string, locale: string): string {
  const pattern = /[0#,.]*[0#][0#,.]*/.exec(format)![0];
  const [integerPart = '', fractionPart = ''] = pattern.split('.');
  const percent = format.includes('%');
  const text = new Intl.NumberFormat(locale, {
    useGrouping: integerPart.includes(','),
    minimumIntegerDigits: Math.max((integerPart.match(/0/g) ?? []).length, 1),
    minimumFractionDigits: (fractionPart.match(/0/g) ?? []).length,
    maximumFractionDigits: fractionPart.replaceAll(',', '').length,
  }).format(percent ? Number(value) * 100 : value);
  return format.replace(pattern, () => text).replaceAll("'", '');
}
