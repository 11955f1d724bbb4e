import { literalText, parseFilter, type FilterNode } from '../odata/index.ts';

/** Reads a column or field of the row a filter is tested on. */
export type ReadValue = (name: string) => string | number | boolean | null | undefined;

const tested = new Map<string, FilterNode>();

/** Tests the OData filter of a map on a row of Dataverse. */
export function passesFilter(filter: string, read: ReadValue): boolean {
  return filter.trim() === '' || Boolean(test(parsed(filter), read));
}

/** Tests a query range (`((PartyType == "Organization"))`) on a row of a data entity. */
export function passesRange(range: string, read: ReadValue): boolean {
  if (range.trim() === '') return true;
  const filter = range
    .replace(/"((?:[^"\\]|\\.)*)"/g, (_whole, text: string) => `'${text.replaceAll("'", "''")}'`)
    .replaceAll('==', ' eq ')
    .replaceAll('!=', ' ne ')
    .replaceAll('&&', ' and ')
    .replaceAll('||', ' or ');
  return Boolean(test(parsed(filter), read));
}

function parsed(filter: string): FilterNode {
  let node = tested.get(filter);
  if (node === undefined) tested.set(filter, (node = parseFilter(filter)));
  return node;
}

function test(node: FilterNode, read: ReadValue): unknown {
  switch (node.kind) {
    case 'literal':
      if (node.literal.type === 'null') return null;
      return node.literal.type === 'boolean'
        ? node.literal.value
        : node.literal.type === 'number'
          ? Number(node.literal.text)
          : literalText(node.literal);
    case 'path':
      return read(node.names.join('/')) ?? null;
    case 'not':
      return !test(node.of, read);
    case 'binary': {
      const left = test(node.left, read);
      if (node.operator === 'and') return Boolean(left) && Boolean(test(node.right, read));
      if (node.operator === 'or') return Boolean(left) || Boolean(test(node.right, read));
      const right = test(node.right, read);
      if (node.operator === 'eq') return same(left, right);
      if (node.operator === 'ne') return !same(left, right);
      throw new Error(`The operator '${node.operator}' cannot be used in the filter of a table map.`);
    }
    default:
      throw new Error('The filter of a table map compares columns of the row itself with values.');
  }
}

function same(left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  return (left ?? null) === (right ?? null);
}
