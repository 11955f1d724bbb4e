import { all, compare } from './condition-operator.ts';
import type { Condition, OrderKey } from './query.ts';
import type { ColumnValue } from './table-shape.ts';

/** An order key and the value of the row the page before ended with. */
export interface LastValue {
  readonly key: OrderKey;
  readonly value: ColumnValue;
}

/**
 * The rows that come after a row in the order of a query: rows added to or removed from pages already read move nothing.
 * Nulls come first, as the compiler has it.
 *
 * They are told in stretches that follow each other in that order: rows equal in all keys but the last, then in all but
 * the last two, and so on. Each is a range that an index answers from its beginning, however many rows lie before it.
 *
 * @param values one a key of the order, the last of which no two rows share
 */
export function afterRow(values: readonly LastValue[]): Condition[] {
  return values
    .map((_one, index) => index)
    .reverse()
    .flatMap((index) => {
      const same = values.slice(0, index).map(({ key, value }) => compare(key, 'eq', value));
      return beyond(values[index]!).map((condition) => (same.length === 0 ? condition : all(...same, condition)));
    });
}

function beyond({ key, value }: LastValue): Condition[] {
  if (!key.descending) return [compare(key, value === null ? 'ne' : 'gt', value)];
  // Descending, nulls are the end.
  return value === null ? [] : [compare(key, 'lt', value), compare(key, 'eq', null)];
}
