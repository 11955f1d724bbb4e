import { quoted } from '../shared/odata-text';
import type { Row } from '../shared/rows';
import type { Setup } from './setup';

/** Whose rows: the number and the company they carry. A virtual row has no lookup to a native one. */
export interface Whose {
  readonly anchor: string;
  readonly companyCode: string;
}

/** Rows read so far. */
export interface RelatedRows {
  readonly whose: Whose;
  readonly rows: readonly Row[];
  /** Where the next page is; undefined after the last. */
  readonly next: string | undefined;
}

/** What is needed of `context.webAPI`; the real one fits. */
export interface PageReader {
  retrieveMultipleRecords(
    table: string,
    options?: string,
    maxPageSize?: number,
  ): Promise<{ entities: Row[]; nextLink?: string }>;
}

/** The first page: narrow, since every further column of a virtual table costs. */
export async function readFirst(setup: Setup, whose: Whose, reader: PageReader): Promise<RelatedRows> {
  const { table, keyColumn, companyColumn, columns, order, pageSize } = setup;
  const filter = `${keyColumn} eq ${quoted(whose.anchor)} and ${companyColumn} eq ${quoted(whose.companyCode)}`;
  const query = `?$select=${columns.join(',')}&$filter=${filter}${order === '' ? '' : `&$orderby=${order}`}`;
  const page = await reader.retrieveMultipleRecords(table, query, pageSize);
  return { whose, rows: page.entities, next: nextOf(page.nextLink) };
}

/** The page after those there are, put below them. */
export async function readNext(setup: Setup, known: RelatedRows, reader: PageReader): Promise<RelatedRows> {
  const page = await reader.retrieveMultipleRecords(setup.table, known.next, setup.pageSize);
  return { ...known, rows: [...known.rows, ...page.entities], next: nextOf(page.nextLink) };
}

/** Hosts give the whole address or its query, and an empty text for none. */
function nextOf(link: string | undefined): string | undefined {
  if (!link) return undefined;
  return link.slice(Math.max(0, link.indexOf('?')));
}
