import {
  bindFilter,
  literalText,
  parseFilter,
  readLiteral,
  type Collection,
  type FilterNode,
  type Literal,
  type NameResolver,
  type ResolvedColumn,
} from '../../odata/index.ts';
import type { ColumnShape, Condition } from '../../query/index.ts';
import type { Shapes } from '../../storage/index.ts';
import { faults } from './faults.ts';
import type { SearchableTable } from './searchable-tables.ts';

/**
 * Reads a filter for each table it is about. Columns go by their logical names, lookups too. A column that only some of the
 * tables have in the index is null in the others, as in one index over all.
 *
 * @throws Fault 0x80040203 for a column that no table has in the index, or a value that does not fit it
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/query#filter-parameter
 */
export function readFilter(
  text: string,
  tables: readonly SearchableTable[],
  shapes: Shapes,
): Map<SearchableTable, Condition> {
  const node = parseFilter(text);
  for (const name of columnsIn(node)) requireIndexed(name, tables);
  return new Map(tables.map((one) => [one, bindFilter(known(node, one), new IndexNames(one, shapes))]));
}

/** @throws Fault 0x80040203 when the column is in the index of none of the tables */
export function requireIndexed(name: string, tables: readonly SearchableTable[]): void {
  if (tables.some(({ indexed }) => indexed.has(columnOf(name)))) return;
  const names = tables.map(({ table }) => `'${table.logicalName}'`).join(', ');
  throw faults.badSearch(
    `The column '${name}' is not in the search index of ${names === '' ? 'any table' : names}. Add it to the quick-find view, or leave it out.`,
  );
}

const columnOf = (name: string) => /^_(.+)_value$/.exec(name)?.[1] ?? name;

function* columnsIn(node: FilterNode): Generator<string> {
  if (node.kind === 'path') yield node.names.join('/');
  if (node.kind === 'binary') {
    yield* columnsIn(node.left);
    yield* columnsIn(node.right);
  }
  if (node.kind === 'not') yield* columnsIn(node.of);
  if (node.kind === 'call') for (const argument of node.arguments) yield* columnsIn(argument);
}

/** The filter as it reads for one table: `not a eq 1` negates the comparison, and columns it lacks are null. */
function known(node: FilterNode, one: SearchableTable): FilterNode {
  if (node.kind === 'not') return { ...node, of: known(node.of, one) };
  if (node.kind !== 'binary') return node;
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') return { ...node, left: known(left, one), right: known(right, one) };
  if (left.kind === 'not') return { kind: 'not', of: known({ ...node, left: left.of }, one), position: node.position };
  const isThere = [...columnsIn(node)].every((name) => one.indexed.has(columnOf(name)));
  return isThere ? node : nullCompared(node);
}

/** What a comparison of null comes to. */
function nullCompared({ operator, left, right, position }: FilterNode & { kind: 'binary' }): FilterNode {
  const isNull = [left, right].some((side) => side.kind === 'literal' && side.literal.type === 'null');
  const value = operator === 'eq' ? isNull : operator === 'ne' && !isNull;
  return { kind: 'literal', literal: { type: 'boolean', value }, position };
}

class IndexNames implements NameResolver {
  constructor(
    private readonly one: SearchableTable,
    private readonly shapes: Shapes,
  ) {}

  column(names: readonly string[]): ResolvedColumn {
    const name = columnOf(names.join('/'));
    requireIndexed(name, [this.one]);
    return { path: { column: name }, shape: this.shapes(this.one.table.logicalName).columns.get(name)! };
  }

  collection(path: readonly string[]): Collection {
    return this.unsupported(`The collection '${path.join('/')}'`);
  }

  value(column: ColumnShape, literal: Literal) {
    const value = readLiteral(column, literal);
    if (value !== undefined) return value;
    throw faults.badSearch(`The value '${literalText(literal)}' does not fit the column '${column.name}'.`);
  }

  unsupported(what: string): never {
    throw faults.badSearch(`${what} is not supported in the filter of a search.`);
  }
}

/** A part of a filter, and the tables it is about; undefined is all. */
export interface FilterPart {
  readonly table: string | undefined;
  readonly text: string;
}

/**
 * Parts a filter as the legacy search writes it: `account: modifiedon ge …, incident: (prioritycode eq 1)`. What names no
 * table is about all of them.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/legacy#filterstring-optional
 */
export function filterParts(text: string): FilterPart[] {
  // Nothing inside quotes parts; a colon follows a table's name at the beginning or after a comma only.
  const starts = [...text.matchAll(/'(?:[^']|'')*'|(?:^|,)\s*([a-z_][a-z0-9_]*)\s*:/gi)].filter(([, name]) => name);
  const first = starts[0]?.index ?? text.length;
  const head = text.slice(0, first).trim();
  const parts = starts.map((start, at) => ({
    table: start[1]!.toLowerCase(),
    text: text.slice(start.index + start[0].length, starts[at + 1]?.index ?? text.length).trim(),
  }));
  return [...(head === '' ? [] : [{ table: undefined, text: head }]), ...parts];
}
