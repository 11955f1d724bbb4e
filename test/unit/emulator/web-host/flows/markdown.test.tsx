/** @jest-environment jsdom */
import * as React from 'react';
import { render } from '@testing-library/react';
import { MarkdownText } from '../../../../../emulator/web-host/client/pages/flows/markdown';

const drawn = (text: string) => render(<MarkdownText text={text} />).container;

test('what approvals are written with is drawn', () => {
  const page = drawn(
    '# Limit\n\n**US-001** wants *more*:\n\n| Now | Wanted |\n|---|---|\n| 2,000 | 5,000 |\n\n- one\n- two\n',
  );
  expect(page.querySelector('h3')?.textContent).toBe('Limit');
  expect(page.querySelector('strong')?.textContent).toBe('US-001');
  expect([...page.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(['2,000', '5,000']);
  expect(page.querySelectorAll('li')).toHaveLength(2);
});

test('a link opens the web in a tab of its own', () => {
  const link = drawn('[the case](https://contoso.com/a?b=1)').querySelector('a')!;
  expect([link.href, link.target, link.rel]).toEqual(['https://contoso.com/a?b=1', '_blank', 'noreferrer']);
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe src="https://evil.example"></iframe>',
  '<svg onload=alert(1)><style>*{display:none}</style>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox)',
  '[x](//evil.example)',
  '[x][1]\n\n[1]: javascript:alert(1)',
  '![x](https://evil.example/pixel.gif)',
  '![x](x" onerror="alert(1))',
  '<javascript:alert(1)>',
  '`<script>alert(1)</script>`',
  '---\ntitle: <script>alert(1)</script>\n---',
  '<div style="position:fixed;inset:0">over the page</div>',
  '<form action="https://evil.example"><input name=a></form>',
])('%j sets nothing into the page that runs, reaches out or covers it', (text) => {
  const page = drawn(text);
  expect(
    page.querySelector('script, img, iframe, svg, style, form, input, object, embed, link, meta, base'),
  ).toBeNull();
  const attributes = [...page.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
  expect(attributes.filter(({ name }) => name.startsWith('on') || name === 'style' || name === 'src')).toEqual([]);
  for (const { href } of page.querySelectorAll('a')) expect(href).toMatch(/^(https?:|mailto:)/);
});

test('what is no Markdown at all stays as it is', () => {
  expect(drawn('a < b && c > d {{x}} ${y}').textContent).toBe('a < b && c > d {{x}} ${y}');
  expect(drawn('').textContent).toBe('');
});
