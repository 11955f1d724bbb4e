import { runConcurrently, type Ask } from '../test/support/concurrent-clients.ts';
import { aMillionRows, rowCount, type MillionRows } from './million-rows.ts';
import { medianMs, type Measurement } from './measurement.ts';

const pageSize = 50;
const columns = ['ctr_name', 'ctr_code', 'ctr_height', 'ctr_girth', 'ctr_seen', 'ctr_ripeness'];
const selected = `$select=${columns.join(',')}`;
const bareColumns = ['ctr_treeid', ...columns, 'versionnumber'].join(', ');
const filter = '$filter=ctr_height%20ge%2060%20and%20statecode%20eq%200';
const bareFilter = 'ctr_height >= 60 and statecode = 0';
const paged = { prefer: `odata.maxpagesize=${pageSize}` };

/**
 * One table of a million rows on a file. Each request goes through the dispatcher, without a socket, against the same
 * question put in SQL to the same file and made JSON: milliseconds, the middle of many.
 */
export async function measureDataverse(): Promise<Measurement[]> {
  const rows = await aMillionRows();
  try {
    return [...(await measurePoints(rows)), ...(await measurePages(rows)), ...(await measureClients(rows))];
  } finally {
    rows.close();
  }
}

async function against(
  name: string,
  runs: number,
  served: (run: number) => unknown,
  bare: (run: number) => unknown,
): Promise<Measurement> {
  // In turn, so that a busy machine slows both. Rows that are not always the same are others for each of them: who came
  // second would find what the first has brought into the cache of the store.
  let [asked, floored] = [0, 0];
  for (let warm = 0; warm < 5; warm++) {
    await served(asked++);
    await bare(floored++);
  }
  const halves: [number, number][] = [];
  for (let half = 0; half < 4; half++) {
    const value = await medianMs(Math.ceil(runs / 4), () => served(asked++));
    halves.push([value, await medianMs(Math.ceil(runs / 4), () => bare(floored++))]);
  }
  const middle = (of: (pair: [number, number]) => number) => halves.map(of).sort((a, b) => a - b)[1]!;
  const floor = middle(([, one]) => one);
  return { name, value: middle(([one]) => one), unit: 'ms', against: 'the same SQL', floor, better: 'less' };
}

async function measurePoints({ ask, database, id }: MillionRows): Promise<Measurement[]> {
  const some = (run: number) => id(1 + ((run * 7919) % rowCount));
  const insert = `insert into ctr_tree (ctr_treeid, ctr_name, ctr_name__folded, ctr_height, statecode, statuscode, versionnumber) values (?, ?, ?, ?, 0, 1, ?)`;
  return [
    await against(
      `read one of ${rowCount} rows`,
      2000,
      (run) => ask('GET', `ctr_trees(${some(run)})?${selected}`),
      (run) =>
        JSON.stringify(database.get(`select ${bareColumns} from ctr_tree where ctr_treeid = ?`, [some(run + 100_000)])),
    ),
    await against(
      'create a row',
      400,
      (run) => ask('POST', 'ctr_trees', { ctr_name: `New ${run}`, ctr_height: 4 }),
      (run) =>
        database.transaction(async () => {
          const number = rowCount + 1_000_000 + run;
          database.run(insert, [id(number), `Bare ${run}`, `bare ${run}`, 4, number]);
        }),
    ),
  ];
}

