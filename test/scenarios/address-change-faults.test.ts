import { admin } from '../support/emulator.ts';
import {
  printMatrix,
  runFaultMatrix,
  startWorld,
  type FaultScenario,
  type World,
} from '../support/fault-matrix/index.ts';

let world: World;
beforeAll(async () => void (world = await startWorld()), 600_000);
afterAll(() => world?.close());

const usOne = "accounts?$filter=accountnumber eq 'US-001'&$select=accountid,address1_line1";
const account = async () => (await world.dataverse('GET', usOne, { as: admin })).body.value[0];

/** Finance and operations keeps one version of an address a second, so changes are a second apart. */
async function move(street: string): Promise<void> {
  await world.advance(1000);
  const { accountid } = await account();
  const saved = await world.dataverse('PATCH', `accounts(${accountid})`, { body: { address1_line1: street } });
  expect([saved.status, saved.text]).toEqual([204, '']);
}

async function confirmations(): Promise<{ outcome: number; from: string; to: string }[]> {
  const path = `fno_addresschanges?$filter=_fno_accountid_value eq ${(await account()).accountid}&$orderby=fno_changedon`;
  const rows: Record<string, never>[] = (await world.dataverse('GET', path, { as: admin })).body.value;
  const street = (text: string) => JSON.parse(text).shipping.street;
  return rows.map((row) => ({
    outcome: row['fno_outcome']!,
    from: street(row['fno_before']!),
    to: street(row['fno_after']!),
  }));
}

const confirmed = 715000000;

const scenario: FaultScenario = {
  flows: ['address-change-confirm'],
  act: () => move('1 First Street'),
  actAgain: () => move('2 Second Street'),
  async check(_world, cell) {
    const rows = await confirmations();
    const first = { outcome: confirmed, from: '4420 Airport Way S', to: '1 First Street' };
    if (cell?.fault !== 'is overtaken by the next') return expect(rows).toEqual([first]);
    expect(rows.map(({ to }) => to)).toEqual(['1 First Street', '2 Second Street']);
  },
  async checkBroken() {
    expect((await world.runs('address-change-confirm')).map(({ status }) => status)).toEqual(['Failed']);
    expect(await confirmations()).toEqual([]);
  },
};

test('whatever fails on the way, a change of address is confirmed once', async () => {
  const cells = await runFaultMatrix(world, scenario);
  console.log(printMatrix(cells));
  expect(cells.filter(({ isRight }) => !isRight)).toEqual([]);
  expect(cells.length).toBeGreaterThan(50);
}, 900_000);
