import type { Query } from '../../query/index.ts';
import { readRows, type Database, type Shapes } from '../../storage/index.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import { createNames } from '../web-api/api.ts';
import { indexedText } from './indexed-text.ts';
import type { SearchableTable } from './searchable-tables.ts';

interface Store {
  readonly database: Database;
  readonly shapes: Shapes;
  readonly metadata: MetadataCatalogue;
}

/** The parts of a table's index, by their names in the store; a colon keeps them apart from the tables of Dataverse. */
export const partsOf = (table: string) => ({
  /** One row a document: its number, the id of the row, and the texts `c0`, `c1` … of the find columns. */
  documents: `"search:${table}"`,
  /** Words as they stand, without accents. */
  words: `"search:${table}:words"`,
  /** Words by their English stems: `streaming` and `streamed` are one. */
  stems: `"search:${table}:stems"`,
  /** The distinct words, to look through for those that resemble one. */
  vocabulary: `"search:${table}:vocabulary"`,
});

/** Changes whenever what is kept here is laid out differently: indexes of before are made anew. */
const layout = 1;
const batch = 500;

/**
 * Brings the index up to date with the rows, the tables that are searched and their quick-find views. It lies in the same
 * store as the rows: what a transaction undoes, a snapshot keeps or a restart finds is as true of the one as of the others.
 *
 * From its first search on, triggers of the store note which rows were written, whoever writes them; what was noted is read
 * before the next search. An environment that is never searched pays nothing.
 *
 * Decided: a search sees every row that is committed; the real one is told minutes later.
 */
export function updateIndex(store: Store, tables: readonly SearchableTable[]): void {
  const { database } = store;
  database.exec(
    `create table if not exists "search:tables" (tablename text primary key, signature text) without rowid;
    create table if not exists "search:stale" (tablename text, id text, primary key (tablename, id)) without rowid`,
  );
  const known = new Map(
    database.table('select tablename, signature from "search:tables"').map(([name, text]) => [String(name), text]),
  );
  const unwatched = watch(store, tables);
  const stale = staleRows(database);
  for (const name of known.keys()) if (!tables.some(({ table }) => table.logicalName === name)) drop(database, name);
  for (const one of tables) {
    const { logicalName } = one.table;
    const signature = signatureOf(one);
    const isFollowed = [logicalName, ...namedTables(one)].every((name) => !unwatched.has(name));
    if (isFollowed && known.get(logicalName) === signature) refresh(store, one, stale);
    else build(store, one, signature);
  }
  if (stale.size > 0) database.exec('delete from "search:stale"');
}

/** What the texts of the index are made from. */
const signatureOf = ({ findColumns }: SearchableTable) =>
  JSON.stringify([
    layout,
    ...findColumns.map(({ logicalName, type, choice }) => [
      logicalName,
      type,
      choice?.options.map(({ value, label }) => [value, label]),
    ]),
  ]);

/** Tables whose names stand in the index for the rows that point at them. */
const namedTables = ({ findColumns }: SearchableTable) =>
  findColumns.filter(({ type }) => type === 'lookup').flatMap(({ targets }) => targets);

/**
 * Makes triggers on the tables that are to be followed, and drops those on others.
 *
 * @returns the tables that were not followed until now: what was written there is not known
 */
function watch({ database, metadata }: Store, tables: readonly SearchableTable[]): Set<string> {
  const wanted = new Set(tables.flatMap((one) => [one.table.logicalName, ...namedTables(one)]));
  const there = database
    .table(`select name, tbl_name from sqlite_master where type = 'trigger' and name like 'search:%'`)
    .map(([name, table]) => ({ name: String(name), table: String(table) }));
  for (const { name, table } of there) if (!wanted.has(table)) database.exec(`drop trigger "${name}"`);
  const followed = new Set(there.map(({ table }) => table));
  const others = [...wanted].filter((name) => !followed.has(name) && metadata.table(name)?.isVirtual === false);
  for (const name of others) addTriggers(database, name, metadata.table(name)!.primaryId);
  return new Set(others);
}

function addTriggers(database: Database, table: string, key: string): void {
  for (const [event, row] of [
    ['insert', 'new'],
    ['update', 'new'],
    ['delete', 'old'],
  ])
    database.exec(
      `create trigger "search:${table}:${event}" after ${event} on "${table}" begin
        insert or ignore into "search:stale" values ('${table}', ${row}."${key}");
      end`,
    );
}

function drop(database: Database, table: string): void {
  const { vocabulary, words, stems, documents } = partsOf(table);
  for (const name of [vocabulary, words, stems, documents]) database.exec(`drop table if exists ${name}`);
  database.run('delete from "search:tables" where tablename = ?', [table]);
}

