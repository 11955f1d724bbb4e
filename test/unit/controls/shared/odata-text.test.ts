import { plainId, quoted } from '../../../../controls/shared/odata-text.ts';

test.each([
  ["O'Neill", "'O''Neill'"],
  ['A&B=C#D%', "'A&B=C#D%'"],
  ["x' or 1 eq 1 or '", "'x'' or 1 eq 1 or '''"],
])('a text stays one literal whatever it holds: %s', (text, literal) => {
  const sent = quoted(text);
  expect(sent).not.toMatch(/[&#]/);
  expect(decodeURIComponent(sent)).toBe(literal);
});

test('ids lose the braces some hosts put around them', () => {
  expect(plainId('{ABCDEF00-0000-0000-0000-000000000001}')).toBe('abcdef00-0000-0000-0000-000000000001');
});
