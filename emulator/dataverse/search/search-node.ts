/**
 * What a search text means, whichever syntax it was written in: words and phrases, joined.
 *
 * `optional` finds nothing by itself and lifts the rows that hold it, as a word without `+` does beside one with it.
 */
export type SearchNode =
  | SearchLeaf
  | { readonly kind: 'all' | 'any'; readonly of: readonly SearchNode[] }
  | { readonly kind: 'not' | 'optional'; readonly of: SearchNode };

export type SearchLeaf =
  /** A word, also in its inflected forms. What holds several words (`US-001`) is found where they follow each other. */
  | { readonly kind: 'word' | 'phrase'; readonly text: string; readonly boost: number }
  /** Words that begin with the last word of the text. */
  | { readonly kind: 'prefix'; readonly text: string; readonly boost: number }
  /** Words in any order, at most so many others between them. */
  | { readonly kind: 'near'; readonly words: readonly string[]; readonly distance: number; readonly boost: number }
  /** Whichever words of the index are taken: how well each fits, from 0 (not at all) to 1. */
  | { readonly kind: 'fitting'; readonly fit: (word: string) => number; readonly boost: number }
  | { readonly kind: 'everything'; readonly boost: number };

/** The words of a text as the index tells them apart: letters and digits, whatever stands between. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];

/** One of them is enough, or all are needed; a single one is itself, none is undefined. */
export function joined(kind: 'all' | 'any', of: readonly SearchNode[]): SearchNode | undefined {
  return of.length < 2 ? of[0] : { kind, of };
}

/** The leaves a row may be found by: those under a `not` are left out. */
export function leavesOf(node: SearchNode): SearchLeaf[] {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.flatMap(leavesOf);
    case 'not':
      return [];
    case 'optional':
      return leavesOf(node.of);
    default:
      return [node];
  }
}
