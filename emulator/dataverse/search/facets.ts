import { normalizeDate } from '../../odata/index.ts';
import { fold, type ColumnValue, type Lookup } from '../../query/index.ts';
import type { ColumnMetadata } from '../metadata/model.ts';
import type { DateInterval, FacetRequest } from './facet-request.ts';
import { faults } from './faults.ts';

/** One group of a facet: a value, or a range between bounds of which either may be open. */
export interface FacetGroup {
  readonly type: 'Value' | 'Range';
  readonly value?: string | number | boolean;
  /** The name of the row a lookup points at. */
  readonly optionalValue?: string;
  readonly from?: string | number;
  readonly to?: string | number;
  readonly count: number;
}

/** How many rows hold a value. */
export interface ValueCount {
  readonly value: ColumnValue;
  readonly count: number;
}

const eligible = 'Lookup Owner Customer DateTime Money Picklist Integer Decimal MultiSelectPicklist State Status'.split(
  ' ',
);

/** @throws Fault 0x80040203 for a column that cannot be a facet. @see https://learn.microsoft.com/power-apps/user/relevance-faq */
export function requireFacetable({ attributeType, logicalName }: ColumnMetadata, { interval, bounds }: FacetRequest) {
  if (!eligible.includes(attributeType))
    throw faults.badSearch(
      `The column '${logicalName}' (${attributeType}) cannot be a facet. Lookups, dates, choices, money and numbers can.`,
    );
  if (interval === undefined && bounds === undefined) return;
  const isDate = attributeType === 'DateTime';
  const isNumber = ['Money', 'Integer', 'Decimal'].includes(attributeType);
  if ((!isDate && !isNumber) || (interval !== undefined && isDate !== (typeof interval === 'string')))
    throw faults.badSearch(`The facet '${logicalName}' takes no such ranges: its column is of type ${attributeType}.`);
}

/** Groups the values of a column, counted over all tables, as the facet asks for. */
export function groupsOf(
  facet: FacetRequest,
  counts: readonly ValueCount[],
  column: ColumnMetadata | undefined,
  nameOf: (lookup: Lookup) => string | undefined,
): FacetGroup[] {
  const there = counts.filter(({ value }) => value !== null);
  if (facet.bounds !== undefined)
    return ranges(facet.bounds, there, column?.type === 'datetime' || column?.type === 'date');
  const values = column?.type === 'choices' ? there.flatMap(eachChoice) : there;
  const key = (value: ColumnValue) => groupKey(value, facet);
  const groups = new Map<string | number | boolean, FacetGroup>();
  for (const { value, count } of values) {
    const shown = key(value);
    const before = groups.get(shown)?.count ?? 0;
    const optionalValue = isLookup(value) ? nameOf(value) : undefined;
    groups.set(shown, {
      type: 'Value',
      value: shown,
      ...(optionalValue === undefined ? {} : { optionalValue }),
      count: before + count,
    });
  }
  if (facet.interval !== undefined) return [...groups.values()].sort(orders.value);
  return [...groups.values()].sort(orders[facet.sort]).slice(0, facet.count);
}

const isLookup = (value: ColumnValue): value is Lookup => typeof value === 'object' && value !== null && 'id' in value;

const eachChoice = ({ value, count }: ValueCount): ValueCount[] =>
  String(value)
    .split(',')
    .map((one) => ({ value: Number(one), count }));

function groupKey(value: ColumnValue, { interval, offsetMinutes }: FacetRequest): string | number | boolean {
  if (isLookup(value)) return value.id;
  if (typeof interval === 'number') return Math.floor(Number(value) / interval) * interval;
  if (interval !== undefined) return beginningOf(interval, String(value), offsetMinutes);
  return typeof value === 'bigint' ? Number(value) : (value as string | number | boolean);
}

const compared = (a: unknown, b: unknown): number => {
  const [left, right] = typeof a === 'string' && typeof b === 'string' ? [fold(a), fold(b)] : [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

const byValue = (a: FacetGroup, b: FacetGroup) => compared(a.value, b.value);
const orders: Record<FacetRequest['sort'], (a: FacetGroup, b: FacetGroup) => number> = {
  count: (a, b) => b.count - a.count || byValue(a, b),
  '-count': (a, b) => a.count - b.count || byValue(a, b),
  value: byValue,
  '-value': (a, b) => byValue(b, a),
};

/** One range below the first bound, one between each two, one from the last on; also those nothing falls into. */
function ranges(written: readonly string[], counts: readonly ValueCount[], isDate: boolean): FacetGroup[] {
  const bounds = written.map((text) => {
    const bound = isDate ? normalizeDate(text) : text.trim() === '' ? Number.NaN : Number(text);
    if (bound === undefined || Number.isNaN(bound))
      throw faults.badSearch(`'${text}' is no bound of a facet: ${isDate ? 'a date' : 'a number'} is wanted.`);
    return bound;
  });
  const value = (one: ValueCount) => (isDate ? normalizeDate(String(one.value))! : Number(one.value));
  return [undefined, ...bounds].map((from, at) => {
    const to = bounds[at];
    const inside = counts.filter(
      (one) => (from === undefined || value(one) >= from) && (to === undefined || value(one) < to),
    );
    return {
      type: 'Range',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      count: inside.reduce((sum, one) => sum + one.count, 0),
    };
  });
}

/** The moment the interval a date falls into begins, in the zone of the offset. Weeks begin on Sunday. */
function beginningOf(interval: DateInterval, date: string, offsetMinutes: number): string {
  const at = new Date(Date.parse(normalizeDate(date)!) + offsetMinutes * 60_000);
  const parts = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()] as const;
  const [year, month, day, hour, minute] = parts;
  const begin = {
    minute: () => Date.UTC(year, month, day, hour, minute),
    hour: () => Date.UTC(year, month, day, hour),
    day: () => Date.UTC(year, month, day),
    week: () => Date.UTC(year, month, day - at.getUTCDay()),
    month: () => Date.UTC(year, month),
    quarter: () => Date.UTC(year, month - (month % 3)),
    year: () => Date.UTC(year, 0),
  }[interval]();
  return normalizeDate(new Date(begin - offsetMinutes * 60_000).toISOString())!;
}
