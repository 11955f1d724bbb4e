import { escapeXml } from '../../kernel/index.ts';
import { readLiteral } from '../../odata/index.ts';
import { afterRow, type ColumnValue, type Join, type OrderKey, type Query, type Row } from '../../query/index.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import type { RequestContext } from './request-context.ts';

/** Where a page begins: behind the last row of the page before, or so many pages from the start. */
export interface PageStart {
  readonly number: number;
  /** Values of the row the page before ended with; undefined where the order is of something else. */
  readonly cookie: string | undefined;
}

/** The next page's address. Clients treat the token as opaque; its form is the platform's cookie. */
export function nextLink(url: string, page: number, cookie = ''): string {
  const inner = encodeURIComponent(encodeURIComponent(cookie));
  const token = `<cookie pagenumber="${page}" pagingcookie="${inner}" istracking="False" />`;
  const plain = url.replace(/([?&])(?:\$|%24)skiptoken=[^&]*&?/, '$1').replace(/[?&]$/, '');
  return `${plain}${plain.includes('?') ? '&' : '?'}$skiptoken=${encodeURIComponent(token)}`;
}

/** The first page without a token. @throws Fault for a token that is not one of ours */
export function readSkipToken(token: string | undefined): PageStart {
  if (token === undefined) return { number: 1, cookie: undefined };
  const number = Number(/pagenumber="(\d+)"/.exec(token)?.[1] ?? 0);
  if (number < 1) throw faults.queryNotSupported('The $skiptoken is not valid.');
  const inner = /pagingcookie="([^"]*)"/.exec(token)?.[1] ?? '';
  try {
    return { number, cookie: decodeURIComponent(decodeURIComponent(inner)) || undefined };
  } catch {
    throw faults.queryNotSupported('The $skiptoken is not valid.');
  }
}

/** How the pages of a query follow one another: behind a row, by what it is ordered by. */
export class Paging {
  /** Undefined where something else than the row's own values decides the order: a link, a name, a label. */
  private readonly order: readonly OrderKey[] | undefined;

  constructor(
    private readonly parts: RequestContext['parts'],
    private readonly table: TableMetadata,
    query: Query,
  ) {
    this.order = cookieOrder(table, query, parts.metadata);
  }

  /** Columns a page must read so that its cookie can be written. */
  get columns(): readonly string[] {
    return (this.order ?? []).map(({ column }) => column);
  }

  /** The query from where the page begins. @throws Fault 0x8004112a, 0x80041129 for a cookie of another query */
  startingAt(query: Query, { number, cookie }: PageStart, size: number): Query {
    const { order, parts, table } = this;
    if (cookie === undefined || order === undefined || table.isVirtual) return { ...query, skip: (number - 1) * size };
    if (!/^<cookie page="\d+">/.test(cookie)) throw faults.fetchXml('0x8004112a', 'The paging cookie is invalid.');
    const { columns } = parts.shapes(table.logicalName);
    const last = order.map((key) => ({ key, value: readLast(cookie, key.column, columns.get(key.column)!) }));
    return { ...query, stretches: afterRow(last), skip: 0 };
  }

  /**
   * The values of the order at the last and at the first row of a page: `<cookie page="1"><name last="…" first="…" />…</cookie>`.
   * Undefined where they do not tell how far it got.
   *
   * @param rows of the page; those between its first and its last are not looked at
   */
  cookie(page: number, rows: readonly Row[]): string | undefined {
    const [first, last] = [rows[0], rows.at(-1)];
    if (this.order === undefined || first === undefined || last === undefined) return undefined;
    const at = (row: Row, name: string) => escapeXml(cookieValue(row[name] ?? null));
    const columns = this.order.map(({ column }) => {
      const isNull = last[column] === null ? ' lastnull="1"' : '';
      return `<${column} last="${at(last, column)}"${isNull} first="${at(first, column)}" />`;
    });
    return `<cookie page="${page}">${columns.join('')}</cookie>`;
  }
}

function cookieOrder(table: TableMetadata, { order, distinct, joins }: Query, metadata: MetadataCatalogue) {
  const decides = ({ alias, column, ranks }: OrderKey) =>
    alias === undefined && ranks === undefined && !['lookup', 'binary'].includes(table.columns.get(column)!.type);
  // A link to many rows shows a row several times: its key does not tell how far a page got.
  const isOne = (join: Join) => join.firstOnly === true || join.from === metadata.table(join.table)?.primaryId;
  if (distinct === true || !order.every(decides) || !joins.every(isOne)) return undefined;
  const key: OrderKey = { column: table.primaryId, descending: false };
  const at = order.findIndex(({ column }) => column === table.primaryId);
  return at < 0 ? [...order, key] : order.slice(0, at + 1);
}

function readLast(cookie: string, name: string, shape: Parameters<typeof readLiteral>[0]): ColumnValue {
  const element = elementOf(cookie, name);
  if (element === undefined)
    throw faults.fetchXml(
      '0x80041129',
      `The paging cookie does not match the order of the query: '${name}' is missing.`,
    );
  if (element.includes('lastnull="1"')) return null;
  const text = unescapeXml(/last="([^"]*)"/.exec(element)?.[1] ?? '');
  const value = readLiteral(shape, { type: 'string', text });
  if (value === undefined) throw faults.fetchXml('0x8004112a', `The paging cookie is invalid: '${text}' in '${name}'.`);
  return value;
}

function elementOf(cookie: string, name: string): string | undefined {
  const start = cookie.indexOf(`<${name} `);
  const end = start < 0 ? -1 : cookie.indexOf('/>', start);
  return end < 0 ? undefined : cookie.slice(start, end);
}

function cookieValue(value: ColumnValue): string {
  if (value === null) return '';
  const text = String(value);
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text) ? `{${text.toUpperCase()}}` : text;
}

/** What `escapeXml` writes, and what clients make of it. */
const entities: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
];
const unescapeXml = (text: string) =>
  entities.toReversed().reduce((done, [plain, entity]) => done.replaceAll(entity, plain), text);
