import type { ColumnPath, ColumnShape, ColumnValue, Comparison, Condition, Join, Term } from '../query/index.ts';
import { literalText, type FilterNode, type Literal } from './filter.ts';
import { ODataSyntaxError } from './syntax-error.ts';

/** A column that a path in a filter means. */
export interface ResolvedColumn {
  readonly path: ColumnPath;
  readonly shape: ColumnShape;
}

/**
 * What a service tells the binder about its names. Single-valued paths add joins to the query as a side effect; a
 * collection becomes a condition of its own.
 */
export interface NameResolver {
  /** @throws the service's fault for a name there is not */
  column(names: readonly string[], variable?: LambdaScope): ResolvedColumn;
  /** What a collection stands for, and the scope of the names inside its lambda. */
  collection(path: readonly string[], scope?: LambdaScope): Collection;
  /** A literal as the column holds it; null stays null. @throws the service's fault for a value of another kind */
  value(column: ColumnShape, literal: Literal): ColumnValue;
  /** A function of the service's own, e.g. `Microsoft.Dynamics.CRM.In`; undefined when there is none of that name. */
  call?(name: string, named: ReadonlyMap<string, Literal>, scope?: LambdaScope): Condition | undefined;
  /** Whether comparisons take arithmetic. */
  readonly hasArithmetic?: boolean;
  /** Looks at a comparison of a column with a value. @throws the service's fault for an operator the column does not take */
  compared?(column: ColumnShape, operator: Comparison): void;
  /** Wildcards inside text that is compared with eq or ne (`'*x*'` in finance and operations), as a like pattern. */
  wildcard?(text: string): string | undefined;
  /** @throws the service's fault for what it does not support */
  unsupported(what: string): never;
}

/** A collection: joins one behind the other, the last to the rows of the lambda (the first to pairs, if any). */
export interface Collection {
  readonly path: readonly [LambdaJoin, ...LambdaJoin[]];
  readonly scope: LambdaScope;
}

type LambdaJoin = Omit<Join, 'kind' | 'columns'>;

/** Names inside a lambda: its variable, the alias and table of its rows, and the lambda around it. */
export interface LambdaScope {
  readonly variable: string;
  readonly alias: string;
  readonly table: string;
  readonly outer: LambdaScope | undefined;
  /** Joins that paths through lookups inside the lambda need; they grow while it is bound. */
  readonly joins: Join[];
}

/** Gives a filter its meaning. @throws ODataSyntaxError and the faults of the resolver */
export function bindFilter(node: FilterNode, names: NameResolver, scope?: LambdaScope): Condition {
  switch (node.kind) {
    case 'binary':
      return bindBinary(node, names, scope);
    case 'not':
      if (node.of.kind === 'call' && node.of.name.includes('.')) {
        throw new ODataSyntaxError(
          'Not operator along with the Custom Named Condition operators is not allowed',
          node.position,
        );
      }
      return { kind: 'not', of: bindFilter(node.of, names, scope) };
    case 'call':
      return bindCall(node, names, scope);
    case 'lambda':
      return bindLambda(node, names, scope);
    case 'path': {
      const { path, shape } = names.column(node.names, scope);
      if (shape.type === 'boolean') return { kind: 'compare', left: path, operator: 'eq', right: true };
      return names.unsupported(`'${node.names.join('/')}' alone as a condition`);
    }
    case 'literal':
      if (node.literal.type === 'boolean') return { kind: node.literal.value ? 'all' : 'any', of: [] };
      return names.unsupported('A literal alone as a condition');
    default:
      return names.unsupported('Arithmetic in a filter');
  }
}

const mirrored: Record<string, Comparison> = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' };

function bindBinary(
  node: Extract<FilterNode, { kind: 'binary' }>,
  names: NameResolver,
  scope?: LambdaScope,
): Condition {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    const kind = operator === 'and' ? 'all' : 'any';
    return { kind, of: [bindFilter(left, names, scope), bindFilter(right, names, scope)] };
  }
  if (!(operator in mirrored)) return names.unsupported(`The operator '${operator}'`);
  if (names.hasArithmetic === true && (isArithmetic(left) || isArithmetic(right)))
    return {
      kind: 'compareTerms',
      left: bindTerm(left, names, scope),
      operator: operator as Comparison,
      right: bindTerm(right, names, scope),
    };
  if (left.kind === 'path' && right.kind === 'path') {
    return {
      kind: 'compareColumns',
      left: names.column(left.names, scope).path,
      operator: operator as Comparison,
      right: names.column(right.names, scope).path,
    };
  }
  if (left.kind === 'path' && right.kind === 'literal')
    return compare(left.names, operator as Comparison, right.literal, names, scope);
  if (left.kind === 'literal' && right.kind === 'path')
    return compare(right.names, mirrored[operator]!, left.literal, names, scope);
  if (right.kind === 'literal' && right.literal.type === 'boolean' && (operator === 'eq' || operator === 'ne')) {
    const condition = bindFilter(left, names, scope);
    return right.literal.value === (operator === 'eq') ? condition : { kind: 'not', of: condition };
  }
  return names.unsupported('A comparison of anything but a column with a value or a column');
}

