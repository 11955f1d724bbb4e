/** The definition of a flow as JSON, or why it is none. */
export function readJson(content: Buffer): { json?: Json; problem?: string } {
  try {
    const json: unknown = JSON.parse(content.toString().replace(/^\uFEFF/, ''));
    const definition = at(json, 'properties', 'definition');
    if (!isObject(json) || !isObject(definition)) return { problem: 'There is no properties/definition in it.' };
    return { json };
  } catch (error) {
    return { problem: `It is not JSON: ${(error as Error).message}` };
  }
}

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at the end of a path of keys. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((here, key) => (isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined), value);
}

/** Every object inside, the value itself first. */
export function* objectsIn(value: unknown): Generator<Json> {
  if (isObject(value)) yield value;
  const inner = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? Object.values(value) : [];
  for (const one of inner) yield* objectsIn(one);
}

/** Every text inside. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  const inner = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? Object.values(value) : [];
  for (const one of inner) yield* textsIn(one);
}