function build(store: Store, one: SearchableTable, signature: string): void {
  const { database } = store;
  const { logicalName } = one.table;
  drop(database, logicalName);
  const { documents, words, stems, vocabulary } = partsOf(logicalName);
  const columns = textColumns(one);
  database.exec(`create table ${documents} (number integer primary key, id text unique, ${columns.join(', ')})`);
  const index = (name: string, tokenizer: string) =>
    database.exec(
      `create virtual table ${name} using fts5 (${columns.join(', ')}, content = 'search:${logicalName}', content_rowid = 'number', tokenize = '${tokenizer} remove_diacritics 2')`,
    );
  index(words, 'unicode61');
  index(stems, 'porter unicode61');
  database.exec(`create virtual table ${vocabulary} using fts5vocab ('search:${logicalName}:words', 'row')`);
  for (const rows of batches(store, one))
    for (const { id, texts } of rows) insertDocument(database, documents, columns, id, texts);
  for (const name of [words, stems]) database.exec(`insert into ${name} (${name}) values ('rebuild')`);
  database.run('insert into "search:tables" values (?, ?)', [logicalName, signature]);
}

export const textColumns = ({ findColumns }: SearchableTable): string[] => findColumns.map((_one, at) => `c${at}`);

interface Document {
  readonly id: string;
  readonly texts: readonly (string | null)[];
}

function* batches(store: Store, one: SearchableTable): Generator<Document[]> {
  const key = { column: one.table.primaryId };
  for (let last: string | undefined; ;) {
    const after: Partial<Query> =
      last === undefined ? {} : { filter: { kind: 'compare', left: key, operator: 'gt', right: last } };
    const rows = readDocuments(store, one, { ...after, top: batch });
    yield rows;
    if (rows.length < batch) return;
    last = rows.at(-1)!.id;
  }
}

function readDocuments(store: Store, one: SearchableTable, which: Partial<Query>): Document[] {
  const { logicalName, primaryId } = one.table;
  const columns = one.findColumns.map((column) => column.logicalName);
  const query: Query = { table: logicalName, columns, joins: [], order: [], ...which };
  const nameOf = createNames(store);
  return readRows(store.database, query, store.shapes).map(({ columns: row }) => ({
    id: String(row[primaryId]),
    texts: one.findColumns.map((column) => indexedText(column, row[column.logicalName] ?? null, nameOf)),
  }));
}

function insertDocument(
  database: Database,
  documents: string,
  columns: readonly string[],
  id: string,
  texts: Document['texts'],
): void {
  database.run(
    `insert into ${documents} (${['id', ...columns].join(', ')}) values (?${', ?'.repeat(columns.length)})`,
    [id, ...texts],
  );
}

/** Ids of rows that were written since the last search, by their table. */
function staleRows(database: Database): ReadonlyMap<string, string[]> {
  const stale = new Map<string, string[]>();
  for (const [table, id] of database.table('select tablename, id from "search:stale"')) {
    const ids = stale.get(String(table));
    if (ids === undefined) stale.set(String(table), [String(id)]);
    else ids.push(String(id));
  }
  return stale;
}

/** Reads the rows that were written, and those that show the name of one that was. */
function refresh(store: Store, one: SearchableTable, stale: ReadonlyMap<string, string[]>): void {
  if (stale.size === 0) return;
  const ids = [...new Set([...(stale.get(one.table.logicalName) ?? []), ...showing(store.database, one, stale)])];
  for (let at = 0; at < ids.length; at += batch) index(store, one, ids.slice(at, at + batch));
}

/** Ids of rows whose lookups point at rows that were written. */
function showing(database: Database, { table, findColumns }: SearchableTable, stale: ReadonlyMap<string, string[]>) {
  return findColumns
    .filter(({ type }) => type === 'lookup')
    .flatMap(({ logicalName, targets }) => {
      const ids = stale.get(targets[0]!) ?? [];
      if (ids.length === 0) return [];
      const sql = `select "${table.primaryId}" from "${table.logicalName}" where "${logicalName}" in (select value from json_each(?))`;
      return database.table(sql, [JSON.stringify(ids)]).map(([id]) => String(id));
    });
}

/** Puts these rows into the index as they are now, and takes out those that are gone. */
function index(store: Store, one: SearchableTable, ids: readonly string[]): void {
  const { database } = store;
  const columns = textColumns(one);
  const { documents, words, stems } = partsOf(one.table.logicalName);
  const list = columns.join(', ');
  const places = ', ?'.repeat(columns.length);
  const filter = { kind: 'in', left: { column: one.table.primaryId }, values: ids } as const;
  const rows = new Map(readDocuments(store, one, { filter }).map(({ id, texts }) => [id, texts]));
  for (const id of ids) {
    const [number, ...before] = database.line(`select number, ${list} from ${documents} where id = ?`, [id]) ?? [];
    const texts = rows.get(id);
    if (number !== undefined && texts !== undefined && texts.every((text, at) => text === before[at])) continue;
    if (number !== undefined) {
      for (const name of [words, stems])
        database.run(`insert into ${name} (${name}, rowid, ${list}) values ('delete', ?${places})`, [
          number,
          ...before,
        ]);
      database.run(`delete from ${documents} where number = ?`, [number]);
    }
    if (texts === undefined) continue;
    insertDocument(database, documents, columns, id, texts);
    const added = database.line(`select number from ${documents} where id = ?`, [id])![0]!;
    for (const name of [words, stems])
      database.run(`insert into ${name} (rowid, ${list}) values (?${places})`, [added, ...texts]);
  }
}
