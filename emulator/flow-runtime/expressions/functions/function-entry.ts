import type { Scope } from '../evaluate.ts';
import { ExpressionError } from '../expression-error.ts';
import { isArray, isNumber, isObject, typeName, type Value, type ValueObject } from '../value.ts';

/** One function of the language: a row of the catalogue. The examples are its tests and its documentation. */
export interface FunctionEntry {
  readonly name: string;
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  run(values: readonly Value[], scope: Scope): Value;
  /** Of a function that evaluates only one of its arguments after the first: which, counted from 0. */
  readonly choose?: (first: Value) => number;
  /** Expressions and the JSON of what they give; `throws` for those that fail. */
  readonly examples: readonly (readonly [expression: string, result: string])[];
}

export function define(
  name: string,
  arity: readonly [number, number],
  run: FunctionEntry['run'],
  ...examples: FunctionEntry['examples']
): FunctionEntry {
  return { name, arity, run, examples };
}

/** The text of an argument. @throws ExpressionError naming function, place and the type that was given */
export function text(name: string, values: readonly Value[], index: number): string {
  const value = values[index];
  if (typeof value === 'string') return value;
  throw wrongType(name, index, 'a string', value);
}

/** The text of an argument that may be null, which reads as empty. */
export function textOrEmpty(name: string, values: readonly Value[], index: number): string {
  return values[index] === null ? '' : text(name, values, index);
}

export function integer(name: string, values: readonly Value[], index: number): bigint {
  const value = values[index];
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw wrongType(name, index, 'an integer', value);
}

/** An integer small enough to count with. */
export function count(name: string, values: readonly Value[], index: number): number {
  const value = integer(name, values, index);
  if (value > 2147483647n || value < -2147483648n) throw wrongType(name, index, 'a 32-bit integer', value);
  return Number(value);
}

export function amount(name: string, values: readonly Value[], index: number): bigint | number {
  const value = values[index];
  if (isNumber(value)) return value;
  throw wrongType(name, index, 'a number', value);
}

export function list(name: string, values: readonly Value[], index: number): readonly Value[] {
  const value = values[index];
  if (isArray(value)) return value;
  throw wrongType(name, index, 'an array', value);
}

export function object(name: string, values: readonly Value[], index: number): ValueObject {
  const value = values[index];
  if (isObject(value)) return value;
  throw wrongType(name, index, 'an object', value);
}

export function wrongType(name: string, index: number, wanted: string, value: Value | undefined): ExpressionError {
  return new ExpressionError(
    `The template language function '${name}' expects its parameter ${index + 1} to be ${wanted}. The provided value is of type '${typeName(value)}'.`,
  );
}
