import { readLuceneSyntax } from '../../../../../emulator/dataverse/search/lucene-syntax.ts';
import { shown } from './shown.ts';

const tree = (text: string, mode: 'any' | 'all' = 'any') => readLuceneSyntax(text, mode);
const read = (text: string, mode?: 'any' | 'all') => shown(tree(text, mode));
const refusal = (text: string) => {
  try {
    tree(text);
  } catch (error) {
    return (error as { wire: { status: number } }).wire.status;
  }
  return undefined;
};

test.each([
  ['hotel wifi', 'any(hotel, wifi)'],
  ['hotel AND wifi', 'all(hotel, wifi)'],
  ['hotel && wifi', 'all(hotel, wifi)'],
  ['hotel OR wifi', 'any(hotel, wifi)'],
  ['hotel || wifi', 'any(hotel, wifi)'],
  ['+hotel wifi', 'all(hotel, optional wifi)'],
  ['hotel NOT wifi', 'all(hotel, not wifi)'],
  ['hotel !wifi', 'all(hotel, not wifi)'],
  ['hotel -wifi', 'all(hotel, not wifi)'],
  ['hotel –wifi', 'all(hotel, not wifi)'],
  ['hotel AND (wifi OR luxury)', 'all(hotel, any(wifi, luxury))'],
  ['rock^2 electronic', 'any(rock^2, electronic)'],
  ['(rock pop)^3', 'any(rock^3, pop^3)'],
  ['"airport hotel"', '"airport hotel"'],
  ['"airport hotel"~5', 'airport~hotel~5'],
  ['alp*', 'alp*'],
  ['*', 'everything'],
  ['-wifi', 'not wifi'],
  ['android', 'android'],
  ['wi\\-fi', 'wi-fi'],
  ['', 'nothing'],
])('%s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test('with mode all words are needed unless OR stands between them', () => {
  expect(read('a b', 'all')).toBe('all(a, b)');
  expect(read('a OR b', 'all')).toBe('any(a, b)');
  expect(read('a -b', 'all')).toBe('all(a, not b)');
});

/** Which of these words a single word, wildcard or expression takes. */
function taken(text: string, ...words: string[]): string[] {
  const node = tree(text);
  if (node?.kind !== 'fitting') throw new Error(`${text} is ${shown(node)}`);
  return words.filter((word) => node.fit(word) > 0);
}

test('a fuzzy word takes those at most so many letters away', () => {
  expect(taken('Uniersty~', 'university', 'universe')).toEqual(['university']);
  expect(taken('Blue~1', 'glue', 'blues', 'blue', 'bluest')).toEqual(['glue', 'blues', 'blue']);
  expect(taken('Blue~9', 'bluest', 'bluesters')).toEqual(['bluest']);
});

test('expressions and wildcards take whole words', () => {
  expect(taken('/[mh]otel/', 'motel', 'hotel', 'hotels')).toEqual(['motel', 'hotel']);
  expect(taken('/.*Pine/', 'alpine', 'pineapple')).toEqual(['alpine']);
  expect(taken('te?t*', 'test', 'texts', 'tet')).toEqual(['test', 'texts']);
  expect(taken('a.b*c', 'aXbc', 'a.bxc')).toEqual(['a.bxc']);
});

test.each(['hotel AND', '(hotel', 'hotel)', '"hotel', '/hotel', '*otel', '?otel', '/[/', '^2'])(
  'what is no Lucene query is refused: %s',
  (text) => expect(refusal(text)).toBe(400),
);

test.each(['name:hotel', '[a TO b]', '/ho<1-2>tel/', '/hotel~/'])(
  'what is not emulated is refused by name: %s',
  (text) => expect(refusal(text)).toBe(501),
);
