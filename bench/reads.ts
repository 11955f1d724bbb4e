import { Agent } from 'node:http';
import SqliteDatabase from 'libsql';
import { startTestEmulator } from '../test/support/emulator.ts';
import { get as read } from './http.ts';
import { perSecond, type Measurement } from './measurement.ts';

type JsonRow = Readonly<Record<string, string | number | boolean | null>>;

const pageSize = 50;
/** What a view shows; without `$select` the answer has every column. */
const few = 'name,accountnumber,creditlimit,address1_city,telephone1,modifiedon';
const seconds = 3;

/**
 * One client reads accounts over HTTP, one request after another; the floor answers the same columns of the same rows
 * from SQLite, in process. Requests a second: more is better, and the ratio is the share of the floor that is left.
 */
export async function measureReads(): Promise<Measurement[]> {
  const emulator = await startTestEmulator(['--customers', '200']);
  const connection = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const get = (path: string) =>
      read(connection, `${emulator.origin}/api/data/v9.2/${path}`, 'admin@fnoconnect.example');
    const page = `accounts?$top=${pageSize}`;
    const bareOf = async (path: string) => {
      const rows = (JSON.parse(await get(path)) as { value: JsonRow[] }).value.map(withoutAnnotations);
      if (rows.length !== pageSize) throw new Error(`The emulator has ${rows.length} accounts, not ${pageSize}.`);
      return bareSqlite(rows);
    };
    const whole = await bareOf(page);
    const narrow = await bareOf(`${page}&$select=${few}`);
    const measure = async (name: string, served: () => unknown, floor: () => unknown): Promise<Measurement> => ({
      name,
      value: await perSecond(seconds, served),
      unit: 'requests/s',
      against: 'bare SQLite',
      floor: await perSecond(seconds, floor),
      better: 'more',
    });
    const row = next(whole.ids, (id) => get(`accounts(${id})`));
    return [
      await measure('read an account', row, next(whole.ids, whole.row)),
      await measure(`read ${pageSize} accounts`, () => get(page), whole.page),
      await measure(`read ${pageSize} accounts, 6 columns`, () => get(`${page}&$select=${few}`), narrow.page),
    ];
  } finally {
    connection.destroy();
    await emulator.stop();
  }
}

/** Annotations are no columns. */
const withoutAnnotations = (row: JsonRow): JsonRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('@')));

/** The rows in a table of their own: what a program that knew nothing of Dataverse would do. */
function bareSqlite(rows: readonly JsonRow[]) {
  const database = new SqliteDatabase(':memory:');
  const columns = Object.keys(rows[0]!);
  const quoted = columns.map((name) => `"${name}"`).join(', ');
  database.exec(`create table account (${quoted}, primary key (accountid)) without rowid`);
  const insert = database.prepare(`insert into account (${quoted}) values (${columns.map(() => '?').join(', ')})`);
  for (const row of rows) insert.run(columns.map((name) => asSql(row[name])));
  const one = database.prepare(`select ${quoted} from account where accountid = ?`);
  const some = database.prepare(`select ${quoted} from account order by accountid limit ${pageSize}`);
  return {
    ids: rows.map((row) => String(row['accountid'])),
    row: (id: string) => JSON.stringify(one.get([id])),
    page: () => JSON.stringify({ value: some.all([]) }),
  };
}

const asSql = (value: JsonRow[string] | undefined) => (typeof value === 'boolean' ? Number(value) : (value ?? null));

/** Takes the ids in turn. */
function next<T>(ids: readonly string[], work: (id: string) => T): () => T {
  let at = 0;
  return () => work(ids[at++ % ids.length]!);
}
