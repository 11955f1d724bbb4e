/**
 * A value inside the runtime. Whole numbers are bigint and all others number, because the language tells Integer from
 * Float (`div(11,5)` is 2, `div(11,5.0)` is 2.2) and ticks do not fit a double.
 */
export type Value = null | boolean | bigint | number | string | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [name: string]: Value;
}

export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The language's name for the type of a value, for error texts. */
export function typeName(value: Value | undefined): string {
  if (value === null || value === undefined) return 'Null';
  if (isArray(value)) return 'Array';
  const names: Record<string, string> = { string: 'String', boolean: 'Boolean', bigint: 'Integer', number: 'Float' };
  return names[typeof value] ?? 'Object';
}

/** A value made of plain JavaScript, numbers that are whole becoming Integers. */
export function fromPlain(plain: unknown): Value {
  if (typeof plain === 'number') return Number.isInteger(plain) ? BigInt(plain) : plain;
  if (Array.isArray(plain)) return plain.map(fromPlain);
  if (plain === undefined || plain === null) return null;
  if (typeof plain !== 'object') return plain as Value;
  return Object.fromEntries(Object.entries(plain).map(([name, part]) => [name, fromPlain(part)]));
}

/** Plain JavaScript for readers outside: Integers as numbers where they fit, as text of digits where they do not. */
export function toPlain(value: Value): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (isArray(value)) return value.map(toPlain);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part)]));
  return value;
}

/** Deep equality as `equals` has it: Integer and Float compare by amount; true equals 1 (documented). */
export function sameValue(left: Value, right: Value): boolean {
  if (isNumber(left) && isNumber(right)) return left == right; // eslint-disable-line eqeqeq -- bigint against number
  if (typeof left === 'boolean' && isNumber(right)) return sameValue(left ? 1n : 0n, right);
  if (isNumber(left) && typeof right === 'boolean') return sameValue(right, left);
  if (isArray(left) && isArray(right)) {
    return left.length === right.length && left.every((part, index) => sameValue(part, right[index]!));
  }
  if (isObject(left) && isObject(right)) {
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => name in right && sameValue(left[name]!, right[name]!))
    );
  }
  return left === right;
}

export function isNumber(value: Value | undefined): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}
