import { editDistance } from '../../../../../emulator/dataverse/search/edit-distance.ts';

test.each([
  ['', '', 0],
  ['blue', 'blue', 0],
  ['blue', 'glue', 1],
  ['blue', 'blues', 1],
  ['blue', 'lue', 1],
  ['contoso', 'cotnoso', 1],
  ['kitten', 'sitting', 3],
  ['abcdef', 'abdcfe', 2],
  ['größe', 'grösse', 2],
])('%s to %s takes %d letters', (from, to, distance) => {
  expect(editDistance(from, to, 3)).toBe(distance);
  expect(editDistance(to, from, 3)).toBe(distance);
});

test('more than is asked for is told as one more', () => {
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
  expect(editDistance('a', 'abcdefgh', 2)).toBe(3);
});
