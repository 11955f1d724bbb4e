import { parseXml, writeXml } from '../../../../packaging/index.ts';

const parse = (source: string | Buffer) => parseXml(source, 'forms/main.xml');
const message = (source: string | Buffer) => {
  try {
    parse(source);
  } catch (error) {
    return error as Error & { entry: string; code: string };
  }
  throw new Error('It was taken.');
};

test('keeps the order of elements, attributes, texts, comments and character data', () => {
  const source = '<a z="1" b="2">one<b /><![CDATA[<two>]]><!-- three --><b x="&quot;" />four<?target what?></a>';
  const tree = parse(source);
  expect([...tree.attributes.keys()]).toEqual(['z', 'b']);
  expect(tree.children.map(({ kind }) => kind)).toEqual([
    'text',
    'element',
    'cdata',
    'comment',
    'element',
    'text',
    'instruction',
  ]);
  expect(writeXml(tree)).toBe(source);
});

test('takes a byte-order mark, a declaration and Windows line ends', () => {
  const tree = parse(Buffer.from('\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<a>one\r\ntwo</a>'));
  expect(writeXml(tree)).toBe('<a>one\ntwo</a>');
});

test('decodes the five entities and numbered characters, and no others', () => {
  expect(parse('<a b="&lt;&#x41;&#66;">&amp;&gt;&apos;&quot;</a>').children).toEqual([{ kind: 'text', text: `&>'"` }]);
  expect(parse('<a b="&lt;&#x41;&#66;" />').attributes.get('b')).toBe('<AB');
  expect(message('<a>&nbsp;</a>').message).toContain('undefined entity');
});

test.each([
  ['an element that is not closed', '<a><b></a>'],
  ['two roots', '<a /><b />'],
  ['nothing', ''],
  ['text alone', 'hello'],
  ['an attribute given twice', '<a b="1" b="2" />'],
  ['a bare ampersand', '<a>Fish & chips</a>'],
  ['a control character', '<a>\u0001</a>'],
  ['a numbered control character', '<a>&#0;</a>'],
  ['an attribute without quotes', '<a b=1 />'],
])('refuses %s, naming the file', (_, source) => {
  const error = message(source);
  expect(error.message).toMatch(/^forms\/main\.xml is not well-formed XML: line \d+, column \d+: ./);
  expect(error).toMatchObject({ entry: 'forms/main.xml', code: '0x80048013' });
});

test('names the line of the error', () => {
  expect(message('<a>\n  <b>\n  </c>\n</a>').message).toContain('line 3');
});

test('refuses document types, and with them entities that read files or grow without end', () => {
  const external = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
  const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>';
  for (const source of [external, bomb, '<!DOCTYPE a><a />'])
    expect(message(source).message).toContain('a document type declaration is not allowed');
});

test('refuses bytes that are not UTF-8, and other encodings', () => {
  expect(message(Buffer.from('<a>Gr\u00fc\u00dfe</a>', 'latin1')).message).toContain('not UTF-8');
  expect(message(Buffer.from('\uFEFF<a />', 'utf16le')).message).toContain('not UTF-8');
  expect(message('<?xml version="1.0" encoding="ISO-8859-1"?><a />').message).toContain(
    "'ISO-8859-1' is not supported",
  );
});

test('refuses nesting that would exhaust the stack', () => {
  expect(message('<a>'.repeat(100_000)).message).toContain('nested deeper than 256 levels');
});

test('an attribute called __proto__ is an attribute like any other', () => {
  expect(parse('<a __proto__="x" />').attributes.get('__proto__')).toBe('x');
  expect(({} as { x?: unknown }).x).toBeUndefined();
});
