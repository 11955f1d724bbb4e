/** A value of a row a filter is tested on. */
export type PlainValue = string | number | boolean | null | undefined;
export type ReadValue = (name: string) => PlainValue;

/** A query range of finance and operations, read: what it names, and its test. */
export interface RangeFilter {
  readonly names: readonly string[];
  test(read: ReadValue): boolean;
}

type Test = (read: ReadValue) => boolean;
type Operand = { readonly name: string } | { readonly value: PlainValue };

const token =
  /\s*(?:(&&|\|\||==|!=|<>|<=|>=|[<>=!()])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*))/y;

/**
 * Reads an expression of a query range: `((PartyType == "Organization") && (CreditLimit > 1000))`. Comparisons are `==`,
 * `!=`, `<`, `>`, `<=`, `>=` and `like`; they are joined by `&&`, `||` and turned by `!`. An enum is compared with a symbol or
 * with its number: `(AssociatedContactType = 1)`.
 *
 * @param symbolsOf symbols of the enum a field is of, in the order of their numbers
 * @throws Error with the place of what cannot be read; a path to another table is none of it
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/customizing-mappings#filter-your-data
 */
export function readRange(
  text: string,
  symbolsOf: (name: string) => readonly string[] | undefined = () => undefined,
): RangeFilter {
  if (text.trim() === '') return { names: [], test: () => true };
  const tokens = readTokens(text);
  const names = new Set<string>();
  let at = 0;
  const peek = () => tokens[at]?.text;
  const fail = (): never => {
    throw new Error(`'${text}' cannot be read at position ${tokens[at]?.position ?? text.length}.`);
  };
  const take = (wanted: string) => (peek() === wanted && tokens[at]!.kind === 'operator' ? ((at += 1), true) : false);

  function either(): Test {
    let left = both();
    while (take('||')) {
      const [one, other] = [left, both()];
      left = (read) => one(read) || other(read);
    }
    return left;
  }
  function both(): Test {
    let left = single();
    while (take('&&')) {
      const [one, other] = [left, single()];
      left = (read) => one(read) && other(read);
    }
    return left;
  }
  function single(): Test {
    if (take('!')) {
      const inner = single();
      return (read) => !inner(read);
    }
    if (take('(')) {
      const inner = either();
      if (!take(')')) fail();
      return inner;
    }
    return comparison();
  }
  function comparison(): Test {
    const left = operand();
    const operator = tokens[at++]?.text.toLowerCase() ?? fail();
    const compare = comparisons[operator] ?? (at--, fail());
    const right = operand();
    const [one, other] = [asSymbol(left, right, symbolsOf), asSymbol(right, left, symbolsOf)];
    return (read) => compare(valueOf(one, read), valueOf(other, read));
  }
  function operand(): Operand {
    const next = tokens[at] ?? fail();
    at += 1;
    if (next.kind === 'text') return { value: next.text };
    if (next.kind === 'number') return { value: Number(next.text) };
    if (next.kind !== 'name') return (at--, fail());
    if (next.text.includes('.')) {
      throw new Error(`'${next.text}' is a column of another table: a filter names columns of its own table only.`);
    }
    if (/^(true|false)$/i.test(next.text)) return { value: next.text.toLowerCase() === 'true' };
    names.add(next.text);
    return { name: next.text };
  }

  const test = either();
  if (at < tokens.length) fail();
  return { names: [...names], test };
}

interface Token {
  readonly kind: 'operator' | 'text' | 'number' | 'name';
  readonly text: string;
  readonly position: number;
}

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const position = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new Error(`'${text}' cannot be read at position ${position}.`);
    const [, operator, double, single, number, name] = found;
    const quoted = double ?? single;
    if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, position });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1'), position });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, position });
    else tokens.push({ kind: 'name', text: name!, position });
  }
  return tokens;
}

/** The number of an enum's symbol as that symbol, when it is compared with such a field. */
function asSymbol(
  operand: Operand,
  compared: Operand,
  symbolsOf: (name: string) => readonly string[] | undefined,
): Operand {
  if ('name' in operand || typeof operand.value !== 'number' || !('name' in compared)) return operand;
  const symbols = symbolsOf(compared.name);
  return symbols === undefined ? operand : { value: symbols[operand.value] };
}

const valueOf = (operand: Operand, read: ReadValue) => ('name' in operand ? read(operand.name) : operand.value);

/** Texts are compared without letter case, as the database of finance and operations does. */
export function order(left: PlainValue, right: PlainValue): number {
  if (typeof left === 'number' || typeof right === 'number') return Number(left ?? 0) - Number(right ?? 0);
  const plain = (value: PlainValue) => String(value ?? '').toLowerCase();
  return plain(left) < plain(right) ? -1 : plain(left) > plain(right) ? 1 : 0;
}

const pattern = (text: string) =>
  new RegExp(
    `^${text
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
    'is',
  );

const comparisons: Readonly<Record<string, (left: PlainValue, right: PlainValue) => boolean>> = {
  '==': (left, right) => order(left, right) === 0,
  '=': (left, right) => order(left, right) === 0,
  '!=': (left, right) => order(left, right) !== 0,
  '<>': (left, right) => order(left, right) !== 0,
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  like: (left, right) => pattern(String(right ?? '')).test(String(left ?? '')),
};
