import { notEmulated } from '../../kernel/index.ts';
import { fold } from '../../query/index.ts';
import { editDistance } from './edit-distance.ts';
import { faults } from './faults.ts';
import { joined, wordsOf, type SearchLeaf, type SearchNode } from './search-node.ts';
import { unescaped } from './simple-syntax.ts';

type Need = 'must' | 'should' | 'not';
interface Clause {
  need: Need;
  readonly node: SearchNode | undefined;
}

const operators = { '&&': 'AND', '||': 'OR', '!': 'NOT', '–': 'NOT', '-': 'NOT', '+': 'MUST' } as const;

/**
 * Reads the full Lucene syntax: `AND && +`, `OR ||`, `NOT ! -`, `( )`, `"phrase"`, `"near words"~5`, `word*`, `w?rd`,
 * `fuzzy~1`, `boosted^2`, `/[mh]otel/`. Operators bind as Lucene's own parser has it: each says of the words beside it whether
 * they are needed.
 *
 * Decided: where only words are excluded, all other rows are found.
 *
 * @returns undefined when there is no word in it
 * @throws Fault 0x80040203 for what is not well-formed, 501 for a field or a range: the columns of the real index go by
 *   names of their own
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/query#lucerne-query-syntax
 */
export function readLuceneSyntax(text: string, mode: 'any' | 'all'): SearchNode | undefined {
  const reader = new LuceneSyntax(text, mode);
  const node = reader.clauses();
  reader.end();
  return node;
}

