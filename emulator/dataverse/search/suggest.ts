import { fold } from '../../query/index.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { editDistance } from './edit-distance.ts';
import { indexedText } from './indexed-text.ts';
import { find, openSearch, type Hit } from './search.ts';
import { joined, wordsOf, type SearchNode } from './search-node.ts';
import type { OrderClause, SearchScope } from './search-request.ts';

export interface SuggestRequest {
  readonly text: string;
  readonly scope: SearchScope;
  /** One letter may be wrong. */
  readonly isFuzzy: boolean;
  readonly order: readonly OrderClause[];
  readonly top: number;
}

/** A row whose primary name begins with what was typed, and that name with the typed part marked. */
export interface Suggestion {
  readonly text: string;
  readonly hit: Hit;
}

const plain = { facets: [], skip: 0, isCounted: false, isGroupRanked: false };

/**
 * Rows whose name has a word for each that was typed, beginning with it. Called inside a transaction.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/suggest
 */
export function suggest(context: RequestContext, request: SuggestRequest): Suggestion[] {
  const targets = openSearch(context, request.scope, 'primaryName');
  const typed = wordsOf(request.text).map(fold);
  const { hits } = find(
    context,
    targets,
    joined(
      'all',
      typed.map((word) => beginning(word, request.isFuzzy)),
    ),
    {
      ...plain,
      ...request,
    },
  );
  return hits.map((hit) => ({ text: marked(nameOf(hit), typed, request.isFuzzy), hit }));
}

/** Words that begin with this one, or nearly. */
function beginning(word: string, isFuzzy: boolean): SearchNode {
  if (!isFuzzy) return { kind: 'prefix', text: word, boost: 1 };
  return { kind: 'fitting', boost: 1, fit: (one) => (one.startsWith(word) ? 1 : isNearly(one, word) ? 0.5 : 0) };
}

/** Whether the beginning of a word is what was typed but for one letter. */
const isNearly = (one: string, typed: string): boolean =>
  [-1, 0, 1].some((more) => editDistance(typed, [...one].slice(0, typed.length + more).join(''), 1) <= 1);

const nameOf = ({ one, row }: Hit) => String(row[one.table.primaryName ?? ''] ?? '');

/** Each word that begins as typed, its beginning marked; one that only nearly does, as a whole. */
function marked(name: string, typed: readonly string[], isFuzzy: boolean): string {
  return name.replace(/[\p{L}\p{N}\p{M}\p{Co}]+/gu, (word) => {
    const fits = typed.filter((one) => fold(word).startsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (fits !== undefined) return markBeginning(word, fits.length);
    return isFuzzy && typed.some((one) => isNearly(fold(word), one)) ? `{crmhit}${word}{/crmhit}` : word;
  });
}

/** Counted in folded letters: `ß` and `Ü` may fold to another number of them than they are. */
function markBeginning(word: string, length: number): string {
  const letters = [...word];
  let end = 0;
  while (fold(letters.slice(0, end).join('')).length < length) end += 1;
  return `{crmhit}${letters.slice(0, end).join('')}{/crmhit}${letters.slice(end).join('')}`;
}

/** Rows that are looked at for the word that was meant. */
const mostCompleted = 500;

/**
 * What was typed with its last word completed: to the word most of the rows have, the caller may read, that hold the words
 * before it too. Undefined when there is none.
 *
 * Decided: the whole of it stands between the marks, in lower case, as the documented answers have it.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/autocomplete
 */
export function autocomplete(
  context: RequestContext,
  { text, scope, isFuzzy }: Pick<SuggestRequest, 'text' | 'scope' | 'isFuzzy'>,
): string | undefined {
  const targets = openSearch(context, scope, 'primaryName');
  const typed = wordsOf(text).map(fold);
  const last = typed.at(-1);
  if (last === undefined) return undefined;
  const before = typed.slice(0, -1).map((word): SearchNode => ({ kind: 'phrase', text: word, boost: 1 }));
  const node = joined('all', [...before, beginning(last, isFuzzy)]);
  const { hits } = find(context, targets, node, { ...plain, order: [], top: mostCompleted });
  const counts = new Map<string, number>();
  for (const hit of hits)
    for (const word of wordsIn(context, hit, targets.find(({ one }) => one === hit.one)!.places))
      if (word.startsWith(last) || (isFuzzy && isNearly(word, last))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rank = (word: string) => (word.startsWith(last) ? 0 : 1);
  const [best] = [...counts].sort(([a, m], [b, n]) => rank(a) - rank(b) || n - m || (a < b ? -1 : 1));
  return best === undefined ? undefined : `{crmhit}${[...typed.slice(0, -1), best[0]].join(' ')}{/crmhit}`;
}

/** Distinct words of a row in these find columns. */
function wordsIn({ writer }: RequestContext, { one, row }: Hit, places: readonly number[]): Set<string> {
  const texts = places.map((place) => {
    const column = one.findColumns[place]!;
    return indexedText(column, row[column.logicalName] ?? null, writer.nameOf) ?? '';
  });
  return new Set(texts.flatMap((text) => wordsOf(fold(text))));
}
