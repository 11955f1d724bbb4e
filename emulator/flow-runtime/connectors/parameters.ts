import { asText } from '../expressions/as-text.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { isObject, type Value, type ValueObject } from '../expressions/value.ts';
import type { ConnectorCall } from './connectors.ts';

/** The text of a parameter; undefined when it is blank. */
export function optional({ parameters }: ConnectorCall, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'boolean' ? String(value) : asText(value);
}

/** @throws ExpressionError, which fails the action, when the parameter is blank */
export function required(call: ConnectorCall, name: string): string {
  const text = optional(call, name);
  if (text !== undefined) return text;
  throw new ExpressionError(`The operation '${call.operation}' needs the parameter '${name}', which is empty.`);
}

/** The parameters of these names as a query string with its question mark; blank ones are left out. */
export function queryOf(call: ConnectorCall, names: readonly string[]): string {
  const given = names.flatMap((name) => {
    const text = optional(call, name);
    return text === undefined ? [] : [`${name}=${encodeURIComponent(text)}`];
  });
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/**
 * The object a parameter stands for: `{ 'item/a': 1, 'item/b/c': 2 }` is `{ a: 1, b: { c: 2 } }`; a whole `item` may stand
 * for it or beside it.
 */
export function objectOf(parameters: ValueObject, name: string): ValueObject {
  const whole = parameters[name];
  const result: Record<string, Value> = isObject(whole) ? { ...whole } : {};
  for (const [key, value] of Object.entries(parameters)) {
    if (key.startsWith(`${name}/`)) place(result, key.slice(name.length + 1).split('/'), value);
  }
  return result;
}

function place(into: Record<string, Value>, [first, ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) return void (into[first!] = value);
  const inside: Record<string, Value> = isObject(into[first!]) ? { ...(into[first!] as ValueObject) } : {};
  place(inside, rest, value);
  into[first!] = inside;
}

/** Addresses as the connectors take them: parted by semicolons, empty ones dropped. */
export const addressesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
