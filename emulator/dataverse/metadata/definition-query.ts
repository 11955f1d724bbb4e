import {
  parseExpand,
  parseFilter,
  parseSelect,
  type ExpandItem,
  type FilterNode,
  type Literal,
} from '../../odata/index.ts';
import { faults } from '../faults.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import type { Definition } from './managed-property.ts';

/** Metadata comes whole: no paging, no order, no count. */
export function requireFull({ options }: RequestContext): RequestContext['options'] {
  for (const refused of ['$top', '$skip', '$orderby', '$count'])
    if (options.has(refused)) throw faults.queryNotSupported(`The query parameter ${refused} is not supported`);
  return options;
}

export function expandItems({ options }: RequestContext): ExpandItem[] {
  const text = options.get('$expand');
  return text === undefined ? [] : parseExpand(text);
}

/**
 * The selected properties of a definition; `MetadataId` is always among them.
 *
 * @param type name of the type, for errors
 * @param keep properties that stay whatever is selected: those expanded
 * @throws Fault unknownProperty
 */
export function selectFrom(
  row: Definition,
  text: string | undefined,
  type: string,
  keep: readonly string[] = [],
): Definition {
  if (text === undefined) return row;
  const wanted = parseSelect(text);
  const unknown = wanted.find((name) => !(name in row) && name !== '*');
  if (unknown !== undefined) throw faults.unknownProperty(unknown, type);
  if (wanted.includes('*')) return row;
  const names = new Set(['@odata.type', 'MetadataId', ...wanted, ...keep]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

/**
 * Filters definitions on primitive and enum properties; managed properties through `/Value`.
 *
 * @throws Fault for an unknown property, a label, an operator the platform does not take here
 */
export function filterBy(rows: readonly Definition[], text: string | undefined, type: string): readonly Definition[] {
  if (text === undefined) return rows;
  const condition = parseFilter(text);
  return rows.filter((row) => evaluate(row, condition, type) === true);
}

function evaluate(row: Definition, node: FilterNode, type: string): unknown {
  switch (node.kind) {
    case 'literal':
      return literalValue(node.literal);
    case 'path':
      return propertyAt(row, node.names, type);
    case 'not':
      return evaluate(row, node.of, type) !== true;
    case 'binary':
      return compare(row, node, type);
    case 'call': {
      const [value, part] = node.arguments.map((argument) => evaluate(row, argument, type));
      if (node.name === 'contains') return String(value ?? '').includes(String(part));
      if (node.name === 'startswith') return String(value ?? '').startsWith(String(part));
      if (node.name === 'endswith') return String(value ?? '').endsWith(String(part));
      throw faults.queryNotSupported(`The function '${node.name}' in a metadata query is not supported.`);
    }
    default:
      throw faults.queryNotSupported('A lambda in a metadata query is not supported.');
  }
}

function compare(row: Definition, node: Extract<FilterNode, { kind: 'binary' }>, type: string): boolean {
  const left = evaluate(row, node.left, type);
  if (node.operator === 'and') return left === true && evaluate(row, node.right, type) === true;
  if (node.operator === 'or') return left === true || evaluate(row, node.right, type) === true;
  const right = evaluate(row, node.right, type);
  if (node.operator === 'eq') return left === right;
  if (node.operator === 'ne') return left !== right;
  if (typeof left === 'number' && typeof right === 'number') {
    if (node.operator === 'gt') return left > right;
    if (node.operator === 'ge') return left >= right;
    if (node.operator === 'lt') return left < right;
    if (node.operator === 'le') return left <= right;
  }
  throw faults.queryNotSupported(`The operator '${node.operator}' in a metadata query is not supported.`);
}

function literalValue(literal: Literal): unknown {
  if (literal.type === 'boolean') return literal.value;
  if (literal.type === 'null') return null;
  if (literal.type === 'number') return Number(literal.text);
  if ('text' in literal) return literal.text;
  throw faults.queryNotSupported('A list in a metadata query is not supported.');
}

function propertyAt(row: Definition, names: readonly string[], type: string): unknown {
  let here: unknown = row;
  for (const name of names) {
    if (typeof here !== 'object' || here === null || !(name in here)) throw faults.unknownProperty(name, type);
    here = (here as Definition)[name];
    if (typeof here === 'object' && here !== null && 'LocalizedLabels' in here)
      throw faults.queryNotSupported(`The label '${name}' cannot be filtered on.`);
  }
  if (typeof here === 'object' && here !== null)
    throw faults.queryNotSupported(
      `'${names.join('/')}' is not a value; filter on one of its properties, e.g. '/Value'.`,
    );
  return here;
}
