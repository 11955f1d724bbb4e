import { createHash } from 'node:crypto';
import { escapeXml } from '../../kernel/index.ts';

const english = 1033;

/** A label of finance and operations, which has English ones here: other languages show its id. */
export interface Label {
  readonly text: string;
  readonly id: string;
  /** Codes of the languages Dataverse has when the table is made. */
  readonly languages: readonly number[];
}

/** A label in English. */
export const label = (element: string, text: string, language = english) =>
  `<${element} description="${escapeXml(text)}" languagecode="${language}" />`;

export function labels(list: string, element: string, given: string | Label): string {
  const { text, id, languages } = typeof given === 'string' ? { text: given, id: '', languages: [] } : given;
  const others = languages.filter((language) => language !== english).map((language) => label(element, id, language));
  return `<${list}>${label(element, text)}${others.join('')}</${list}>`;
}

/** A GUID in braces that is the same for the same name. */
export function guidOf(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}
