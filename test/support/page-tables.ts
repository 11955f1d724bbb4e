import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** One row of a table of a page, by the column's head. */
export type PageRow = Readonly<Record<string, string>> & { readonly section: string };

/** The rows of every table of a Markdown page, each with the heading it stands under. */
export function readTables(page: string): PageRow[] {
  const rows: PageRow[] = [];
  let section = '';
  let heads: readonly string[] = [];
  for (const line of readFileSync(join(root, page), 'utf8').split('\n')) {
    if (line.startsWith('#')) section = line.replace(/^#+\s*/, '');
    if (!line.startsWith('|')) {
      heads = [];
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (heads.length === 0) heads = cells;
    else if (!/^-+$/.test(cells[0]!))
      rows.push({ ...Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? ''])), section });
  }
  return rows;
}

/** What stands in backticks in a cell. */
export const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

/** A cell as it is read: without backticks. */
export const plain = (cell: string): string => cell.replaceAll('`', '');
