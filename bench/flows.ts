import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { evaluate, type Scope } from '../emulator/flow-runtime/expressions/evaluate.ts';
import { parseExpression } from '../emulator/flow-runtime/expressions/parse.ts';
import { readDefinition } from '../emulator/flow-runtime/definition/read-definition.ts';
import { fromPlain } from '../emulator/flow-runtime/expressions/value.ts';
import { triggerRecord } from '../emulator/flow-runtime/triggers/trigger-record.ts';
import { FlowRun } from '../emulator/flow-runtime/runs/flow-run.ts';
import { plans } from '../emulator/flow-runtime/runs/plan.ts';
import { createRunStore, type RunStore } from '../emulator/flow-runtime/runs/run-store.ts';
import { createClock, randomId } from '../emulator/kernel/index.ts';
import { openDatabase, type Database } from '../emulator/storage/database.ts';
import { perSecond, type Measurement } from './measurement.ts';

const items = 10_000;
const burst = 1_000;
/** `FLOW_RUNS=100000 npm run bench -- flows` is the long form. */
const memoryRuns = Number(process.env['FLOW_RUNS'] ?? 5_000);

const compose = { type: 'Compose', inputs: "@concat('n', triggerBody()?['n'])" };
const definitionOf = (actions: object) =>
  readDefinition(fromPlain({ triggers: { manual: { type: 'Request' } }, actions }));
const loop = definitionOf({ Each: { type: 'Foreach', foreach: `@range(0, ${items})`, actions: { Say: compose } } });
const short = definitionOf({ Say: compose });

/** One run, each of whose actions is written to the store; `onKept` hears of each. */
async function runOnce(definition: typeof loop, store: RunStore, onKept: () => void = () => {}): Promise<void> {
  const clock = createClock();
  const id = randomId();
  const run = new FlowRun(definition, triggerRecord('manual', { n: 1n }, clock.now()), {
    clock,
    newId: randomId,
    connectors: { find: () => undefined },
    parameters: new Map(),
    workflow: {},
    history: {
      keep: async (record) => {
        onKept();
        await store.keep(id, record);
      },
    },
    plan: plans.medium,
    waiting: (promise) => promise,
    sleep: (milliseconds) => clock.sleep(milliseconds),
    runChild: () => Promise.reject(new Error('no child here')),
    log: () => {},
  });
  const { status } = await run.run();
  if (status !== 'Succeeded') throw new Error(`The run ended as ${status}.`);
}

/** The floor: the same number of rows written, one transaction each, by a bare loop. */
async function writeRows(database: Database, count: number): Promise<void> {
  database.exec('create table if not exists floor (id integer primary key, record text)');
  const record = JSON.stringify({
    name: 'Say',
    outputs: 'n1',
    status: 'Succeeded',
    startTime: new Date(),
    attempts: 1,
  });
  for (let row = 0; row < count; row++)
    await database.transaction(async () => database.run('insert into floor (record) values (?)', [record]));
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Actions a second against bare writes of as many rows, evaluations against the same in JavaScript, latency, memory. */
export async function measureFlows(): Promise<Measurement[]> {
  const database = openDatabase(':memory:');
  const store = createRunStore(database);
  const looped = items / (await seconds(() => runOnce(loop, store)));
  const bare = items / (await seconds(() => writeRows(database, items)));
  const many = async () => {
    await Promise.all(Array.from({ length: burst }, () => runOnce(short, store)));
  };
  const bursting = burst / (await seconds(many));
  const bareBurst = burst / (await seconds(() => writeRows(database, burst)));
  const write = { unit: 'actions/s', against: 'as many rows written by a bare loop', better: 'more' as const };
  return [
    { name: 'a loop of 10,000 items', value: looped, floor: bare, ...write },
    { name: 'a burst of 1,000 runs', value: bursting, floor: bareBurst, ...write },
    await evaluations(),
    await latency(database, store),
    await memory(),
  ];
}

async function evaluations(): Promise<Measurement> {
  const expression = parseExpression("concat('n', string(add(1, 2)), toUpper('x'))");
  const scope = {} as Scope;
  const value = await perSecond(2, () => evaluate(expression, scope));
  const floor = await perSecond(2, () => ['n', String(1n + 2n), 'x'.toUpperCase()].join(''));
  return {
    name: 'expressions',
    value,
    floor,
    unit: 'evaluations/s',
    against: 'the same in JavaScript',
    better: 'more',
  };
}

async function latency(database: Database, store: RunStore): Promise<Measurement> {
  let first = 0;
  const value = await seconds(() => runOnce(short, store, () => (first = performance.now())));
  const floor = await seconds(() => writeRows(database, 1));
  if (first === 0) throw new Error('No action was written.');
  return {
    name: 'start to end of the first action',
    value,
    floor,
    unit: 's',
    against: 'one row written',
    better: 'less',
  };
}

/** What is left after it is what is held. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Heap in use after all the runs against after the first tenth of them; the store's rows are not kept. */
async function memory(): Promise<Measurement> {
  const used = async (runs: number) => {
    for (let run = 0; run < runs; run++) {
      if (run % 500 === 0) current = createRunStore(openDatabase(':memory:'));
      await runOnce(short, current);
    }
    // Twice: databases let go of what they hold only when they are collected themselves.
    collectGarbage();
    await new Promise((turn) => setImmediate(turn));
    collectGarbage();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  let current = createRunStore(openDatabase(':memory:'));
  const floor = await used(memoryRuns / 10);
  const value = await used(memoryRuns - memoryRuns / 10);
  return { name: `heap after ${memoryRuns} runs`, value, floor, unit: 'MiB', against: 'after a tenth', better: 'less' };
}
