import { literalText, parseFilter, type FilterNode } from '../odata/index.ts';
import { order, type PlainValue, type ReadValue } from './range-filter.ts';

/** An OData filter on a table of Dataverse, read: the columns it names, and its test. */
export interface ColumnFilter {
  readonly names: readonly string[];
  test(read: ReadValue): boolean;
}

/**
 * Reads the filter of a map on Dataverse: `customertypecode eq 3 and contains(name,'Ltd')`. Comparisons, `and`, `or`, `not`,
 * `contains`, `startswith` and `endswith`; columns of the table itself only.
 *
 * @throws Error saying what cannot be read
 */
export function readColumnFilter(text: string): ColumnFilter {
  if (text.trim() === '') return { names: [], test: () => true };
  const node = parseFilter(text);
  const names = new Set<string>();
  look(node, names);
  return { names: [...names], test: (read) => Boolean(evaluate(node, read)) };
}

function look(node: FilterNode, names: Set<string>): void {
  if (node.kind === 'path') {
    if (node.names.length > 1)
      throw new Error(
        `'${node.names.join('/')}' is a column of another table: a filter names columns of its own table only.`,
      );
    names.add(columnNamed(node.names[0]!));
  } else if (node.kind === 'binary') {
    if (!(node.operator in comparisons) && node.operator !== 'and' && node.operator !== 'or')
      throw new Error(`The operator '${node.operator}' cannot be used in the filter of a table map.`);
    look(node.left, names);
    look(node.right, names);
  } else if (node.kind === 'not' || node.kind === 'minus') look(node.of, names);
  else if (node.kind === 'call') {
    if (!(node.name in functions))
      throw new Error(`The function '${node.name}' cannot be used in the filter of a table map.`);
    for (const one of node.arguments) look(one, names);
  } else if (node.kind !== 'literal')
    throw new Error('The filter of a table map compares columns of the row itself with values.');
}

/** `_transactioncurrencyid_value` names the column `transactioncurrencyid`. */
const columnNamed = (name: string) => /^_(.+)_value$/.exec(name)?.[1] ?? name;

function evaluate(node: FilterNode, read: ReadValue): PlainValue {
  switch (node.kind) {
    case 'literal':
      return literalOf(node.literal);
    case 'path':
      return read(columnNamed(node.names[0]!)) ?? null;
    case 'not':
      return !evaluate(node.of, read);
    case 'minus':
      return -Number(evaluate(node.of, read));
    case 'call':
      return functions[node.name]!(...node.arguments.map((one) => String(evaluate(one, read) ?? '').toLowerCase()));
    case 'binary': {
      const left = evaluate(node.left, read);
      if (node.operator === 'and') return Boolean(left) && Boolean(evaluate(node.right, read));
      if (node.operator === 'or') return Boolean(left) || Boolean(evaluate(node.right, read));
      return comparisons[node.operator]!(left, evaluate(node.right, read));
    }
    default:
      return undefined;
  }
}

function literalOf(literal: Extract<FilterNode, { kind: 'literal' }>['literal']): PlainValue {
  if (literal.type === 'null') return null;
  if (literal.type === 'boolean') return literal.value;
  return literal.type === 'number' ? Number(literal.text) : literalText(literal);
}

/** Dataverse keeps no empty text: it is null. Null is neither above nor below anything. */
const isEmpty = (value: PlainValue) => value === null || value === undefined || value === '';
const equal = (left: PlainValue, right: PlainValue) =>
  isEmpty(left) || isEmpty(right) ? isEmpty(left) && isEmpty(right) : order(left, right) === 0;
const ordered = (test: (order: number) => boolean) => (left: PlainValue, right: PlainValue) =>
  !isEmpty(left) && !isEmpty(right) && test(order(left, right));

const comparisons: Readonly<Record<string, (left: PlainValue, right: PlainValue) => boolean>> = {
  eq: equal,
  ne: (left, right) => !equal(left, right),
  gt: ordered((one) => one > 0),
  ge: ordered((one) => one >= 0),
  lt: ordered((one) => one < 0),
  le: ordered((one) => one <= 0),
};

const functions: Readonly<Record<string, (...of: string[]) => boolean>> = {
  contains: (text = '', part = '') => text.includes(part),
  startswith: (text = '', part = '') => text.startsWith(part),
  endswith: (text = '', part = '') => text.endsWith(part),
};
