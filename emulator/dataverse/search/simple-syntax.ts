import { joined, wordsOf, type SearchNode } from './search-node.ts';

/**
 * Reads the simple search syntax: `+` and, `|` or, `-` not, `( )`, `"exact phrase"`, `word*`, `\` before an operator that is
 * meant as it stands. Between two words without an operator stands what the search mode says.
 *
 * Decided: what is left open or closed once too often is taken as if it were not there, as a search box does.
 *
 * @returns undefined when there is no word in it
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/search/query#simple-search-syntax
 */
export function readSimpleSyntax(text: string, mode: 'any' | 'all'): SearchNode | undefined {
  return new SimpleSyntax(text, mode).read();
}

class SimpleSyntax {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly mode: 'any' | 'all',
  ) {}

  read(): SearchNode | undefined {
    const parts: SearchNode[] = [];
    while (this.at < this.text.length) {
      const part = this.sequence();
      if (part !== undefined) parts.push(part);
      // A bracket that closes nothing.
      this.at += 1;
    }
    return joined(this.mode, parts);
  }

  /** `a + b | c d`: words next to each other bind least, `+` most. */
  private sequence(): SearchNode | undefined {
    const parts: SearchNode[] = [];
    for (;;) {
      this.skipBlanks();
      if (this.at >= this.text.length || this.text[this.at] === ')') return joined(this.mode, parts);
      const part = this.either();
      if (part !== undefined) parts.push(part);
    }
  }

  private either(): SearchNode | undefined {
    return this.list('any', '|', () => this.both());
  }

  private both(): SearchNode | undefined {
    return this.list('all', '+', () => this.single());
  }

  private list(kind: 'all' | 'any', operator: string, read: () => SearchNode | undefined): SearchNode | undefined {
    const parts = [read()];
    while (this.takes(operator)) parts.push(read());
    return joined(
      kind,
      parts.filter((part) => part !== undefined),
    );
  }

  private takes(operator: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== operator) return false;
    this.at += 1;
    return true;
  }

  private single(): SearchNode | undefined {
    this.skipBlanks();
    const here = this.text[this.at];
    if (here === undefined || here === ')') return undefined;
    // An operator without a word before it.
    if (here === '+' || here === '|') {
      this.at += 1;
      return undefined;
    }
    if (here === '-' && /^-[^\s)]/.test(this.text.slice(this.at))) {
      this.at += 1;
      const of = this.single();
      return of && { kind: 'not', of };
    }
    if (here === '(') return this.group();
    if (here === '"') return this.phrase();
    return this.word();
  }

  private group(): SearchNode | undefined {
    this.at += 1;
    const inner = this.sequence();
    this.at += 1;
    return inner;
  }

  private phrase(): SearchNode | undefined {
    const match = /^"((?:\\.|[^"\\])*)"?/su.exec(this.text.slice(this.at))!;
    this.at += match[0].length;
    const text = unescaped(match[1]!);
    return wordsOf(text).length === 0 ? undefined : { kind: 'phrase', text, boost: 1 };
  }

  private word(): SearchNode | undefined {
    const written = /^(?:\\.|[^\s()+|"\\])+|^\\?/su.exec(this.text.slice(this.at))![0];
    this.at += Math.max(1, written.length);
    if (written === '*') return { kind: 'everything', boost: 1 };
    const isPrefix = /(?:^|[^\\])\*$/.test(written);
    const text = unescaped(isPrefix ? written.slice(0, -1) : written);
    return wordsOf(text).length === 0 ? undefined : { kind: isPrefix ? 'prefix' : 'word', text, boost: 1 };
  }

  private skipBlanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }
}

export const unescaped = (text: string) => text.replace(/\\(.)/gsu, '$1');
