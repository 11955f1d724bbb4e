import { readSimpleSyntax } from '../../../../../emulator/dataverse/search/simple-syntax.ts';
import { shown } from './shown.ts';

const read = (text: string, mode: 'any' | 'all' = 'any') => shown(readSimpleSyntax(text, mode));

test.each([
  ['hotel', 'hotel'],
  ['hotel wifi', 'any(hotel, wifi)'],
  ['hotel + wifi', 'all(hotel, wifi)'],
  ['hotel +wifi', 'all(hotel, wifi)'],
  ['hotel | wifi', 'any(hotel, wifi)'],
  ['hotel+(wifi | luxury)', 'all(hotel, any(wifi, luxury))'],
  ['a b + c', 'any(a, all(b, c))'],
  ['wifi -luxury', 'any(wifi, not luxury)'],
  ['-(a b)', 'not any(a, b)'],
  ['--a', 'not not a'],
  ['Alp*', 'Alp*'],
  ['"coffee house"', '"coffee house"'],
  ['wi-fi', 'wi-fi'],
  ['*', 'everything'],
])('%s', (text, tree) => {
  expect(read(text)).toBe(tree);
});

test('with mode all every word is needed', () => {
  expect(read('wifi -luxury pool', 'all')).toBe('all(wifi, not luxury, pool)');
});

test('a backslash makes an operator a character', () => {
  expect(read('\\+1\\(800\\)555\\-1234')).toBe('+1(800)555-1234');
  expect(read('"say \\"hi\\""')).toBe('"say "hi""');
  expect(read('alp\\*')).toBe('alp*'.replace('*', '\\*'));
});

test.each([
  ['(a b', 'any(a, b)'],
  ['a) b', 'any(a, b)'],
  ['"a b', '"a b"'],
  ['a +', 'a'],
  ['+ a', 'a'],
  ['| a |', 'a'],
  ['(a +) b', 'any(a, b)'],
  ['a - b', 'any(a, b)'],
  ['', 'nothing'],
  ['  ', 'nothing'],
  ['& ? !', 'nothing'],
  ['()', 'nothing'],
  ['\\', 'nothing'],
])('what is left open or stands alone is passed over: %s', (text, tree) => {
  expect(read(text)).toBe(tree);
});