const arithmetic = { add: 'add', sub: 'sub', mul: 'mul', div: 'div', divby: 'div', mod: 'mod' } as const;

const isArithmetic = (node: FilterNode): boolean =>
  node.kind === 'minus' || (node.kind === 'binary' && Object.hasOwn(arithmetic, node.operator));

const numbers = ['integer', 'bigint', 'decimal', 'money', 'double'];

/** A number, or one calculated. @throws the service's fault for anything else */
function bindTerm(node: FilterNode, names: NameResolver, scope?: LambdaScope): Term {
  if (node.kind === 'path') {
    const { path, shape } = names.column(node.names, scope);
    if (numbers.includes(shape.type)) return { kind: 'column', path };
  }
  if (node.kind === 'literal' && node.literal.type === 'number')
    return { kind: 'value', value: Number(node.literal.text) };
  if (node.kind === 'minus')
    return {
      kind: 'calculated',
      operator: 'sub',
      left: { kind: 'value', value: 0 },
      right: bindTerm(node.of, names, scope),
    };
  if (node.kind === 'binary' && Object.hasOwn(arithmetic, node.operator)) {
    const operator = node.operator as keyof typeof arithmetic;
    const [left, right] = [bindTerm(node.left, names, scope), bindTerm(node.right, names, scope)];
    // `div` of whole numbers is a whole number; `divby` never is.
    const by: Term =
      operator === 'divby'
        ? { kind: 'calculated', operator: 'mul', left: { kind: 'value', value: 1.0 }, right: left }
        : left;
    return { kind: 'calculated', operator: arithmetic[operator], left: by, right };
  }
  return names.unsupported('Arithmetic with anything but numbers');
}

function compare(
  path: readonly string[],
  operator: Comparison,
  literal: Literal,
  names: NameResolver,
  scope?: LambdaScope,
): Condition {
  const column = names.column(path, scope);
  names.compared?.(column.shape, operator);
  if (literal.type === 'string' && (operator === 'eq' || operator === 'ne')) {
    const pattern = names.wildcard?.(literal.text);
    if (pattern !== undefined) {
      const like: Condition = { kind: 'like', left: column.path, pattern };
      return operator === 'eq' ? like : { kind: 'not', of: like };
    }
  }
  return { kind: 'compare', left: column.path, operator, right: names.value(column.shape, literal) };
}

/** Wildcards in the text stay live, as the platform has it. */
const patterns: Record<string, (text: string) => string> = {
  contains: (text) => `%${text}%`,
  startswith: (text) => `${text}%`,
  endswith: (text) => `%${text}`,
};

function bindCall(node: Extract<FilterNode, { kind: 'call' }>, names: NameResolver, scope?: LambdaScope): Condition {
  const pattern = patterns[node.name];
  if (pattern !== undefined) {
    const [column, text] = node.arguments;
    if (column?.kind !== 'path' || text?.kind !== 'literal')
      throw new ODataSyntaxError(`The function '${node.name}' takes a column and a text.`, node.position);
    return { kind: 'like', left: names.column(column.names, scope).path, pattern: pattern(literalText(text.literal)) };
  }
  const named = new Map([...node.named].map(([name, value]) => [name, literalOf(value, node.name)]));
  const condition = names.call?.(node.name, named, scope);
  return condition ?? names.unsupported(`The function '${node.name}'`);
}

function literalOf(node: FilterNode, name: string): Literal {
  if (node.kind === 'literal') return node.literal;
  // An alias may stand for a property: `PropertyName=@p1` with `@p1=name`.
  if (node.kind === 'path') return { type: 'string', text: node.names.join('/') };
  throw new ODataSyntaxError(`The parameters of '${name}' are literals.`, node.position);
}

function bindLambda(
  node: Extract<FilterNode, { kind: 'lambda' }>,
  names: NameResolver,
  scope?: LambdaScope,
): Condition {
  const { path, scope: inner } = names.collection(node.path, scope);
  const filter =
    node.body === undefined ? undefined : bindFilter(node.body, names, { ...inner, variable: node.variable ?? '' });
  if (node.operator === 'any') return existing(path, inner.joins, filter);
  // No row fails the condition: true of an empty collection, as OData has it.
  return { kind: 'not', of: existing(path, inner.joins, { kind: 'not', of: filter ?? { kind: 'all', of: [] } }) };
}

function existing(
  [join, ...behind]: Collection['path'],
  joins: readonly Join[],
  filter: Condition | undefined,
): Condition {
  const [next, ...rest] = behind;
  if (next === undefined) return { kind: 'exists', join, joins, filter };
  return { kind: 'exists', join, filter: existing([next, ...rest], joins, filter) };
}
