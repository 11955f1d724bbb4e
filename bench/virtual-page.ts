import { Agent } from 'node:http';
import { startTestEmulator } from '../test/support/emulator.ts';
import { get, type Get } from './http.ts';
import { medianMs, type Measurement } from './measurement.ts';

const pageSize = 50;
/** Requests of each kind before anything is measured: until then half the time goes into compiling what answers them. */
const warmUp = 2000;
/** Pages of a round; the two kinds take turns round by round. */
const pagesARound = 50;
const rounds = 60;
const user = 'admin@fnoconnect.example';
const fields = 'AccountNum,Invoice,TransDate,DueDate,AmountMST,SettleAmountMST,CurrencyCode';

/**
 * A page of a virtual table against the request to finance and operations it is made of: the same rows and columns, over
 * HTTP, one request after another, in turns, so that both see the same machine. Middle time of a page, warmed up: the ratio is what
 * the provider adds.
 */
export async function measureVirtualPage(): Promise<Measurement[]> {
  const emulator = await startTestEmulator(['--customers', '200']);
  const connection = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const read: Get = (url) => get(connection, url, user);
    const columns = ['dataAreaId', ...fields.split(',')].map((name) => `mserp_${name.toLowerCase()}`).join(',');
    const virtual = `${emulator.origin}/api/data/v9.2/mserp_custtransbientities?$select=${columns}&$top=${pageSize}`;
    const own = `${emulator.financeOperationsOrigin}/data/CustTransBiEntities?cross-company=true&$select=dataAreaId,SourceKey,${fields}&$top=${pageSize}`;
    const times = { virtual: [] as number[], own: [] as number[] };
    for (let page = 0; page < warmUp; page++) for (const url of [virtual, own]) requirePage(await read(url), url);
    for (let round = 0; round < rounds; round++) {
      times.virtual.push(await medianMs(pagesARound, () => read(virtual)));
      times.own.push(await medianMs(pagesARound, () => read(own)));
    }
    return [
      {
        name: `read ${pageSize} rows of a virtual table, 8 columns`,
        value: middle(times.virtual),
        unit: 'ms',
        against: 'the finance and operations request alone',
        floor: middle(times.own),
        better: 'less',
      },
    ];
  } finally {
    connection.destroy();
    await emulator.stop();
  }
}

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function requirePage(text: string, url: string): void {
  const { value } = JSON.parse(text) as { value: readonly unknown[] };
  if (value.length !== pageSize) throw new Error(`${url} gave ${value.length} rows, not ${pageSize}.`);
}
