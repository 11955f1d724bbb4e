import type { SearchNode } from '../../../../../emulator/dataverse/search/search-node.ts';

/** A search tree in one line, for short expectations. */
export function shown(node: SearchNode | undefined): string {
  if (node === undefined) return 'nothing';
  switch (node.kind) {
    case 'all':
    case 'any':
      return `${node.kind}(${node.of.map(shown).join(', ')})`;
    case 'not':
    case 'optional':
      return `${node.kind} ${shown(node.of)}`;
    case 'near':
      return `${node.words.join('~')}~${node.distance}${weight(node.boost)}`;
    case 'fitting':
      return `fitting${weight(node.boost)}`;
    case 'everything':
      return 'everything';
    case 'phrase':
      return `"${node.text}"${weight(node.boost)}`;
    case 'prefix':
      return `${node.text}*${weight(node.boost)}`;
    case 'word':
      return node.text.replaceAll('*', '\\*') + weight(node.boost);
  }
}

const weight = (boost: number) => (boost === 1 ? '' : `^${boost}`);
