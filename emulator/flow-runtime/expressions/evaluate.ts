import { ExpressionError } from './expression-error.ts';
import { findFunction } from './functions/index.ts';
import type { Expression } from './parse.ts';
import { isArray, isObject, typeName, type Value } from './value.ts';

/** What an expression can ask about the run it stands in. */
export interface Scope {
  now(): Date;
  newId(): string;
  trigger(): Value;
  /** The record of an action; undefined when the flow has no such action, null when it has not run. */
  action(name: string): Value | undefined;
  /** The action the expression stands in: only in the condition of an Until and in what a webhook action unsubscribes with. */
  current(): Value | undefined;
  /** Records of the first-level actions of a scope. */
  result(name: string): Value;
  variable(name: string): Value | undefined;
  parameter(name: string): Value | undefined;
  /** The current element of the named loop, or of the nearest one. */
  item(loop?: string): Value | undefined;
  iterationIndex(loop: string): bigint | undefined;
  workflow(): Value;
  callbackUrl(): string | undefined;
}

/**
 * Evaluates an expression.
 *
 * @throws ExpressionError unknown function, wrong types, a missing member without `?`
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind === 'member') return readMember(expression, scope);
  const entry = findFunction(expression.name);
  const { length } = expression.arguments;
  const [least, most] = entry.arity;
  if (length < least || length > most) {
    const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    throw new ExpressionError(
      `The template function '${entry.name}' expects ${wanted} parameter(s) but was given ${length}.`,
    );
  }
  const values = () => expression.arguments.map((argument) => evaluate(argument, scope));
  if (entry.choose === undefined) return entry.run(values(), scope);
  return evaluate(expression.arguments[entry.choose(evaluate(expression.arguments[0]!, scope))]!, scope);
}

/**
 * `?` spares what is null, and members that are missing; it does not make a text or a number have members, nor a list
 * members that have a name.
 *
 * @see the message makers report: "Property selection is not supported on values of type 'String'" with `?`
 */
function readMember({ of, key, safe, bracket }: Extract<Expression, { kind: 'member' }>, scope: Scope): Value {
  const whole = evaluate(of, scope);
  const name = evaluate(key, scope);
  const found = lookUp(whole, name, bracket && key.kind === 'literal');
  if (found !== undefined) return found;
  if (whole !== null && !isObject(whole) && !isArray(whole)) throw notSelectable(whole, name);
  if (isArray(whole) && typeof name !== 'bigint')
    throw cannotEvaluate(
      `property '${String(name)}' cannot be selected. Array elements can only be selected using an integer index`,
    );
  if (safe) return null;
  if (whole === null) throw notSelectable(whole, name);
  if (isArray(whole))
    throw cannotEvaluate(`array index '${String(name)}' is outside bounds (0, ${whole.length - 1}) of array`);
  const names = Object.keys(whole).join(', ');
  throw cannotEvaluate(`property '${String(name)}' doesn't exist, available properties are '${names}'`);
}

const cannotEvaluate = (why: string) =>
  new ExpressionError(`The template language expression cannot be evaluated because ${why}.`);

const notSelectable = (whole: Value, name: Value) =>
  cannotEvaluate(
    `property '${String(name)}' cannot be selected. Property selection is not supported on values of type '${typeName(whole)}'`,
  );

/** A literal key is looked up as it is first, then walked as a path: `['body/value']` is `['body']?['value']`. */
function lookUp(whole: Value, key: Value, mayBePath: boolean): Value | undefined {
  const direct = readOne(whole, key);
  if (direct !== undefined || !mayBePath || typeof key !== 'string' || !key.includes('/')) return direct;
  let here: Value | undefined = whole;
  for (const part of key.split('/')) here = here === undefined ? undefined : readOne(here, part);
  return here;
}

function readOne(whole: Value, key: Value): Value | undefined {
  if (isArray(whole)) {
    const index = typeof key === 'string' && /^\d+$/.test(key) ? BigInt(key) : key;
    return typeof index === 'bigint' && index >= 0n ? whole[Number(index)] : undefined;
  }
  if (!isObject(whole) || typeof key !== 'string') return undefined;
  if (Object.hasOwn(whole, key)) return whole[key];
  // Decided: published flows write `['Body']`; a name is also found in another letter case.
  const lower = key.toLowerCase();
  const other = Object.keys(whole).find((name) => name.toLowerCase() === lower);
  return other === undefined ? undefined : whole[other];
}
