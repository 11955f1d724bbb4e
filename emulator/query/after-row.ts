import { all, any, compare } from './condition-operator.ts';
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
 * @param values one a key of the order, the last of which no two rows share
 */
export function afterRow([first, ...rest]: readonly LastValue[]): Condition {
  if (first === undefined) return any();
  const { key, value } = first;
  const beyond = key.descending ? before(key, value) : compare(key, value === null ? 'ne' : 'gt', value);
  if (rest.length === 0) return beyond;
  return any(beyond, all(compare(key, 'eq', value), afterRow(rest)));
}

function before(key: OrderKey, value: ColumnValue): Condition {
  return value === null ? any() : any(compare(key, 'lt', value), compare(key, 'eq', null));
}
