import { tokenize, type Token } from './lexer.ts';
import { ODataSyntaxError } from './syntax-error.ts';

export type Literal =
  | { readonly type: 'string' | 'number' | 'date' | 'guid'; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' }
  | { readonly type: 'enum'; readonly enumType: string; readonly text: string }
  | { readonly type: 'array'; readonly items: readonly string[] };

/** A `$filter` as it was written; names are not yet looked up. */
export type FilterNode =
  | { readonly kind: 'literal'; readonly literal: Literal; readonly position: number }
  | { readonly kind: 'path'; readonly names: readonly string[]; readonly position: number }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: FilterNode;
      readonly right: FilterNode;
      readonly position: number;
    }
  | { readonly kind: 'not' | 'minus'; readonly of: FilterNode; readonly position: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly FilterNode[];
      readonly named: ReadonlyMap<string, FilterNode>;
      readonly position: number;
    }
  | {
      readonly kind: 'lambda';
      readonly path: readonly string[];
      readonly operator: 'any' | 'all';
      readonly variable: string | undefined;
      readonly body: FilterNode | undefined;
      readonly position: number;
    };

/** How tightly operators bind; `not` binds tighter than all of them. */
const strength: Record<string, number> = {
  or: 1,
  and: 2,
  eq: 3,
  ne: 3,
  in: 3,
  has: 3,
  gt: 4,
  ge: 4,
  lt: 4,
  le: 4,
  add: 5,
  sub: 5,
  mul: 6,
  div: 6,
  divby: 6,
  mod: 6,
};
const notStrength = 7;

/** @throws ODataSyntaxError */
export function parseFilter(text: string, aliases: ReadonlyMap<string, string> = new Map()): FilterNode {
  const parser = new FilterParser(text, tokenize(text), aliases);
  const node = parser.expression(0);
  parser.end();
  return node;
}