async function measurePages({ ask, database }: MillionRows): Promise<Measurement[]> {
  const all = (sql: string) => () => JSON.stringify(database.all(sql));
  const order = 'order by ctr_name__folded, ctr_treeid limit';
  const first = `ctr_trees?${selected}&${filter}&$orderby=ctr_name`;
  const later = await pagesFrom(1000, 400, first, ask);
  const page = (run: number) => later[run % later.length]!;
  const far = Math.floor(later.length / 2);
  const bareFirst = all(`select ${bareColumns} from ctr_tree where ${bareFilter} ${order} ${pageSize + 1}`);
  const bareLater = `select ${bareColumns} from ctr_tree where ${bareFilter} and ctr_name__folded > ? ${order} ${pageSize + 1}`;
  const read = (address: string) => () => ask('GET', address, undefined, paged);
  const expand = `ctr_trees?$select=ctr_name&$filter=_ctr_accountid_value%20ne%20null&$orderby=ctr_name&$top=${pageSize}&$expand=ctr_AccountId($select=name)`;
  const joined = `select t.ctr_treeid, t.ctr_name, t.versionnumber, t.ctr_accountid, a.accountid, a.name, a.versionnumber as v from ctr_tree t left join account a on a.accountid = t.ctr_accountid where +t.ctr_accountid is not null order by t.ctr_name__folded, t.ctr_treeid limit ${pageSize}`;
  return [
    await against(`page 1 of ${pageSize}, filtered and sorted`, 400, read(first), bareFirst),
    await against(
      `pages 1,000 to 1,400 of ${pageSize}, filtered and sorted`,
      400,
      (run) => ask('GET', page(run).url, undefined, paged),
      (run) => JSON.stringify(database.all(bareLater, [page(run + far).last])),
    ),
    await against(`${pageSize} rows with a row of another table`, 400, () => ask('GET', expand), all(joined)),
    await against(
      'count, to 5,000',
      100,
      () => ask('GET', `ctr_trees/$count?${filter}`),
      all(`select count(*) from (select 1 from ctr_tree where ${bareFilter} limit 5000)`),
    ),
  ];
}

/** Addresses of pages from this one on, found the way a client finds them, and the names the pages before them ended with. */
async function pagesFrom(number: number, most: number, first: string, ask: MillionRows['ask']) {
  const pages: { readonly url: string; readonly last: string }[] = [];
  let [url, last]: [string | undefined, string] = [first, ''];
  for (let page = 1; page < number + most && url !== undefined; page++) {
    if (page >= number) pages.push({ url, last });
    const body = JSON.parse(await ask('GET', url, undefined, paged)) as Page;
    url = body['@odata.nextLink']?.replace(/^.*\/v9\.2\//, '');
    last = body.value.at(-1)!.ctr_name.toLowerCase();
  }
  if (pages.length === 0) throw new Error(`There is no page ${number} of ${pageSize} in ${rowCount} rows.`);
  return pages;
}

interface Page {
  readonly value: readonly { readonly ctr_name: string }[];
  readonly '@odata.nextLink'?: string;
}

/** Seconds of 32 clients at once; `BENCH_CLIENTS_SECONDS` for another number. */
const clientSeconds = Number(process.env['BENCH_CLIENTS_SECONDS'] ?? 60);

/** @throws Error when an update is lost or a client meets an error that is not the platform's */
async function measureClients({ ask, id }: MillionRows): Promise<Measurement[]> {
  const send: Ask = async (method, path, { body, headers } = {}) => {
    try {
      const text = await ask(method, path, body, { ...headers });
      return {
        status: method === 'GET' ? 200 : 204,
        text,
        body: method === 'GET' ? (JSON.parse(text) as unknown) : undefined,
      };
    } catch (error) {
      const { message } = error as Error;
      return { status: Number(/: (\d{3}) /.exec(message)?.[1] ?? 0), text: message, body: undefined };
    }
  };
  const rows = [1, 2, 3, 4].map((number) => `ctr_trees(${id(number)})`);
  const end = performance.now() + clientSeconds * 1000;
  let [written, held, refused, read] = [0, 0, 0, 0];
  // A column has its limit: the rows begin again before it is reached.
  while (performance.now() < end) {
    for (const row of rows) await ask('PATCH', row, { ctr_row: 0 });
    const report = await runConcurrently(send, {
      rows,
      column: 'ctr_row',
      page: `ctr_trees?${selected}&$orderby=ctr_name&$top=50`,
      writers: 24,
      readers: 8,
      isOver: (count) => count >= 900 || performance.now() >= end,
    });
    if (report.unexpected.length > 0) throw new Error(`32 clients at once: ${report.unexpected[0]}`);
    written += report.written;
    held += report.held;
    refused += report.refused;
    read += report.read;
  }
  if (held !== written) throw new Error(`32 clients at once: ${written} updates were accepted, the rows hold ${held}.`);
  console.log(
    `32 clients, ${clientSeconds} s: ${written} updates kept, ${refused} met a newer version, ${read} pages read`,
  );
  return [
    {
      name: '32 clients at once: updates kept',
      value: held,
      unit: 'updates',
      against: 'accepted',
      floor: written,
      better: 'more',
    },
  ];
}
