import type { Catalogue } from '../metadata/catalogue.ts';

/** First type code of tables that are not the platform's own; every environment counts on from there. */
const firstCustomTypeCode = 10_000;

export const nextTypeCode = (catalogue: Catalogue) => firstCustomTypeCode + [...catalogue.tables()].length;

/** The code a file states, if it is one of the platform's own; those of other environments mean nothing here. */
export function statedTypeCode(text: string): number | undefined {
  const code = Number(text);
  return Number.isInteger(code) && code > 0 && code < firstCustomTypeCode ? code : undefined;
}
