import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { filesBelow } from '../support/files-below.ts';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const folders = ['alm', 'controls', 'docs', 'emulator', 'examples', 'flows', 'packaging'];
const pages = [
  ...['README.md', 'CHANGELOG.md'].filter((page) => existsSync(join(root, page))),
  ...folders.flatMap((folder) => filesBelow(folder, /\.md$/)),
];

const withoutCode = (text: string) => text.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** Relative links of a page: `[text](to)` and `[name]: to`. */
function linksOf(page: string): string[] {
  const text = withoutCode(read(page));
  const found = [...text.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)/g), ...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return found.map((match) => match[1]!).filter((to) => !/^[a-z][a-z0-9+.-]*:/i.test(to));
}

/** Anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  const headings = read(page)
    .replace(/```[^]*?```/g, '')
    .matchAll(/^#+\s+(.+)$/gm);
  return [...headings].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function isBroken(page: string, link: string): boolean {
  const [to = '', anchor] = link.split('#');
  const target = to === '' ? page : normalize(join(dirname(page), decodeURIComponent(to))).replaceAll('\\', '/');
  if (target.startsWith('..') || !existsSync(join(root, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor.toLowerCase());
}

test.each(pages)('%s: every relative link leads to a file and a heading that are there', (page) => {
  expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
});

test.each(pages)('%s: every npm script it names is in package.json', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
  const named = [
    ...[...read(page).matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)].map((match) => match[1]!),
    ...[...read(page).matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1]!),
  ];
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});
