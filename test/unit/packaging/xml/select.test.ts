import {
  attribute,
  child,
  childAnyCase,
  childText,
  children,
  descend,
  descendants,
  parseXml,
  text,
} from '../../../../packaging/index.ts';

const tree = parseXml('<a Id="1"><b>one</b><c><b n="x"> two <i>and</i> <![CDATA[ three ]]></b></c><b /></a>', 'a.xml');

test('finds children by name, in order', () => {
  expect(children(tree, 'b').map(text)).toEqual(['one', '']);
  expect(child(tree, 'd')).toBeUndefined();
  expect(children(undefined, 'b')).toEqual([]);
});

test('text is everything inside, trimmed at its ends only', () => {
  expect(text(descend(tree, 'c', 'b'))).toBe('two and  three');
  expect(childText(tree, 'missing')).toBe('');
});

test('an attribute is found in any letter case, the exact one first', () => {
  expect(attribute(tree, 'id')).toBe('1');
  expect(attribute(parseXml('<a Id="1" id="2" />', 'a'), 'id')).toBe('2');
  expect(attribute(undefined, 'id')).toBeUndefined();
});

test('an element is found in any letter case when asked for', () => {
  expect(text(childAnyCase(tree, 'B'))).toBe('one');
  expect(childAnyCase(undefined, 'B')).toBeUndefined();
});

test('descendants come in document order', () => {
  expect([...descendants(tree, 'b')].map(text)).toEqual(['one', 'two and  three', '']);
});
