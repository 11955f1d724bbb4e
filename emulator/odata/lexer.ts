import { ODataSyntaxError } from './syntax-error.ts';

export type TokenKind = 'name' | 'string' | 'number' | 'date' | 'guid' | 'punctuation' | 'array' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; for a string, its content with `''` made `'`. */
  readonly text: string;
  readonly position: number;
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['guid', /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/y],
  ['date', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:[dDfFmMlL](?![\w]))?/y],
  ['name', /[@$]?[A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)*/y],
  ['punctuation', /[(),/:;=*]/y],
];

/** Splits OData text into tokens; JSON arrays in function parameters stay whole. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    const token =
      text[at] === "'" ? readString(text, at) : text[at] === '[' ? readArray(text, at) : readPattern(text, at);
    tokens.push(token.token);
    at = token.end;
  }
  return [...tokens, { kind: 'end', text: '', position: text.length }];
}

function readPattern(text: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { token: { kind, text: found, position: at }, end: at + found.length };
  }
  throw new ODataSyntaxError(`Syntax error: character '${text[at]}' is not valid at position ${at} in '${text}'.`, at);
}

function readString(text: string, start: number): { token: Token; end: number } {
  const match = /'((?:[^']|'')*)'/y;
  match.lastIndex = start;
  const found = match.exec(text);
  if (found === null)
    throw new ODataSyntaxError(
      `There is an unterminated literal at position ${text.length} in '${text}'.`,
      text.length,
    );
  return {
    token: { kind: 'string', text: found[1]!.replaceAll("''", "'"), position: start },
    end: start + found[0].length,
  };
}

/** `["a","b"]`, `['a','b']` or `[1,2]`. */
function readArray(text: string, start: number): { token: Token; end: number } {
  const match = /\[(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\]"'])*\]/y;
  match.lastIndex = start;
  const found = match.exec(text);
  if (found === null)
    throw new ODataSyntaxError(`There is an unterminated array at position ${start} in '${text}'.`, start);
  return { token: { kind: 'array', text: found[0], position: start }, end: start + found[0].length };
}