class FilterParser {
  private at = 0;
  private depth = 0;
  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly aliases: ReadonlyMap<string, string>,
  ) {}

  expression(least: number): FilterNode {
    if (++this.depth > 500) this.fail('The filter is nested too deeply');
    let left = this.unary();
    for (;;) {
      const operator = this.peek().kind === 'name' ? this.peek().text : '';
      const binds = strength[operator];
      if (binds === undefined || binds <= least) break;
      const { position } = this.next();
      const right = operator === 'in' && this.isPunctuation('(') ? this.list() : this.expression(binds);
      left = { kind: 'binary', operator, left, right, position };
    }
    this.depth -= 1;
    return left;
  }

  end(): void {
    if (this.peek().kind !== 'end') this.fail(`Syntax error at position ${this.peek().position}`);
  }

  private unary(): FilterNode {
    const token = this.peek();
    if (token.kind === 'name' && token.text === 'not') {
      this.next();
      return { kind: 'not', of: this.expression(notStrength), position: token.position };
    }
    return this.primary();
  }

  private primary(): FilterNode {
    const token = this.next();
    const { position } = token;
    if (token.kind === 'punctuation' && token.text === '(') {
      const inner = this.expression(0);
      this.expect(')');
      return inner;
    }
    if (token.kind === 'string' || token.kind === 'number' || token.kind === 'date' || token.kind === 'guid') {
      return { kind: 'literal', literal: { type: token.kind, text: token.text }, position };
    }
    if (token.kind === 'array')
      return { kind: 'literal', literal: { type: 'array', items: readItems(token.text) }, position };
    if (token.kind === 'name') return this.named(token);
    return this.fail(`Syntax error at position ${position}`);
  }

  private named(token: Token): FilterNode {
    const { text, position } = token;
    if (text === 'true' || text === 'false')
      return { kind: 'literal', literal: { type: 'boolean', value: text === 'true' }, position };
    if (text === 'null') return { kind: 'literal', literal: { type: 'null' }, position };
    if (text.startsWith('@')) return parseFilter(this.aliases.get(text) ?? 'null');
    const next = this.peek();
    if (next.kind === 'string' && next.position === position + text.length) {
      this.next();
      return { kind: 'literal', literal: { type: 'enum', enumType: text, text: next.text }, position };
    }
    if (this.isPunctuation('(')) return this.call(text, position);
    return this.path(text, position);
  }

  private path(first: string, position: number): FilterNode {
    const names = [first];
    while (this.isPunctuation('/')) {
      this.next();
      const token = this.next();
      if (token.kind !== 'name') this.fail(`A name was expected at position ${token.position}`);
      if ((token.text === 'any' || token.text === 'all') && this.isPunctuation('('))
        return this.lambda(names, token.text, position);
      if (this.isPunctuation('(')) return this.call(token.text, position);
      names.push(token.text);
    }
    return { kind: 'path', names, position };
  }

  private lambda(path: readonly string[], operator: 'any' | 'all', position: number): FilterNode {
    this.expect('(');
    if (this.isPunctuation(')')) {
      this.next();
      return { kind: 'lambda', path, operator, variable: undefined, body: undefined, position };
    }
    const variable = this.next().text;
    this.expect(':');
    const body = this.expression(0);
    this.expect(')');
    return { kind: 'lambda', path, operator, variable, body, position };
  }

  private call(name: string, position: number): FilterNode {
    this.expect('(');
    const list: FilterNode[] = [];
    const named = new Map<string, FilterNode>();
    while (!this.isPunctuation(')')) {
      const ahead = this.tokens[this.at + 1];
      if (this.peek().kind === 'name' && ahead?.kind === 'punctuation' && ahead.text === '=') {
        const key = this.next().text;
        this.next();
        named.set(key, this.expression(0));
      } else list.push(this.expression(0));
      if (!this.isPunctuation(')')) this.expect(',');
    }
    this.next();
    return { kind: 'call', name, arguments: list, named, position };
  }

  private list(): FilterNode {
    const { position } = this.next();
    const items: string[] = [];
    do {
      const item = this.primary();
      if (item.kind !== 'literal') this.fail(`A literal was expected at position ${item.position}`);
      items.push(literalText(item.literal));
    } while (this.isPunctuation(',') && this.next());
    this.expect(')');
    return { kind: 'literal', literal: { type: 'array', items }, position };
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }

  private next(): Token {
    const token = this.tokens[this.at]!;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  private isPunctuation(text: string): boolean {
    return this.peek().kind === 'punctuation' && this.peek().text === text;
  }

  private expect(text: string): void {
    if (!this.isPunctuation(text)) this.fail(`'${text}' was expected at position ${this.peek().position}`);
    this.at += 1;
  }

  private fail(reason: string): never {
    throw new ODataSyntaxError(`${reason} in '${this.text}'.`, this.peek().position);
  }
}

function readItems(text: string): string[] {
  const inner = text.slice(1, -1);
  return [...inner.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^,\s]+)/g)].map(([, double, single, bare]) =>
    double !== undefined ? (JSON.parse(`"${double}"`) as string) : (single?.replaceAll("''", "'") ?? bare!),
  );
}

export function literalText(literal: Literal): string {
  if (literal.type === 'boolean') return String(literal.value);
  if (literal.type === 'null') return 'null';
  return literal.type === 'array' ? literal.items.join(',') : literal.text;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Writes the node back as text that is read into the same node. */
export function printFilter(node: FilterNode): string {
  switch (node.kind) {
    case 'literal':
      return printLiteral(node.literal);
    case 'path':
      return node.names.join('/');
    case 'not':
    case 'minus':
      return `not (${printFilter(node.of)})`;
    case 'binary':
      return `(${printFilter(node.left)}) ${node.operator} ${node.right.kind === 'literal' && node.right.literal.type === 'array' ? `(${node.right.literal.items.map(quoted).join(',')})` : `(${printFilter(node.right)})`}`;
    case 'call':
      return `${node.name}(${[...node.arguments.map(printFilter), ...[...node.named].map(([name, value]) => `${name}=${printFilter(value)}`)].join(',')})`;
    case 'lambda':
      return `${node.path.join('/')}/${node.operator}(${node.body === undefined ? '' : `${node.variable}:${printFilter(node.body)}`})`;
  }
}

function printLiteral(literal: Literal): string {
  if (literal.type === 'string') return quoted(literal.text);
  if (literal.type === 'enum') return `${literal.enumType}${quoted(literal.text)}`;
  if (literal.type === 'array') return `[${literal.items.map((item) => JSON.stringify(item)).join(',')}]`;
  return literalText(literal);
}
