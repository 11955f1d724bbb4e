/** Splits a path at its slashes, but not inside brackets or quotes: a key may hold one. */
export function splitPath(path: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let inString = false;
  let start = 0;
  const end = (at: number) => {
    if (at > start) parts.push(path.slice(start, at));
    start = at + 1;
  };
  for (let at = 0; at < path.length; at++) {
    const character = path[at];
    if (character === "'") inString = !inString;
    else if (inString) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '/' && depth === 0) end(at);
  }
  end(path.length);
  return parts;
}

const segment = /^([^(]*)(?:\((.*)\))?$/s;

/** `accounts(1)` → name `accounts`, inside `1`; inside is undefined without brackets. */
export function splitSegment(text: string): { readonly name: string; readonly inside: string | undefined } {
  const [, name = text, inside] = segment.exec(text) ?? [];
  return { name, inside };
}
