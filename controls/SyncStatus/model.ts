/** A column here and its twin there. */
export interface Pair {
  readonly column: string;
  readonly twin: string;
}

/** `creditlimit=mserp_creditlimit;name=mserp_organizationname` */
export function readPairs(text: string): Pair[] {
  return text.split(';').map((part) => part.split('=').map((name) => name.trim())).flatMap(([column, twin]) => (column && twin ? [{ column, twin }] : []));
}

export interface Difference {
  readonly column: string;
  readonly here: string;
  readonly there: string;
}

type Row = Readonly<Record<string, unknown>>;

const shown = (row: Row, name: string) => String(row[`${name}@OData.Community.Display.V1.FormattedValue`] ?? row[name] ?? '');

/** Numbers compare by amount (money against decimal), everything else as trimmed text; nothing equals empty. */
export function isSame(here: unknown, there: unknown): boolean {
  if (typeof here === 'number' || typeof there === 'number') return Math.abs(Number(here ?? 0) - Number(there ?? 0)) < 0.00005;
  return String(here ?? '').trim() === String(there ?? '').trim();
}

export function compare(pairs: readonly Pair[], row: Row, twin: Row): Difference[] {
  return pairs.filter((pair) => !isSame(row[pair.column], twin[pair.twin])).map((pair) => ({ column: pair.column, here: shown(row, pair.column), there: shown(twin, pair.twin) }));
}
