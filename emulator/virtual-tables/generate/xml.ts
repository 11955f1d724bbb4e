import { createHash } from 'node:crypto';
import { escapeXml } from '../../kernel/index.ts';

/** A label in English, the language finance and operations has here. */
export const label = (element: string, text: string) =>
  `<${element} description="${escapeXml(text)}" languagecode="1033" />`;

export const labels = (list: string, element: string, text: string) => `<${list}>${label(element, text)}</${list}>`;

/** A GUID in braces that is the same for the same name. */
export function guidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}
