/** Characters XML cannot hold; halves of surrogate pairs are looked at a second time, since pairs are fine. */
const suspicious = /[\0-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]/;
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const plainName = /[A-Za-z_:][A-Za-z0-9_:.-]*/y;
/** XML 1.0, fifth edition: `Name`. */
const anyName =
  /[:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}][-.0-9:A-Z_a-z\xB7\xC0-\xD6\xD8-\xF6\xF8-\u037D\u037F-\u1FFF\u200C\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]*/uy;

const space = 0x20;
const lineEnd = 0x0a;
const tab = 0x09;

/** A place in the text of an XML file that moves forward: finds ends of things, and says where an error is. */
export class Cursor {
  private readonly source: string;
  private at = 0;
  private counted = { at: 0, line: 1 };

  /**
   * @param refuse makes the error from a reason and a place in words
   * @throws what `refuse` makes, for characters XML cannot hold
   */
  constructor(
    source: string,
    private readonly refuse: (reason: string, place: string) => Error,
  ) {
    // Line ends are one character, however the file has them.
    this.source = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    const found = suspicious.test(source) ? this.source.search(forbidden) : -1;
    if (found >= 0) this.failAt(found, 'there is a character that XML cannot hold.');
  }

  fail(reason: string): never {
    return this.failAt(this.at, reason);
  }

  private failAt(at: number, reason: string): never {
    const before = this.source.slice(0, at);
    const column = at - before.lastIndexOf('\n') - 1;
    throw this.refuse(reason, `line ${before.split('\n').length}, column ${column}`);
  }

  /** The line so far back, counted on from the last one that was asked for. */
  line(back: number): number {
    let { at, line } = this.counted;
    const end = this.at - back;
    for (let next = this.source.indexOf('\n', at); next >= 0 && next < end; next = this.source.indexOf('\n', at)) {
      at = next + 1;
      line++;
    }
    this.counted = { at, line };
    return line;
  }

  isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** The character this far from here, as a number; NaN after the end. */
  code(offset = 0): number {
    return this.source.charCodeAt(this.at + offset);
  }

  isAt(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Moves past this text, if it is here. */
  take(text: string): boolean {
    if (!this.isAt(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Moves past what a sticky expression finds here. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.source) ?? undefined;
    if (found !== undefined) this.at = expression.lastIndex;
    return found;
  }

  /** Moves past white space. @returns whether there was any */
  skipSpace(): boolean {
    const from = this.at;
    for (let code = this.code(); code === space || code === lineEnd || code === tab; code = this.code()) this.at++;
    return this.at > from;
  }

  /** The text up to this end, past which it moves. */
  through(end: string, what: string): string {
    const text = this.before(end) ?? this.fail(`${what} has no end.`);
    this.at += end.length;
    return text;
  }

  /** The text before this end, to which it moves; undefined when there is none. */
  before(end: string): string | undefined {
    const from = this.at;
    const to = this.source.indexOf(end, from);
    if (to < 0) return undefined;
    this.at = to;
    return this.source.slice(from, to);
  }

  name(): string {
    const from = this.at;
    let to = endOf(plainName, this.source, from);
    // Anything but ASCII may go on as a name.
    if (to === from || this.source.charCodeAt(to) > 0x7f) to = endOf(anyName, this.source, from);
    if (to === from) this.fail('a name is expected.');
    this.at = to;
    return this.source.slice(from, to);
  }
}

function endOf(expression: RegExp, source: string, from: number): number {
  expression.lastIndex = from;
  return expression.test(source) ? expression.lastIndex : from;
}
