import { remembered } from '../kernel/index.ts';
import { ODataSyntaxError } from './syntax-error.ts';

/** The query string taken apart: options by name as sent (case-sensitive), and parameter aliases. */
export interface QueryOptions {
  readonly options: ReadonlyMap<string, string>;
  /** `@p1` → its text. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** @param query what follows `?`, percent-encoded; `+` is a space */
export const parseQueryOptions = remembered((query): QueryOptions => {
  const options = new Map<string, string>();
  const aliases = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const [name, ...rest] = part.split('=');
    const key = decode(name!);
    if (key.startsWith('$') && options.has(key))
      throw new ODataSyntaxError(
        `Query option '${key}' was specified more than once, but it must be specified at most once.`,
        0,
      );
    (key.startsWith('@') ? aliases : options).set(key, decode(rest.join('=')));
  }
  return { options, aliases };
});

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ODataSyntaxError(`The query option '${text}' is not percent-encoded correctly.`, 0);
  }
}

/** Splits at a character, but not inside quotes or brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let inString = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "'") inString = !inString;
    else if (inString) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (inString)
    throw new ODataSyntaxError(
      `There is an unterminated literal at position ${text.length} in '${text}'.`,
      text.length,
    );
  if (depth !== 0) throw new ODataSyntaxError(`The brackets do not match in '${text}'.`, text.length);
  return [...parts, text.slice(start)];
}

export function parseSelect(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export interface OrderByItem {
  readonly path: readonly string[];
  readonly descending: boolean;
}

export const parseOrderBy = remembered((text): readonly OrderByItem[] =>
  splitOutside(text, ',').map((part) => {
    const match = /^\s*([\w$@/.]+)(?:\s+(asc|desc))?\s*$/.exec(part);
    if (match === null)
      throw new ODataSyntaxError(`Syntax error in $orderby '${text}' at '${part.trim()}'.`, text.indexOf(part));
    return { path: match[1]!.split('/'), descending: match[2] === 'desc' };
  }),
);

export interface ExpandItem {
  readonly navigation: string;
  readonly isReference: boolean;
  /** Options inside the brackets, by name. */
  readonly options: ReadonlyMap<string, string>;
}

export function parseExpand(text: string): ExpandItem[] {
  return splitOutside(text, ',').map((part) => {
    const match = /^\s*([\w.]+(?:\/[A-Za-z]\w*(?:\.\w+)+)?)(\/\$ref)?\s*(?:\((.*)\))?\s*$/s.exec(part);
    if (match === null)
      throw new ODataSyntaxError(`Syntax error in $expand '${text}' at '${part.trim()}'.`, text.indexOf(part));
    const inner = match[3] === undefined ? [] : splitOutside(match[3], ';').filter((one) => one.trim() !== '');
    const options = inner.map((option): [string, string] => {
      const at = option.indexOf('=');
      if (at < 0) throw new ODataSyntaxError(`Syntax error in $expand '${text}' at '${option}'.`, text.indexOf(option));
      return [option.slice(0, at).trim(), option.slice(at + 1).trim()];
    });
    return { navigation: match[1]!, isReference: match[2] !== undefined, options: new Map(options) };
  });
}

/** A key in a URL: one bare value, or values by name, still as text without quotes. */
export type KeyText =
  | { readonly kind: 'single'; readonly value: string }
  | { readonly kind: 'named'; readonly values: ReadonlyMap<string, string> };

/** @param text what stands in the brackets, percent-decoded */
export function parseKey(text: string): KeyText {
  const parts = splitOutside(text, ',');
  const named = parts.map((part) => /^\s*([A-Za-z_]\w*)\s*=\s*(.*)$/s.exec(part));
  if (parts.length === 1 && named[0] === null) return { kind: 'single', value: unquote(parts[0]!.trim()) };
  const values = named.map((match): [string, string] => {
    if (match === null)
      throw new ODataSyntaxError(`Bad Request - Error in query syntax: the key '${text}' is not valid.`, 0);
    return [match[1]!, unquote(match[2]!.trim())];
  });
  return { kind: 'named', values: new Map(values) };
}

function unquote(text: string): string {
  return text.startsWith("'") && text.endsWith("'") && text.length > 1 ? text.slice(1, -1).replaceAll("''", "'") : text;
}
