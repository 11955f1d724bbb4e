import { Agent } from 'node:http';
import { startTestEmulator } from '../test/support/emulator.ts';
import { get, type Get } from './http.ts';
import { perSecond, type Measurement } from './measurement.ts';

const pageSize = 50;
const rounds = 5;
const secondsARound = 1;
const user = 'admin@fnoconnect.example';
const fields = 'AccountNum,Invoice,TransDate,DueDate,AmountMST,SettleAmountMST,CurrencyCode';

/**
 * A page of a virtual table against the request to finance and operations it is made of: the same rows and columns, over
 * HTTP, one request after another, in turns, so that both see the same machine. Time a page: the ratio is what the provider adds.
 */
export async function measureVirtualPage(): Promise<Measurement[]> {
  const emulator = await startTestEmulator(['--customers', '200']);
  const connection = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const read: Get = (url) => get(connection, url, user);
    const columns = ['dataAreaId', ...fields.split(',')].map((name) => `mserp_${name.toLowerCase()}`).join(',');
    const virtual = `${emulator.origin}/api/data/v9.2/mserp_custtransbientities?$select=${columns}&$top=${pageSize}`;
    const own = `${emulator.financeOperationsOrigin}/data/CustTransBiEntities?cross-company=true&$select=dataAreaId,SourceKey,${fields}&$top=${pageSize}`;
    for (const url of [virtual, own]) requirePage(await read(url), url);
    const times = { virtual: 0, own: 0 };
    for (let round = 0; round < rounds; round++) {
      times.virtual += 1000 / (await perSecond(secondsARound, () => read(virtual)));
      times.own += 1000 / (await perSecond(secondsARound, () => read(own)));
    }
    return [
      {
        name: `read ${pageSize} rows of a virtual table, 8 columns`,
        value: times.virtual / rounds,
        unit: 'ms',
        against: 'the finance and operations request alone',
        floor: times.own / rounds,
        better: 'less',
      },
    ];
  } finally {
    connection.destroy();
    await emulator.stop();
  }
}

function requirePage(text: string, url: string): void {
  const { value } = JSON.parse(text) as { value: readonly unknown[] };
  if (value.length !== pageSize) throw new Error(`${url} gave ${value.length} rows, not ${pageSize}.`);
}
