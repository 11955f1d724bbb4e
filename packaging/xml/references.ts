import type { Cursor } from './cursor.ts';

const named = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A text with its references to characters resolved: the five named ones, and those by number. */
export function resolved(text: string, cursor: Cursor): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([\dA-Fa-f]+)|([^\s&;<]+))?(;?)/g, (whole, decimal, hex, name, end) => {
    if (end !== ';')
      return cursor.fail(`'&' begins a reference, which ends with ';'; the character is written '&amp;'.`);
    if (name !== undefined) return named.get(name) ?? cursor.fail(`undefined entity '${whole}'.`);
    return (
      character(decimal === undefined ? parseInt(hex, 16) : Number(decimal)) ??
      cursor.fail(`'${whole}' is no character.`)
    );
  });
}

/** The characters XML can hold. */
function character(code: number): string | undefined {
  const isAllowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return isAllowed ? String.fromCodePoint(code) : undefined;
}
