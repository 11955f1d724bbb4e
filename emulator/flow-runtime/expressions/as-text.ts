import { writeJson } from './json.ts';
import type { Value } from './value.ts';

/** A value as interpolation writes it: null is empty, objects and arrays are JSON; a number alone needs no point to be one. */
export function asText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? JSON.stringify(value) : writeJson(value);
}
