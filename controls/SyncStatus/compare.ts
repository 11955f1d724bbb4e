import type { Row } from '../shared/rows';
import type { Column, ComparedPair, Pair } from './model';

const formatted = '@OData.Community.Display.V1.FormattedValue';

/** The name a column goes by in a row: lookups are read by their id. */
export function wireName({ name, kind }: Column): string {
  return kind === 'lookup' ? `_${name}_value` : name;
}

/** Compares one column of a row with its twin. */
export function comparePair(pair: Pair, column: Column, here: Row, there: Row): ComparedPair {
  const own = wireName(column);
  return {
    label: column.label,
    here: shown(here, own),
    there: shown(there, pair.there),
    isSame: isSame(column, { row: here, name: own }, { row: there, name: pair.there }),
  };
}

interface Cell {
  readonly row: Row;
  readonly name: string;
}

/**
 * Decided: the integers of choices are not the same on both sides and a lookup's id never is, so both are compared by what
 * they are called. Finance and operations has no empty number: nothing here equals zero there.
 */
function isSame({ kind }: Column, here: Cell, there: Cell): boolean {
  const [one, other] = [here.row[here.name], there.row[there.name]];
  switch (kind) {
    case 'money':
      return isSameNumber(one, other, 4);
    case 'number':
      return isSameNumber(one, other, 10);
    case 'date':
      return isSameDate(plain(one), plain(other));
    case 'label':
    case 'lookup':
      return shown(here.row, here.name).toLowerCase() === shown(there.row, there.name).toLowerCase();
    case 'text':
      return plain(one) === plain(other);
  }
}

/** Equal to as many decimal places as the columns of Dataverse can hold. */
function isSameNumber(one: unknown, other: unknown, decimals: number): boolean {
  const [first, second] = [Number(one ?? 0), Number(other ?? 0)];
  return Math.abs(first - second) < 0.5 * 10 ** -decimals;
}

function isSameDate(one: string, other: string): boolean {
  const [first, second] = [Date.parse(one), Date.parse(other)];
  return Number.isNaN(first) || Number.isNaN(second) ? one === other : first === second;
}

/** Line breaks differ between the two sides; nothing and an empty text are one. */
const plain = (value: unknown) =>
  value === null || value === undefined ? '' : String(value).replace(/\r\n?/g, '\n').trim();

const shown = (row: Row, name: string) => plain(row[name + formatted] ?? row[name]);