class LuceneSyntax {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly mode: 'any' | 'all',
  ) {}

  /** Up to the end or a closing bracket. */
  clauses(): SearchNode | undefined {
    const clauses: Clause[] = [];
    for (;;) {
      const conjunction = this.take(/^(?:AND|OR)(?=[\s(]|$)|^&&|^\|\|/);
      const modifier = this.take(/^NOT(?=[\s(]|$)|^[!+–-](?=[^\s)])/);
      if (this.isAtEnd()) {
        if (conjunction !== undefined || modifier !== undefined)
          throw this.malformed('an operator has nothing after it');
        return nodeOf(clauses);
      }
      const [joins, marks] = [meaningOf(conjunction), meaningOf(modifier)];
      this.amend(clauses.at(-1), joins);
      clauses.push({ need: this.needOf(joins, marks), node: this.single() });
    }
  }

  end(): void {
    if (this.at < this.text.length) throw this.malformed('a bracket closes that was not opened');
  }

  /** `a AND b` needs both, `a OR b` neither by itself. */
  private amend(before: Clause | undefined, joins: string | undefined): void {
    if (before === undefined || before.need === 'not') return;
    if (joins === 'AND') before.need = 'must';
    if (joins === 'OR' && this.mode === 'all') before.need = 'should';
  }

  private needOf(joins: string | undefined, marks: string | undefined): Need {
    if (marks === 'NOT') return 'not';
    if (marks === 'MUST' || joins === 'AND') return 'must';
    return this.mode === 'all' && joins !== 'OR' ? 'must' : 'should';
  }

  private single(): SearchNode | undefined {
    const node = this.group() ?? this.leaf();
    const boost = this.takeHere(/^\^(\d+(?:\.\d+)?)/);
    return node === undefined || boost === undefined ? node : boosted(node, Number(boost.slice(1)));
  }

  private group(): SearchNode | undefined {
    if (this.take(/^\(/) === undefined) return undefined;
    const inner = this.clauses();
    if (this.take(/^\)/) === undefined) throw this.malformed('a bracket is not closed');
    return inner ?? { kind: 'any', of: [] };
  }

  private leaf(): SearchLeaf | undefined {
    return this.phrase() ?? this.pattern() ?? this.word();
  }

  private phrase(): SearchLeaf | undefined {
    if (this.text[this.at] !== '"') return undefined;
    const written = this.takeHere(/^"(?:\\.|[^"\\])*"/su);
    if (written === undefined) throw this.malformed('a phrase is not closed');
    const text = unescaped(written.slice(1, -1));
    const words = wordsOf(text);
    const near = this.takeHere(/^~\d+/);
    if (near === undefined || words.length < 2) return { kind: 'phrase', text, boost: 1 };
    return { kind: 'near', words, distance: Number(near.slice(1)), boost: 1 };
  }

  /** A regular expression over whole words. */
  private pattern(): SearchLeaf | undefined {
    if (this.text[this.at] !== '/') return undefined;
    const written = this.takeHere(/^\/(?:\\.|[^/\\])*\//su);
    if (written === undefined) throw this.malformed('a regular expression is not closed');
    return matching(written.slice(1, -1).replaceAll('\\/', '/'));
  }

  private word(): SearchLeaf | undefined {
    const written = this.takeHere(/^(?:\\.|[^\s()"^~/\\])+/su);
    if (written === undefined) throw this.malformed(`'${this.text[this.at]}' stands where a word should`);
    if (/(?:^|[^\\]):/.test(written)) throw notEmulated(`A search in a field ('${written}')`, 'Name searchColumns.');
    if (/(?:^|[^\\])[[{]/.test(written)) throw notEmulated(`A search of a range ('${written}')`, 'Use the filter.');
    const fuzzy = this.takeHere(/^~\d?/);
    if (written === '*') return { kind: 'everything', boost: 1 };
    if (/^[*?]/.test(written))
      throw this.malformed(`'*' or '?' is not allowed as the first character of a word; write /.*${written.slice(1)}/`);
    if (fuzzy !== undefined) return resembling(unescaped(written), fuzzy.length > 1 ? Number(fuzzy.slice(1)) : 2);
    if (/^(?:\\.|[^*?\\])+\*$/su.test(written))
      return { kind: 'prefix', text: unescaped(written.slice(0, -1)), boost: 1 };
    if (/(?:^|[^\\])[*?]/.test(written)) return matching(wildcardPattern(written));
    const text = unescaped(written);
    return wordsOf(text).length === 0 ? undefined : { kind: 'word', text, boost: 1 };
  }

  private take(pattern: RegExp): string | undefined {
    this.at += /^\s*/.exec(this.text.slice(this.at))![0].length;
    return this.takeHere(pattern);
  }

  private takeHere(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.text.slice(this.at))?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private isAtEnd(): boolean {
    return this.at >= this.text.length || this.text[this.at] === ')';
  }

  private malformed(reason: string) {
    return faults.badSearch(
      `The search text '${this.text}' is no Lucene query: ${reason} (at character ${this.at + 1}).`,
    );
  }
}

const meaningOf = (operator: string | undefined): string | undefined =>
  operator === undefined ? undefined : (operators[operator as keyof typeof operators] ?? operator);

function nodeOf(clauses: readonly Clause[]): SearchNode | undefined {
  const of = (need: Need) => clauses.flatMap((clause) => (clause.need === need ? (clause.node ?? []) : []));
  const [needed, wanted] = [of('must'), joined('any', of('should'))];
  const excluded = of('not').map((node): SearchNode => ({ kind: 'not', of: node }));
  if (wanted === undefined) return joined('all', [...needed, ...excluded]);
  const lifted: SearchNode = needed.length === 0 ? wanted : { kind: 'optional', of: wanted };
  return joined('all', [...needed, lifted, ...excluded]);
}

function boosted(node: SearchNode, by: number): SearchNode {
  switch (node.kind) {
    case 'all':
    case 'any':
      return { ...node, of: node.of.map((part) => boosted(part, by)) };
    case 'not':
    case 'optional':
      return { ...node, of: boosted(node.of, by) };
    default:
      return { ...node, boost: node.boost * by };
  }
}

/** Words at most so many letters away; two at most, as Lucene has it. */
export function resembling(text: string, distance: number): SearchLeaf {
  const [wanted, most] = [fold(text), Math.min(2, distance)];
  return {
    kind: 'fitting',
    boost: 1,
    fit(word) {
      const away = editDistance(wanted, word, most);
      return away > most ? 0 : 1 / (1 + away);
    },
  };
}

/** `te?t*` as a regular expression. */
const wildcardPattern = (text: string) =>
  text.replace(/\\.|[*?]|[^\\*?]+/gsu, (part) =>
    part === '*' ? '.*' : part === '?' ? '.' : unescaped(part).replace(/[.+^${}()|[\]\\/]/g, '\\$&'),
  );

/** @throws Fault for a pattern that cannot be read, 501 for operators of Lucene that others do not have */
function matching(pattern: string): SearchLeaf {
  const bare = pattern.replace(/\\./gsu, '').replace(/\[[^\]]*\]/g, '');
  if (/[~&<>@#"]/.test(bare))
    throw notEmulated(`The regular expression '/${pattern}/' with one of ~ & < > @ #`, 'Use . * + ? | [ ] ( ) { }.');
  try {
    const expression = new RegExp(`^(?:${fold(pattern)})$`, 'su');
    return { kind: 'fitting', boost: 1, fit: (word) => (expression.test(word) ? 1 : 0) };
  } catch {
    throw faults.badSearch(`'/${pattern}/' is no regular expression.`);
  }
}
