import fc from 'fast-check';
import { normalized, parseXml, writeXml, xmlElement, type XmlElement } from '../../../../packaging/index.ts';

test('texts that look like mark-up stay texts', () => {
  const hostile = `<script>alert("x")</script> & ']]>' \r\n\t`;
  const element = xmlElement('a', { b: hostile }, [hostile]);
  const back = parseXml(writeXml(element), 'back');
  expect(back.attributes.get('b')).toBe(hostile);
  expect(back.children).toEqual([{ kind: 'text', text: hostile }]);
});

test('character data that holds its own end is written in two parts', () => {
  const element = xmlElement('a', {}, [{ kind: 'cdata', text: 'x]]>y' }]);
  expect(normalized(parseXml(writeXml(element), 'back')).parts).toEqual(['x]]>y']);
});

test('an element without content closes itself; the declaration is written when wanted', () => {
  expect(writeXml(xmlElement('a', { b: '1' }))).toBe('<a b="1" />');
  expect(writeXml(xmlElement('a'), { declaration: true })).toBe('<?xml version="1.0" encoding="utf-8"?>\n<a />');
});

test.each(['\u0000', '\u0008', '\uFFFE', '\uD800'])('refuses the character %j, which XML cannot hold', (character) => {
  expect(() => writeXml(xmlElement('a', {}, [`before${character}`]))).toThrow(/XML cannot hold the character U\+/);
  expect(() => writeXml(xmlElement('a', { b: character }))).toThrow(/XML cannot hold/);
});

test('refuses a comment that would end too early', () => {
  expect(() => writeXml(xmlElement('a', {}, [{ kind: 'comment', text: 'a--><b />' }]))).toThrow(
    /A comment cannot hold/,
  );
});

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .map((value) => value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, 'x'));
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc
    .tuple(
      name,
      fc.dictionary(name, anyText, { maxKeys: 3 }),
      fc.array(fc.oneof({ maxDepth: 4, depthIdentifier: 'tree' }, anyText, tie('tree')), { maxLength: 3 }),
    )
    .map(([tag, attributes, inner]) => xmlElement(tag, attributes, inner)),
}));

test('whatever is written reads back the same', () => {
  fc.assert(fc.property(tree, (element) => expect(merged(parseXml(writeXml(element), 'x'))).toEqual(merged(element))));
});

/** Texts that touch are one text once they are written. */
function merged(element: XmlElement): unknown {
  const parts: unknown[] = [];
  for (const node of element.children) {
    if (node.kind === 'element') parts.push(merged(node));
    else if (typeof parts.at(-1) === 'string') parts.push(String(parts.pop()) + node.text);
    else parts.push(node.text);
  }
  return [element.name, [...element.attributes], parts];
}
