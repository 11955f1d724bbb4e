import { join } from 'node:path';
import { admin, startTestEmulator, type TestEmulator } from './emulator.ts';

/** One run: when the process was killed, and whether both sides were equal afterwards. */
export interface KilledRun {
  /** Saves that were answered before the process ended. */
  readonly answered: number;
  /** What was not as it should be; empty when both sides are equal and hold every save that was answered. */
  readonly troubles: readonly string[];
}

interface Customer {
  readonly number: string;
  readonly accountId: string;
}

const saves = 200;
const map = 'accounts - Customers V3';
const text = (run: number, save: number) => `run ${run} save ${String(save).padStart(4, '0')}`;

/** Makes dual-written saves from both sides in turn, kills the process at a random moment of them, and looks. */
export async function killDuringSaves(folder: string, runs: number): Promise<KilledRun[]> {
  const options = ['--data', join(folder, 'data'), '--customers', '20'];
  let emulator = await startTestEmulator(options);
  const results: KilledRun[] = [];
  try {
    const customers = await customersOf(emulator);
    const before = await troublesOf(emulator, [], new Map());
    if (before.length > 0) throw new Error(`Both sides differ before anything is killed: ${before.join('; ')}`);
    for (let run = 1; run <= runs; run++) {
      const killed = await saveUntilKilled(emulator, customers, run);
      emulator = await startTestEmulator(options);
      await emulator.console('POST', '/idle', { timeoutMs: 60_000 });
      results.push({ answered: killed.answered, troubles: await troublesOf(emulator, customers, killed.last) });
    }
  } finally {
    await emulator.stop();
  }
  return results;
}

async function customersOf(emulator: TestEmulator): Promise<Customer[]> {
  const { body } = await emulator.dataverse('GET', 'accounts?$select=accountnumber&$filter=customertypecode eq 3', {
    as: admin,
  });
  const rows = body.value as { accountnumber: string; accountid: string }[];
  const taken = rows.filter(({ accountnumber }) => /^US-/.test(accountnumber)).slice(0, 10);
  return taken.map(({ accountnumber, accountid }) => ({ number: accountnumber, accountId: accountid }));
}

async function saveUntilKilled(emulator: TestEmulator, customers: readonly Customer[], run: number) {
  const last = new Map<string, string>();
  const after = 1 + Math.floor(Math.random() * (saves - 20));
  let [answered, isKilled] = [0, false];
  let ended: Promise<void> = Promise.resolve();
  for (let save = 1; save <= saves && !isKilled; save++) {
    const { number, accountId } = customers[save % customers.length]!;
    const written = text(run, save);
    if (save === after)
      setTimeout(() => {
        isKilled = true;
        ended = emulator.kill();
      }, Math.random() * 30);
    try {
      const { status, text: words } =
        save % 2 === 0
          ? await emulator.dataverse('PATCH', `accounts(${accountId})`, { as: admin, body: { description: written } })
          : await emulator.financeOperations('PATCH', keyOf(number), { as: admin, body: { SalesMemo: written } });
      if (status !== 204) throw new Error(`The save was answered with ${status}: ${words}`);
      last.set(number, written);
      answered += 1;
    } catch (error) {
      if (!isKilled) throw error;
    }
  }
  if (!isKilled) ended = emulator.kill();
  await ended;
  return { answered, last };
}

const keyOf = (number: string) => `CustomersV3(dataAreaId='usmf',CustomerAccount='${number}')?cross-company=true`;

async function troublesOf(
  emulator: TestEmulator,
  customers: readonly Customer[],
  last: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { value } = await emulator.console('GET', `/dual-write/reconciliation?map=${encodeURIComponent(map)}`);
  const rows = value[0].rows as { key: string; kind: string; why: string }[];
  const troubles = rows
    .filter(({ why }) => why !== 'filter' && why !== 'company')
    .map(({ key, kind, why }) => `${key}: ${kind} (${why})`);
  for (const { number } of customers) {
    const { body } = await emulator.financeOperations('GET', keyOf(number), { as: admin });
    const wanted = last.get(number);
    // The save that was under way may be there, whole, though nobody was told.
    if (wanted !== undefined && !(body.SalesMemo >= wanted))
      troubles.push(`${number}: holds '${body.SalesMemo}', answered was '${wanted}'`);
  }
  return troubles;
}
