import { refusal, type Refusal } from './refusals.ts';

/**
 * Names become names of SQL tables, URLs and JSON properties, so nothing but letters, digits and underscores gets in.
 *
 * @param what how errors call the thing, e.g. `column 'account.x'`
 */
export function requireName(name: string, what: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name))
    throw refusal(
      'badSchema',
      `The name '${name}' of the ${what} may hold letters, digits and underscores only, and begins with a letter.`,
    );
}

/** True for `contoso_order`: two to eight letters and digits, an underscore, more. */
export const hasPrefix = (name: string) => /^[A-Za-z][A-Za-z0-9]{1,7}_./.test(name);

export function requirePrefix(name: string, what: string, code: Refusal): void {
  if (!hasPrefix(name))
    throw refusal(code, `The name '${name}' of the ${what} does not begin with a publisher's prefix.`);
}

/** Refuses a list with the same key twice, in any letter case. */
export function requireUnique(keys: Iterable<string>, what: string, code: Refusal = 'sameKey'): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key.toLowerCase()))
      throw refusal(code, `An item with the same key has already been added. The ${what} '${key}' occurs twice.`);
    seen.add(key.toLowerCase());
  }
}
