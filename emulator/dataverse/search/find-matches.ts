import type { TableShape } from '../../query/index.ts';
import type { Database, SqlValue } from '../../storage/index.ts';
import { partsOf } from './search-index.ts';
import type { SearchableTable } from './searchable-tables.ts';
import { leavesOf, type SearchLeaf, type SearchNode } from './search-node.ts';

/** A table that is looked through, and in which of its find columns. */
export interface Searched {
  readonly one: SearchableTable;
  /** Places of find columns: those asked for, without those the caller may not read. Never empty. */
  readonly places: readonly number[];
}

/** One question to a full-text index. */
interface Expression {
  readonly index: 'words' | 'stems';
  readonly text: string;
  /** What a row that answers it is worth; `ranked`: what it is worth is measured, and this times as much. */
  readonly weight: number;
  readonly isRanked: boolean;
}

/** The rows a search found in one table, as a table that queries are joined with. */
export const hitShape: TableShape = {
  name: 'search_hit',
  storedAs: 'search_hit',
  key: ['id'],
  columns: new Map([
    ['id', { name: 'id', type: 'guid' }],
    ['score', { name: 'score', type: 'double' }],
  ]),
};

/**
 * Finds the rows of one table that match, whoever may read them: their ids and scores are in `hitShape` afterwards, until
 * another search is made. Words are weighed by BM25, as Azure AI Search does, and rarer words weigh more; how rare they are is
 * counted over all tables that are searched, as in one index. Words with a wildcard and the like weigh the same everywhere.
 *
 * @param rarity made by `rarityOf`
 */
export function findMatches(database: Database, node: SearchNode, searched: Searched, rarity: Rarity): void {
  database.exec(
    'create temp table if not exists search_hit (id text primary key, score real) without rowid; delete from search_hit',
  );
  const parts = partsOf(searched.one.table.logicalName);
  const parameters: SqlValue[] = [];
  const scores = leavesOf(node).flatMap((leaf) =>
    expressionsOf(leaf, database, searched).map((expression) => scoreOf(expression, searched, rarity, parameters)),
  );
  const everything = leavesOf(node).find(({ kind }) => kind === 'everything')?.boost ?? 0;
  const condition = conditionOf(node, database, searched, parameters);
  const scored =
    scores.length === 0
      ? 'select null as number, 0 as score where 0'
      : `select number, sum(score) as score from (${scores.join(' union all ')}) group by number`;
  database.run(
    `with scored as materialized (${scored})
    insert into search_hit select id, coalesce(score, 0) + ${everything} from ${parts.documents} as document
    left join scored on scored.number = document.number where ${condition}`,
    parameters,
  );
}

/** Matches of a leaf, or of a tree of them, as a condition on documents. */
function conditionOf(node: SearchNode, database: Database, searched: Searched, parameters: SqlValue[]): string {
  const inner = (of: SearchNode) => conditionOf(of, database, searched, parameters);
  switch (node.kind) {
    case 'all':
      return `(${node.of.map(inner).join(' and ') || '1'})`;
    case 'any':
      return `(${node.of.map(inner).join(' or ') || '0'})`;
    case 'not':
      return `not ${inner(node.of)}`;
    case 'optional':
    case 'everything':
      return '1';
    default: {
      const found = expressionsOf(node, database, searched).map(({ index, text }) => {
        parameters.push(text);
        const name = partsOf(searched.one.table.logicalName)[index];
        return `document.number in (select rowid from ${name} where ${name} match ?)`;
      });
      return `(${found.join(' or ') || '0'})`;
    }
  }
}

function scoreOf(
  { index, text, weight, isRanked }: Expression,
  { one }: Searched,
  rarity: Rarity,
  parameters: SqlValue[],
): string {
  const name = partsOf(one.table.logicalName)[index];
  parameters.push(isRanked ? weight * rarity(one, text) : weight, text);
  return `select rowid as number, ${isRanked ? '-rank * ?' : '?'} as score from ${name} where ${name} match ?`;
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Asks in these columns only. */
const within = ({ places }: Searched, text: string) => `{${places.map((place) => `c${place}`).join(' ')}} : (${text})`;

/** What a leaf asks of the index; several questions where several words fit. */
export function expressionsOf(leaf: SearchLeaf, database: Database, searched: Searched): Expression[] {
  const ask = (index: Expression['index'], text: string, weight: number, isRanked: boolean): Expression[] => [
    { index, text: within(searched, text), weight, isRanked },
  ];
  switch (leaf.kind) {
    case 'word':
      return ask('stems', quoted(leaf.text), leaf.boost, true);
    case 'phrase':
      return ask('words', quoted(leaf.text), leaf.boost, true);
    case 'prefix':
      return ask('words', `${quoted(leaf.text)} *`, leaf.boost, false);
    case 'near':
      return ask('words', `NEAR(${leaf.words.map(quoted).join(' ')}, ${leaf.distance})`, leaf.boost, false);
    case 'fitting':
      return fitting(leaf, database, searched);
    case 'everything':
      return [];
  }
}

/** Words that fit equally well are asked for together. */
function fitting(leaf: SearchLeaf & { kind: 'fitting' }, database: Database, searched: Searched): Expression[] {
  const { vocabulary } = partsOf(searched.one.table.logicalName);
  const byFit = new Map<number, string[]>();
  for (const [term] of database.table(`select term from ${vocabulary}`)) {
    const fit = leaf.fit(String(term));
    if (fit > 0) byFit.set(fit, [...(byFit.get(fit) ?? []), quoted(String(term))]);
  }
  return [...byFit].map(([fit, words]) => ({
    index: 'words',
    text: within(searched, words.join(' OR ')),
    weight: leaf.boost * fit,
    isRanked: false,
  }));
}

/** By how much the rank the store gives to a row has to be multiplied. */
export type Rarity = (one: SearchableTable, expression: string) => number;

/**
 * The store weighs a word by how rare it is in one table, and one that most rows hold by next to nothing. Here it weighs by
 * how rare it is in all tables that are searched, and never nothing: ln(1 + (N - n + 0.5) / (n + 0.5)) of N documents, n of
 * which hold it.
 */
export function rarityOf(database: Database, node: SearchNode, searched: readonly Searched[]): Rarity {
  const counts = searched.map((table) => ({ table, total: total(database, table) }));
  const all = counts.reduce((sum, one) => sum + one.total, 0);
  const factors = new Map<string, number>();
  const key = (one: SearchableTable, text: string) => `${one.table.logicalName} ${text}`;
  for (const leaf of leavesOf(node)) {
    const asked = counts.flatMap(({ table, total: own }) =>
      expressionsOf(leaf, database, table)
        .filter(({ isRanked }) => isRanked)
        .map((expression) => ({ table, own, ...expression, found: found(database, table, expression) })),
    );
    const everywhere = asked.reduce((sum, one) => sum + one.found, 0);
    const wanted = Math.log(1 + (all - everywhere + 0.5) / (everywhere + 0.5));
    for (const { table, own, text, found: here } of asked) {
      const given = Math.log((own - here + 0.5) / (here + 0.5));
      factors.set(key(table.one, text), wanted / (given <= 0 ? 1e-6 : given));
    }
  }
  return (one, text) => factors.get(key(one, text)) ?? 1;
}

const total = (database: Database, { one }: Searched) =>
  Number(database.line(`select count(*) from ${partsOf(one.table.logicalName).documents}`)![0]);

function found(database: Database, { one }: Searched, { index, text }: Expression): number {
  const name = partsOf(one.table.logicalName)[index];
  return Number(database.line(`select count(*) from ${name} where ${name} match ?`, [text])![0]);
}
