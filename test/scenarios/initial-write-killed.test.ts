import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admin, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

/** More than a few chunks of 200; `npm run bench -- dual-write` makes 100,000. */
const customers = 1_200;
const named = 6;
const map = 'accounts - Customers V3';

let folder: string;
let emulator: TestEmulator;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'fno-killed-write-'))));
afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
}
interface Detail {
  readonly status: string;
  readonly runs: readonly {
    readonly status: string;
    readonly counts: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
  }[];
}
const detail = (): Promise<Detail> => emulator.console('GET', `/dual-write/maps/${encodeURIComponent(map)}`);
const written = ({ runs }: Detail, side: string): Counts => {
  const sum = { created: 0, updated: 0, skipped: 0, failed: 0 };
  for (const counts of Object.values(runs[0]!.counts[side] ?? {}))
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  return sum;
};

// finance-operations reference, section 5 "Dual-write": rows of a chunk are written in one transaction with the position reached.
test('an initial write goes on after a kill, and counts each row once', async () => {
  const options = ['--data', join(folder, 'data'), '--customers', String(customers)];
  emulator = await startTestEmulator(options);
  await emulator.console('POST', `/dual-write/maps/${encodeURIComponent(map)}/initial-write`, {
    master: 'finance-operations',
  });
  let before = await detail();
  while (written(before, 'finance-operations').updated === 0 && before.status === 'Initializing')
    before = await detail();
  await emulator.kill();
  expect(before.status).toBe('Initializing');
  expect(written(before, 'finance-operations').updated).toBeLessThan(customers + named);

  emulator = await startTestEmulator(options);
  await emulator.console('POST', '/idle', { timeoutMs: 300_000 });
  const after = await detail();
  expect(after).toMatchObject({ status: 'Running', runs: [{ status: 'Completed' }, { status: 'Completed' }] });
  expect(written(after, 'finance-operations')).toEqual({
    created: 0,
    updated: customers + named,
    skipped: 0,
    failed: 0,
  });
  expect(written(after, 'dataverse')).toEqual({ created: 0, updated: 0, skipped: 0, failed: 0 });
  const { value } = await emulator.console('GET', `/dual-write/reconciliation?map=${encodeURIComponent(map)}`);
  expect(value[0]).toMatchObject({ same: customers + named, rows: [] });
  const { body } = await emulator.dataverse('GET', 'accounts?$count=true&$top=1&$select=name', { as: admin });
  expect(body['@odata.count']).toBe(customers + named);
}, 600_000);
