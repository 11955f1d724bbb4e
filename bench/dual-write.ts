import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from '../emulator/kernel/index.ts';
import { aPlatform, type TestPlatform } from '../test/support/a-platform.ts';
import { killDuringSaves } from '../test/support/killed-saves.ts';
import { measureInitialWrite } from './initial-write.ts';
import { medianMs, type Measurement } from './measurement.ts';

const accountMap = 'accounts - Customers V3';
/** `BENCH_DATA_EVENTS`, `BENCH_KILLS` for other numbers. */
const dataEvents = Number(process.env['BENCH_DATA_EVENTS'] ?? 50_000);
const kills = Number(process.env['BENCH_KILLS'] ?? 20);

/** Dual-write and data events: what a save costs, and that nothing is lost. */
export async function measureDualWrite(): Promise<Measurement[]> {
  const there = await aPlatform({ customers: 200 });
  try {
    const measurements: Measurement[] = [];
    for (const measure of [
      () => measureSaves(there),
      () => measureDataEvents(there),
      measureInitialWrite,
      measureKills,
    ]) {
      const measurement = await measure();
      // Each takes minutes: what is known is told.
      console.log(`${measurement.name}: ${measurement.value} ${measurement.unit}`);
      measurements.push(measurement);
    }
    return measurements;
  } finally {
    await there.close();
  }
}

/** A save of an account whose map runs, against the same save while it is stopped, in turn. */
async function measureSaves({ platform, dataverse }: TestPlatform): Promise<Measurement> {
  const query = "accounts?$select=accountid&$filter=accountnumber eq 'US-001'";
  const [{ accountid }] = (await dataverse('GET', query)).body.value as [{ accountid: string }];
  let limit = 1;
  const save = async () => {
    const { status } = await dataverse('PATCH', `accounts(${accountid})`, { body: { description: `save ${limit++}` } });
    if (status !== 204) throw new Error(`The save was answered with ${status}.`);
  };
  const rounds: [number, number][] = [];
  for (let round = 0; round < 5; round++) {
    await platform.dualWrite.act(accountMap, 'stop', {});
    const plain = await medianMs(200, save);
    await platform.dualWrite.act(accountMap, 'start', {});
    rounds.push([await medianMs(200, save), plain]);
  }
  const middle = (of: (round: [number, number]) => number) => rounds.map(of).sort((a, b) => a - b)[2]!;
  return {
    name: 'a dual-written save',
    value: middle(([dual]) => dual),
    unit: 'ms',
    against: 'the save while the map is stopped',
    floor: middle(([, plain]) => plain),
    better: 'less',
  };
}

/** Rows changed all through an hour of the clock, each told to a queue. @throws Error when an event is lost or told of another row */
async function measureDataEvents({ platform }: TestPlatform): Promise<Measurement> {
  const { clock, events, work, dualWrite, financeOperations } = platform;
  await dualWrite.act(accountMap, 'stop', {});
  await events.addEndpoint({ name: 'bus', type: 'AzureServiceBusQueue', queue: 'customers' });
  await events.change('activate', { event: 'CustCustomerV3EntityUpdated', endpoint: 'bus' });
  const begin = clock.now().getTime();
  const url = `/data/CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true`;
  for (let index = 1; index <= dataEvents; index++) {
    const answer = await financeOperations.handle(request('PATCH', url, {}, { SalesMemo: `event ${index}` }));
    if (answer.status !== 204) throw new Error(`The change was answered with ${answer.status}.`);
    clock.set(new Date(begin + (3_600_000 * index) / dataEvents));
    if (index % 1000 === 0) await work.quiet(60_000);
  }
  await work.quiet(60_000);
  const memos = new Set<string>();
  for (;;) {
    const some = await events.queue('customers', { receive: true, most: 1000 });
    if (some.length === 0) break;
    for (const message of some) memos.add(/event \d+/.exec(JSON.stringify(message))![0]);
  }
  await events.change('delete', { event: 'CustCustomerV3EntityUpdated', endpoint: 'bus' });
  return {
    name: 'data events in an hour of the clock: received',
    value: memos.size,
    unit: 'events',
    against: 'rows changed',
    floor: dataEvents,
    better: 'more',
  };
}

async function measureKills(): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'fno-bench-kills-'));
  try {
    const results = await killDuringSaves(folder, kills);
    for (const { troubles } of results) for (const trouble of troubles) console.log(trouble);
    console.log(`killed after ${results.map(({ answered }) => answered).join(', ')} of 200 saves`);
    return {
      name: 'killed during 200 dual-written saves: both sides equal',
      value: results.filter(({ troubles }) => troubles.length === 0).length,
      unit: 'runs',
      against: 'runs made',
      floor: kills,
      better: 'more',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
