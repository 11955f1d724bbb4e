import { readTable, type Table } from './metadata';
import { send } from './web-api';

/** A piece of a text; what was searched for is marked. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

export interface FoundRow {
  readonly id: string;
  readonly name: readonly Piece[];
  /** Other columns in which something was found. */
  readonly places: readonly { readonly label: string; readonly pieces: readonly Piece[] }[];
}

/** What was found in one table. */
export interface FoundGroup {
  readonly table: Table;
  readonly rows: readonly FoundRow[];
}

interface Hit {
  readonly Id: string;
  readonly EntityName: string;
  readonly Attributes: Readonly<Record<string, unknown>>;
  readonly Highlights: Readonly<Record<string, readonly string[]>>;
}

/** Rows one search reads at most. */
export const mostFound = 100;

/**
 * Searches the tables of an app; the tables come as the best row of each does.
 *
 * @throws WebApiError as the service refuses, e.g. where search is switched off
 */
export async function searchApp(text: string, tables: readonly string[]): Promise<FoundGroup[]> {
  const options = "{'grouprankingenabled': 'true', 'besteffortsearchenabled': 'true'}";
  const answer = await send('POST', 'searchquery', { search: text, top: mostFound, options });
  const { Value } = JSON.parse(((await answer.json()) as { response: string }).response) as { Value: readonly Hit[] };
  const names = [...new Set(Value.map(({ EntityName }) => EntityName))].filter((name) => tables.includes(name));
  return Promise.all(
    names.map(async (name) => {
      const table = await readTable(name);
      return { table, rows: Value.filter((hit) => hit.EntityName === name).map((hit) => readHit(hit, table)) };
    }),
  );
}

function readHit({ Id, Attributes, Highlights }: Hit, { primaryName, columns }: Table): FoundRow {
  const name = Highlights[primaryName]?.[0] ?? String(Attributes[primaryName] ?? '');
  const others = Object.entries(Highlights).filter(([column]) => column !== primaryName);
  return {
    id: Id,
    name: piecesOf(name),
    places: others.map(([column, [text = '']]) => ({
      label: columns.get(column)?.label ?? column,
      pieces: piecesOf(text),
    })),
  };
}

/** `a {crmhit}b{/crmhit}` as its pieces. */
export const piecesOf = (text: string): Piece[] =>
  text
    .split(/\{crmhit\}(.*?)\{\/crmhit\}/s)
    .map((part, at) => ({ text: part, isMarked: at % 2 === 1 }))
    .filter((piece) => piece.text !== '');
