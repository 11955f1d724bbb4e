import { isArray, isObject, type Value } from './value.ts';

/** Thrown for text that is not JSON; `position` counts UTF-16 units. */
export class JsonError extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(`${message} at position ${position}.`);
  }
}

/**
 * Reads JSON without losing digits: `JSON.parse` turns every number into a double, and would make 5.0 and 5 the same.
 */
export function readJson(text: string): Value {
  const reader = new Reader(text.replace(/^\uFEFF/, ''));
  const value = reader.value();
  reader.end();
  return value;
}

const numberText = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const stringText = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const blank = /[ \t\r\n]*/y;

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  value(): Value {
    this.skip();
    const character = this.text[this.at];
    if (character === '{') return this.object();
    if (character === '[') return this.array();
    if (character === '"') return this.string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  end(): void {
    this.skip();
    if (this.at < this.text.length) throw new JsonError(`Unexpected '${this.text[this.at]}'`, this.at);
  }

  private object(): Value {
    const parts: [string, Value][] = [];
    this.list('}', () => {
      this.skip();
      const name = this.string();
      this.expect(':');
      parts.push([name, this.value()]);
    });
    return Object.fromEntries(parts);
  }

  private array(): Value {
    const parts: Value[] = [];
    this.list(']', () => parts.push(this.value()));
    return parts;
  }

  private list(close: string, item: () => void): void {
    this.at += 1;
    if (this.take(close)) return;
    do item();
    while (this.take(','));
    this.expect(close);
  }

  private string(): string {
    const match = this.match(stringText);
    if (match === undefined) throw new JsonError('A string was expected', this.at);
    return JSON.parse(match) as string;
  }

  private number(): Value {
    const match = this.match(numberText);
    if (match === undefined) {
      const found = this.text[this.at];
      throw new JsonError(found === undefined ? 'Unexpected end' : `Unexpected '${found}'`, this.at);
    }
    return /[.eE]/.test(match) ? Number(match) : BigInt(match);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  private take(character: string): boolean {
    this.skip();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) throw new JsonError(`'${character}' was expected`, this.at);
  }

  private skip(): void {
    this.match(blank);
  }
}

/** Writes a value as compact JSON; Integers keep all their digits, a Float that is whole keeps its point: 5.0 is no 5. */
export function writeJson(value: Value): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isInteger(value) ? asWholeFloat(value) : JSON.stringify(value);
  if (isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([name, part]) => `${JSON.stringify(name)}:${writeJson(part)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

function asWholeFloat(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}.0`;
}
