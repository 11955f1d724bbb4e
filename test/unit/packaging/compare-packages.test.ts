import { differences } from '../../../packaging/index.ts';
import { aSolution, type Part } from '../../support/solution-builder.ts';

const view = (id: number) => `<savedquery><savedqueryid>${id}</savedqueryid></savedquery>`;
const table = (name: string, views = view(1) + view(2)): Part => ({
  list: 'Entities',
  node: `<Entity><Name>${name}</Name><SavedQueries><savedqueries>${views}</savedqueries></SavedQueries></Entity>`,
});
const compare = (one: Part[], other: Part[]) => differences(aSolution(one), aSolution(other));

test('the order of tables and views does not count, nor white space around texts', () => {
  expect(compare([table('a'), table(' b ')], [table('b', view(2) + view(1)), table('a')])).toEqual([]);
});

test.each<[string, Part[], Part[], string]>([
  ['a text', [table('a')], [table('b')], "customizations.xml: ImportExportXml/Entities/Entity/Name/'a' against 'b'"],
  ['an element', [table('a')], [table('a', view(1))], '<savedquery> against nothing'],
  [
    'an attribute',
    [{ list: 'x', node: '<y a="1" />' }],
    [{ list: 'x', node: '<y a="2" />' }],
    '<y a="1"> against <y a="2">',
  ],
  ['the order of columns', [{ list: 'x', node: '<a /><b />' }], [{ list: 'x', node: '<b /><a />' }], '<a> against <b>'],
  ['a byte of a file', [{ files: { 'a/b': '1' } }], [{ files: { 'a/b': '2' } }], 'a/b has another content'],
  ['a file', [{ files: { 'a/b': '1' } }], [], 'a/b is only in the first'],
  ['another file', [], [{ files: { 'a/b': '1' } }], 'a/b is only in the second'],
])('%s is found and named', (_, one, other, expected) => {
  const found = compare(one, other);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});
