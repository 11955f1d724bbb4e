import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installFirstParty, readMaps } from '../emulator/first-party.ts';
import { request } from '../emulator/kernel/index.ts';
import { openPlatform, type Platform } from '../emulator/platform.ts';
import { seed } from '../emulator/seed.ts';
import { openDatabase } from '../emulator/storage/index.ts';
import { readDemoData } from '../examples/demo-data/index.ts';
import type { Measurement } from './measurement.ts';

const accountMap = 'accounts - Customers V3';
/** `BENCH_INITIAL_WRITE` for another number. */
const customers = Number(process.env['BENCH_INITIAL_WRITE'] ?? 100_000);
const kills = 3;
/** Customers made in one transaction. */
const atOnce = 1_000;

/**
 * An initial write of many customers whose process is killed again and again: what both sides hold in the end.
 *
 * @throws Error when a customer is missing or there twice
 */
export async function measureInitialWrite(): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'fno-bench-initial-'));
  const file = join(folder, 'store.sqlite');
  try {
    const making = await secondsOf(() => prepare(file));
    const killedAt: number[] = [];
    const writing = await secondsOf(async () => {
      for (let kill = 1; kill <= kills; kill++) {
        await goOn(file, customers * (0.05 + Math.random() * 0.4));
        killedAt.push(accounts(file));
      }
      await goOn(file, undefined);
    });
    let equal = 0;
    const comparing = await secondsOf(async () => (equal = await equalCustomers(file)));
    console.log(
      `initial write of ${customers} customers: made in ${making} s, written in ${writing} s, killed after ${killedAt.join(', ')} of them, compared in ${comparing} s`,
    );
    return {
      name: `initial write of ${customers} customers, killed ${kills} times: equal on both sides`,
      value: equal,
      unit: 'customers',
      against: 'customers of finance and operations',
      floor: customers,
      better: 'more',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round((performance.now() - started) / 1000);
}

/** Customers that Dataverse has. */
function accounts(file: string): number {
  const database = openDatabase(file);
  const { n } = database.get("select count(*) as n from account where accountnumber like 'IW-%'")!;
  database.close();
  return Number(n);
}

function open(file: string): Platform {
  return openPlatform({
    database: openDatabase(file),
    dataverseOrigin: () => 'http://127.0.0.1:1',
    financeOperationsOrigin: () => 'http://127.0.0.1:1',
    strictAuth: false,
    serviceProtection: false,
    maps: readMaps(),
    connectionUser: 'admin@fnoconnect.example',
    log: () => undefined,
  });
}

/** Customers of finance and operations that Dataverse has never heard of, and the initial write begun. */
async function prepare(file: string): Promise<void> {
  const platform = open(file);
  await platform.load();
  await installFirstParty(platform, () => undefined);
  const data = readDemoData({ customers: 0 });
  const users = data.users.map((user) => ({ ...user, roles: user.roles.filter((role) => !role.startsWith('FnO ')) }));
  await seed(
    platform,
    { ...data, users, history: [], periodicTasks: [], dataverseRowsAfter: [], links: [] },
    () => undefined,
  );
  await platform.dualWrite.act(accountMap, 'stop', {});
  const make = async (first: number) => {
    for (let index = first; index < Math.min(first + atOnce, customers); index++) {
      const body = {
        dataAreaId: 'usmf',
        CustomerAccount: `IW-${String(index).padStart(7, '0')}`,
        OrganizationName: `Customer ${index}`,
        CustomerGroupId: '10',
        SalesCurrencyCode: 'USD',
      };
      const answer = await platform.financeOperations.handle(
        request('POST', '/data/CustomersV3?cross-company=true', {}, body),
      );
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body.toString()}`);
    }
  };
  for (let first = 0; first < customers; first += atOnce) await platform.database.transaction(() => make(first));
  await platform.dualWrite.act(accountMap, 'initial-write', { master: 'finance-operations' });
  await platform.close();
  platform.database.close();
}

/** Goes on with the initial write in a process of its own; kills it some time after it has begun, or waits for its end. */
function goOn(file: string, killAfterMs: number | undefined): Promise<void> {
  const child = spawn(process.execPath, [join(__dirname, '../run.cjs'), __filename, file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  if (killAfterMs !== undefined) child.once('message', () => setTimeout(() => child.kill('SIGKILL'), killAfterMs));
  return new Promise((ended, failed) =>
    child.once('exit', (code, signal) =>
      code === 0 || signal === 'SIGKILL' ? ended() : failed(new Error(`The initial write ended with ${code}.`)),
    ),
  );
}

async function finish(file: string): Promise<void> {
  const platform = open(file);
  await platform.load();
  platform.dualWrite.resume();
  process.send?.('begun');
  while (!(await platform.work.quiet(600_000)));
  const { status, runs } = await platform.dualWrite.map(accountMap);
  if (status !== 'Running') throw new Error(`The map is ${status}: ${JSON.stringify(runs[0]?.errors.slice(0, 3))}`);
  await platform.close();
  platform.database.close();
  process.disconnect?.();
}

async function equalCustomers(file: string): Promise<number> {
  const platform = open(file);
  await platform.load();
  const [report] = (await platform.dualWrite.reconciliation({ map: accountMap })).value;
  const accounts =
    "select count(*) as n, count(distinct accountnumber) as d from account where accountnumber like 'IW-%'";
  const { n, d } = platform.database.get(accounts) as { n: number; d: number };
  platform.database.close();
  if (n !== d) throw new Error(`${n - d} customers are there twice.`);
  const wrong = report!.rows.filter(({ why }) => why !== 'filter' && why !== 'company');
  if (wrong.length > 0) throw new Error(`${wrong.length} differ: ${JSON.stringify(wrong[0])}`);
  return d;
}

if (require.main === module) void finish(process.argv[2]!);
