import type { ColumnShape, ColumnValue } from '../query/index.ts';
import { literalText, type Literal } from './filter.ts';

const guidPattern = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const datePattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * A date as the store keeps it: `2024-01-31T23:59:59Z`, UTC, whole seconds; text without a zone is UTC. Undefined when
 * it is no date.
 */
export function normalizeDate(text: string): string | undefined {
  if (!datePattern.test(text)) return undefined;
  const zoned = text.length === 10 ? `${text}T00:00:00Z` : /(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`;
  const milliseconds = Date.parse(zoned.replace(/T(\d\d:\d\d)(?=Z|[+-])/, 'T$1:00'));
  if (Number.isNaN(milliseconds) || !isDayOfMonth(text)) return undefined;
  return `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** JavaScript takes 30 February for 1 March. */
function isDayOfMonth(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A literal as a column of this type holds it; undefined when it does not fit the type. */
export function readLiteral({ type }: ColumnShape, literal: Literal): ColumnValue | undefined {
  if (literal.type === 'null') return null;
  const text = literalText(literal);
  switch (type) {
    case 'text':
    case 'memo':
    case 'choices':
      return literal.type === 'string' || literal.type === 'guid' ? text : undefined;
    case 'guid':
    case 'lookup':
      return guidPattern.test(text) ? text.replace(/[{}]/g, '').toLowerCase() : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text === '1' ? true : text === '0' ? false : undefined;
    case 'datetime':
      return normalizeDate(text);
    case 'date':
      return normalizeDate(text)?.slice(0, 10);
    default:
      return readNumber(text);
  }
}

function readNumber(text: string): number | bigint | undefined {
  const plain = text.replace(/[dDfFmMlL]$/, '');
  if (plain.trim() === '' || !Number.isFinite(Number(plain))) return undefined;
  return /^-?\d{16,}$/.test(plain) ? BigInt(plain) : Number(plain);
}
