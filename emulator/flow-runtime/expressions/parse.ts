import { ExpressionError } from './expression-error.ts';
import type { Value } from './value.ts';

export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | {
      readonly kind: 'member';
      readonly of: Expression;
      readonly key: Expression;
      readonly safe: boolean;
      readonly bracket: boolean;
    };

/** Limit of Power Automate, in characters. */
const longestExpression = 8192;

const spaces = /\s*/y;
const quoted = /'(?:[^']|'')*'/y;
const numeric = /[+-]?\d+(\.\d+)?([eE][+-]?\d+)?/y;
/** Anything but the characters the language needs itself; so `#`, `-` and `$` may stand in names. */
const identifier = /[^.,(){}@[\]?'\s]+/y;

/**
 * Reads one expression (without its `@`), e.g. `concat('a', variables('b')?['c'])`.
 *
 * @throws ExpressionError with the place where it stopped making sense
 * @see https://learn.microsoft.com/azure/logic-apps/workflow-definition-language-schema
 */
export function parseExpression(text: string): Expression {
  if (text.length > longestExpression) {
    throw new ExpressionError(
      `The expression has ${text.length} characters; at most ${longestExpression} are allowed.`,
    );
  }
  const parser = new Parser(text);
  const expression = parser.expression();
  parser.end();
  return expression;
}

class Parser {
  private at = 0;
  constructor(private readonly text: string) {}

  expression(): Expression {
    this.take(spaces);
    const string = this.take(quoted);
    if (string !== undefined) return { kind: 'literal', value: string.slice(1, -1).replaceAll("''", "'") };
    const number = this.number();
    if (number !== undefined) return number;
    return this.dereferences(this.callOrWord());
  }

  end(): void {
    this.take(spaces);
    if (this.at < this.text.length) this.fail(`unexpected '${this.text[this.at]}'`);
  }

  /** A number, unless the digits begin a name. */
  private number(): Expression | undefined {
    const start = this.at;
    const digits = this.take(numeric);
    if (digits === undefined) return undefined;
    if (this.peek(identifier)) {
      this.at = start;
      return undefined;
    }
    return { kind: 'literal', value: /[.eE]/.test(digits) ? Number(digits) : BigInt(digits) };
  }

  private callOrWord(): Expression {
    const name = this.take(identifier);
    if (name === undefined)
      this.fail(this.at < this.text.length ? `unexpected '${this.text[this.at]}'` : 'it ends too early');
    if (this.skip('(')) return { kind: 'call', name, arguments: this.argumentList() };
    const words: Record<string, Value> = { true: true, false: false, null: null };
    const word = name.toLowerCase();
    if (!(word in words)) this.fail(`'${name}' is neither a function call nor a literal`);
    return { kind: 'literal', value: words[word]! };
  }

  private argumentList(): Expression[] {
    const list: Expression[] = [];
    if (this.skip(')')) return list;
    do list.push(this.expression());
    while (this.skip(','));
    if (!this.skip(')')) this.fail("')' is missing");
    return list;
  }

  private dereferences(of: Expression): Expression {
    const safe = this.skip('?');
    if (this.skip('[')) {
      const key = this.expression();
      if (!this.skip(']')) this.fail("']' is missing");
      return this.dereferences({ kind: 'member', of, key, safe, bracket: true });
    }
    if (this.skip('.')) {
      const name = this.take(identifier);
      if (name === undefined) this.fail('a name is missing after the dot');
      return this.dereferences({ kind: 'member', of, key: { kind: 'literal', value: name }, safe, bracket: false });
    }
    if (safe) this.fail("'?' stands before '.' or '['");
    return of;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  private peek(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  private skip(character: string): boolean {
    this.take(spaces);
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private fail(reason: string): never {
    throw new ExpressionError(
      `The template language expression '${this.text}' is not valid: ${reason} at position ${this.at}.`,
    );
  }
}
