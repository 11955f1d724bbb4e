import type { Database } from '../../storage/index.ts';
import { expressionsOf, type Searched } from './find-matches.ts';
import { marks } from './indexed-text.ts';
import { partsOf } from './search-index.ts';
import { leavesOf, type SearchNode } from './search-node.ts';

/** Texts in which what was found stands between `{crmhit}` and `{/crmhit}`, by column. */
export type Highlights = Readonly<Record<string, readonly string[]>>;

/** The highlights of these rows of one table, by id. */
export function highlightsOf(
  database: Database,
  node: SearchNode,
  searched: Searched,
  ids: readonly string[],
): Map<string, Highlights> {
  const { one, places } = searched;
  const { documents, ...parts } = partsOf(one.table.logicalName);
  const texts = new Map<string, Map<string, string[]>>();
  for (const index of ['words', 'stems'] as const) {
    const asked = leavesOf(node)
      .flatMap((leaf) => expressionsOf(leaf, database, searched))
      .filter((expression) => expression.index === index)
      .map(({ text }) => text);
    if (asked.length === 0) continue;
    const name = parts[index];
    const shown = places.map((place) => `highlight(${name}, ${place}, '${marks.begin}', '${marks.end}')`);
    const lines = database.table(
      `select document.id, ${shown.join(', ')} from ${name} join ${documents} as document on document.number = ${name}.rowid
      where ${name} match ? and document.id in (select value from json_each(?))`,
      [asked.map((text) => `(${text})`).join(' OR '), JSON.stringify(ids)],
    );
    for (const [id, ...values] of lines)
      values.forEach((value, at) => {
        if (!String(value ?? '').includes(marks.begin)) return;
        const columns = texts.get(String(id)) ?? new Map<string, string[]>();
        const column = one.findColumns[places[at]!]!.logicalName;
        columns.set(column, [...(columns.get(column) ?? []), String(value)]);
        texts.set(String(id), columns);
      });
  }
  return new Map([...texts].map(([id, columns]) => [id, written(columns)]));
}

const written = (columns: ReadonlyMap<string, readonly string[]>): Highlights =>
  Object.fromEntries([...columns].map(([column, marked]) => [column, [merged(marked)]]));

/** The same text, marked once by each index, with the marks of all. */
export function merged(marked: readonly string[]): string {
  const depth: number[] = [];
  let plain = '';
  for (const text of marked) {
    let [at, open] = [0, 0];
    plain = '';
    for (const character of text) {
      if (character === marks.begin) open += 1;
      else if (character === marks.end) open -= 1;
      else {
        depth[at] = (depth[at] ?? 0) + open;
        plain += character;
        at += 1;
      }
    }
  }
  let [result, isOpen] = ['', false];
  [...plain].forEach((character, at) => {
    if (depth[at]! > 0 !== isOpen) result += isOpen ? '{/crmhit}' : '{crmhit}';
    isOpen = depth[at]! > 0;
    result += character;
  });
  return isOpen ? `${result}{/crmhit}` : result;
}
