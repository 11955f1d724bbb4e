import type { ColumnValue, Condition, OrderKey, Query, Row } from '../query/index.ts';
import { faults } from './faults.ts';

/** Answers a query over the few hundred rows of the catalogue, which are nowhere in a store. @throws Fault 0x80044822 */
export function queryRows(rows: readonly Row[], { filter, order, skip = 0, top, joins }: Query) {
  if (joins.length > 0) throw faults.unsupported('A virtual table cannot be joined with another table.');
  const found = rows
    .filter((row) => filter === undefined || matches(row, filter))
    .sort((a, b) => compareRows(a, b, order));
  const page = found.slice(skip, top === undefined ? undefined : skip + top);
  return { rows: () => page, moreRows: skip + page.length < found.length, count: found.length };
}

const folded = (value: ColumnValue) => (typeof value === 'string' ? value.toLowerCase() : value);

function compareValues(left: ColumnValue, right: ColumnValue): number {
  const [a, b] = [folded(left), folded(right)];
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function compareRows(one: Row, other: Row, order: readonly OrderKey[]): number {
  for (const { column, descending } of order) {
    const difference = compareValues(one[column] ?? null, other[column] ?? null);
    if (difference !== 0) return descending ? -difference : difference;
  }
  return 0;
}

const comparisons: Readonly<Record<string, (difference: number) => boolean>> = {
  eq: (difference) => difference === 0,
  ne: (difference) => difference !== 0,
  gt: (difference) => difference > 0,
  ge: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  le: (difference) => difference <= 0,
};

function matches(row: Row, condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => matches(row, part));
    case 'any':
      return condition.of.some((part) => matches(row, part));
    case 'not':
      return !matches(row, condition.of);
    case 'compare':
      return comparisons[condition.operator]!(
        compareValues(row[condition.left.column] ?? null, plain(condition.right)),
      );
    case 'in':
      return condition.values.some((value) => compareValues(row[condition.left.column] ?? null, plain(value)) === 0);
    case 'like':
      return likePattern(condition.pattern).test(String(row[condition.left.column] ?? ''));
    default:
      throw faults.unsupported(
        'Conditions on related rows, and comparisons of two columns, are not supported for virtual tables.',
      );
  }
}

const plain = (value: ColumnValue) => (typeof value === 'object' && value !== null && 'id' in value ? value.id : value);

/** `%`, `_` and `[…]` as SQL Server reads them. */
function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\[([^\]]*)\]|%|_|[\\^$.*+?()|{}]/g, (part, set?: string) => {
    if (set !== undefined) return `[${set.replace(/[\\\]]/g, '\\$&')}]`;
    return part === '%' ? '[^]*' : part === '_' ? '[^]' : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 'i');
}
