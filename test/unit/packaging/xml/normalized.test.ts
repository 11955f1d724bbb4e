import { normalized, parseXml } from '../../../../packaging/index.ts';

const form = (source: string) => normalized(parseXml(source, 'a.xml'));

test('order of attributes, comments and white space between elements do not count', () => {
  expect(form('<a x="1" y="2">\n  <!-- why -->\n  <b> text </b>\n</a>')).toEqual(
    form('<a y="2" x="1"><b>text</b></a>'),
  );
});

test.each([
  ['order of elements', '<a><b /><c /></a>', '<a><c /><b /></a>'],
  ['a text', '<a>x</a>', '<a>y</a>'],
  ['a text between elements', '<a><b />x</a>', '<a><b /></a>'],
  ['letter case of a name', '<a />', '<A />'],
  ['an attribute', '<a b="" />', '<a />'],
])('%s counts', (_, one, other) => expect(form(one)).not.toEqual(form(other)));
