import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataverse, type RunningDataverse } from '../emulator/dataverse/index.ts';
import { createClock, createFaultRules, createWork, request } from '../emulator/kernel/index.ts';
import { openDatabase, type Database } from '../emulator/storage/index.ts';
import { readFolder, writeZip } from '../packaging/index.ts';
import { contractSolution } from '../test/contract/target/contract-solution.ts';

/** How many rows the table has; `BENCH_ROWS` for another number. */
export const rowCount = Number(process.env['BENCH_ROWS'] ?? 1_000_000);

export interface MillionRows {
  readonly database: Database;
  /** The id of the row with this number. */
  id(number: number): string;
  /** One request below the service root, through the dispatcher: no socket. @throws Error for a refusal */
  ask(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<string>;
  handle: RunningDataverse['handle'];
  close(): void;
}

const system = join(__dirname, '../emulator/first-party/System');

/** Dataverse on a file whose table `ctr_tree` has that many rows, a tenth of them with an account. */
export async function aMillionRows(): Promise<MillionRows> {
  const folder = mkdtempSync(join(tmpdir(), 'million-'));
  const database = openDatabase(join(folder, 'emulator.sqlite'));
  const clock = createClock(() => Date.now());
  const dataverse = createDataverse({
    database,
    clock,
    work: createWork((_name, error) => console.error(error)),
    faultRules: createFaultRules(),
    strictAuth: false,
    origin: () => 'http://127.0.0.1:7399',
    log: (text) => console.error(text),
  });
  await dataverse.load();
  await dataverse.importSolution(await writeZip(await readFolder(system, { type: 'managed' })));
  await dataverse.importSolution(await contractSolution());
  dataverse.addUser({ email: 'bench@contract.example', fullName: 'Bench', roles: ['System Administrator'] });
  const identity = { authorization: 'Bearer bench@contract.example' };
  const ask: MillionRows['ask'] = async (method, path, body, headers = {}) => {
    const url = `/api/data/v9.2/${path}`;
    const answer = await dataverse.handle(request(method, url, { ...identity, ...headers }, body));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.toString()}`);
    return answer.body.toString() || String(answer.headers['OData-EntityId'] ?? '');
  };
  fill(database, JSON.parse(await ask('GET', 'WhoAmI')) as { UserId: string; BusinessUnitId: string });
  return {
    database,
    id: rowId,
    ask,
    handle: dataverse.handle,
    close() {
      clock.stop();
      database.close();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

/** Numbers are scattered over the ids, so that neighbours in one order are none in the other. */
const rowId = (number: number) =>
  `${((number * 7_919) % 4_294_967_291).toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Straight into the table: making the rows is not what is measured. */
function fill(database: Database, { UserId, BusinessUnitId }: { UserId: string; BusinessUnitId: string }): void {
  const numbers = (most: number) =>
    `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${most})`;
  const id = (name: string) => `printf('%08x-0000-4000-8000-%012x', (${name} * 7919) % 4294967291, ${name})`;
  database.exec(`insert into account (accountid, name, name__folded, statecode, statuscode, ownerid, ownerid__table, owningbusinessunit, versionnumber)
    ${numbers(1000)} select ${id('n')}, 'Account ' || n, 'account ' || n, 0, 1, '${UserId}', 'systemuser', '${BusinessUnitId}', n from numbers`);
  database.exec(`insert into ctr_tree (ctr_treeid, ctr_name, ctr_name__folded, ctr_code, ctr_code__folded, ctr_height, ctr_girth,
      ctr_seen, ctr_ripeness, ctr_issound, statecode, statuscode, ctr_accountid, ownerid, ownerid__table, owningbusinessunit, owninguser,
      createdon, modifiedon, versionnumber)
    ${numbers(rowCount)} select ${id('n')}, printf('Tree %08d', (n * 104729) % ${rowCount + 7}), printf('tree %08d', (n * 104729) % ${rowCount + 7}),
      'T' || n, 't' || n, n % 120, (n % 9000) / 1000.0, '2025-03-01T10:30:00Z', 472190000 + n % 3, n % 2, 0, 1,
      case when n % 10 = 0 then ${id('(n % 1000 + 1)')} end, '${UserId}', 'systemuser', '${BusinessUnitId}', '${UserId}',
      '2025-03-01T10:30:00Z', '2025-03-01T10:30:00Z', 2000 + n from numbers`);
  database.exec('analyze');
}
