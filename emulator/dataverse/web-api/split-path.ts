/** Splits a path at its slashes, but not inside brackets or quotes: a key may hold one. */
export function splitPath(path: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let inString = false;
  let part = '';
  for (const character of path) {
    if (character === "'") inString = !inString;
    else if (!inString && character === '(') depth += 1;
    else if (!inString && character === ')') depth -= 1;
    if (character === '/' && depth === 0 && !inString) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].filter((one) => one !== '');
}

const segment = /^([^(]*)(?:\((.*)\))?$/s;

/** `accounts(1)` → name `accounts`, inside `1`; inside is undefined without brackets. */
export function splitSegment(text: string): { readonly name: string; readonly inside: string | undefined } {
  const [, name = text, inside] = segment.exec(text) ?? [];
  return { name, inside };
}
