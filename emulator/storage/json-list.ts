import type { ColumnShape } from '../query/index.ts';
import { isFraction } from './columns.ts';

/** JSON of the store keeps 15 digits of a fraction; 17, as a text, tell it from every other. */
export const jsonValue = (value: string, { type }: ColumnShape): string =>
  isFraction(type) ? `iif(${value} is null, null, printf('%!.17g', ${value}))` : value;

/** Functions of the store take no more values than this. */
const mostArguments = 100;

/** One JSON list of these values, none of which is a list: longer ones are put together from several. */
export function jsonList(values: readonly string[]): string {
  if (values.length <= mostArguments) return `json_array(${values.join(', ')})`;
  const [first, rest] = [values.slice(0, mostArguments), values.slice(mostArguments)];
  return `rtrim(${jsonList(first)}, ']') || ',' || ltrim(${jsonList(rest)}, '[')`;
}
