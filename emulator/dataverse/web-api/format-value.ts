import type { ColumnValue } from '../../query/index.ts';
import { labelIn } from '../metadata/labels.ts';
import type { ColumnMetadata } from '../metadata/model.ts';
import type { UserFormats } from './user-formats.ts';

const numbers = new Map<string, Intl.NumberFormat>();

function number(culture: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = culture + JSON.stringify(options);
  let format = numbers.get(key);
  if (format === undefined) numbers.set(key, (format = new Intl.NumberFormat(culture, options)));
  return format;
}

/** The formatted value of a column; undefined for those that have none (text, ids, lookups: theirs is the primary name). */
export function formatValue(
  column: ColumnMetadata,
  value: ColumnValue,
  currencySymbol: string | undefined,
  formats: UserFormats,
): string | undefined {
  if (value === null) return undefined;
  const digits = column.precision ?? 2;
  switch (column.type) {
    case 'choice':
      return choiceLabel(column, Number(value), formats);
    case 'choices':
      return String(value)
        .split(',')
        .map((item) => choiceLabel(column, Number(item), formats) ?? item)
        .join('; ');
    case 'boolean':
      return choiceLabel(column, value ? 1 : 0, formats) ?? (value ? 'Yes' : 'No');
    case 'money':
      return formatMoney(Number(value), currencySymbol ?? '$', formats.culture);
    case 'decimal':
    case 'double':
      return number(formats.culture, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        Number(value),
      );
    case 'integer':
    case 'bigint':
      return number(formats.culture, {}).format(value as number | bigint);
    case 'datetime':
    case 'date':
      return formatDate(column, String(value), formats);
    default:
      return undefined;
  }
}

/** The symbol is that of the row's currency; where it stands is the user's, as .NET has it: `25.000,00 €`, `-$5.00`. */
function formatMoney(value: number, symbol: string, culture: string): string {
  // Which currency is asked for makes no difference: its symbol is replaced.
  const style = { style: 'currency', currency: 'EUR', minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  return number(culture, style)
    .formatToParts(value)
    .map((part) => (part.type === 'currency' ? symbol : part.value))
    .join('')
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u202f', ' ');
}

function choiceLabel(column: ColumnMetadata, value: number, { language }: UserFormats): string | undefined {
  const option = column.choice?.options.find((one) => one.value === value);
  return option === undefined ? undefined : labelIn(option.label, language);
}

function formatDate(column: ColumnMetadata, value: string, { culture, timeZone }: UserFormats): string {
  const zone = column.dateBehavior === 1 ? timeZone : 'UTC';
  const isDateOnly = column.type === 'date' || column.format?.toLowerCase() === 'date';
  const time: Intl.DateTimeFormatOptions = isDateOnly ? {} : { hour: 'numeric', minute: '2-digit' };
  const written = new Intl.DateTimeFormat(culture, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    ...time,
    timeZone: zone,
  }).format(new Date(value));
  return written.replace(', ', ' ').replaceAll('\u202f', ' ');
}
