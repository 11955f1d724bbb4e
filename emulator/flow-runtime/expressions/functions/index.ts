import { ExpressionError } from '../expression-error.ts';
import { collections } from './collections.ts';
import { conversion } from './conversion.ts';
import { dates } from './dates.ts';
import type { FunctionEntry } from './function-entry.ts';
import { formDataFunctions } from './form-data.ts';
import { logic } from './logic.ts';
import { manipulation } from './manipulation.ts';
import { math } from './math.ts';
import { references } from './references.ts';
import { strings } from './strings.ts';
import { xmlFunctions } from './xml.ts';

export type { FunctionEntry } from './function-entry.ts';

/** The catalogue: every function the runtime knows. */
export const functions: readonly FunctionEntry[] = [
  ...strings,
  ...collections,
  ...logic,
  ...math,
  ...conversion,
  ...dates,
  ...manipulation,
  ...references,
  ...xmlFunctions,
  ...formDataFunctions,
];

const byName = new Map(functions.map((entry) => [entry.name.toLowerCase(), entry]));

/** Finds a function; letter case does not matter. @throws ExpressionError */
export function findFunction(name: string): FunctionEntry {
  const entry = byName.get(name.toLowerCase());
  if (entry !== undefined) return entry;
  throw new ExpressionError(`The template function '${name}' is not defined or not valid.`);
}
