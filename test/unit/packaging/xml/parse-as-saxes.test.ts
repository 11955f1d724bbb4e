/** The parser takes what a strict parser of XML 1.0 takes, refuses what it refuses, and reads the same. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { parseXml, type XmlElement, type XmlNode } from '../../../../packaging/index.ts';

/** What saxes makes of it; undefined when it refuses. */
function bySaxes(source: string): XmlElement | undefined {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let hasDoctype = false;
  const add = (node: XmlNode) => void open.at(-1)?.children.push(node);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => void (hasDoctype = true));
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = {
      kind: 'element',
      name,
      attributes: new Map(Object.entries(attributes)),
      children: [],
    };
    add(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => add({ kind: 'text', text }));
  parser.on('cdata', (text) => add({ kind: 'cdata', text }));
  parser.on('comment', (text) => add({ kind: 'comment', text }));
  parser.on('processinginstruction', ({ target, body }) => add({ kind: 'instruction', target, text: body }));
  try {
    parser.write(source).close();
  } catch {
    return undefined;
  }
  return hasDoctype ? undefined : root;
}

function byUs(source: string): XmlElement | undefined {
  try {
    return parseXml(source, 'a.xml');
  } catch {
    return undefined;
  }
}

const pieces = [
  ...['<a>', '</a>', '<a:b.c-d>', '</a:b.c-d >', '<\u00e9>', '</\u00e9>', '<a/>', '<a />', '<', '>', '/', '/>', '</'],
  ...['<a b="1">', '<a b=\'1\' c="2">', '<a b="1" b="2">', '<a\nb = "1"\tc="2" >', ' b="', '"', "'", '=', 'b', ' '],
  ...['&lt;', '&amp;', '&#65;', '&#x1F600;', '&#0;', '&#xD800;', '&#x;', '&', '&x;', '&toString;', ';', '#'],
  ...['<!--', '-->', '--', '-', '<!', '<![CDATA[', ']]>', ']]', '<?p ', '<?p', '?>', '?', '<?xml ', '<!DOCTYPE a>'],
  ...['\n', '\r\n', '\r', '\t', '\u0085', '\u2028', '\u0001', '\uFFFE', '\u{1F600}', '\uFEFF', '0', '.'],
];
const piece = fc.constantFrom(...pieces);
/** Mostly well-formed: mark-up closes what it opens. */
const { content } = fc.letrec<{ content: string }>((tie) => ({
  content: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      '',
      'text',
      ' ',
      '\r\n',
      '&lt;&#x41;',
      '<!-- a -->',
      '<![CDATA[ <b> ]]>',
      '<?p q?>',
      '<a b="&#10;\n" />',
    ),
    fc
      .tuple(fc.constantFrom('a', 'b:c', '\u00e9.-1'), fc.array(tie('content'), { maxLength: 3 }))
      .map(([name, inner]) => `<${name} x='1'>${inner.join('')}</${name}>`),
  ),
}));

/** saxes takes `<?p?q?>`, which XML 1.0 does not. */
const isTakenWrongly = (source: string) => /<\?[^\s?>]*\?(?!>)/.test(source);

const same = (source: string) =>
  isTakenWrongly(source) || expect([source, byUs(source)]).toEqual([source, bySaxes(source)]);

test('files put together from pieces of mark-up', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (parts) => same(parts.join(''))),
    { numRuns: 4000 },
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (parts) => same(`<a>${parts.join('')}</a>`)),
    { numRuns: 4000 },
  );
});

test('well-formed files, and those with one thing wrong', () => {
  const file = fc
    .tuple(content, fc.constantFrom('', '\n<!-- after -->\n', '<?p?>'))
    .map(([inner, after]) => `<a>${inner}</a>${after}`);
  fc.assert(fc.property(file, same), { numRuns: 1000 });
  fc.assert(
    fc.property(file, fc.nat(), fc.nat(2), piece, (whole, where, dropped, put) => {
      const at = where % (whole.length + 1);
      same(whole.slice(0, at) + put + whole.slice(at + dropped));
    }),
    { numRuns: 4000 },
  );
});

test.each([
  '<?xml version="1.0"?><a/>',
  "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<a/>",
  '<?xml version="1.0" standalone="maybe"?><a/>',
  '<?xml encoding="utf-8"?><a/>',
  '<?xml?><a/>',
  ' <?xml version="1.0"?><a/>',
  '<?xml-stylesheet href="a"?><a/>',
  '<a><?xml version="1.0"?></a>',
  '<?XML a?><a/>',
])('the declaration: %s', same);
